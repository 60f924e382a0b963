"""Several instances over one store, SQLite and PostgreSQL: nothing is done twice, nothing is lost, order is kept."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from orchestrator_server.store_opening import StoreSettings
from tests.chat_events import kinds, reply
from tests.fakes import Refuse, ScriptedPlanner, plan, step
from tests.store.conftest import Place, new_place

CANCEL = plan(step("s1", "order.cancel", order_id="A-1042"))
FINE = Refuse(reason="chatter", message="Fine.")


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    yield from new_place(request.param, tmp_path)


@pytest.fixture
def two_houses(start_house, place):
    """Two instances over one store and the same shop, with one planner."""

    @asynccontextmanager
    async def start(planner, other=None, **changes) -> AsyncIterator[tuple]:
        store = StoreSettings(database=place.settings.database, url=place.settings.url, connections=6)
        async with AsyncExitStack() as stack:
            one = await stack.enter_async_context(start_house(planner, store=store, **changes))
            two = await stack.enter_async_context(start_house(other or planner, store=store, **changes))
            yield one, two

    return start


class Held(ScriptedPlanner):
    """Thinks until it is let go."""

    def __init__(self, *decisions):
        super().__init__(*decisions)
        self.asked = asyncio.Event()
        self.go = asyncio.Event()

    async def propose(self, *args, **kwargs):
        self.asked.set()
        await self.go.wait()
        return await super().propose(*args, **kwargs)


async def test_a_turn_is_seen_from_every_instance(two_houses):
    planner = ScriptedPlanner(plan(step("s1", "order.get", order_id="A-1042")))
    async with two_houses(planner) as (one, two), one.window() as here:
        async with two.window(conversation=here.opened.conversation_id) as there:
            asked = await here.ask("show me A-1042")
            seen = await there.turn()
    assert kinds(seen) == kinds(asked) == [
        "user_message", "plan_made", "step_started", "step_finished", "reply", "turn_done",
    ]  # fmt: skip
    assert [event.number for event in seen] == [1, 2, 3, 4, 5, 6]


async def test_one_turn_given_to_two_instances_at_once_is_one_turn(two_houses):
    planner = ScriptedPlanner(plan(step("s1", "order.get", order_id="A-1042")))
    async with two_houses(planner) as (one, two), one.window() as here:
        async with two.window(conversation=here.opened.conversation_id) as there:
            await asyncio.gather(here.send("show me A-1042", "same"), there.send("show me A-1042", "same"))
            first, second = await asyncio.gather(here.turn(), there.turn())
    assert reply(first) == reply(second)
    assert [event.number for event in first if event.number] == [1, 2, 3, 4, 5, 6]
    assert len(planner.requests) == 1


async def test_two_windows_on_two_instances_approve_one_plan_and_it_happens_once(two_houses):
    async with two_houses(ScriptedPlanner(CANCEL)) as (one, two), one.window() as here:
        async with two.window(conversation=here.opened.conversation_id) as there:
            await here.ask("cancel A-1042")
            await there.turn()
            plan_id = next(e.approval_requested.plan_id for e in here.events if e.HasField("approval_requested"))
            await asyncio.gather(here.approve(plan_id), there.approve(plan_id))
            replies = [reply(await here.turn()), reply(await here.turn())]
        keys = one.shop.execute("SELECT COUNT(*) FROM _idempotency_keys").fetchone()[0]
    assert keys == 1
    assert sorted("is cancelled" in text for text in replies) == [False, True]


async def test_a_message_waits_for_the_turn_that_another_instance_works_on(two_houses):
    planner = Held(FINE, FINE)
    async with two_houses(planner) as (one, two), one.window() as here:
        async with two.window(conversation=here.opened.conversation_id) as there:
            await here.send("one", "t1")
            await planner.asked.wait()
            await there.send("two", "t2")
            queued = (await there.until("queued"))[-1]
            assert (queued.turn_id, queued.queued.ahead) == ("t2", 1)
            planner.go.set()
            first, second = await here.turn(), await here.turn()
    assert [events[-1].turn_id for events in (first, second)] == ["t1", "t2"]
    assert [event.number for event in (*first, *second)] == [1, 2, 3, 4, 5, 6]


async def test_a_cancel_reaches_the_instance_that_works(two_houses):
    planner = Held(FINE)
    async with two_houses(planner) as (one, two), one.window() as here:
        async with two.window(conversation=here.opened.conversation_id) as there:
            await here.send("one", "t1")
            await planner.asked.wait()
            await there.cancel("t1")
            events = await there.turn()
    assert events[-1].turn_done.cancelled


async def test_an_instance_that_lost_its_lease_writes_nothing_more(two_houses, place):
    """It hung for too long, another one took over, and then it wakes up."""
    late, other = Held(FINE), ScriptedPlanner(Refuse(reason="chatter", message="The other one."))
    async with two_houses(late, other) as (one, two), one.window() as here:
        await here.send("hello", "t1")
        await late.asked.wait()
        place.rows("UPDATE conversations SET owner = '', lease_until = 0")
        taken_over = await here.turn()
        late.go.set()
        async with two.window(conversation=here.opened.conversation_id) as there:
            shown = await there.turn()
            other.decisions.append(FINE)
            late.decisions.append(FINE)
            assert reply(await there.ask("and now?")) == "Fine."
    assert reply(taken_over) == reply(shown) == "The other one."
    assert [event.number for event in shown] == [1, 2, 3]
    ends = place.rows("SELECT COUNT(*) FROM turns WHERE ended = 1")[0][0]
    assert ends == 2


async def test_what_waits_for_a_yes_can_be_answered_at_another_instance(two_houses):
    async with two_houses(ScriptedPlanner(CANCEL), ScriptedPlanner()) as (one, two):
        async with one.window() as here:
            await here.ask("cancel A-1042")
        async with two.window(conversation=here.opened.conversation_id, seen=10_000) as there:
            assert "is cancelled" in reply(await there.ask("yes"))
        assert one.status("A-1042") == "CANCELLED"
