"""Where words stand in contracts: names, and the texts of our options."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from google.protobuf import descriptor_pb2 as pb2
from llm_orchestrator.capabilities.v1 import annotations_pb2

_MONEY = {"amount_minor", "currency"}


class Change(Protocol):
    """What becomes of a text. `values` are examples of parameters that may stand in it."""

    def text(self, text: str, values: Iterable[str] = ()) -> str:
        """A sentence or a word."""
        ...

    def template(self, text: str) -> str:
        """A Mustache template."""
        ...


def names_of(file: pb2.FileDescriptorProto) -> Iterator[str]:
    """Every name that a contract gives: parts of its package and of intents too, those of money not."""
    yield from file.package.split(".")
    for message in messages_of(file.message_type):
        if not is_money(message):
            yield message.name
            yield from (field.name for field in message.field)
            yield from (choice.name for choice in message.oneof_decl)
    for enum in enums_of(file):
        yield from (enum.name, *(value.name for value in enum.value))
    for service in file.service:
        yield from (service.name, *(method.name for method in service.method))
        yield from (name for method in service.method for name in intent_of(method).name.split("."))


def change_texts(file: pb2.FileDescriptorProto, change: Change) -> None:
    """Puts something else in the place of every text of our options."""
    requests = {f".{file.package}.{message.name}": message for message in file.message_type}
    for method in (method for service in file.service for method in service.method):
        if intent_of(method).name:
            _change_intent(intent_of(method), tuple(_examples(requests.get(method.input_type))), change)
    for field in (field for message in messages_of(file.message_type) for field in message.field):
        _change_field(field, change)
    for value in (value for enum in enums_of(file) for value in enum.value):
        if words := value.options.Extensions[annotations_pb2.value_words]:
            words[:] = [change.text(word) for word in words]


def messages_of(found: Iterable[pb2.DescriptorProto]) -> Iterator[pb2.DescriptorProto]:
    """Messages with those inside them."""
    for message in found:
        yield message
        yield from messages_of(message.nested_type)


def enums_of(file: pb2.FileDescriptorProto) -> Iterator[pb2.EnumDescriptorProto]:
    """Every enum of a file, those inside messages too."""
    yield from file.enum_type
    for message in messages_of(file.message_type):
        yield from message.enum_type


def is_money(message: pb2.DescriptorProto) -> bool:
    """Is it an amount of money? Its fields tell, by their names."""
    return {field.name for field in message.field} == _MONEY


def intent_of(method: pb2.MethodDescriptorProto) -> annotations_pb2.Intent:
    """What a method says of itself; writing to it changes the contract."""
    return method.options.Extensions[annotations_pb2.intent]


def _change_intent(intent: annotations_pb2.Intent, values: Iterable[str], change: Change) -> None:
    intent.description = change.text(intent.description)
    intent.examples[:] = [change.text(example, values) for example in intent.examples]
    intent.reply_template = change.template(intent.reply_template)
    intent.approval_template = change.template(intent.approval_template)


def _change_field(field: pb2.FieldDescriptorProto, change: Change) -> None:
    param = field.options.Extensions[annotations_pb2.param]
    if param.description:
        param.description = change.text(param.description)
    if param.example and field.type == field.TYPE_ENUM:
        param.example = change.text(param.example)
    if words := field.options.Extensions[annotations_pb2.field_words]:
        words[:] = [change.text(word) for word in words]


def _examples(request: pb2.DescriptorProto | None) -> Iterator[str]:
    for field in request.field if request is not None else ():
        example = field.options.Extensions[annotations_pb2.param].example
        if example and field.type != field.TYPE_ENUM:
            yield example
