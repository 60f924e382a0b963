"""Random messages of any type. Kept out is what no model may write: unset enum values where they would be lost."""

from typing import Any

from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from hypothesis import strategies as st

DEPTH = 4
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
RANGES = {
    FieldDescriptor.CPPTYPE_INT32: (-(2**31), 2**31 - 1),
    FieldDescriptor.CPPTYPE_INT64: (-(2**63), 2**63 - 1),
    FieldDescriptor.CPPTYPE_UINT32: (0, 2**32 - 1),
    FieldDescriptor.CPPTYPE_UINT64: (0, 2**64 - 1),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53).map(float) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


@st.composite
def messages(draw: st.DrawFn, kind: type[Message], depth: int = DEPTH) -> Message:
    """A message of `kind` with any of its fields set."""
    message: Any = kind()
    known = _WELL_KNOWN.get(kind.DESCRIPTOR.full_name.removeprefix("google.protobuf."))
    if known is not None:
        known(draw, message)
        return message
    for field in kind.DESCRIPTOR.fields:
        if depth and field.name != "owner" and draw(st.booleans()):
            _set(draw, message, field, depth)
    return message


def _set(draw: st.DrawFn, message: Any, field: FieldDescriptor, depth: int) -> None:
    if not field.is_repeated:
        _put(draw, message, field, depth)
        return
    target = getattr(message, field.name)
    for _ in range(draw(st.integers(1, 2))):
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            inner = field.message_type.fields_by_name
            key = draw(_scalars(inner["key"]))
            if inner["value"].message_type is not None:
                target[key].CopyFrom(draw(messages(_class(inner["value"].message_type), depth - 1)))
            else:
                target[key] = draw(_scalars(inner["value"]))
        elif field.message_type is not None:
            target.append(draw(messages(_class(field.message_type), depth - 1)))
        else:
            target.append(draw(_scalars(field)))


def _put(draw: st.DrawFn, message: Any, field: FieldDescriptor, depth: int) -> None:
    if field.message_type is not None:
        getattr(message, field.name).CopyFrom(draw(messages(_class(field.message_type), depth - 1)))
        getattr(message, field.name).SetInParent()
    else:
        setattr(message, field.name, draw(_scalars(field)))


def _scalars(field: FieldDescriptor) -> st.SearchStrategy[Any]:
    if field.enum_type is not None:
        return st.sampled_from([v.number for v in field.enum_type.values if not v.name.endswith("UNSPECIFIED")])
    if field.type == FieldDescriptor.TYPE_BYTES:
        return st.binary(max_size=6)
    if field.cpp_type in RANGES:
        return st.integers(*RANGES[field.cpp_type])
    if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL:
        return st.booleans()
    if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        return TEXTS
    width = 32 if field.cpp_type == FieldDescriptor.CPPTYPE_FLOAT else 64
    return st.floats(width=width, allow_nan=False)


def _class(descriptor: Descriptor) -> type[Message]:
    return message_factory.GetMessageClass(descriptor)


def _timestamp(draw: st.DrawFn, message: Any) -> None:
    message.seconds = draw(st.integers(-62135596800, 253402300799))
    message.nanos = draw(st.integers(0, 999_999_999))


def _duration(draw: st.DrawFn, message: Any) -> None:
    sign = draw(st.sampled_from([-1, 1]))
    message.seconds = sign * draw(st.integers(0, 315_576_000_000 - 1))
    message.nanos = sign * draw(st.integers(0, 999_999_999))


def _value(draw: st.DrawFn, message: Any) -> None:
    _fill_value(message, draw(JSON))


def _fill_value(message: Any, value: Any) -> None:
    match value:
        case None:
            message.null_value = 0
        case bool():
            message.bool_value = value
        case float():
            message.number_value = value
        case str():
            message.string_value = value
        case list():
            message.list_value.SetInParent()
            for element in value:
                _fill_value(message.list_value.values.add(), element)
        case dict():
            message.struct_value.SetInParent()
            for key in value:
                _fill_value(message.struct_value.fields[key], value[key])


def _struct(draw: st.DrawFn, message: Any) -> None:
    for key, value in draw(st.dictionaries(TEXTS, JSON, max_size=2)).items():
        _fill_value(message.fields[key], value)


def _list(draw: st.DrawFn, message: Any) -> None:
    for value in draw(st.lists(JSON, max_size=2)):
        _fill_value(message.values.add(), value)


def _any(draw: st.DrawFn, message: Any) -> None:
    pool = message.DESCRIPTOR.file.pool
    name = draw(st.sampled_from(["conformance.v1.Point", "conformance.v1.Ping", "google.protobuf.Duration"]))
    packed = draw(messages(_class(pool.FindMessageTypeByName(name)), 2))
    message.type_url = f"type.googleapis.com/{name}"
    message.value = packed.SerializeToString(deterministic=True)


def _mask(draw: st.DrawFn, message: Any) -> None:
    message.paths.extend(draw(st.lists(st.from_regex(r"[a-z]+(_[a-z]+)?(\.[a-z]+)?", fullmatch=True), max_size=2)))


_WELL_KNOWN = {
    "Timestamp": _timestamp,
    "Duration": _duration,
    "Value": _value,
    "Struct": _struct,
    "ListValue": _list,
    "Any": _any,
    "FieldMask": _mask,
}
