"""What servers declare of fields and values in the options of a contract: parameters, other words, names for people."""

from google.protobuf import descriptor_pb2
from google.protobuf.descriptor import EnumDescriptor, EnumValueDescriptor, FieldDescriptor
from google.protobuf.message import DecodeError
from llm_orchestrator.capabilities.v1 import annotations_pb2


def param_option(field: FieldDescriptor) -> annotations_pb2.Param:
    """The `param` option, read with our own annotations: the pool of a server may carry another copy of them.

    Empty where the server means something else by that number.
    """
    return _field_options(field).Extensions[annotations_pb2.param]


def enum_suffixes(enum: EnumDescriptor) -> tuple[str, ...]:
    """The names of the values without the prefix that all share (`ORDER_STATUS_`).

    A zero value that says "unspecified" is left out: leaving the field out says the same.
    """
    prefix = enum_prefix(enum)
    return tuple(value.name.removeprefix(prefix) for value in enum.values if not _is_unspecified(value))


def enum_prefix(enum: EnumDescriptor) -> str:
    """What the names of all values begin with, up to and with an underscore; empty where there is no such thing.

    Empty too where a name without it would be the full name of another value.
    """
    names = [value.name for value in enum.values]
    if len(names) == 1 and not _is_unspecified(enum.values[0]):
        return ""
    shared = names[0]
    while not all(name.startswith(shared) for name in names):
        shared = shared[:-1]
    prefix = shared[: shared.rfind("_") + 1]
    return "" if {name.removeprefix(prefix) for name in names} & set(names) else prefix


def enum_words(enum: EnumDescriptor) -> tuple[tuple[str, ...], ...]:
    """Other words that people use for each of `enum_suffixes`, in the same order."""
    return tuple(value_words(value) for value in enum.values if not _is_unspecified(value))


def value_words(value: EnumValueDescriptor) -> tuple[str, ...]:
    """Other words for a value of an enum, as its server declares them."""
    try:
        options = descriptor_pb2.EnumValueOptions.FromString(value.GetOptions().SerializeToString())
    except DecodeError:
        return ()
    return tuple(options.Extensions[annotations_pb2.value_words])


def field_words(field: FieldDescriptor) -> tuple[str, ...]:
    """Other words for a field of a response, as its server declares them."""
    return tuple(_field_options(field).Extensions[annotations_pb2.field_words])


def field_ahead(field: FieldDescriptor) -> bool:
    """Is a field of a response declared to be a time that lies ahead?"""
    return _field_options(field).Extensions[annotations_pb2.field_ahead]


def _is_unspecified(value: EnumValueDescriptor) -> bool:
    return value.number == 0 and value.name.endswith("UNSPECIFIED")


def _field_options(field: FieldDescriptor) -> descriptor_pb2.FieldOptions:
    try:
        return descriptor_pb2.FieldOptions.FromString(field.GetOptions().SerializeToString())
    except DecodeError:
        return descriptor_pb2.FieldOptions()
