"""What exists: an immutable snapshot of every intent, who offers it, and the messages behind it."""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message
from llm_orchestrator.capabilities.v1 import annotations_pb2

from orchestrator_server.declared import enum_prefix, enum_suffixes, enum_words, param_option
from orchestrator_server.message_fields import choice_of, is_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of an intent. `kind` is one of string, integer, number, boolean, enum, bytes, message.

    `enum_names` are the suffixes that people see (`PENDING`), without the unset one; `enum_prefix` is what stands
    before them in the contract (`ORDER_STATUS_`). `message` is the type of a message, for a map that of its entries;
    `choice` names the `oneof` that the field belongs to. `enum_words` are other words for each of `enum_names`.
    """

    name: str
    kind: str
    is_repeated: bool
    description: str
    is_required: bool
    pattern: str
    example: str
    is_subject: bool
    enum_names: tuple[str, ...] = ()
    enum_prefix: str = ""
    enum_words: tuple[tuple[str, ...], ...] = ()
    message: Descriptor | None = None
    choice: str = ""

    @property
    def is_map(self) -> bool:
        """Are its elements keys with values?"""
        return self.message is not None and is_entry(self.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One server's offer of an intent. `method` is the RPC's path on the wire, `/package.Service/Method`.

    `request_type` and `response_type` are names in the snapshot's pool. `is_compatible`: its response can stand in
    for the canonical one.
    """

    server: str
    is_modern: bool
    method: str
    request_type: str
    response_type: str
    is_available: bool
    is_compatible: bool = True
    missing_fields: tuple[str, ...] = ()
    honours_key: bool = False
    is_idempotent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """Something that can be asked for, described by its canonical offer: the first, modern before legacy."""

    name: str
    description: str
    examples: tuple[str, ...]
    has_effect: bool
    access: int
    roles: frozenset[str]
    approval_required: bool
    reply_template: str
    approval_template: str
    parameters: tuple[Parameter, ...]
    offers: tuple[Offer, ...]

    @property
    def response_type(self) -> str:
        """The name of the canonical response message in the snapshot's pool."""
        return self.offers[0].response_type

    @property
    def is_available(self) -> bool:
        """Does a server that offers it answer?"""
        return any(offer.is_available for offer in self.offers)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter `name`, if there is one."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

    @property
    def askable(self) -> tuple[Parameter, ...]:
        """The parameters that a planner may fill: all but those bound to the caller."""
        return tuple(parameter for parameter in self.parameters if not parameter.is_subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerState:
    """One configured server. `problem` says what went wrong last; empty while all is well."""

    name: str
    target: str
    is_available: bool
    problem: str
    etag: str


class Catalogue:
    """A snapshot. Never changes: a changed server makes a new one, a running plan keeps the one it was made with.

    `prefixes` stand before the names of packages that would collide in `pool`. `earlier` are the snapshots before this
    one, by etag, for as long as they are kept: what was stored under them is read with them. `descriptions` are what it
    was built from.
    """

    def __init__(
        self,
        *,
        etag: str,
        intents: Iterable[Intent],
        servers: Iterable[ServerState],
        pool: DescriptorPool,
        findings: Iterable[str] = (),
        prefixes: Iterable[str] = (),
        earlier: "MutableMapping[str, Catalogue] | None" = None,
        descriptions: Sequence[Any] = (),
    ) -> None:
        self.etag = etag
        self.intents: Mapping[str, Intent] = {intent.name: intent for intent in sorted(intents, key=lambda i: i.name)}
        self.servers = tuple(servers)
        self.pool = pool
        self.findings = tuple(findings)
        self.prefixes = tuple(prefixes)
        self.earlier: MutableMapping[str, Catalogue] = {} if earlier is None else earlier
        self.descriptions = tuple(descriptions)

    def for_roles(self, roles: frozenset[str]) -> tuple[Intent, ...]:
        """The intents that somebody with `roles` may call."""
        return tuple(intent for intent in self.intents.values() if may_call(intent, roles))

    def message_class(self, type_name: str) -> type[Message]:
        """The class of a message by its name in the pool. Raises KeyError where there is none."""
        return message_factory.GetMessageClass(self.pool.FindMessageTypeByName(type_name))

    def descriptor(self, type_name: str) -> Descriptor:
        """The descriptor of a message by its name in the pool. Raises KeyError where there is none."""
        return self.pool.FindMessageTypeByName(type_name)

    @cached_property
    def response_types(self) -> Mapping[str, str]:
        """The canonical response type of every intent."""
        return {name: intent.response_type for name, intent in self.intents.items()}


STAFF = frozenset({"support", "admin"})


def may_call(intent: Intent, roles: frozenset[str]) -> bool:
    """May somebody with `roles` call `intent`, as far as its declaration goes?"""
    if intent.access == annotations_pb2.ACCESS_UNSPECIFIED and not roles & STAFF:
        return False
    return not intent.roles or bool(intent.roles & roles)


def parameters_of(request: Descriptor) -> tuple[Parameter, ...]:
    """The parameters of a request message, from its fields and their `param` options."""
    return tuple(_parameter(field) for field in request.fields)


def _parameter(field: FieldDescriptor) -> Parameter:
    param = param_option(field)
    return Parameter(
        name=field.name,
        kind=_kind(field),
        is_repeated=field.is_repeated,
        description=param.description,
        is_required=param.required,
        pattern=param.pattern,
        example=param.example,
        is_subject=param.subject,
        enum_names=() if field.enum_type is None else enum_suffixes(field.enum_type),
        enum_prefix="" if field.enum_type is None else enum_prefix(field.enum_type),
        enum_words=() if field.enum_type is None else enum_words(field.enum_type),
        message=field.message_type,
        choice=choice.name if (choice := choice_of(field)) else "",
    )


_KINDS = {
    FieldDescriptor.CPPTYPE_STRING: "string",
    FieldDescriptor.CPPTYPE_INT32: "integer",
    FieldDescriptor.CPPTYPE_INT64: "integer",
    FieldDescriptor.CPPTYPE_UINT32: "integer",
    FieldDescriptor.CPPTYPE_UINT64: "integer",
    FieldDescriptor.CPPTYPE_DOUBLE: "number",
    FieldDescriptor.CPPTYPE_FLOAT: "number",
    FieldDescriptor.CPPTYPE_BOOL: "boolean",
    FieldDescriptor.CPPTYPE_ENUM: "enum",
    FieldDescriptor.CPPTYPE_MESSAGE: "message",
}


def _kind(field: FieldDescriptor) -> str:
    return "bytes" if field.type == FieldDescriptor.TYPE_BYTES else _KINDS[field.cpp_type]
