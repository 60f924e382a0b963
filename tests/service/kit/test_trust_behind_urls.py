"""Keys and ended sessions behind a web server on loopback, and a server that runs while they change."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import grpc
import pytest
from llm_orchestrator.order.v1 import order_pb2, order_pb2_grpc

from service_kit.errors import Unauthenticated, Unavailable
from service_kit.keyring import Keyring, rotate
from service_kit.revocations import publish_ended
from service_kit.server import started
from service_kit.status import from_rpc_error
from service_kit.tokens import Signer
from service_kit.trust import Trust
from service_kit.trust_file import foreign_issuer
from service_kit.verifier import Verifier
from tests.service.kit.small_server import services
from tests.tokens import ANNA, Clock, Pages, crafted, eventually, pages, reason, write_trust


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def web(tmp_path, signer):
    async with pages() as served:
        served.bodies["/keys"] = (tmp_path / "public" / "user.jwks.json").read_text()
        yield served


@pytest.fixture
def verifier(tmp_path, web: Pages, clock) -> Verifier:
    path = write_trust(tmp_path / "by-url.json", user={"jwks": f"{web.url}/keys", "revoked": f"{web.url}/ended"})
    return Verifier(Trust(path, clock=clock.seconds, now=clock.now), "order", now=clock.now)


async def test_keys_can_lie_behind_a_url_and_are_asked_for_once(verifier, web, token_for):
    callers = await asyncio.gather(*(verifier.verify(token_for(ANNA, "order")) for _ in range(20)))
    assert ({caller.email for caller in callers}, web.asked) == ({ANNA}, 1)


async def test_a_call_does_not_wait_for_keys_that_are_read_again(verifier, web, clock, token_for):
    await verifier.verify(token_for(ANNA, "order"))
    web.go.clear()
    clock.advance(40)
    assert await asyncio.gather(*(verifier.verify(token_for(ANNA, "order")) for _ in range(5)))

    async def is_asked() -> bool:
        return web.asked == 2

    assert await eventually(is_asked)
    assert await verifier.verify(token_for(ANNA, "order"))
    web.go.set()


async def test_a_caller_that_gives_up_does_not_end_the_read_for_others(verifier, web, token_for):
    web.go.clear()
    token = token_for(ANNA, "order")
    impatient, patient = (asyncio.create_task(verifier.verify(token)) for _ in range(2))

    async def is_asked() -> bool:
        return web.asked == 1

    assert await eventually(is_asked)
    impatient.cancel()
    web.go.set()
    assert (await patient).email == ANNA
    with pytest.raises(asyncio.CancelledError):
        await impatient


async def test_a_web_server_that_is_down_leaves_the_keys_that_were(verifier, web, clock, token_for):
    await verifier.verify(token_for(ANNA, "order"))
    web.is_down = True
    clock.advance(50)
    assert await verifier.verify(token_for(ANNA, "order"))


@pytest.mark.parametrize("page", ["elsewhere", "missing", "huge"])
async def test_a_page_that_leads_elsewhere_or_has_no_end_holds_no_keys(tmp_path, web, signer, page):
    web.bodies["/huge"] = json.dumps({"keys": [], "more": "x" * 9_000_000})
    path = write_trust(tmp_path / "other.json", user={"jwks": f"{web.url}/{page}"})
    assert await reason(Verifier(Trust(path), "order"), crafted(signer)) == "TOKEN_ISSUER_UNKNOWN"


async def test_a_list_behind_a_url_fails_closed(verifier, web, clock, signer):
    token = crafted(signer, sid="s1")
    assert await reason(verifier, token) == "REVOCATIONS_UNKNOWN"  # the page is missing: that is no empty list
    web.bodies["/ended"] = '{"ended": {}}'
    clock.advance(30)
    caller = await verifier.verify(token)
    web.is_down = True
    clock.advance(60)
    await verifier.recheck(caller)
    clock.advance(1)
    with pytest.raises(Unavailable):
        await verifier.recheck(caller)
    web.is_down, web.bodies["/ended"] = False, '{"ended": {"s1": 0}}'
    clock.advance(30)
    with pytest.raises(Unauthenticated, match="session has ended"):
        await verifier.recheck(caller)


async def test_a_server_that_runs_follows_a_rotation_and_hears_of_a_sign_out(settings, tmp_path, trust_file):
    """Real clocks: an unknown key is looked for within the call; a session that ended is refused at first sight."""
    files = tmp_path / "keys" / "user.pem", tmp_path / "public" / "user.jwks.json"
    signer = Signer(issuer="user", key=Keyring(*files).current)
    publish_ended(tmp_path / "public" / "user.revoked.json", {"gone": Clock().now()})

    def metadata(session_id: str):
        token = signer.sign(
            subject=ANNA, audience="order", lifetime=timedelta(minutes=5), roles=["customer"], session_id=session_id
        )
        return (("authorization", f"Bearer {token}"),)

    request = order_pb2.ListOrdersRequest(email=ANNA)
    async with started(settings, services()) as server, grpc.aio.insecure_channel(server.address) as channel:
        stub = order_pb2_grpc.OrderServiceStub(channel)
        old = metadata("here")
        assert await stub.ListOrders(request, metadata=old)
        rotate(*files, timedelta(minutes=6))
        assert metadata("here") != old
        assert await stub.ListOrders(request, metadata=metadata("here"))
        assert await stub.ListOrders(request, metadata=old)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await stub.ListOrders(request, metadata=metadata("gone"))
        error = from_rpc_error(caught.value)
        assert (error.code, error.reason) == (grpc.StatusCode.UNAUTHENTICATED, "SESSION_ENDED")


async def test_a_server_that_runs_lets_users_of_a_provider_in_when_settings_name_it(settings, web, signer):
    provider = foreign_issuer("https://login", audience="shop", jwks=f"{web.url}/keys", algorithm="EdDSA")
    token = crafted(signer, iss="https://login", aud="shop", email=ANNA, sub="4711")
    async with (
        started(replace(settings, provider=provider), services()) as server,
        grpc.aio.insecure_channel(server.address) as channel,
    ):
        stub = order_pb2_grpc.OrderServiceStub(channel)
        metadata = (("authorization", f"Bearer {token}"),)
        answer = await stub.ListOrders(order_pb2.ListOrdersRequest(), metadata=metadata)
        assert (answer.orders[0].id, [item.name for item in answer.orders[0].items]) == (ANNA, ["customer"])
