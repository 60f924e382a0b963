"""JSON and its schema: does a value obey one, and random values that do. Knows the few words that our schemas use."""

import base64
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from orchestrator_server.json_scalars import BYTES
from orchestrator_server.json_schema import DEEPER
from orchestrator_server.json_well_known import ANY, DURATION, LIST, MASK, STRUCT, TIME, VALUE
from tests.unit.schema.messages import JSON, TEXTS

_TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": int | float,
    "boolean": bool,
    "null": type(None),
    "object": dict,
    "array": list,
}


def faults(value: Any, schema: Any, path: str = "top") -> Iterator[str]:
    """Where `value` does not obey `schema`."""
    if "anyOf" in schema:
        if all(list(faults(value, branch, path)) for branch in schema["anyOf"]):
            yield f"{path}: {value!r} fits no branch"
        return
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(_is(value, name) for name in names):
        yield f"{path}: {value!r} is no {names}"
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is none of {schema['enum']}"
    elif isinstance(value, dict):
        if list(value) != list(schema["properties"]):
            yield f"{path}: {list(value)} are not the properties"
        for name, inner in schema["properties"].items():
            yield from faults(value.get(name), inner, f"{path}.{name}")
    elif isinstance(value, list):
        for element in value:
            yield from faults(element, schema["items"], path)


def obedient(schema: Any) -> st.SearchStrategy[Any]:
    """Values that obey `schema`, with texts that hold what its descriptions ask for."""
    if "anyOf" in schema:
        return st.one_of([obedient(branch) for branch in schema["anyOf"]])
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return st.one_of([_of_type(name, schema) for name in names])


def _of_type(name: str, schema: Any) -> st.SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match name:
        case "object":
            return st.fixed_dictionaries({key: obedient(inner) for key, inner in schema["properties"].items()})
        case "array" if MASK in schema.get("description", ""):
            return st.just(["a_b.c"])
        case "array":
            by = (lambda entry: json.dumps(entry["key"])) if _is_entry(schema["items"]) else None
            return st.lists(obedient(schema["items"]), max_size=2, unique_by=by)
        case "string":
            return next((made for words, made in _TEXTS.items() if words in schema.get("description", "")), TEXTS)
    # within what every whole number and every fraction of the contract holds; the edges have tests of their own
    return {
        "integer": st.integers(0, 2**24),
        "number": st.integers(-(2**24), 2**24) | st.floats(-1e30, 1e30),
        "boolean": st.booleans(),
        "null": st.none(),
    }[name]


def _is(value: Any, name: str) -> bool:
    """JSON has no infinite numbers: protobuf writes them as text, which no schema asks for."""
    if name == "number" and value in ("Infinity", "-Infinity"):
        return True
    return isinstance(value, _TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


def _is_entry(schema: Any) -> bool:
    return list(schema.get("properties", ())) == ["key", "value"]


_TEXTS: dict[str, st.SearchStrategy[str]] = {
    BYTES: st.binary(max_size=4).map(lambda raw: base64.b64encode(raw).decode()),
    TIME: st.datetimes().map(lambda moment: moment.isoformat() + "Z"),
    DURATION: st.integers(-(10**9), 10**9).map(lambda seconds: f"{seconds}s"),
    STRUCT: st.dictionaries(TEXTS, JSON, max_size=2).map(json.dumps),
    LIST: st.lists(JSON, max_size=2).map(json.dumps),
    VALUE: JSON.map(json.dumps),
    ANY: st.just('{"@type": "type.googleapis.com/conformance.v1.Point", "x": 1}'),
    DEEPER: st.just("{}"),
}
