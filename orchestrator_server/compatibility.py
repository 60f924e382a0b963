"""Can one server's response stand in for another's? Decided by field and enum names, recursively.

A pair of messages is compared once, however often and however deep it occurs.
"""

from collections.abc import Iterator

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

from orchestrator_server.message_fields import choice_of, is_map, well_known

Seen = set[tuple[Descriptor, Descriptor]]

_WIDER = {
    (FieldDescriptor.CPPTYPE_INT64, FieldDescriptor.CPPTYPE_INT32),
    (FieldDescriptor.CPPTYPE_INT64, FieldDescriptor.CPPTYPE_UINT32),
    (FieldDescriptor.CPPTYPE_UINT64, FieldDescriptor.CPPTYPE_UINT32),
    (FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT),
}
"""What holds every value of the other, without rounding."""


def missing_fields(canonical: Descriptor, other: Descriptor) -> tuple[str, ...]:
    """Paths of fields and enum values of `canonical` that `other` has no counterpart for."""
    return tuple(_missing(canonical, other, "", set()))


def contradictions(canonical: Descriptor, other: Descriptor) -> tuple[str, ...]:
    """Paths of fields that both have under one name, where a value of `other` has no place in `canonical`."""
    if well_known(canonical) != well_known(other):
        return (canonical.name,)
    return tuple(_contradictions(canonical, other, "", set()))


def fits(field: FieldDescriptor, other: FieldDescriptor) -> bool:
    """Can `field` take every value of `other`? Of messages and enums, whose parts have names, that they are such."""
    if field.is_repeated != other.is_repeated or is_map(field) != is_map(other):
        return False
    if is_map(field):
        assert field.message_type is not None
        assert other.message_type is not None
        twins = zip(field.message_type.fields, other.message_type.fields, strict=True)
        return all(_takes(one, two) for one, two in twins)
    return _takes(field, other)


def _takes(field: FieldDescriptor, other: FieldDescriptor) -> bool:
    if (field.cpp_type, other.cpp_type) in _WIDER:
        return True
    if well_known(field.message_type) != well_known(other.message_type):
        return False
    is_bytes = field.type == FieldDescriptor.TYPE_BYTES
    return field.cpp_type == other.cpp_type and is_bytes == (other.type == FieldDescriptor.TYPE_BYTES)


def _missing(canonical: Descriptor, other: Descriptor, prefix: str, seen: Seen) -> Iterator[str]:
    if _is_known(canonical, other, seen):
        return
    theirs = {field.name: field for field in other.fields}
    for field in canonical.fields:
        twin = theirs.get(field.name)
        if twin is None:
            yield prefix + field.name
        elif field.message_type is not None and twin.message_type is not None:
            yield from _missing(field.message_type, twin.message_type, f"{prefix}{field.name}.", seen)
        elif field.enum_type is not None and twin.enum_type is not None:
            lacking = _names(field.enum_type) - _names(twin.enum_type)
            yield from (f"{prefix}{field.name}={name}" for name in sorted(lacking))


def _contradictions(canonical: Descriptor, other: Descriptor, prefix: str, seen: Seen) -> Iterator[str]:
    if _is_known(canonical, other, seen):
        return
    theirs = {field.name: field for field in other.fields}
    twins = [(field, theirs[field.name]) for field in canonical.fields if field.name in theirs]
    for field, twin in twins:
        path = prefix + field.name
        if not fits(field, twin) or _shuts_out(field, twin):
            yield path
        elif field.message_type is not None and twin.message_type is not None:
            yield from _contradictions(field.message_type, twin.message_type, path + ".", seen)


def _shuts_out(field: FieldDescriptor, other: FieldDescriptor) -> bool:
    """Is `field` one of several of which only one can be set, and `other` side by side with one of the same?"""
    choice, theirs = choice_of(field), choice_of(other)
    if choice is None:
        return False
    together = set() if theirs is None else {member.name for member in theirs.fields}
    names = {member.name for member in choice.fields} - together - {field.name}
    owner = other.containing_type
    return owner is not None and any(name in owner.fields_by_name for name in names)


def _is_known(canonical: Descriptor, other: Descriptor, seen: Seen) -> bool:
    """Nothing to compare, or compared before."""
    if canonical is other or well_known(canonical) or (canonical, other) in seen:
        return True
    seen.add((canonical, other))
    return False


def _names(enum: EnumDescriptor) -> set[str]:
    return {value.name for value in enum.values}
