"""Every RPC of every server, from the descriptors: a new one is in the tests by itself.

What belongs to another is named once, by field: an intent with a parameter that nothing here names makes the tests fail
until somebody says what a stranger would write there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from google.protobuf import message_factory
from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from llm_orchestrator.capabilities.v1 import annotations_pb2, audit_log_pb2
from llm_orchestrator.legacy.v1 import legacy_pb2
from llm_orchestrator.orchestrator.v1 import audit_pb2, chat_pb2, migration_pb2, usage_pb2
from llm_orchestrator.order.v1 import order_pb2
from llm_orchestrator.shipping.v1 import shipping_pb2
from llm_orchestrator.user.v1 import user_pb2

from service_kit.capabilities import intent_of
from service_kit.validation import param_of

VICTIM = "erik.holm@example.com"
THIEF = "dana.fields@example.com"
OF_THE_VICTIM = {"order_id": ("A-1050", "A-1051", "A-1052", "A-1053"), "conversation_id": ("the-victims",)}
"""What names something of the victim's: an order in each state that matters, a conversation."""

PLAIN: dict[str, Any] = {"quantity": 1, "items": ["water bottle"], "sku": "desk lamp", "limit": 5}
"""Values of parameters that name nothing of anybody's; others have an example in the contract."""

SHOP = {"legacy": legacy_pb2, "user": user_pb2, "order": order_pb2, "shipping": shipping_pb2}
ORCHESTRATOR = (chat_pb2, usage_pb2, audit_pb2, migration_pb2)
NEED_A_TOKEN = (*SHOP.values(), *ORCHESTRATOR, audit_log_pb2)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A call of `server` with a request for the victim's data; `reason` is what it must be refused for."""

    server: str
    method: MethodDescriptor
    request: Message
    reason: str

    @property
    def path(self) -> str:
        return f"/{self.method.containing_service.full_name}/{self.method.name}"

    @property
    def intent(self) -> annotations_pb2.Intent:
        return intent_of(self.method)

    def __str__(self) -> str:
        return f"{self.server}: {self.path} {self.request}"


def attempts() -> Iterator[Attempt]:
    """Every intent of every shop server, with each thing of the victim's that it could be asked for."""
    for server, contract in SHOP.items():
        for method in _methods(contract):
            if intent_of(method).name:
                yield from _attempts(server, method)


def rpcs(server: str) -> Iterator[MethodDescriptor]:
    """Every RPC of `server` that needs a token."""
    contracts = (SHOP[server],) if server in SHOP else ORCHESTRATOR
    for contract in (*contracts, audit_log_pb2):
        yield from _methods(contract)


def has_owner(method: MethodDescriptor) -> bool:
    """Is the intent's data somebody's?"""
    return intent_of(method).access != annotations_pb2.ACCESS_PUBLIC


def _methods(contract: Any) -> Iterator[MethodDescriptor]:
    for service in contract.DESCRIPTOR.services_by_name.values():
        yield from service.methods


def _attempts(server: str, method: MethodDescriptor) -> Iterator[Attempt]:
    subject = next((field for field in method.input_type.fields if param_of(field).subject), None)
    named = next((field for field in method.input_type.fields if field.name in OF_THE_VICTIM), None)
    if not has_owner(method):
        return
    assert subject or named, f"{method.full_name}: which of its fields names something of a customer's?"
    for value in OF_THE_VICTIM[named.name] if named else (VICTIM,):
        fields = {} if subject is None else {subject.name: VICTIM}
        fields |= {} if named is None else {named.name: value}
        yield Attempt(
            server=server,
            method=method,
            request=message_factory.GetMessageClass(method.input_type)(**_filled(method, fields)),
            reason="NOT_YOUR_DATA" if subject else "ORDER_NOT_FOUND",
        )


def _filled(method: MethodDescriptor, fields: dict[str, Any]) -> dict[str, Any]:
    others = [field for field in method.input_type.fields if field.name not in fields and param_of(field).required]
    return fields | {field.name: _plain(field) for field in others}


def _plain(field: FieldDescriptor) -> Any:
    value = PLAIN.get(field.name, param_of(field).example)
    assert value, f"{field.full_name} is required and has no example: say in PLAIN what to write there"
    return value
