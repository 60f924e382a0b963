"""What descriptors do not say at once: which fields are maps, which `oneof`s were written, how fields are called."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast

from google.protobuf import descriptor_pb2
from google.protobuf.descriptor import Descriptor, FieldDescriptor, OneofDescriptor
from google.protobuf.message import Message

CONVERTED = frozenset({"Timestamp", "Duration", "FieldMask", "Any"})
"""Well-known types whose fields are never what a person says: dates and times are worked out, the rest is encoded."""


def type_of(message: Message | type[Message]) -> Descriptor:
    """The descriptor of a message or its class, by one name: the stubs say it is one of two implementations."""
    return cast("Descriptor", message.DESCRIPTOR)


def is_map(field: FieldDescriptor) -> bool:
    """Is this a map, rather than a list or a single value?"""
    return field.message_type is not None and is_entry(field.message_type)


def is_entry(message: Descriptor) -> bool:
    """Is this the message that stands behind a map: a key and a value?"""
    return bool(message.GetOptions().map_entry)


def choice_of(field: FieldDescriptor) -> OneofDescriptor | None:
    """The `oneof` that `field` belongs to. The compiler makes one for every `optional` too; those do not count."""
    oneof = field.containing_oneof
    if oneof is None or (len(oneof.fields) == 1 and field.name in _optional_fields(field.containing_type)):
        return None
    return oneof


def choices(message: Descriptor) -> tuple[OneofDescriptor, ...]:
    """The `oneof`s that somebody wrote."""
    return tuple(oneof for oneof in message.oneofs if choice_of(oneof.fields[0]) is not None)


def well_known(message: Descriptor | None) -> str:
    """`Timestamp` for `google.protobuf.Timestamp`; empty for what is only its fields, as `Empty` is."""
    package, _, name = message.full_name.rpartition(".") if message is not None else ("", "", "")
    return name if package == "google.protobuf" and name != "Empty" else ""


def said_values(message: Message) -> Iterator[str | int | float]:
    """The texts and numbers in a message that somebody must have said: no enums, no yes or no, nothing converted."""
    if well_known(type_of(message)) in CONVERTED:
        return
    for field, value in message.ListFields():
        if is_map(field):
            yield from _entry_values(field, value)
        else:
            for element in value if field.is_repeated else [value]:
                yield from _said(field, element)


def _entry_values(field: FieldDescriptor, entries: Any) -> Iterator[str | int | float]:
    """Of `Struct` the values alone: its keys are names of fields."""
    assert field.message_type is not None
    inner = field.message_type.fields_by_name
    for key in entries:
        if not well_known(field.containing_type):
            yield from _said(inner["key"], key)
        yield from _said(inner["value"], entries[key])


def _said(field: FieldDescriptor, value: Any) -> Iterator[str | int | float]:
    if isinstance(value, Message):
        yield from said_values(value)
    elif field.enum_type is None and isinstance(value, str | int | float) and not isinstance(value, bool):
        yield value


@lru_cache(maxsize=1024)
def _optional_fields(message: Descriptor) -> frozenset[str]:
    """The names of fields declared `optional` in proto3; only the proto itself tells."""
    proto = descriptor_pb2.DescriptorProto()
    message.CopyToProto(proto)
    return frozenset(field.name for field in proto.field if field.proto3_optional)
