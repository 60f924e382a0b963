"""TLS and mutual TLS over real channels, with certificates made here; plaintext only where it may be."""

from contextlib import asynccontextmanager
from dataclasses import replace

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from llm_orchestrator.order.v1 import order_pb2, order_pb2_grpc

from service_kit.errors import StartError
from service_kit.server import started
from service_kit.settings import NO_TLS, SYSTEM_AUTHORITIES, TlsSettings
from service_kit.transport import is_loopback, may_be_plain, open_channel, plaintext_problem
from tests.certificates import Authority
from tests.service.kit.small_server import services

ELSEWHERE = ("0.0.0.0:0", "[::]:0", "10.0.0.5:0", "shop.example.com:0", "127.0.0.1.example.com:0", "127.example.com:0")


@pytest.fixture
def ours(tmp_path):
    return Authority(name="ours", folder=tmp_path)


@pytest.fixture
def strangers(tmp_path):
    return Authority(name="strangers", folder=tmp_path)


@pytest.fixture
def serving(settings):
    """`async with serving(tls) as server:`"""

    @asynccontextmanager
    async def serve(tls: TlsSettings):
        async with started(replace(settings, tls=tls), services()) as server:
            yield server

    return serve


async def said(address: str, tls: TlsSettings) -> str:
    """What a newcomer hears: `SERVING`, or why it hears nothing."""
    async with open_channel(address, tls) as channel:
        try:
            answer = await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
        except grpc.aio.AioRpcError as error:
            return f"{error.code().name}: {error.details()}"
        return health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)


async def test_a_call_goes_over_tls(serving, ours, as_anna):
    async with serving(ours.serving(ours.issue("order"))) as server:
        for host in ("127.0.0.1", "localhost"):
            async with open_channel(f"{host}:{server.port}", ours.calling()) as channel:
                request = order_pb2.GetOrderRequest(order_id="A-1042")
                response = await order_pb2_grpc.OrderServiceStub(channel).GetOrder(request, metadata=as_anna)
                assert response.order.id == "A-1042"


async def test_a_server_of_another_authority_is_not_trusted(serving, ours, strangers):
    async with serving(ours.serving(ours.issue("order"))) as server:
        assert "CERTIFICATE_VERIFY_FAILED" in await said(server.address, strangers.calling())
        public = TlsSettings(authorities=SYSTEM_AUTHORITIES)
        assert "CERTIFICATE_VERIFY_FAILED" in await said(server.address, public)


async def test_a_server_with_a_certificate_speaks_no_plaintext(serving, ours):
    async with serving(ours.serving(ours.issue("order"))) as server:
        assert (await said(server.address, NO_TLS)).startswith("UNAVAILABLE")


async def test_a_certificate_for_another_name_needs_the_name_said(serving, ours):
    async with serving(ours.serving(ours.issue("order", "order.internal"))) as server:
        assert "Hostname Verification" in await said(server.address, ours.calling())
        assert await said(server.address, ours.calling(server_name="order.internal")) == "SERVING"
        assert "Hostname Verification" in await said(server.address, ours.calling(server_name="user.internal"))


async def test_a_mutual_server_lets_in_who_shows_a_certificate_of_its_authority(serving, ours, strangers):
    async with serving(ours.serving(ours.issue("order"), is_mutual=True)) as server:
        assert (await said(server.address, ours.calling())).startswith("UNAVAILABLE")
        assert (await said(server.address, ours.calling(strangers.issue("client")))).startswith("UNAVAILABLE")
        assert await said(server.address, ours.calling(ours.issue("client"))) == "SERVING"


async def test_a_renewed_certificate_is_shown_without_a_restart(serving, ours, strangers):
    shown = ours.issue("order")
    async with serving(ours.serving(shown)) as server:
        assert await said(server.address, ours.calling()) == "SERVING"
        shown.replace_with(strangers.issue("order"))
        assert await said(server.address, strangers.calling()) == "SERVING"
        assert "CERTIFICATE_VERIFY_FAILED" in await said(server.address, ours.calling())


async def test_a_new_authority_for_clients_counts_without_a_restart(serving, ours, strangers):
    client = strangers.issue("client")
    async with serving(ours.serving(ours.issue("order"), is_mutual=True)) as server:
        assert await said(server.address, ours.calling(client)) != "SERVING"
        (ours.folder / "trusted.pem").write_bytes(ours.file.read_bytes())
        trusting = replace(ours.calling(client), authorities=ours.folder / "trusted.pem")
        ours.file.write_bytes(ours.file.read_bytes() + strangers.file.read_bytes())
        assert await said(server.address, trusting) == "SERVING"


async def test_half_a_renewal_keeps_the_certificate_that_was(serving, ours, caplog):
    shown, next_one = ours.issue("order"), ours.issue("next")
    async with serving(ours.serving(shown)) as server:
        shown.key.write_bytes(next_one.key.read_bytes())
        assert await said(server.address, ours.calling()) == "SERVING"
        shown.certificate.unlink()
        assert await said(server.address, ours.calling()) == "SERVING"
        shown.certificate.write_bytes(next_one.certificate.read_bytes())
        assert await said(server.address, ours.calling()) == "SERVING"
    told = [record.message for record in caplog.records if record.message.startswith("certificate")]
    assert told == ["certificate not renewed", "certificate not renewed"]


# Plaintext


@pytest.mark.parametrize("address", ELSEWHERE)
async def test_plaintext_is_not_served_off_loopback_unless_it_is_asked_for(settings, address):
    with pytest.raises(StartError, match="LLM_ORCHESTRATOR_TLS_CERTIFICATE") as caught:
        async with started(replace(settings, address=address), services()):
            pass
    assert "LLM_ORCHESTRATOR_PLAINTEXT=anywhere" in str(caught.value)
    assert may_be_plain(address, TlsSettings(is_plaintext_anywhere=True))


@pytest.mark.parametrize("address", ELSEWHERE)
def test_plaintext_is_not_spoken_off_loopback_unless_it_is_asked_for(address, ours):
    with pytest.raises(StartError, match="LLM_ORCHESTRATOR_TLS_AUTHORITIES"):
        open_channel(address, NO_TLS)
    assert plaintext_problem(address, TlsSettings(is_plaintext_anywhere=True)) == ""
    assert plaintext_problem(address, ours.calling()) == ""


@pytest.mark.parametrize("address", ["127.0.0.1:1", "127.8.9.10:1", "localhost:1", "LOCALHOST:1", "[::1]:1"])
def test_loopback_is_this_machine_by_any_of_its_names(address):
    assert is_loopback(address)
    assert plaintext_problem(address, NO_TLS) == ""


# Files


@pytest.mark.parametrize(
    ("part", "content", "told"),
    [
        ("certificate", None, "cannot be read"),
        ("certificate", b"garbage", "no certificates"),
        ("key", None, "cannot be read"),
        ("key", b"garbage", "no private key"),
        ("authorities", None, "cannot be read"),
        ("authorities", b"garbage", "no certificates"),
    ],
)
async def test_a_file_of_no_use_is_told_in_a_sentence(serving, ours, part, content, told):
    tls = ours.serving(ours.issue("order"), is_mutual=True)
    path = getattr(tls, part)
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(StartError, match=told) as caught:
        async with serving(tls):
            pass
    assert str(path) in str(caught.value)
    with pytest.raises(StartError, match=told):
        open_channel("127.0.0.1:1", tls)


async def test_a_key_of_another_certificate_is_told_in_a_sentence(serving, ours):
    tls = replace(ours.serving(ours.issue("order")), key=ours.issue("user").key)
    with pytest.raises(StartError, match="is not the key of"):
        async with serving(tls):
            pass
