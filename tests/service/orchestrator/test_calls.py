"""How calls run: side by side, cancelled for real, within their deadline, tried again only where that is safe."""

import asyncio
from contextlib import asynccontextmanager

import grpc
import pytest
from llm_orchestrator.legacy.v1 import legacy_pb2, legacy_pb2_grpc

from orchestrator_server.channels import Target
from service_kit.server import Service, started
from tests.chat_events import kinds, reply
from tests.fakes import ScriptedPlanner, plan, step

NAME = legacy_pb2.DESCRIPTOR.services_by_name["LegacyService"].full_name
BOTH = plan(step("s1", "loyalty.get_points"), step("s2", "invoice.get", order_id="A-1043"))


class Monolith(legacy_pb2_grpc.LegacyServiceServicer):
    """Stands for the monolith, as slow and as broken as a test wants it."""

    def __init__(self):
        self.together = asyncio.Barrier(2)
        self.begun = asyncio.Event()
        self.cancelled = asyncio.Event()
        self.keys = []
        self.failures = 0
        self.words = "going down"
        self.hangs = False

    async def GetPoints(self, request, context):
        self.begun.set()
        if self.hangs:
            await self._forever()
        await self.together.wait()
        return legacy_pb2.GetPointsResponse(points=7)

    async def GetInvoice(self, request, context):
        if not self.hangs:
            await self.together.wait()
        return legacy_pb2.GetInvoiceResponse(invoice=legacy_pb2.Invoice(number="INV-1"))

    async def Unsubscribe(self, request, context):
        self.keys.append(dict(context.invocation_metadata())["idempotency-key"])
        if self.failures:
            self.failures -= 1
            await context.abort(grpc.StatusCode.UNAVAILABLE, self.words)
        return legacy_pb2.UnsubscribeResponse(was_subscribed=True)

    async def _forever(self):
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise


@pytest.fixture
def talking_to(start_house, server_settings_for):
    @asynccontextmanager
    async def start(monolith, planner, **changes):
        add = legacy_pb2_grpc.add_LegacyServiceServicer_to_server
        service = Service(name=NAME, add=add, servicer=monolith)
        async with started(server_settings_for("legacy"), [service]) as server:
            target = Target(name="legacy", address=server.address)
            house = start_house(planner, without=frozenset({"legacy"}), targets=(target,), **changes)
            async with house as running, running.window() as window:
                yield window

    return start


async def test_reads_run_side_by_side(talking_to):
    """Each of the two answers only once both have arrived."""
    async with talking_to(Monolith(), ScriptedPlanner(BOTH)) as window:
        events = await window.ask("points and the invoice of A-1043")
    assert kinds(events).count("step_finished") == 2
    assert "7 loyalty points" in reply(events)


async def test_a_cancelled_turn_stops_its_call_and_what_is_done_is_told(talking_to):
    monolith = Monolith()
    monolith.hangs = True
    async with talking_to(monolith, ScriptedPlanner(BOTH)) as window:
        turn_id = await window.send("points and the invoice of A-1043")
        await window.until("step_finished")
        await asyncio.wait_for(monolith.begun.wait(), 5)
        await window.cancel(turn_id)
        events = await window.turn()
        await asyncio.wait_for(monolith.cancelled.wait(), 5)
    assert events[-1].turn_done.cancelled
    assert reply(events).startswith("Stopped.")
    assert "INV-1" in reply(events)


async def test_a_call_past_its_deadline_fails_alone(talking_to):
    monolith = Monolith()
    monolith.hangs = True
    async with talking_to(monolith, ScriptedPlanner(BOTH), call_seconds=0.3) as window:
        events = await window.ask("points and the invoice of A-1043")
    assert "The legacy service does not answer right now" in reply(events)
    assert "INV-1" in reply(events)


async def test_an_effect_that_honours_keys_is_tried_again_under_the_same_key(talking_to):
    monolith = Monolith()
    monolith.failures = 1
    made = plan(step("s1", "newsletter.unsubscribe"))
    async with talking_to(monolith, ScriptedPlanner(made)) as window:
        await window.ask("no more newsletters")
        assert reply(await window.ask("yes")) == "You will get no more newsletters."
    assert monolith.keys == [f"{made.id}/s1", f"{made.id}/s1"]


@pytest.mark.parametrize("words", ["going down", "failed to connect to all addresses; last error: refused"])
async def test_an_effect_whose_answer_never_came_is_told_as_unknown(talking_to, words):
    """Whatever the server says: it was reached, so it may have happened."""
    monolith = Monolith()
    monolith.failures, monolith.words = 99, words
    async with talking_to(monolith, ScriptedPlanner(plan(step("s1", "newsletter.unsubscribe")))) as window:
        await window.ask("no more newsletters")
        events = await window.ask("yes")
    failed = next(event.step_failed.outcome for event in events if event.HasField("step_failed"))
    assert (failed.status, failed.reason) == (4, "OUTCOME_UNKNOWN")
    assert "I do not know whether it happened" in reply(events)
