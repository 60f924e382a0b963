"""How large a request may be: refused with a sentence in every shape of call."""

from dataclasses import replace

import grpc
import pytest
from llm_orchestrator.orchestrator.v1 import chat_pb2, chat_pb2_grpc
from llm_orchestrator.order.v1 import order_pb2, order_pb2_grpc

from service_kit.server import started
from service_kit.status import RemoteError, from_rpc_error
from tests.service.kit.small_server import services

MESSAGE, METADATA = 2_000, 3_000


@pytest.fixture
async def channel(settings):
    """To a server with small bounds."""
    small = replace(settings, max_message_bytes=MESSAGE, max_metadata_bytes=METADATA)
    async with started(small, services()) as server, grpc.aio.insecure_channel(server.address) as opened:
        yield opened


def get_order(channel, metadata, size=0):
    request = order_pb2.CancelOrderRequest(order_id="A-1042", reason="x" * size)
    return order_pb2_grpc.OrderServiceStub(channel).CancelOrder(request, metadata=metadata)


def chat(channel, metadata, *sizes):
    async def messages():
        for size in sizes:
            yield chat_pb2.ChatRequest(user_message=chat_pb2.UserMessage(text="x" * size))

    return chat_pb2_grpc.ChatServiceStub(channel).Chat(messages(), metadata=metadata)


async def refused(call) -> RemoteError:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await (call if isinstance(call, grpc.aio.UnaryUnaryCall) else call.read())
    return from_rpc_error(caught.value)


def assert_says(error: RemoteError, reason: str, bound: int, setting: str) -> None:
    assert (error.code, error.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, reason)
    assert error.metadata["max_bytes"] == str(bound)
    assert int(error.metadata["bytes"]) > bound
    for part in (str(bound), error.metadata["bytes"], setting):
        assert part in error.message


async def test_a_message_that_is_too_large_is_refused(channel, as_anna):
    error = await refused(get_order(channel, as_anna, MESSAGE + 1))
    assert_says(error, "MESSAGE_TOO_LARGE", MESSAGE, "LLM_ORCHESTRATOR_MAX_MESSAGE_BYTES")


async def test_a_message_in_mid_stream_that_is_too_large_ends_the_stream(channel, as_anna):
    call = chat(channel, as_anna, 10, MESSAGE + 1, 10)
    assert (await call.read()).number == 1
    error = await refused(call)
    assert_says(error, "MESSAGE_TOO_LARGE", MESSAGE, "LLM_ORCHESTRATOR_MAX_MESSAGE_BYTES")


@pytest.mark.parametrize("extra", [0, 1])
async def test_the_bound_of_a_message_is_counted_to_the_byte(channel, as_anna, extra):
    around = chat_pb2.ChatRequest(user_message=chat_pb2.UserMessage(text="x" * 1_000)).ByteSize() - 1_000
    call = chat(channel, as_anna, MESSAGE - around + extra)
    if extra:
        assert (await refused(call)).metadata["bytes"] == str(MESSAGE + 1)
    else:
        assert (await call.read()).number == 1


@pytest.mark.parametrize("compression", [grpc.Compression.NoCompression, grpc.Compression.Gzip])
async def test_a_message_that_is_larger_by_far_never_reaches_the_server(channel, as_anna, compression):
    request = order_pb2.CancelOrderRequest(order_id="A-1042", reason="x" * MESSAGE * 1_000)
    stub = order_pb2_grpc.OrderServiceStub(channel)
    error = await refused(stub.CancelOrder(request, metadata=as_anna, compression=compression))
    assert error.code == grpc.StatusCode.RESOURCE_EXHAUSTED


async def test_a_compressed_message_counts_as_what_it_unpacks_to(channel, as_anna):
    request = order_pb2.CancelOrderRequest(order_id="A-1042", reason="x" * (MESSAGE + 1))
    stub = order_pb2_grpc.OrderServiceStub(channel)
    error = await refused(stub.CancelOrder(request, metadata=as_anna, compression=grpc.Compression.Gzip))
    assert error.reason == "MESSAGE_TOO_LARGE"


@pytest.mark.parametrize("send", [get_order, chat])
async def test_metadata_that_is_too_large_is_refused(channel, as_anna, send):
    error = await refused(send(channel, (*as_anna, ("x-much", "x" * METADATA))))
    assert_says(error, "METADATA_TOO_LARGE", METADATA, "LLM_ORCHESTRATOR_MAX_METADATA_BYTES")


async def test_many_small_entries_are_too_large_as_well(channel, as_anna):
    many = [(f"x-{number}", "") for number in range(METADATA // 32)]
    assert (await refused(get_order(channel, (*as_anna, *many)))).reason == "METADATA_TOO_LARGE"


async def test_metadata_is_weighed_before_anybody_is_let_in(channel):
    assert (await refused(get_order(channel, (("x-much", "x" * METADATA),)))).reason == "METADATA_TOO_LARGE"


async def test_metadata_that_is_larger_by_far_never_reaches_the_server(channel, as_anna):
    error = await refused(get_order(channel, (*as_anna, ("x-much", "x" * METADATA * 10))))
    assert error.code == grpc.StatusCode.RESOURCE_EXHAUSTED


async def test_who_is_unknown_is_not_told_about_sizes_of_messages(channel):
    assert (await refused(get_order(channel, (), MESSAGE + 1))).reason == "TOKEN_MISSING"
