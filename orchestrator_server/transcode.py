"""One side's response into the other side's message, by field and enum name, recursively."""

from typing import Any

from google.protobuf.descriptor import EnumDescriptor
from google.protobuf.message import Message


def transcode(message: Message, target: type[Message]) -> Message:
    """`message` as a `target`. Fields and enum values without a counterpart are left out."""
    if message.DESCRIPTOR.full_name == target.DESCRIPTOR.full_name:
        return message
    result = target()
    _copy(message, result)
    return result


def _copy(source: Message, target: Message) -> None:
    known = {field.name: field for field in target.DESCRIPTOR.fields}
    for field, value in source.ListFields():
        twin = known.get(field.name)
        if twin is None or twin.is_repeated != field.is_repeated or twin.cpp_type != field.cpp_type:
            continue
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            _copy_map(value, getattr(target, field.name), field)
        elif field.is_repeated:
            _copy_repeated(value, getattr(target, field.name), field, twin)
        elif field.message_type is not None:
            getattr(target, field.name).SetInParent()
            _copy(value, getattr(target, field.name))
        elif (converted := _scalar(value, field, twin)) is not None:
            setattr(target, field.name, converted)


def _copy_repeated(source: Any, target: Any, field: Any, twin: Any) -> None:
    for element in source:
        if field.message_type is not None:
            _copy(element, target.add())
        elif (converted := _scalar(element, field, twin)) is not None:
            target.append(converted)


def _copy_map(source: Any, target: Any, field: Any) -> None:
    holds_messages = field.message_type.fields_by_name["value"].message_type is not None
    for key, value in source.items():
        if holds_messages:
            _copy(value, target[key])
        else:
            target[key] = value


def _scalar(value: Any, field: Any, twin: Any) -> Any:
    if field.enum_type is None or twin.enum_type is None:
        return value
    return _enum(value, field.enum_type, twin.enum_type)


def _enum(number: int, source: EnumDescriptor, target: EnumDescriptor) -> int | None:
    """The number of the same name; None where there is none."""
    named = source.values_by_number.get(number)
    twin = target.values_by_name.get(named.name) if named else None
    return twin.number if twin else None
