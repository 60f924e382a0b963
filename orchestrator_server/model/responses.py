"""The responses of intents in few words, so that a model can write references to their fields.

A message is described once, however many intents answer with it; what lies deeper than three levels is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.expressions import is_money

LEVELS = 3

_SCALARS = {
    FieldDescriptor.CPPTYPE_STRING: "",
    FieldDescriptor.CPPTYPE_BOOL: "bool",
    FieldDescriptor.CPPTYPE_DOUBLE: "number",
    FieldDescriptor.CPPTYPE_FLOAT: "number",
}
_WELL_KNOWN = {"google.protobuf.Timestamp": "time", "google.protobuf.Duration": "duration"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseWords:
    """`by_intent` describes each response, `types` the messages and enums that they name, one line each."""

    by_intent: Mapping[str, str]
    types: tuple[str, ...]


def describe_responses(intents: Sequence[Intent], catalogue: Catalogue) -> ResponseWords:
    """The responses of `intents`; the same words in the same order for the same catalogue."""
    roots = {intent.name: catalogue.descriptor(intent.response_type) for intent in intents}
    messages = _reachable(roots.values())
    enums = _enums([*roots.values(), *messages.values()])
    aliases = _aliases([*messages, *enums])
    types = [f"{aliases[name]} = {_fields(message, aliases)}" for name, message in messages.items()]
    types += [f"{aliases[name]} = enum {name}: {_constants(enum)}" for name, enum in enums.items()]
    return ResponseWords(by_intent={name: _fields(root, aliases) for name, root in roots.items()}, types=tuple(types))


def is_plain(message: Descriptor) -> bool:
    """Is this a message whose fields are worth describing, not one with a meaning of its own?"""
    return message.full_name not in _WELL_KNOWN and not is_money(message)


def _reachable(roots: Iterable[Descriptor]) -> dict[str, Descriptor]:
    found: dict[str, Descriptor] = {}
    level = list(roots)
    for _ in range(LEVELS - 1):
        below = {inner.full_name: inner for message in level for inner in _inner(message)}
        level = [inner for name, inner in below.items() if name not in found]
        found |= below
    return dict(sorted(found.items()))


def _inner(message: Descriptor) -> Iterable[Descriptor]:
    for field in message.fields:
        inner = _element(field).message_type
        if inner is not None and is_plain(inner):
            yield inner


def _enums(messages: Iterable[Descriptor]) -> dict[str, EnumDescriptor]:
    kinds = (_element(field).enum_type for message in messages for field in message.fields)
    return dict(sorted((kind.full_name, kind) for kind in kinds if kind is not None))


def _aliases(names: Iterable[str]) -> dict[str, str]:
    """Short names; a number tells apart what is called the same in two packages."""
    taken: dict[str, int] = {}
    aliases = {}
    for name in names:
        short = name.rpartition(".")[2]
        taken[short] = taken.get(short, 0) + 1
        aliases[name] = short if taken[short] == 1 else f"{short}{taken[short]}"
    return aliases


def _fields(message: Descriptor, aliases: Mapping[str, str]) -> str:
    return "{" + ", ".join(_field(field, aliases) for field in message.fields) + "}"


def _field(field: FieldDescriptor, aliases: Mapping[str, str]) -> str:
    kind = _kind(_element(field), aliases)
    if _is_map(field):
        kind = f"map of {kind or 'text'}"
    elif field.is_repeated:
        kind = f"[{kind or 'text'}]"
    return f"{field.name}: {kind}" if kind else field.name


def _kind(field: FieldDescriptor, aliases: Mapping[str, str]) -> str:
    """The type of one value; empty for text, which is most common."""
    if field.enum_type is not None:
        return aliases[field.enum_type.full_name]
    if field.message_type is None:
        return "bytes" if field.type == FieldDescriptor.TYPE_BYTES else _SCALARS.get(field.cpp_type, "int")
    if is_money(field.message_type):
        return "money"
    name = field.message_type.full_name
    return _WELL_KNOWN.get(name) or aliases.get(name, "object")


def _element(field: FieldDescriptor) -> FieldDescriptor:
    """The field itself; for a map, its values."""
    if not _is_map(field):
        return field
    assert field.message_type is not None
    return field.message_type.fields_by_name["value"]


def _is_map(field: FieldDescriptor) -> bool:
    return bool(field.message_type is not None and field.message_type.GetOptions().map_entry)


def _constants(enum: EnumDescriptor) -> str:
    return " ".join(value.name for value in enum.values if value.number != 0)
