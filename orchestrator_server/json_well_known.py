"""protobuf's well-known types, `google.protobuf.*`: as a model writes them, and as they are read.

Whatever JSON a type may hold (`Struct`, `ListValue`, `Any`) is written as text, because strict modes take no free keys.
`Value` is plain where JSON is (text, number, yes or no) and `{"json": text}` for everything else. protobuf's own JSON
form is taken too.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from google.protobuf import duration_pb2, field_mask_pb2, json_format, struct_pb2, timestamp_pb2
from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message

from orchestrator_server.json_scalars import JsonMessageError, read_scalar, scalar_schema
from orchestrator_server.message_fields import type_of
from orchestrator_server.plan import Json

Path = tuple[str, ...]

TIME = "RFC 3339, for instance 2026-03-01T09:30:00Z."
DURATION = "Seconds with an s, for instance 5400s."
STRUCT = "A JSON object, as text."
LIST = "A JSON list, as text."
ANY = 'A JSON object as text, with its type under "@type".'
VALUE = "Any JSON, as text."
MASK = "Names of fields, nested ones with dots."
WRAPPERS = frozenset({"Double", "Float", "Int64", "UInt64", "Int32", "UInt32", "Bool", "String", "Bytes"})


def loads(text: str, path: Path) -> Any:
    """JSON in text. Raises JsonMessageError."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise JsonMessageError(path, "is text that holds no JSON") from error


def well_known_schema(message: Descriptor) -> dict[str, Json] | None:
    """The schema of a well-known type; None for any other message."""
    name = message.name
    if name.removesuffix("Value") in WRAPPERS:
        return scalar_schema(message.fields_by_name["value"])
    if name == "FieldMask":
        return {"type": "array", "items": {"type": "string"}, "description": MASK}
    if name == "Value":
        deep: Json = {"type": "string", "description": VALUE}
        boxed: Json = {"type": "object", "properties": {"json": deep}, "required": ["json"]}
        return {"anyOf": [{"type": ["string", "number", "boolean"]}, {**boxed, "additionalProperties": False}]}  # type: ignore[dict-item]  # boxed is a dict
    words = {"Timestamp": TIME, "Duration": DURATION, "Struct": STRUCT, "ListValue": LIST, "Any": ANY}.get(name)
    return {"type": "string", "description": words} if words else None


def read_well_known(value: Any, target: Message, path: Path) -> bool:
    """Fills `target`; False where it is not one of those read here. Raises JsonMessageError."""
    name = type_of(target).name
    if name.removesuffix("Value") in WRAPPERS:
        field = type_of(target).fields_by_name["value"]
        setattr(target, "value", read_scalar(value, field, path))  # noqa: B010  # the type of a message is not known here
        return True
    read = _READERS.get(name)
    if read is not None:
        target.ParseFromString(read(value, path).SerializeToString())  # `target` may live in another pool
    return read is not None


def _timestamp(value: Any, path: Path) -> Message:
    moment = timestamp_pb2.Timestamp()
    return _parsed(moment, moment.FromJsonString, value, path, f"is no time; {TIME}")


def _duration(value: Any, path: Path) -> Message:
    span, problem = duration_pb2.Duration(), f"is no duration; {DURATION}"
    if not (isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,9})?s", value)):
        raise JsonMessageError(path, problem)
    return _parsed(span, span.FromJsonString, value, path, problem)


def _mask(value: Any, path: Path) -> Message:
    mask = field_mask_pb2.FieldMask()
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        mask.paths.extend(value)
        return mask
    return _parsed(mask, mask.FromJsonString, value, path, "is no list of names of fields")


def _struct(value: Any, path: Path) -> Message:
    return _free(_opened(value, path), struct_pb2.Struct(), dict, path, "is no JSON object")


def _list(value: Any, path: Path) -> Message:
    return _free(_opened(value, path), struct_pb2.ListValue(), list, path, "is no JSON list")


def _value(value: Any, path: Path) -> Message:
    if isinstance(value, dict) and value.keys() == {"json"} and isinstance(value["json"], str):
        value = loads(value["json"], path)
    return _free(value, struct_pb2.Value(), object, path, "is no JSON")


_READERS: dict[str, Callable[[Any, Path], Message]] = {
    "Timestamp": _timestamp,
    "Duration": _duration,
    "FieldMask": _mask,
    "Struct": _struct,
    "ListValue": _list,
    "Value": _value,
}


def _opened(value: Any, path: Path) -> Any:
    return loads(value, path) if isinstance(value, str) else value


def _free(value: Any, target: Message, kind: type[Any], path: Path, problem: str) -> Message:
    if not isinstance(value, kind):
        raise JsonMessageError(path, problem)
    if not _is_exact(value):
        raise JsonMessageError(path, "holds a number that would be rounded")
    try:
        return json_format.ParseDict(value, target)
    except (json_format.ParseError, RecursionError) as error:
        raise JsonMessageError(path, f"{problem}: {error}") from error


def _is_exact(value: Any) -> bool:
    """Are all whole numbers within what a double holds exactly? Numbers of `Struct` are doubles."""
    if isinstance(value, dict):
        return all(_is_exact(element) for element in value.values())
    if isinstance(value, list):
        return all(_is_exact(element) for element in value)
    return type(value) is not int or (abs(value) < 2**1023 and int(float(value)) == value)


def _parsed(target: Message, parse: Callable[[str], object], value: Any, path: Path, problem: str) -> Message:
    try:
        parse(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise JsonMessageError(path, problem) from error
    return target
