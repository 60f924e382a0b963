"""Checks requests against what their contract declares: required, pattern, known enum values, subject."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from google.protobuf.descriptor import EnumDescriptor, FieldDescriptor
from google.protobuf.message import Message
from llm_orchestrator.capabilities.v1 import annotations_pb2

from service_kit.caller import Caller
from service_kit.errors import FieldViolation, InvalidArgument, PermissionDenied
from service_kit.types import fields_of

MAX_DEPTH = 20


def validate(request: Message) -> None:
    """Raises InvalidArgument (`INVALID_REQUEST`) with every field of `request` that breaks its `param` option."""
    violations = list(_violations(request, "", MAX_DEPTH))
    if violations:
        said = "; ".join(f"{v.field}: {v.description}" for v in violations)
        raise InvalidArgument("INVALID_REQUEST", f"The request is not valid: {said}.", violations)


def bind_subject(request: Message, caller: Caller) -> None:
    """Fills empty `subject` fields with the caller's e-mail; raises PermissionDenied where one names another."""
    for field in fields_of(request):
        if param_of(field).subject:
            given = getattr(request, field.name)
            if given and given.lower() != caller.email:
                raise PermissionDenied("NOT_YOUR_DATA", "You can only ask for your own data.", field=field.name)
            setattr(request, field.name, caller.email)


def param_of(field: FieldDescriptor) -> annotations_pb2.Param:
    """The `param` option of `field`; an empty one where it has none."""
    return field.GetOptions().Extensions[annotations_pb2.param]


def _violations(message: Message, prefix: str, depth: int) -> Iterator[FieldViolation]:
    for field in fields_of(message):
        path = prefix + field.name
        values = _values(message, field)
        param = param_of(field)
        if param.required and not any(value not in ("", b"", 0) for value in values):
            yield FieldViolation(field=path, description="is required" + _for_instance(param))
            continue
        for index, value in enumerate(values):
            yield from _value_violations(value, field, param, f"{path}[{index}]" if field.is_repeated else path, depth)


def _value_violations(
    value: Any, field: FieldDescriptor, param: annotations_pb2.Param, path: str, depth: int
) -> Iterator[FieldViolation]:
    if field.enum_type is not None:
        if value not in field.enum_type.values_by_number:
            yield FieldViolation(field=path, description=f"{value} is none of {_names(field.enum_type)}")
    elif field.type == FieldDescriptor.TYPE_MESSAGE:
        if depth > 0:
            yield from _violations(value, path + ".", depth - 1)
    elif param.pattern and (value != "" or field.is_repeated) and not _compiled(param.pattern).fullmatch(str(value)):
        yield FieldViolation(field=path, description=f"does not match {param.pattern}" + _for_instance(param))


def _values(message: Message, field: FieldDescriptor) -> list[Any]:
    """What is set: all elements of a repeated field, no map entries, the value of a set one, else nothing."""
    if field.is_repeated:
        is_map = field.message_type is not None and field.message_type.GetOptions().map_entry
        return [] if is_map else list(getattr(message, field.name))
    if field.has_presence:
        return [getattr(message, field.name)] if message.HasField(field.name) else []
    value = getattr(message, field.name)
    return [value] if value else []


def _names(enum: EnumDescriptor) -> str:
    return ", ".join(value.name for value in enum.values if value.number)


def _for_instance(param: annotations_pb2.Param) -> str:
    return f", for instance {param.example!r}" if param.example else ""


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
