"""Requests against their `param` options. A contract of its own covers what the shop's protos do not use."""

from datetime import UTC, datetime
from functools import cache

import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import Message
from llm_orchestrator.capabilities.v1 import annotations_pb2
from llm_orchestrator.order.v1 import order_pb2
from llm_orchestrator.user.v1 import user_pb2

from service_kit.caller import Caller
from service_kit.errors import InvalidArgument, PermissionDenied
from service_kit.validation import bind_subject, validate

F = descriptor_pb2.FieldDescriptorProto


@cache
def messages() -> dict[str, type[Message]]:
    """`Outer` with nested, repeated, self-referring, optional and map fields; `Inner` with a required one."""
    file = descriptor_pb2.FileDescriptorProto(name="kit_test/validation.proto", package="kit_test", syntax="proto3")
    file.dependency.append(annotations_pb2.DESCRIPTOR.name)
    inner = file.message_type.add(name="Inner")
    name = inner.field.add(name="name", number=1, type=F.TYPE_STRING, label=F.LABEL_OPTIONAL)
    name.options.Extensions[annotations_pb2.param].CopyFrom(annotations_pb2.Param(required=True, pattern="[a-z]+"))
    outer = file.message_type.add(name="Outer")
    inner_name = ".kit_test.Inner"
    outer.field.add(name="inner", number=1, type=F.TYPE_MESSAGE, type_name=inner_name, label=F.LABEL_OPTIONAL)
    outer.field.add(name="inners", number=2, type=F.TYPE_MESSAGE, type_name=inner_name, label=F.LABEL_REPEATED)
    outer.field.add(name="self", number=3, type=F.TYPE_MESSAGE, type_name=".kit_test.Outer", label=F.LABEL_OPTIONAL)
    must = outer.field.add(
        name="must", number=4, type=F.TYPE_MESSAGE, type_name=inner_name, label=F.LABEL_OPTIONAL, json_name="must"
    )
    must.options.Extensions[annotations_pb2.param].required = True
    colour = outer.enum_type.add(name="Colour")
    colour.value.add(name="COLOUR_UNSPECIFIED", number=0)
    colour.value.add(name="COLOUR_RED", number=1)
    colour_name = ".kit_test.Outer.Colour"
    outer.field.add(name="colours", number=5, type=F.TYPE_ENUM, type_name=colour_name, label=F.LABEL_REPEATED)
    entry = outer.nested_type.add(name="NotesEntry", options=descriptor_pb2.MessageOptions(map_entry=True))
    entry.field.add(name="key", number=1, type=F.TYPE_STRING, label=F.LABEL_OPTIONAL)
    entry.field.add(name="value", number=2, type=F.TYPE_STRING, label=F.LABEL_OPTIONAL)
    notes_name = ".kit_test.Outer.NotesEntry"
    outer.field.add(name="notes", number=6, type=F.TYPE_MESSAGE, type_name=notes_name, label=F.LABEL_REPEATED)
    pool = descriptor_pool.Default()
    pool.Add(file) if hasattr(pool, "Add") else pool.AddSerializedFile(file.SerializeToString())
    return message_factory.GetMessageClassesForFiles([file.name], pool)


def outer(**fields: object) -> Message:
    """An `Outer` with its required field filled."""
    return messages()["kit_test.Outer"](must={"name": "here"}, **fields)


def wrong_fields(request: Message) -> list[str]:
    """The paths of the violations; empty where the request is fine."""
    try:
        validate(request)
    except InvalidArgument as error:
        return [violation.field for violation in error.violations]
    return []


def caller(email: str = "anna@example.com") -> Caller:
    return Caller(email=email, roles=frozenset({"customer"}), actor=None, expires_at=datetime.now(UTC))


def test_a_complete_request_is_fine():
    assert wrong_fields(order_pb2.CancelOrderRequest(order_id="A-1042", reason="too late")) == []
    assert wrong_fields(order_pb2.CancelOrderRequest(order_id="A-1042")) == []


def test_what_is_required_and_missing_is_named_with_an_example():
    with pytest.raises(InvalidArgument) as caught:
        validate(order_pb2.CancelOrderRequest())
    assert [(v.field, v.description) for v in caught.value.violations] == [
        ("order_id", "is required, for instance 'A-1042'")
    ]
    assert caught.value.reason == "INVALID_REQUEST"
    assert "order_id" in caught.value.message


def test_every_wrong_field_is_named_at_once():
    assert wrong_fields(order_pb2.CreateOrderRequest(quantity=100)) == ["email", "sku", "quantity"]


@pytest.mark.parametrize("order_id", ["a-1042", "A-10", "A-1042 ", "xA-1042", "A-1042\n", "A-123456789"])
def test_the_whole_text_must_match_the_pattern(order_id):
    assert wrong_fields(order_pb2.GetOrderRequest(order_id=order_id)) == ["order_id"]


@pytest.mark.parametrize(("quantity", "wrong"), [(1, []), (99, []), (0, ["quantity"]), (-1, ["quantity"])])
def test_numbers_match_as_they_are_written(quantity, wrong):
    assert wrong_fields(order_pb2.CreateOrderRequest(email="a@b", sku="lamp", quantity=quantity)) == wrong


@pytest.mark.parametrize(("limit", "wrong"), [(None, []), (1, []), (100, []), (0, ["limit"]), (101, ["limit"])])
def test_an_optional_field_is_checked_when_it_is_set_even_to_zero(limit, wrong):
    assert wrong_fields(order_pb2.ListOrdersRequest(email="a@b", limit=limit)) == wrong


def test_an_unknown_enum_value_is_refused_and_the_known_ones_named():
    with pytest.raises(InvalidArgument) as caught:
        validate(order_pb2.ListOrdersRequest(email="a@b", status=77))
    (violation,) = caught.value.violations
    assert violation.field == "status"
    assert "ORDER_STATUS_PENDING" in violation.description
    assert "UNSPECIFIED" not in violation.description


def test_an_unset_enum_is_fine():
    assert wrong_fields(order_pb2.ListOrdersRequest(email="a@b")) == []


def test_every_element_of_a_repeated_field_is_checked_and_named_by_its_place():
    fine, wrong = "desk lamp", "x"
    assert wrong_fields(order_pb2.ReturnItemsRequest(order_id="A-1042", items=[fine, wrong, fine, wrong])) == [
        "items[1]",
        "items[3]",
    ]
    assert wrong_fields(outer(colours=[1, 7])) == ["colours[1]"]


def test_an_empty_element_of_a_repeated_field_is_no_match():
    assert wrong_fields(order_pb2.ReturnItemsRequest(order_id="A-1042", items=["desk lamp", ""])) == ["items[1]"]


def test_a_required_repeated_field_needs_an_element():
    assert wrong_fields(order_pb2.ReturnItemsRequest(order_id="A-1042")) == ["items"]
    assert wrong_fields(order_pb2.ReturnItemsRequest(order_id="A-1042", items=[""])) == ["items"]


def test_nested_messages_are_checked_where_they_are_set():
    assert wrong_fields(outer()) == []
    assert wrong_fields(outer(inner={})) == ["inner.name"]
    assert wrong_fields(outer(inner={"name": "X"})) == ["inner.name"]
    assert wrong_fields(outer(inners=[{"name": "fine"}, {}])) == ["inners[1].name"]
    assert wrong_fields(outer(self={"must": {"name": "fine"}, "inner": {}})) == ["self.inner.name"]


def test_a_required_message_must_be_set():
    assert wrong_fields(messages()["kit_test.Outer"]()) == ["must"]


def test_a_map_is_left_alone():
    assert wrong_fields(outer(notes={"": "", "a": "b"})) == []


def test_a_message_that_holds_itself_is_checked_only_so_deep():
    deep = outer()
    for _ in range(60):
        deep = outer(self=deep)
    assert wrong_fields(deep) == []


def test_the_subject_is_filled_with_the_caller():
    request = user_pb2.GetProfileRequest()
    bind_subject(request, caller())
    assert request.email == "anna@example.com"


def test_the_caller_may_be_named_in_any_letter_case():
    request = user_pb2.GetProfileRequest(email="ANNA@example.com")
    bind_subject(request, caller())
    assert request.email == "anna@example.com"


def test_another_subject_is_refused():
    with pytest.raises(PermissionDenied) as caught:
        bind_subject(user_pb2.GetProfileRequest(email="ben@example.com"), caller())
    assert caught.value.reason == "NOT_YOUR_DATA"
    assert "ben" not in caught.value.message


def test_what_is_no_subject_is_left_alone():
    request = order_pb2.GetOrderRequest(order_id="A-1042")
    bind_subject(request, caller())
    assert request == order_pb2.GetOrderRequest(order_id="A-1042")
