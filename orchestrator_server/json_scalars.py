"""Single values: what JSON says about one, and what a protobuf field takes. Nothing is rounded, cut or guessed."""

import base64
import binascii
import math
import re
import struct
from typing import Any

from google.protobuf.descriptor import EnumDescriptor, FieldDescriptor

from orchestrator_server.declared import enum_prefix, enum_suffixes
from orchestrator_server.plan import Json

BYTES = "Base64."

_RANGES = {
    FieldDescriptor.CPPTYPE_INT32: (-(2**31), 2**31 - 1),
    FieldDescriptor.CPPTYPE_INT64: (-(2**63), 2**63 - 1),
    FieldDescriptor.CPPTYPE_UINT32: (0, 2**32 - 1),
    FieldDescriptor.CPPTYPE_UINT64: (0, 2**64 - 1),
}
_NOT_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class JsonMessageError(ValueError):
    """JSON that does not fit a message; `path` says where (`delivery.lines[2]`), the text says that and what would."""

    def __init__(self, path: tuple[str, ...], problem: str) -> None:
        super().__init__(f"{'.'.join(path)} {problem}" if path else problem)
        self.path = path


def scalar_schema(field: FieldDescriptor) -> dict[str, Json]:
    """The schema of one value that is no message. Enums by the suffixes that people see."""
    if field.enum_type is not None:
        names = enum_suffixes(field.enum_type)
        return {"type": "string", "enum": [*names]} if names else {"type": "string"}
    if field.type == FieldDescriptor.TYPE_BYTES:
        return {"type": "string", "description": BYTES}
    if field.cpp_type in _RANGES:
        return {"type": "integer"}
    if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL:
        return {"type": "boolean"}
    is_text = field.cpp_type == FieldDescriptor.CPPTYPE_STRING
    return {"type": "string" if is_text else "number"}


def read_scalar(value: Any, field: FieldDescriptor, path: tuple[str, ...]) -> Any:
    """The Python value that `field` takes. Raises JsonMessageError."""
    try:
        return _read(value, field)
    except (ValueError, OverflowError) as error:
        raise JsonMessageError(path, str(error)) from error


def read_key(value: Any, field: FieldDescriptor, path: tuple[str, ...]) -> Any:
    """The key of a map; in protobuf's own form it is always text."""
    if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL and value in ("true", "false"):
        return value == "true"
    return read_scalar(value, field, path)


def _read(value: Any, field: FieldDescriptor) -> Any:
    if field.enum_type is not None:
        return _enum(value, field.enum_type)
    if field.type == FieldDescriptor.TYPE_BYTES:
        return _bytes(value)
    if field.cpp_type in _RANGES:
        return _integer(value, *_RANGES[field.cpp_type])
    if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL:
        return _boolean(value)
    if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        return _text(value)
    return _number(value, "<f" if field.cpp_type == FieldDescriptor.CPPTYPE_FLOAT else "<d")


def _enum(value: Any, enum: EnumDescriptor) -> int:
    """By suffix, full name or known number. What the contract does not name is kept out, though protobuf takes it."""
    if isinstance(value, str):
        found = enum.values_by_name.get(enum_prefix(enum) + value) or enum.values_by_name.get(value)
    else:
        found = enum.values_by_number.get(value) if type(value) is int else None
    if found is None:
        raise ValueError(f"is {_shown(value)}, which is none of {', '.join(enum_suffixes(enum))}")
    return found.number


def _bytes(value: Any) -> bytes:
    """Base64, of either alphabet, padded or not: protobuf takes all four."""
    text = _text(value).translate(str.maketrans("-_", "+/")).rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError(f"is {_shown(value)}, which is not base64") from error


def _integer(value: Any, least: int, most: int) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,20}", value):
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"is {_shown(value)}, which is no whole number from {least} to {most}")
    return value


def _number(value: Any, width: str) -> float:
    """A float of 32 (`<f`) or 64 bits (`<d`). Fractions come as near as they can, whole numbers stay whole."""
    if isinstance(value, str):
        return _number_in_text(value, width)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"is {_shown(value)}, which is no number")
    held = struct.unpack(width, struct.pack(width, value))[0]
    if isinstance(value, int) and int(held) != value:
        raise ValueError(f"is {_shown(value)}, which would be rounded there")
    return float(held)


def _number_in_text(text: str, width: str) -> float:
    if text in _NOT_FINITE:
        return _NOT_FINITE[text]
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?", text):
        raise ValueError(f"is {_shown(text)}, which is no number")
    return _number(float(text), width)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"is {_shown(value)}, which is neither true nor false")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"is {_shown(value)}, which is no text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("holds half a character") from error
    return value


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"
