"""Networks that delay, cut and duplicate, and services that answer too late: every effect happens exactly once."""

from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from orchestrator_server.channels import Target
from tests.chat_events import reply
from tests.fakes import ScriptedPlanner, plan, ref, step
from tests.fault.disturbing import proxied
from tests.service.orchestrator.conftest import seeded_shop, shop_server, start_house

__all__ = ["seeded_shop", "start_house"]  # fixtures of the house, used here by name

CANCEL = plan(step("s1", "order.cancel", order_id="A-1042"))
FAN = plan(
    step("s1", "order.list", status="PENDING"),
    step("s2", "order.cancel", each="s1.orders", order_id=ref("each.id")),
)


@pytest.fixture
def behind_a_proxy(start_house, server_settings_for, tmp_path, seeded_shop):
    """A house whose order server is reached through a proxy."""

    @asynccontextmanager
    async def start(planner, **changes):
        database = tmp_path / "shop.db"
        database.write_bytes(seeded_shop.read_bytes())
        async with AsyncExitStack() as stack:
            address = await stack.enter_async_context(shop_server("order", database, server_settings_for("order")))
            proxy = await stack.enter_async_context(proxied(address))
            target = Target(name="order", address=proxy.address)
            started = start_house(planner, without=frozenset({"order"}), targets=(target,), **changes)
            yield await stack.enter_async_context(started), proxy

    return start


def effects(house):
    """How often each key had an effect in the shop, by its own record."""
    return [row[0] for row in house.shop.execute("SELECT COUNT(*) FROM _audit WHERE kind = 4 GROUP BY key").fetchall()]


async def test_an_answer_that_comes_after_the_deadline_is_asked_for_again(behind_a_proxy):
    async with behind_a_proxy(ScriptedPlanner(CANCEL), call_seconds=0.5, doubt_seconds=10) as (house, proxy):
        proxy.delays["CancelOrder"] = [1.0]
        async with house.window() as window:
            await window.ask("cancel A-1042")
            assert "is cancelled" in reply(await window.ask("yes"))
        assert (house.status("A-1042"), effects(house)) == ("CANCELLED", [1])
        assert proxy.arrived["CancelOrder"] == 2


async def test_an_answer_that_was_cut_off_is_asked_for_again(behind_a_proxy):
    async with behind_a_proxy(ScriptedPlanner(CANCEL), doubt_seconds=10) as (house, proxy):
        proxy.cuts["CancelOrder"] = 3
        async with house.window() as window:
            await window.ask("cancel A-1042")
            assert "is cancelled" in reply(await window.ask("yes"))
        assert (effects(house), proxy.arrived["CancelOrder"]) == ([1], 4)


async def test_an_answer_that_never_comes_is_told_as_unknown_and_happened_once(behind_a_proxy):
    async with behind_a_proxy(ScriptedPlanner(CANCEL), doubt_seconds=0.5) as (house, proxy):
        proxy.cuts["CancelOrder"] = 1_000
        async with house.window() as window:
            await window.ask("cancel A-1042")
            assert "do not know whether it happened" in reply(await window.ask("yes"))
        assert (house.status("A-1042"), effects(house)) == ("CANCELLED", [1])


async def test_calls_that_arrive_twice_happen_once(behind_a_proxy):
    async with behind_a_proxy(ScriptedPlanner(FAN)) as (house, proxy):
        proxy.doubles["CancelOrder"] = 3
        async with house.window() as window:
            await window.ask("cancel all my pending orders")
            await window.ask("yes")
        assert [house.status(order) for order in ("A-1042", "A-1044", "A-1045")] == ["CANCELLED"] * 3
        assert (effects(house), proxy.arrived["CancelOrder"]) == ([1, 1, 1], 6)


async def test_a_read_that_was_cut_off_is_made_again(behind_a_proxy):
    planner = ScriptedPlanner(plan(step("s1", "order.get", order_id="A-1042")))
    async with behind_a_proxy(planner) as (house, proxy):
        proxy.cuts["GetOrder"] = 2
        async with house.window() as window:
            assert "Order A-1042 is pending" in reply(await window.ask("show me A-1042"))
