"""What OpenAI's strict mode takes: closed objects, every property required, unions only below the top, few keywords."""

from collections.abc import Iterator, Mapping
from typing import Any

MAX_DEPTH = 10


def strict_faults(named: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with `json_schema` of a `response_format`; nothing when a strict endpoint would take it."""
    schema = named["schema"]
    if not named.get("strict"):
        yield "not strict"
    if schema.get("type") != "object":
        yield "the top is no object"
    yield from _node_faults(schema, "top", 0)


def _node_faults(node: Mapping[str, Any], path: str, depth: int) -> Iterator[str]:
    allowed = {"type", "properties", "required", "additionalProperties", "items", "anyOf", "enum", "description"}
    if set(node) - allowed:
        yield f"{path} has {sorted(set(node) - allowed)}"
    if "type" not in node and "anyOf" not in node:
        yield f"{path} has no type"
    if depth > MAX_DEPTH:
        yield f"{path} is nested too deeply"
    if node.get("type") == "object":
        if node.get("additionalProperties") is not False:
            yield f"{path} is open"
        if list(node["properties"]) != node["required"]:
            yield f"{path} does not require every property"
    inner = [*node.get("properties", {}).items(), *((str(i), n) for i, n in enumerate(node.get("anyOf", ())))]
    for name, below in [*inner, *([("items", node["items"])] if "items" in node else [])]:
        yield from _node_faults(below, f"{path}.{name}", depth + ("properties" in node))
