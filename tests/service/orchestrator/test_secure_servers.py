"""The orchestrator before servers that insist on TLS, on its certificate, and on a token for reflection."""

from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from orchestrator_server.channels import Target, open_channels
from orchestrator_server.discovery import Discovery
from service_kit.keys import load_or_create_key
from service_kit.settings import NO_TLS
from service_kit.tokens import Signer
from tests.certificates import Authority
from tests.chat_events import reply
from tests.fakes import ScriptedPlanner, plan, step
from tests.service.orchestrator.conftest import PARTS, shop_server


@pytest.fixture
def ours(tmp_path):
    return Authority(name="ours", folder=tmp_path)


@pytest.fixture
def order_server(tmp_path, seeded_shop, server_settings_for):
    """`async with order_server(tls) as address:`: reflection for signed-in callers only."""

    @asynccontextmanager
    async def running(tls):
        database = tmp_path / "shop.db"
        database.write_bytes(seeded_shop.read_bytes())
        settings = replace(server_settings_for("order"), tls=tls, is_reflection_open=False)
        async with shop_server("order", database, settings) as address:
            yield address

    return running


@pytest.fixture
def found(tmp_path):
    """What discovery says of a target: its problem, empty where there is none."""

    async def discover(target: Target) -> str:
        signer = Signer(issuer="orchestrator", key=load_or_create_key(tmp_path / "keys" / "unpublished.pem"))
        async with open_channels([target]) as channels:
            discovery = Discovery([target], channels, signer, 60)
            async with discovery.running():
                (server,) = discovery.catalogue.servers
                return server.problem

    return discover


@pytest.mark.parametrize("is_mutual", [False, True])
async def test_a_secure_server_is_discovered_and_called(order_server, start_house, ours, is_mutual):
    calling = ours.calling(ours.issue("orchestrator") if is_mutual else None)
    async with order_server(ours.serving(ours.issue("order"), is_mutual=is_mutual)) as address:
        planner = ScriptedPlanner(plan(step("s1", "order.get", order_id="A-1042")))
        target = Target(name="order", address=address, tls=calling)
        async with start_house(planner, without=frozenset(PARTS), targets=(target,)) as house:
            async with house.window() as window:
                assert "Order A-1042 is pending" in reply(await window.ask("show me A-1042"))


async def test_a_server_of_another_authority_is_not_used_and_discovery_says_why(order_server, found, ours, tmp_path):
    strangers = Authority(name="strangers", folder=tmp_path)
    async with order_server(ours.serving(ours.issue("order"), is_mutual=True)) as address:
        for tls, problem in (
            (strangers.calling(), "TLS handshake"),
            (ours.calling(server_name="user.internal"), "TLS handshake"),
            (ours.calling(), "does not answer"),
            (ours.calling(strangers.issue("orchestrator")), "does not answer"),
            (NO_TLS, "does not answer"),
        ):
            assert problem in await found(Target(name="order", address=address, tls=tls))


async def test_a_server_that_does_not_know_the_orchestrators_key_is_told_apart(order_server, found, ours):
    async with order_server(NO_TLS) as address:
        assert "trust file" in await found(Target(name="order", address=address))


async def test_a_renewed_certificate_of_the_orchestrator_is_shown_without_a_restart(order_server, ours, tmp_path):
    shown = ours.issue("orchestrator")
    async with order_server(ours.serving(ours.issue("order"), is_mutual=True)) as address:
        async with open_channels([Target(name="order", address=address, tls=ours.calling(shown))]) as channels:
            first = channels["order"]
            assert channels["order"] is first
            shown.key.write_bytes(b"half a renewal")
            assert channels["order"] is first
            shown.replace_with(ours.issue("next"))
            second = channels["order"]
            assert second is not first
            for channel in (first, second):  # who still calls on the first is not cut off
                await channel.channel_ready()
            shown.replace_with(ours.issue("last"))
            await channels["order"].channel_ready()
