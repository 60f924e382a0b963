"""What happens around every call, over a real channel."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from grpc_health.v1 import health_pb2, health_pb2_grpc
from llm_orchestrator.capabilities.v1 import capabilities_pb2, capabilities_pb2_grpc
from llm_orchestrator.orchestrator.v1 import chat_pb2, chat_pb2_grpc
from llm_orchestrator.order.v1 import order_pb2, order_pb2_grpc
from llm_orchestrator.user.v1 import sign_in_pb2, sign_in_pb2_grpc

from service_kit.logs import JsonFormatter
from service_kit.server import started
from service_kit.status import RemoteError, from_rpc_error
from tests.service.kit.small_server import (
    BROKEN,
    CHAT_SERVICE,
    ENDLESS,
    OPEN_SERVICE,
    ORDER_SERVICE,
    SECRET,
    SHIPPED,
    TIMES_OUT,
    UNKNOWN,
    services,
)

GARBAGE = b"\xff\xff\xff\xff"


@pytest.fixture
def orders(channel):
    return order_pb2_grpc.OrderServiceStub(channel)


@pytest.fixture
def chat(channel):
    return chat_pb2_grpc.ChatServiceStub(channel)


async def refused(call) -> RemoteError:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return from_rpc_error(caught.value)


async def refused_stream(call) -> RemoteError:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        async for _ in call:
            pass
    return from_rpc_error(caught.value)


def get(order_id: str) -> order_pb2.GetOrderRequest:
    return order_pb2.GetOrderRequest(order_id=order_id)


def says(*texts: str) -> list[chat_pb2.ChatRequest]:
    return [chat_pb2.ChatRequest(user_message=chat_pb2.UserMessage(text=text)) for text in texts]


async def as_stream(messages):
    for message in messages:
        yield message


# Identity


async def test_without_a_token_a_call_is_unauthenticated(orders, chat):
    for error in (await refused(orders.GetOrder(get("A-1042"))), await refused_stream(chat.Chat(as_stream(says("x"))))):
        assert (error.code, error.reason) == (grpc.StatusCode.UNAUTHENTICATED, "TOKEN_MISSING")
        assert "authorization" in error.message


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer ", "Basic abc", "Bearer x"])
async def test_what_is_no_token_is_unauthenticated(orders, value):
    error = await refused(orders.GetOrder(get("A-1042"), metadata=(("authorization", value),)))
    assert error.code == grpc.StatusCode.UNAUTHENTICATED


async def test_a_token_for_another_server_or_an_old_one_is_unauthenticated(orders, token_for):
    for token, reason in (
        (token_for("anna@example.com", "shipping"), "TOKEN_AUDIENCE"),
        (token_for("anna@example.com", "orchestrator"), "TOKEN_AUDIENCE"),
        (token_for("anna@example.com", "order", lifetime=timedelta(minutes=-1)), "TOKEN_EXPIRED"),
    ):
        error = await refused(orders.GetOrder(get("A-1042"), metadata=(("authorization", f"Bearer {token}"),)))
        assert (error.code, error.reason) == (grpc.StatusCode.UNAUTHENTICATED, reason)


async def test_a_token_opens_calls_and_streams(orders, chat, as_anna):
    assert (await orders.GetOrder(get("A-1042"), metadata=as_anna)).order.id == "A-1042"
    answers = [answer async for answer in chat.Chat(as_stream(says("a", "b")), metadata=as_anna)]
    assert [(answer.number, answer.turn_id) for answer in answers] == [
        (1, "anna@example.com"),
        (2, "anna@example.com"),
    ]


async def test_health_reflection_capabilities_and_open_services_need_no_token(channel):
    await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
    await capabilities_pb2_grpc.CapabilitiesServiceStub(channel).GetCapabilities(
        capabilities_pb2.GetCapabilitiesRequest()
    )
    await sign_in_pb2_grpc.SignInServiceStub(channel).SignOut(sign_in_pb2.SignOutRequest())


async def test_an_open_service_speaks_for_nobody_even_where_a_token_comes_along(channel, as_anna):
    request = sign_in_pb2.RequestCodeRequest()
    error = await refused(sign_in_pb2_grpc.SignInServiceStub(channel).RequestCode(request, metadata=as_anna))
    assert error.reason == "TOKEN_MISSING"


async def test_calls_at_once_each_speak_for_their_own_caller(orders, token_for):
    emails = [f"c{n}@example.com" for n in range(20)]

    async def listed(email: str) -> str:
        metadata = (("authorization", "Bearer " + token_for(email, "order")),)
        return (await orders.ListOrders(order_pb2.ListOrdersRequest(), metadata=metadata)).orders[0].id

    assert await asyncio.gather(*map(listed, emails)) == emails


async def test_roles_of_the_token_reach_the_server(orders, token_for):
    metadata = (("authorization", "Bearer " + token_for("sam@example.com", "order", roles=("customer", "support"))),)
    response = await orders.ListOrders(order_pb2.ListOrdersRequest(), metadata=metadata)
    assert [item.name for item in response.orders[0].items] == ["customer", "support"]


async def test_the_subject_is_filled_and_cannot_be_another(orders, as_anna):
    response = await orders.ListOrders(order_pb2.ListOrdersRequest(), metadata=as_anna)
    assert response.orders[0].id == "anna@example.com"
    request = order_pb2.ListOrdersRequest(email="ben@example.com")
    error = await refused(orders.ListOrders(request, metadata=as_anna))
    assert (error.code, error.reason) == (grpc.StatusCode.PERMISSION_DENIED, "NOT_YOUR_DATA")


# Requests


async def test_wrong_fields_are_named_in_readable_details(orders, as_anna):
    request = order_pb2.CreateOrderRequest(quantity=100)
    error = await refused(orders.CreateOrder(request, metadata=as_anna))
    assert (error.code, error.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST")
    assert [violation.partition(":")[0] for violation in error.violations] == ["sku", "quantity"]


async def test_an_unknown_enum_value_is_a_wrong_field(orders, as_anna):
    error = await refused(orders.ListOrders(order_pb2.ListOrdersRequest(status=99), metadata=as_anna))
    assert error.code == grpc.StatusCode.INVALID_ARGUMENT
    assert error.violations[0].startswith("status: 99 is none of ORDER_STATUS_PENDING")


async def test_undecodable_bytes_are_the_callers_fault(channel, as_anna):
    call = channel.unary_unary(f"/{ORDER_SERVICE}/GetOrder")
    error = await refused(call(GARBAGE, metadata=as_anna))
    assert (error.code, error.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_UNDECODABLE")


async def test_undecodable_bytes_in_mid_stream_are_the_callers_fault(channel, as_anna):
    stream = channel.stream_stream(f"/{CHAT_SERVICE}/Chat", response_deserializer=chat_pb2.ChatResponse.FromString)
    call = stream(metadata=as_anna)
    await call.write(says("fine")[0].SerializeToString())
    assert (await call.read()).number == 1
    await call.write(GARBAGE)
    error = await refused(call.read())
    assert (error.code, error.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_UNDECODABLE")


async def test_undecodable_bytes_without_a_token_are_unauthenticated_first(channel):
    assert (await refused(channel.unary_unary(f"/{ORDER_SERVICE}/GetOrder")(GARBAGE))).reason == "TOKEN_MISSING"


async def test_undecodable_bytes_to_an_open_service_are_told_too(channel):
    error = await refused(channel.unary_unary(f"/{OPEN_SERVICE}/SignOut")(GARBAGE))
    assert error.reason == "REQUEST_UNDECODABLE"


async def test_a_message_that_is_too_long_is_refused(orders, as_anna, settings):
    request = order_pb2.CancelOrderRequest(order_id="A-1042", reason="x" * (settings.max_message_bytes + 1))
    assert (await refused(orders.CancelOrder(request, metadata=as_anna))).code == grpc.StatusCode.RESOURCE_EXHAUSTED


async def test_a_method_that_does_not_exist_is_unimplemented(channel, as_anna):
    call = channel.unary_unary(f"/{ORDER_SERVICE}/Nothing", Empty.SerializeToString, Empty.FromString)
    assert (await refused(call(Empty(), metadata=as_anna))).code == grpc.StatusCode.UNIMPLEMENTED


# Errors


async def test_an_error_of_the_domain_arrives_with_reason_and_details(orders, as_anna):
    error = await refused(orders.GetOrder(get(UNKNOWN), metadata=as_anna))
    assert error == RemoteError(
        code=grpc.StatusCode.NOT_FOUND,
        reason="ORDER_NOT_FOUND",
        message="There is no such order.",
        metadata={"order_id": UNKNOWN},
    )


async def test_an_error_of_the_domain_ends_a_stream(chat, as_anna):
    error = await refused_stream(chat.Chat(as_stream(says("a", "refuse")), metadata=as_anna))
    assert (error.code, error.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "REFUSED")


async def test_a_bug_is_internal_and_tells_nothing_of_itself(orders, chat, as_anna, caplog):
    for error in (
        await refused(orders.GetOrder(get(BROKEN), metadata=as_anna)),
        await refused_stream(chat.Chat(as_stream(says("break")), metadata=as_anna)),
    ):
        assert (error.code, error.reason) == (grpc.StatusCode.INTERNAL, "INTERNAL")
        said = repr(error)
        assert SECRET not in said
        assert "LookupError" not in said
        assert "Traceback" not in said
    bugs = [record for record in caplog.records if record.exc_info]
    assert len(bugs) == 2  # the log has the whole of it


async def test_a_server_survives_a_bug(orders, as_anna):
    await refused(orders.GetOrder(get(BROKEN), metadata=as_anna))
    assert (await orders.GetOrder(get("A-1042"), metadata=as_anna)).order.id == "A-1042"


# Deadlines


@pytest.fixture
async def impatient(settings):
    """A channel to a server that lets no call take longer than a moment."""
    async with (
        started(replace(settings, call_seconds=0.3), services()) as server,
        grpc.aio.insecure_channel(server.address) as open_channel,
    ):
        yield open_channel


@pytest.mark.parametrize("given", [None, 60])
async def test_a_call_with_no_deadline_or_a_later_one_gets_the_servers(impatient, as_anna, given):
    orders = order_pb2_grpc.OrderServiceStub(impatient)
    error = await refused(orders.GetOrder(get(ENDLESS), metadata=as_anna, timeout=given))
    assert (error.code, error.reason) == (grpc.StatusCode.DEADLINE_EXCEEDED, "TOOK_TOO_LONG")


async def test_an_earlier_deadline_of_the_caller_counts(orders, as_anna):
    error = await refused(orders.GetOrder(get(ENDLESS), metadata=as_anna, timeout=0.2))
    assert error.code == grpc.StatusCode.DEADLINE_EXCEEDED


async def test_a_time_out_inside_a_handler_is_a_bug_and_no_deadline(orders, as_anna):
    error = await refused(orders.GetOrder(get(TIMES_OUT), metadata=as_anna))
    assert error.code == grpc.StatusCode.INTERNAL


async def test_a_stream_outlives_the_deadline_of_calls(impatient, as_anna):
    call = chat_pb2_grpc.ChatServiceStub(impatient).Chat(metadata=as_anna)
    await call.write(says("a")[0])
    assert (await call.read()).number == 1
    await asyncio.sleep(0.4)  # what is tested is that time passes and nothing happens
    await call.write(says("b")[0])
    assert (await call.read()).number == 2
    await call.done_writing()


# The log


async def test_each_call_is_one_line_without_anything_personal(orders, chat, channel, as_anna, lines):
    await orders.ListOrders(order_pb2.ListOrdersRequest(email="anna@example.com"), metadata=as_anna)
    await refused(orders.ListOrders(order_pb2.ListOrdersRequest(email="ben@example.com"), metadata=as_anna))
    await refused(orders.GetOrder(get(SHIPPED), metadata=as_anna))
    await refused(orders.GetOrder(get("ben@example.com"), metadata=as_anna))
    await refused(orders.GetOrder(get(BROKEN), metadata=as_anna))
    await refused(orders.GetOrder(get("A-1042")))
    assert len([a async for a in chat.Chat(as_stream(says("my secret", "b")), metadata=as_anna)]) == 2
    records = await lines.take(7)
    assert [(r.method, r.code, r.reason) for r in records] == [
        (f"/{ORDER_SERVICE}/ListOrders", "OK", ""),
        (f"/{ORDER_SERVICE}/ListOrders", "PERMISSION_DENIED", "NOT_YOUR_DATA"),
        (f"/{ORDER_SERVICE}/GetOrder", "FAILED_PRECONDITION", "ORDER_ALREADY_SHIPPED"),
        (f"/{ORDER_SERVICE}/GetOrder", "INVALID_ARGUMENT", "INVALID_REQUEST"),
        (f"/{ORDER_SERVICE}/GetOrder", "INTERNAL", "INTERNAL"),
        (f"/{ORDER_SERVICE}/GetOrder", "UNAUTHENTICATED", "TOKEN_MISSING"),
        (f"/{CHAT_SERVICE}/Chat", "OK", ""),
    ]
    assert lines.is_empty()
    text = "\n".join(JsonFormatter("order").format(record) for record in records)
    assert len(text.splitlines()) == 7
    for personal in ("anna", "ben", "secret", as_anna[0][1]):
        assert personal not in text
    assert all(record.elapsed_ms >= 0 for record in records)


async def test_a_call_that_the_caller_leaves_ends_and_is_logged_as_cancelled(channel, as_anna, lines):
    method = f"/{ORDER_SERVICE}/GetOrder"  # called like a stream, because only then its first metadata can be awaited
    call = channel.unary_stream(method, order_pb2.GetOrderRequest.SerializeToString)(get(ENDLESS), metadata=as_anna)
    await call.initial_metadata()
    call.cancel()
    assert [record.code for record in await lines.take(1)] == ["CANCELLED"]


async def test_probes_do_not_fill_the_log(channel, lines):
    await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
    assert [record.levelno for record in await lines.take(1)] == [logging.DEBUG]
