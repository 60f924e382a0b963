"""Descriptions of responses, and the expressions to imitate that are made from them."""

import pytest
from google.protobuf import descriptor_pb2
from google.protobuf.descriptor_pool import DescriptorPool

from evaluation.catalogues import shop_catalogue
from orchestrator_server.catalogue import Catalogue, Intent, Offer
from orchestrator_server.expressions import ExpressionError, Expressions
from orchestrator_server.model.hints import hints
from orchestrator_server.model.responses import describe_responses

SHOP = shop_catalogue()
INTENTS = tuple(SHOP.intents.values())
FIELD = descriptor_pb2.FieldDescriptorProto


def answering(type_name: str) -> Intent:
    offer = Offer(
        server="t",
        is_modern=True,
        method="/t.T/T",
        request_type=type_name,
        response_type=type_name,
        is_available=True,
    )
    return Intent(
        name="t.t",
        description="",
        examples=(),
        has_effect=False,
        access=0,
        roles=frozenset(),
        approval_required=False,
        reply_template="",
        approval_template="",
        parameters=(),
        offers=(offer,),
    )


def tree_catalogue() -> Catalogue:
    """A message that holds itself, one that goes down five levels, and a map."""
    file = descriptor_pb2.FileDescriptorProto(name="tree.proto", package="tree", syntax="proto3")
    for level in range(1, 6):
        message = file.message_type.add(name=f"L{level}")
        message.field.add(name="name", number=1, type=FIELD.TYPE_STRING, label=FIELD.LABEL_OPTIONAL)
        if level < 5:
            below = f".tree.L{level + 1}"
            message.field.add(
                name="down", number=2, type=FIELD.TYPE_MESSAGE, type_name=below, label=FIELD.LABEL_OPTIONAL
            )
    node = file.message_type.add(name="Node")
    node.field.add(name="left", number=1, type=FIELD.TYPE_MESSAGE, type_name=".tree.Node", label=FIELD.LABEL_OPTIONAL)
    entry = node.nested_type.add(name="TagsEntry", options=descriptor_pb2.MessageOptions(map_entry=True))
    entry.field.add(name="key", number=1, type=FIELD.TYPE_STRING, label=FIELD.LABEL_OPTIONAL)
    entry.field.add(name="value", number=2, type=FIELD.TYPE_INT64, label=FIELD.LABEL_OPTIONAL)
    node.field.add(
        name="tags", number=2, type=FIELD.TYPE_MESSAGE, type_name=".tree.Node.TagsEntry", label=FIELD.LABEL_REPEATED
    )
    pool = DescriptorPool()
    pool.Add(file)
    return Catalogue(etag="t", intents=(), servers=(), pool=pool)


def test_a_message_is_described_once_however_many_intents_answer_with_it():
    words = describe_responses(INTENTS, SHOP)
    assert sum(line.startswith("Order = ") for line in words.types) == 1
    assert words.by_intent["order.get"] == words.by_intent["order.cancel"] == "{order: Order}"


def test_enums_are_told_with_their_full_names():
    words = describe_responses(INTENTS, SHOP)
    expected = (
        "Membership = enum llm_orchestrator.user.v1.Membership: MEMBERSHIP_BASIC MEMBERSHIP_SILVER MEMBERSHIP_GOLD"
    )
    assert expected in words.types


def test_what_is_called_the_same_in_two_packages_is_told_apart():
    words = describe_responses(INTENTS, SHOP)
    names = [line.split(" = ")[0] for line in words.types]
    assert {"OrderStatus", "OrderStatus2"} <= set(names)
    assert len(names) == len(set(names))


def test_what_lies_deeper_than_three_levels_is_left_out():
    words = describe_responses([answering("tree.L1")], tree_catalogue())
    assert words.by_intent["t.t"] == "{name, down: L2}"
    assert words.types == ("L2 = {name, down: L3}", "L3 = {name, down: object}")


def test_a_message_that_holds_itself_ends():
    words = describe_responses([answering("tree.Node")], tree_catalogue())
    assert words.types == ("Node = {left: Node, tags: map of int}",)
    assert hints([answering("tree.Node")], tree_catalogue()) == ()


@pytest.mark.parametrize("hint", hints(INTENTS, SHOP))
def test_every_expression_to_imitate_compiles_against_some_response(hint: str):
    expressions, compiled = Expressions(SHOP), 0
    for type_name in SHOP.response_types.values():
        try:
            expressions.compile(hint, {"s1": type_name, "each": "llm_orchestrator.order.v1.Order"})
            compiled += 1
        except ExpressionError:  # does not fit this response
            continue
    assert compiled
