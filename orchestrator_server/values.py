"""Values of responses as people read them: dates, money, enum words, lists."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from orchestrator_server.amounts import money
from orchestrator_server.declared import enum_prefix
from orchestrator_server.expressions import ExpressionError, is_money
from orchestrator_server.message_fields import type_of
from orchestrator_server.moments import moment, span
from orchestrator_server.plan import Json

Display: TypeAlias = str | bool | list["Display"] | dict[str, "Display"]

NOT_SET = "not set"
MAX_DEPTH = 12


def display(message: Message, now: datetime) -> dict[str, Display]:
    """The fields of `message` by name, formatted for people. Unset messages and empty values are left out."""
    return _fields(message, now, MAX_DEPTH)


def shown(value: Any, field: Any, now: datetime) -> str:
    """One value as a person would write it; for a message, its parts in a row."""
    formatted = _value(value, field, now, MAX_DEPTH)
    return NOT_SET if formatted in ("", [], {}) else spoken(formatted)


def spoken(value: Display) -> str:
    """Formatted values in a row: `2, desk lamp`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(spoken(part) for part in value.values())
    return "; ".join(spoken(part) for part in value) if isinstance(value, list) else value


def to_json(value: Any) -> Json:
    """A value that an expression yielded, in protobuf's JSON form. Raises ExpressionError where it has none."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Message):
        pool = type_of(value).file.pool  # knows what stands in an `Any`
        return json_format.MessageToDict(value, preserving_proto_field_name=True, descriptor_pool=pool)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, timedelta):
        return f"{value.total_seconds():.9f}s"
    if isinstance(value, list | tuple):
        return [to_json(element) for element in value]
    if isinstance(value, dict):
        return {_key(key): to_json(value[key]) for key in value}
    if isinstance(value, bytes | bytearray):
        return base64.b64encode(value).decode()
    raise ExpressionError(f"yields {type(value).__name__}, which no parameter takes")


def _key(key: Any) -> str:
    """The key of a map, which in JSON is text."""
    return str(key).lower() if isinstance(key, bool) else str(key)


def _fields(message: Message, now: datetime, depth: int) -> dict[str, Display]:
    shown_fields = ((field.name, _field(message, field, now, depth)) for field in message.DESCRIPTOR.fields)
    return {name: value for name, value in shown_fields if value not in ("", [], {})}


def _field(message: Message, field: Any, now: datetime, depth: int) -> Display:
    if field.is_repeated:
        value = getattr(message, field.name)
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            return {
                str(key): _value(value[key], field.message_type.fields_by_name["value"], now, depth) for key in value
            }
        return [_value(element, field, now, depth) for element in value]
    if field.has_presence and not message.HasField(field.name):
        return ""
    return _value(getattr(message, field.name), field, now, depth)


def _value(value: Any, field: Any, now: datetime, depth: int) -> Display:
    if isinstance(value, Message):
        return _message(value, now, depth)
    if isinstance(value, bool):
        return value
    if field is not None and field.enum_type is not None:
        return enum_word(value, field)
    if isinstance(value, datetime):
        return moment(value, now)
    if isinstance(value, int):
        return f"{value:,}"
    return f"{len(value)} bytes" if isinstance(value, bytes) and value else str(value or "")


def _message(value: Any, now: datetime, depth: int) -> Display:
    name = value.DESCRIPTOR.full_name
    if name == "google.protobuf.Timestamp":
        return moment(value.ToDatetime(UTC), now)
    if name == "google.protobuf.Duration":
        return span(value.ToTimedelta())
    if is_money(value.DESCRIPTOR):
        return money(value.amount_minor, value.currency)
    return _fields(value, now, depth - 1) if depth else "…"


def enum_word(number: int, field: FieldDescriptor) -> str:
    """The suffix that people see, in small letters; empty for the zero value, the number where it is unknown."""
    assert field.enum_type is not None
    value = field.enum_type.values_by_number.get(number)
    if value is None:
        return str(number)
    return "" if number == 0 else value.name.removeprefix(enum_prefix(field.enum_type)).lower().replace("_", " ")
