"""The fields of a response message as conditions see them: paths, kinds, and the words they go by."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from orchestrator_server.declared import enum_prefix, field_ahead, field_words, value_words
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.expressions import is_money

_DEPTH = 3
_TIMESTAMP = "google.protobuf.Timestamp"


_SMALL = frozenset(["at", "on", "sinc", "date", "dat", "time", "tim"])


_AUXILIARIES = frozenset(["is", "are", "be", "been", "has", "have", "was"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One way to call a field or a constant: its words as declared, and their stems.

    `core` are the stems without a leading auxiliary ("is here", "has left"), which may be said elsewhere.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    is_own: bool = False
    core: tuple[str, ...] = ()
    first: str = ""
    """The stem with which it begins where it is said."""

    def __post_init__(self) -> None:
        """Looked at for every name before anything else, and so made once."""
        object.__setattr__(self, "first", next(iter(self.core or self.stems), ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A value of an enum: `stems` of its own name, its place in the list, and its name in CEL.

    `names` are all the words that people say for it, its own first.
    """

    stems: tuple[str, ...]
    number: int
    name: str
    names: tuple[Name, ...] = ()
    denied: tuple[tuple[Name, Name], ...] = ()
    """The names that tell what it is not ("not gone out"), each with what is said without the "not"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field that CEL reaches by `path` from a message (`.file.opened_at`).

    `kind` is one of timestamp, money, enum, integer, number, boolean, string, list. `owner` is the name of the message
    that declares it. A list of messages has their fields in `elements`. `names` are all the words that people say for
    it, its own first: without the `at` of a date. `is_ahead` is declared of times to come; `is_shown` tells that the
    reply's template has a field of that name. `begins` is the state that something is in from a date on.
    """

    path: str
    name: str
    kind: str
    stems: tuple[str, ...]
    owner: str
    constants: tuple[Constant, ...] = ()
    elements: tuple["Field", ...] = ()
    element_name: str = ""
    names: tuple[Name, ...] = ()
    is_ahead: bool = False
    is_shown: bool = False
    begins: Constant | None = None


def stems_of(name: str) -> tuple[str, ...]:
    """The stems of an identifier's words: `OrderStatus`, `placed_at`, `IN_TRANSIT`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return tuple(stem(word) for word in spaced.lower().split("_") if word)


@lru_cache(maxsize=512)
def fields_of(message: Descriptor, template: str = "") -> tuple[Field, ...]:
    """Every field of `message` and of the messages in it, nearest first. `template` words what is shown of it."""
    shown = frozenset(re.findall(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}", template))
    return _marked(tuple(_walk(message, "", _DEPTH, frozenset())), shown)


def _marked(fields: Sequence[Field], shown: frozenset[str]) -> tuple[Field, ...]:
    states = {c.stems: c for f in reversed(fields) if f.kind == "enum" for c in reversed(f.constants)}
    return tuple(
        replace(
            field,
            elements=_marked(field.elements, shown),
            is_shown=field.name in shown,
            begins=states.get(field.stems[:1]) if field.kind == "timestamp" else None,
        )
        for field in fields
    )


def _walk(message: Descriptor, path: str, depth: int, above: frozenset[str]) -> Iterator[Field]:
    inner: list[tuple[Descriptor, str]] = []
    for field in message.fields:
        here = f"{path}.{field.name}"
        yield from _field(field, here, depth, above | {message.full_name})
        if field.message_type is not None and not field.is_repeated and _kind(field) is None:
            inner.append((field.message_type, here))
    for nested, here in inner:
        if depth > 1 and nested.full_name not in above:
            yield from _walk(nested, here, depth - 1, above | {message.full_name})


def _field(field: FieldDescriptor, path: str, depth: int, above: frozenset[str]) -> Iterator[Field]:
    kind = "list" if field.is_repeated else _kind(field)
    if kind is None:
        return
    element = field.message_type if kind == "list" else None
    if element is not None and element.GetOptions().map_entry:
        return
    goes_on = element is not None and depth > 1 and element.full_name not in above
    yield Field(
        path=path,
        name=field.name,
        kind=kind,
        stems=stems_of(field.name),
        owner=field.containing_type.name if field.containing_type else "",
        constants=tuple(_constants(field)) if kind == "enum" else (),
        elements=tuple(_walk(element, "", depth - 1, above)) if element is not None and goes_on else (),
        element_name="" if element is None else element.name,
        names=tuple(_names(field.name, field_words(field), is_date=kind == "timestamp")),
        is_ahead=kind == "timestamp" and field_ahead(field),
    )


def _names(name: str, declared: Iterable[str], *, is_date: bool = False) -> Iterator[Name]:
    own = [word for word in name.lower().split("_") if word]
    while is_date and len(own) > 1 and stem(own[-1]) in _SMALL:
        own.pop()
    yield Name(words=tuple(own), stems=tuple(stem(word) for word in own), is_own=True)
    for phrase in declared:
        words = tuple(re.findall(r"\w+|[^\w\s]", phrase.lower()))
        if words:
            yield _name(words)
        if len(words) > 1 and words[-1] in ("me", "us"):
            yield _name(words[:-1])


def _name(words: tuple[str, ...]) -> Name:
    stems = tuple(stem(word) for word in words)
    first = next((at for at, word in enumerate(words[:-1]) if word not in _AUXILIARIES), len(words) - 1)
    return Name(words=words, stems=stems, core=stems[first:])


def _kind(field: FieldDescriptor) -> str | None:
    """The kind of a single value; None for a message to walk into, and for bytes."""
    if field.message_type is not None:
        if field.message_type.full_name.endswith(_TIMESTAMP):
            return "timestamp"
        return "money" if is_money(field.message_type) else None
    if field.type == FieldDescriptor.TYPE_BYTES:
        return None
    kinds = {
        FieldDescriptor.CPPTYPE_STRING: "string",
        FieldDescriptor.CPPTYPE_BOOL: "boolean",
        FieldDescriptor.CPPTYPE_ENUM: "enum",
        FieldDescriptor.CPPTYPE_DOUBLE: "number",
        FieldDescriptor.CPPTYPE_FLOAT: "number",
    }
    return kinds.get(field.cpp_type, "integer")


def _constants(field: FieldDescriptor) -> Iterator[Constant]:
    if field.enum_type is None:
        return
    prefix = enum_prefix(field.enum_type)
    for value in field.enum_type.values:
        if value.number != 0:
            names = tuple(_names(value.name.removeprefix(prefix), value_words(value)))
            yield Constant(
                stems=stems_of(value.name.removeprefix(prefix)),
                number=value.number,
                name=f"{field.enum_type.full_name}.{value.name}",
                names=names,
                denied=tuple(_denied(names)),
            )


def _denied(names: Iterable[Name]) -> Iterator[tuple[Name, Name]]:
    for name in names:
        if name.words[0] == "not" and len(name.words) > 1:
            yield name, Name(words=name.words[1:], stems=name.stems[1:])
