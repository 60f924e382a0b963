"""Can one server's response stand in for another's? Decided by field and enum names, recursively."""

from collections.abc import Iterator

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

MAX_DEPTH = 20


def missing_fields(canonical: Descriptor, other: Descriptor) -> tuple[str, ...]:
    """Paths of fields and enum values of `canonical` that `other` has no counterpart for."""
    return tuple(_missing(canonical, other, "", MAX_DEPTH))


def contradictions(canonical: Descriptor, other: Descriptor) -> tuple[str, ...]:
    """Paths of fields that both have under one name and with types that do not fit."""
    return tuple(_contradictions(canonical, other, "", MAX_DEPTH))


def _missing(canonical: Descriptor, other: Descriptor, prefix: str, depth: int) -> Iterator[str]:
    theirs = {field.name: field for field in other.fields}
    for field in canonical.fields:
        path = prefix + field.name
        twin = theirs.get(field.name)
        if twin is None:
            yield path
        elif field.message_type is not None and twin.message_type is not None and depth:
            yield from _missing(field.message_type, twin.message_type, path + ".", depth - 1)
        elif field.enum_type is not None and twin.enum_type is not None:
            yield from (f"{path}={name}" for name in _names(field.enum_type) - _names(twin.enum_type))


def _contradictions(canonical: Descriptor, other: Descriptor, prefix: str, depth: int) -> Iterator[str]:
    theirs = {field.name: field for field in other.fields}
    for field in canonical.fields:
        twin = theirs.get(field.name)
        if twin is None:
            continue
        path = prefix + field.name
        if not _fits(field, twin):
            yield path
        elif field.message_type is not None and twin.message_type is not None and depth:
            yield from _contradictions(field.message_type, twin.message_type, path + ".", depth - 1)


def _fits(one: FieldDescriptor, two: FieldDescriptor) -> bool:
    return one.is_repeated == two.is_repeated and one.cpp_type == two.cpp_type


def _names(enum: EnumDescriptor) -> set[str]:
    return {value.name for value in enum.values}
