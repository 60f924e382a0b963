"""A schema in few words, for endpoints that are not bound to it: `{street: string, lines: [string]}`."""

from collections.abc import Mapping
from typing import Any

from orchestrator_server.json_schema import Schema


def shape_words(schema: Schema) -> str:
    """The shape of a value; that everything may be null is not said again."""
    return _words(schema)


def _words(schema: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        return "|".join(_words(branch) for branch in schema["anyOf"] if branch != {"type": "null"})
    if "enum" in schema:
        return "|".join(schema["enum"])
    if "properties" in schema:
        return "{" + ", ".join(f"{name}: {_words(inner)}" for name, inner in schema["properties"].items()) + "}"
    if "items" in schema:
        return f"[{_words(schema['items'])}]"
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return "|".join(name for name in names if name != "null")
