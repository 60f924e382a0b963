"""Expressions to imitate, made from the responses that this very catalogue offers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from google.protobuf.descriptor import Descriptor, EnumDescriptor, EnumValueDescriptor, FieldDescriptor

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.declared import enum_prefix
from orchestrator_server.expressions import is_money
from orchestrator_server.model.responses import is_plain

DEPTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumPath:
    """An enum within a response, reachable without an index: `order.status`."""

    path: str
    enum: EnumDescriptor

    @property
    def constant(self) -> str:
        """The first constant that means something, in full."""
        return f"{self.enum.full_name}.{self._value.name}"

    @property
    def word(self) -> str:
        """The same constant as people say it."""
        return self._value.name.removeprefix(enum_prefix(self.enum)).lower().replace("_", " ")

    @property
    def _value(self) -> EnumValueDescriptor:
        return self.enum.values[min(1, len(self.enum.values) - 1)]


def hints(intents: Sequence[Intent], catalogue: Catalogue) -> tuple[str, ...]:
    """One expression of each kind that the responses allow: enum, money, time, list."""
    roots = [catalogue.descriptor(intent.response_type) for intent in intents]
    fields = [found for root in roots for found in _paths(root, "s1", DEPTH)]
    return (*_enum_hints(roots), *_money_hints(fields), *_time_hints(fields), *_list_hints(roots))


def enum_path(response: Descriptor) -> EnumPath | None:
    """The first enum of a response."""
    found = ((path, field.enum_type) for path, field in _paths(response, "", DEPTH))
    return next((EnumPath(path=path.lstrip("."), enum=enum) for path, enum in found if enum is not None), None)


def _enum_hints(roots: Sequence[Descriptor]) -> Iterator[str]:
    found = next((path for root in roots if (path := enum_path(root))), None)
    if found is not None:
        yield f"s1.{found.path} == {found.constant}"


def _money_hints(fields: Sequence[tuple[str, FieldDescriptor]]) -> Iterator[str]:
    yield from [f"money({path}) > 40.0" for path, field in fields if is_money(field.message_type)][:1]


def _time_hints(fields: Sequence[tuple[str, FieldDescriptor]]) -> Iterator[str]:
    times = [path for path, field in fields if _is_time(field)]
    for path in times[:1]:
        yield f"has({path}) && now - {path} > days(14)"
        yield f"!has({path})"


def _list_hints(roots: Sequence[Descriptor]) -> Iterator[str]:
    for root in roots:
        for field in root.fields:
            inner = field.message_type
            if field.is_repeated and inner is not None and not inner.GetOptions().map_entry:
                yield from _over_list(f"s1.{field.name}", inner)
                return


def _over_list(path: str, element: Descriptor) -> Iterator[str]:
    found = enum_path(element)
    if found is not None:
        yield f"{path}.filter(x, x.{found.path} == {found.constant})"
    yield f"{path}[0].{element.fields[0].name}"
    yield f"each.{element.fields[0].name}"


def _paths(message: Descriptor, before: str, depth: int) -> Iterator[tuple[str, FieldDescriptor]]:
    for field in message.fields:
        if not field.is_repeated:
            path = f"{before}.{field.name}"
            yield path, field
            if field.message_type is not None and depth > 1 and is_plain(field.message_type):
                yield from _paths(field.message_type, path, depth - 1)


def _is_time(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.full_name == "google.protobuf.Timestamp"
