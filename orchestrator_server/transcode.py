"""One side's response into the other side's message, by field and enum name, recursively.

What has no counterpart is left out, and so is what would not fit; `compatibility` tells both beforehand. A value that
its own side cannot leave unset ("no presence") arrives as set where it is not the default, else as unset.
"""

from typing import Any, TypeVar

from google.protobuf.descriptor import EnumDescriptor, FieldDescriptor
from google.protobuf.message import Message

from orchestrator_server.compatibility import fits
from orchestrator_server.message_fields import is_map, type_of, well_known

M = TypeVar("M", bound=Message)


def transcode(message: Message, target: type[M]) -> M:
    """`message` as a `target`; also where the two come from different pools."""
    if isinstance(message, target):
        return message
    result = target()
    _copy(message, result)
    return result


def _copy(source: Message, target: Message) -> None:
    if type_of(source) is type_of(target):
        target.CopyFrom(source)
    elif well_known(type_of(source)) == well_known(type_of(target)) != "":
        target.ParseFromString(source.SerializeToString())  # the same everywhere, and `Any` must stay as it is
    elif not (well_known(type_of(source)) or well_known(type_of(target))):
        known = {field.name: field for field in type_of(target).fields}
        for field, value in source.ListFields():
            twin = known.get(field.name)
            if twin is not None and fits(twin, field):
                _copy_field(value, target, field, twin)


def _copy_field(value: Any, target: Message, field: FieldDescriptor, twin: FieldDescriptor) -> None:
    if is_map(field):
        _copy_map(value, getattr(target, twin.name), field, twin)
    elif field.is_repeated:
        _copy_repeated(value, getattr(target, twin.name), field, twin)
    elif field.message_type is not None:
        inner = getattr(target, twin.name)
        inner.SetInParent()
        _copy(value, inner)
    elif (converted := _scalar(value, field, twin)) is not None:
        setattr(target, twin.name, converted)


def _copy_repeated(source: Any, target: Any, field: FieldDescriptor, twin: FieldDescriptor) -> None:
    for element in source:
        if field.message_type is not None:
            _copy(element, target.add())
        elif (converted := _scalar(element, field, twin)) is not None:
            target.append(converted)


def _copy_map(source: Any, target: Any, field: FieldDescriptor, twin: FieldDescriptor) -> None:
    assert field.message_type is not None
    assert twin.message_type is not None
    value, other = field.message_type.fields_by_name["value"], twin.message_type.fields_by_name["value"]
    for key, element in source.items():
        if value.message_type is not None:
            _copy(element, target[key])
        elif (converted := _scalar(element, value, other)) is not None:
            target[key] = converted


def _scalar(value: Any, field: FieldDescriptor, twin: FieldDescriptor) -> Any:
    if field.enum_type is None or twin.enum_type is None:
        return value
    return _enum(value, field.enum_type, twin.enum_type)


def _enum(number: int, source: EnumDescriptor, target: EnumDescriptor) -> int | None:
    """The number of the same name; None where there is none. Of several names for one number, the first that fits."""
    names = (value.name for value in source.values if value.number == number)
    found = (target.values_by_name[name] for name in names if name in target.values_by_name)
    return next((value.number for value in found), None)
