"""Reflection for signed-in callers only, by a raw client and by the real grpcurl over TLS."""

import asyncio
import json
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2
from llm_orchestrator.capabilities.v1 import capabilities_pb2, capabilities_pb2_grpc
from llm_orchestrator.order.v1 import order_pb2, order_pb2_grpc

from service_kit.keys import load_or_create_key, publish
from service_kit.server import started
from service_kit.status import from_rpc_error
from service_kit.tokens import Mandate, Signer
from tests.certificates import Authority
from tests.service.kit.small_server import ORDER_SERVICE, services

GRPCURL = Path(sys.executable).parent / "grpcurl"

both_versions = pytest.mark.parametrize("version", ["v1", "v1alpha"])


@pytest.fixture
def settings(settings):
    return replace(settings, is_reflection_open=False)


@pytest.fixture
def orchestrator(tmp_path):
    """Signs as the orchestrator does: `orchestrator(scope)` is the metadata of a call to `order`."""
    key = load_or_create_key(tmp_path / "keys" / "orchestrator.pem")
    publish(tmp_path / "public" / "orchestrator.jwks.json", key)
    signer = Signer(issuer="orchestrator", key=key)

    def sign(scope: str, subject: str = "orchestrator"):
        token = signer.sign(
            subject=subject,
            audience="order",
            lifetime=timedelta(seconds=60),
            roles=(),
            actor="orchestrator",
            mandate=Mandate(scope=scope),
        )
        return (("authorization", f"Bearer {token}"),)

    return sign


async def reflected(channel, version: str, metadata=()) -> str:
    """The name of the first file that reflection gives, or the reason why it gives none."""
    call = channel.stream_stream(
        f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
        request_serializer=reflection_pb2.ServerReflectionRequest.SerializeToString,
        response_deserializer=reflection_pb2.ServerReflectionResponse.FromString,
    )
    try:
        request = reflection_pb2.ServerReflectionRequest(list_services="")
        answers = [answer async for answer in call(iter([request]), metadata=metadata)]
    except grpc.aio.AioRpcError as error:
        return from_rpc_error(error).reason
    return min(service.name for service in answers[0].list_services_response.service)


@both_versions
async def test_without_a_token_nothing_is_reflected(channel, version):
    assert await reflected(channel, version) == "TOKEN_MISSING"


@both_versions
async def test_whoever_is_signed_in_gets_it(channel, version, as_anna):
    assert (await reflected(channel, version, as_anna)).startswith("grpc.")


@both_versions
async def test_a_token_for_another_server_does_not_count(channel, version, token_for):
    metadata = (("authorization", "Bearer " + token_for("anna@example.com", "shipping")),)
    assert await reflected(channel, version, metadata) == "TOKEN_AUDIENCE"


@both_versions
async def test_a_server_needs_a_token_for_reflection_itself(channel, version, orchestrator):
    assert (await reflected(channel, version, orchestrator("reflection"))).startswith("grpc.")
    assert await reflected(channel, version, orchestrator("order.get", "anna@example.com")) == "SCOPE_MISMATCH"
    assert await reflected(channel, version, orchestrator("")) == "SCOPE_MISMATCH"


async def test_a_token_for_reflection_is_good_for_nothing_else(channel, orchestrator):
    request = order_pb2.GetOrderRequest(order_id="A-1042")
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await order_pb2_grpc.OrderServiceStub(channel).GetOrder(request, metadata=orchestrator("reflection"))
    assert from_rpc_error(caught.value).reason == "SCOPE_MISMATCH"


async def test_capabilities_and_health_stay_open(channel):
    said = await capabilities_pb2_grpc.CapabilitiesServiceStub(channel).GetCapabilities(
        capabilities_pb2.GetCapabilitiesRequest()
    )
    assert said.server == "order"
    checked = await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
    assert checked.status == health_pb2.HealthCheckResponse.SERVING


# The real grpcurl, over TLS


@pytest.fixture
async def grpcurl(settings, tmp_path):
    """Runs grpcurl against a server with TLS: `await grpcurl(metadata, "list")` is its status and what it said."""
    if not GRPCURL.exists():
        pytest.skip("no grpcurl for this platform")
    ours = Authority(name="ours", folder=tmp_path)
    shown = ours.issue("client")
    known = ("-cacert", ours.file, "-cert", shown.certificate, "-key", shown.key)
    tls = ours.serving(ours.issue("order"), is_mutual=True)
    async with started(replace(settings, tls=tls), services()) as server:

        async def run(metadata, *words: str, options: tuple[str, ...] = ()) -> tuple[bool, str]:
            headers = [part for name, value in metadata for part in ("-H", f"{name}: {value}")]
            process = await asyncio.create_subprocess_exec(
                *(GRPCURL, *known, *headers, *options, server.address, *words),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
            out, _ = await asyncio.wait_for(process.communicate(), 20)
            return process.returncode == 0, out.decode()

        yield run


async def test_grpcurl_over_tls_sees_what_a_signed_in_caller_may(grpcurl, as_anna):
    is_good, listed = await grpcurl(as_anna, "list")
    assert is_good
    assert ORDER_SERVICE in listed.split()
    is_good, text = await grpcurl(as_anna, f"{ORDER_SERVICE}/GetOrder", options=("-d", '{"order_id": "A-1042"}'))
    assert is_good
    assert json.loads(text) == {"order": {"id": "A-1042"}}


async def test_grpcurl_without_a_token_sees_nothing(grpcurl):
    is_good, text = await grpcurl((), "list")
    assert not is_good
    assert "authorization" in text
