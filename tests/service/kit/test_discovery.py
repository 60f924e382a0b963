"""What a server tells of itself: health, capabilities, reflection by a raw client and by the real grpcurl."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
from google.protobuf import descriptor_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2
from llm_orchestrator.capabilities.v1 import annotations_pb2, capabilities_pb2, capabilities_pb2_grpc
from llm_orchestrator.order.v1 import order_pb2

from service_kit.capabilities import describe
from tests.service.kit.small_server import CHAT_SERVICE, OPEN_SERVICE, ORDER_SERVICE

GRPCURL = Path(sys.executable).parent / "grpcurl"
CAPABILITIES_SERVICE = "llm_orchestrator.capabilities.v1.CapabilitiesService"
ALL_SERVICES = {
    ORDER_SERVICE,
    CHAT_SERVICE,
    OPEN_SERVICE,
    CAPABILITIES_SERVICE,
    "grpc.health.v1.Health",
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
}


@pytest.fixture
async def capabilities(channel):
    stub = capabilities_pb2_grpc.CapabilitiesServiceStub(channel)
    return await stub.GetCapabilities(capabilities_pb2.GetCapabilitiesRequest())


@pytest.mark.parametrize("service", ["", ORDER_SERVICE, CAPABILITIES_SERVICE])
async def test_health_is_serving(channel, service):
    answer = await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service=service))
    assert answer.status == health_pb2.HealthCheckResponse.SERVING


# Capabilities


async def test_capabilities_are_the_annotated_methods_in_the_order_of_their_names(capabilities):
    assert capabilities.server == "order"
    assert [(c.intent.name, c.method) for c in capabilities.capabilities] == [
        ("order.cancel", f"{ORDER_SERVICE}.CancelOrder"),
        ("order.create", f"{ORDER_SERVICE}.CreateOrder"),
        ("order.get", f"{ORDER_SERVICE}.GetOrder"),
        ("order.list", f"{ORDER_SERVICE}.ListOrders"),
        ("order.return_items", f"{ORDER_SERVICE}.ReturnItems"),
    ]


async def test_an_intent_carries_everything_its_method_declares(capabilities):
    method = order_pb2.DESCRIPTOR.services_by_name["OrderService"].methods_by_name["CancelOrder"]
    declared = method.GetOptions().Extensions[annotations_pb2.intent]
    assert capabilities.capabilities[0].intent == declared
    assert declared.honours_idempotency_key


PRINT_ETAG = """
from llm_orchestrator.orchestrator.v1 import chat_pb2
from llm_orchestrator.order.v1 import order_pb2
from service_kit.capabilities import describe
print(describe("order", {names}).etag)
"""


def test_the_etag_is_the_same_in_every_process_and_in_any_order():
    names = [ORDER_SERVICE, CHAT_SERVICE]
    program = [sys.executable, "-c", PRINT_ETAG.replace("{names}", repr(names))]
    other = subprocess.run(program, capture_output=True, text=True, check=True).stdout.strip()
    assert describe("order", names).etag == describe("order", names[::-1]).etag == other
    assert len(other) == 32


def test_the_etag_changes_with_what_is_served():
    assert len({describe("order", names).etag for names in ([ORDER_SERVICE], [CHAT_SERVICE], [])}) == 3


async def test_a_service_without_annotations_offers_no_intent(capabilities):
    assert not any(c.method.startswith(CHAT_SERVICE) for c in capabilities.capabilities)
    assert list(describe("order", [CHAT_SERVICE]).capabilities) == []


# Reflection by a raw client


async def reflect(channel, version: str, *requests: reflection_pb2.ServerReflectionRequest):
    call = channel.stream_stream(
        f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
        request_serializer=reflection_pb2.ServerReflectionRequest.SerializeToString,
        response_deserializer=reflection_pb2.ServerReflectionResponse.FromString,
    )
    return [answer async for answer in call(iter(requests))]


def asks(**fields) -> reflection_pb2.ServerReflectionRequest:
    return reflection_pb2.ServerReflectionRequest(**fields)


both_versions = pytest.mark.parametrize("version", ["v1", "v1alpha"])


@both_versions
async def test_reflection_lists_every_service(channel, version):
    (answer,) = await reflect(channel, version, asks(list_services=""))
    assert {service.name for service in answer.list_services_response.service} == ALL_SERVICES


@both_versions
@pytest.mark.parametrize(
    "symbol",
    [
        ORDER_SERVICE,
        f"{ORDER_SERVICE}.CancelOrder",
        "llm_orchestrator.order.v1.Order",
        "llm_orchestrator.order.v1.Order.id",
        "llm_orchestrator.order.v1.OrderStatus",
    ],
)
async def test_reflection_finds_the_file_of_whatever_is_in_it(channel, version, symbol):
    (answer,) = await reflect(channel, version, asks(file_containing_symbol=symbol))
    raw = answer.file_descriptor_response.file_descriptor_proto
    files = {file.name: file for file in map(descriptor_pb2.FileDescriptorProto.FromString, raw)}
    assert "llm_orchestrator/order/v1/order.proto" in files
    assert "llm_orchestrator/capabilities/v1/annotations.proto" in files  # whatever it imports comes along
    declared = files["llm_orchestrator/order/v1/order.proto"].service[0].method[0].options
    assert declared.Extensions[annotations_pb2.intent].name == "order.list"  # options travel


@both_versions
async def test_reflection_finds_itself(channel, version):
    symbol = f"grpc.reflection.{version}.ServerReflection"
    (answer,) = await reflect(channel, version, asks(file_containing_symbol=symbol))
    file = descriptor_pb2.FileDescriptorProto.FromString(answer.file_descriptor_response.file_descriptor_proto[0])
    assert file.package == f"grpc.reflection.{version}"


@both_versions
@pytest.mark.parametrize("symbol", ["", "Nothing", f"{ORDER_SERVICE}.Nothing", "llm_orchestrator.order.v1"])
async def test_reflection_says_what_it_does_not_know_and_goes_on(channel, version, symbol):
    unknown, known = await reflect(
        channel, version, asks(file_containing_symbol=symbol), asks(file_containing_symbol=ORDER_SERVICE)
    )
    assert unknown.error_response.error_code == 5
    assert known.HasField("file_descriptor_response")


@both_versions
async def test_reflection_finds_files_and_extensions(channel, version):
    found = await reflect(
        channel,
        version,
        asks(file_by_filename="llm_orchestrator/order/v1/order.proto"),
        asks(
            file_containing_extension=reflection_pb2.ExtensionRequest(
                containing_type="google.protobuf.MethodOptions", extension_number=50100
            )
        ),
    )
    assert all(answer.HasField("file_descriptor_response") for answer in found)
    (numbers,) = await reflect(channel, version, asks(all_extension_numbers_of_type="google.protobuf.MethodOptions"))
    assert 50100 in numbers.all_extension_numbers_response.extension_number


# The real grpcurl


@pytest.fixture
def grpcurl(running):
    """Runs grpcurl against the server: `await grpcurl("list")`, options before the address with `options=`."""
    if not GRPCURL.exists():
        pytest.skip("no grpcurl for this platform")

    async def run(*words: str, options: tuple[str, ...] = (), status: int = 0) -> str:
        process = await asyncio.create_subprocess_exec(
            *(GRPCURL, "-plaintext", *options, running.address, *words),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = (stream.decode() for stream in await asyncio.wait_for(process.communicate(), 20))
        assert (process.returncode == 0) == (status == 0), out + err
        return out if status == 0 else err

    return run


async def test_grpcurl_lists_services_and_methods(grpcurl):
    assert set((await grpcurl("list")).split()) == ALL_SERVICES
    assert set((await grpcurl("list", ORDER_SERVICE)).split()) == {
        f"{ORDER_SERVICE}.{method}"
        for method in ("ListOrders", "GetOrder", "CancelOrder", "CreateOrder", "ReturnItems")
    }


async def test_grpcurl_describes_everything_there_is(grpcurl):
    everything = await grpcurl("describe")
    for service in ALL_SERVICES:
        assert f"{service} is a service:" in everything


@pytest.mark.parametrize(
    ("symbol", "told"),
    [
        (ORDER_SERVICE, "is a service:"),
        (f"{ORDER_SERVICE}.CancelOrder", "is a method:"),
        ("llm_orchestrator.order.v1.CancelOrderRequest", "is a message:"),
        ("llm_orchestrator.order.v1.CancelOrderRequest.order_id", "is a field:"),
        ("llm_orchestrator.order.v1.OrderStatus", "is an enum:"),
    ],
)
async def test_grpcurl_describes_each_kind_of_symbol(grpcurl, symbol, told):
    assert f"{symbol} {told}" in await grpcurl("describe", symbol)


async def test_grpcurl_shows_what_a_method_means(grpcurl):
    told = await grpcurl("describe", f"{ORDER_SERVICE}.CancelOrder")
    assert "order.cancel" in told
    assert "honours_idempotency_key" in told


async def test_grpcurl_calls_with_a_token_and_not_without(grpcurl, as_anna):
    call = f"{ORDER_SERVICE}/GetOrder"
    data = ("-d", '{"order_id": "A-1042"}')
    header = ("-H", f"authorization: {as_anna[0][1]}")
    assert json.loads(await grpcurl(call, options=(*data, *header))) == {"order": {"id": "A-1042"}}
    assert "Unauthenticated" in await grpcurl(call, options=data, status=1)
    wrong = await grpcurl(call, options=("-d", "{}", *header), status=1)
    assert "InvalidArgument" in wrong
    assert "order_id" in wrong


async def test_grpcurl_calls_capabilities_without_a_token(grpcurl):
    told = json.loads(await grpcurl(f"{CAPABILITIES_SERVICE}/GetCapabilities"))
    assert told["server"] == "order"
    assert told["capabilities"][0]["intent"]["name"] == "order.cancel"
