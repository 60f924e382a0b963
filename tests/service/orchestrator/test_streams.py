"""The stream itself: replay, repeats, queueing, cancelling, windows, restarts, bad input."""

import asyncio
from contextlib import AsyncExitStack

import grpc
import pytest
from llm_orchestrator.capabilities.v1 import audit_log_pb2
from llm_orchestrator.orchestrator.v1 import (
    audit_pb2,
    audit_pb2_grpc,
    chat_pb2,
    chat_pb2_grpc,
    migration_pb2,
    migration_pb2_grpc,
    usage_pb2,
    usage_pb2_grpc,
)

from service_kit.database import connect
from service_kit.status import from_rpc_error
from tests.chat_events import kinds, reply
from tests.fakes import Refuse, ScriptedPlanner, plan, step

FINE = Refuse(reason="chatter", message="Fine.")


async def test_events_are_numbered_without_gaps_and_replayed_from_the_last_one_seen(start_house):
    planner = ScriptedPlanner(plan(step("s1", "loyalty.get_points")))
    async with start_house(planner) as house:
        async with house.window() as window:
            await window.ask("points")
            stored = [event for event in window.events if event.number]
        assert [event.number for event in stored] == list(range(1, len(stored) + 1))
        async with house.window(conversation=window.opened.conversation_id, seen=3) as again:
            replayed = await again.turn()
    assert again.opened.last_event == len(stored)
    assert [event.SerializeToString() for event in replayed] == [event.SerializeToString() for event in stored[3:]]


async def test_a_repeated_turn_id_gives_the_same_events_and_runs_nothing_twice(start_house):
    planner = ScriptedPlanner(plan(step("s1", "loyalty.get_points")))
    async with start_house(planner) as house, house.window() as window:
        turn_id = await window.send("points")
        first = await window.turn()
        await window.send("points", turn_id)
        second = await window.turn()
    assert [event.number for event in second] == [event.number for event in first if event.number]
    assert reply(first) == reply(second)
    assert len(planner.requests) == 1


async def test_a_second_message_waits_for_the_first_and_is_told_so(start_house):
    both_sent = asyncio.Event()

    class Patient(ScriptedPlanner):
        async def propose(self, *args, **kwargs):
            await both_sent.wait()
            return await super().propose(*args, **kwargs)

    async with start_house(Patient(FINE, FINE)) as house, house.window() as window:
        await window.send("one")
        await window.until("user_message")
        await window.send("two")
        assert (await window.until("queued"))[-1].queued.ahead == 1
        both_sent.set()
        first, second = await window.turn(), await window.turn()
    assert reply(first) == reply(second) == "Fine."
    assert second[0].user_message.text == "two"


async def test_two_windows_see_the_same_conversation(start_house):
    async with start_house(ScriptedPlanner(FINE)) as house, house.window() as one:
        async with house.window(conversation=one.opened.conversation_id) as two:
            await one.send("hello")
            assert kinds(await one.turn()) == kinds(await two.turn())


async def test_a_window_that_closes_does_not_stop_its_turn(start_house):
    async with start_house(ScriptedPlanner(plan(step("s1", "loyalty.get_points")))) as house:
        async with house.window() as window:
            await window.send("points")
            await window.next()
        async with house.window(conversation=window.opened.conversation_id) as again:
            assert "1,240" in reply(await again.turn())


async def test_cancel_in_mid_thought_stops_the_turn_and_the_next_one_runs(start_house):
    class Thinker(ScriptedPlanner):
        async def propose(self, request, *args, **kwargs):
            if request.text == "think":
                await asyncio.sleep(3600)
            return await super().propose(request, *args, **kwargs)

    async with start_house(Thinker(FINE)) as house, house.window() as window:
        turn_id = await window.send("think")
        await window.until("user_message")
        await window.send("next")
        await window.cancel(turn_id)
        stopped, answered = await window.turn(), await window.turn()
    assert stopped[-1].turn_done.cancelled
    assert reply(stopped) == "Stopped."
    assert reply(answered) == "Fine."


async def test_a_conversation_of_another_user_is_not_there(start_house):
    async with start_house(ScriptedPlanner(FINE)) as house, house.window() as window:
        await window.ask("hello")
        with pytest.raises(grpc.aio.AioRpcError, match="no such conversation"):
            async with house.window(email="erik.holm@example.com", conversation=window.opened.conversation_id):
                pass


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (chat_pb2.ChatRequest(user_message=chat_pb2.UserMessage(turn_id="t", text="hi")), "open"),
        (chat_pb2.ChatRequest(), "open"),
    ],
)
async def test_a_stream_begins_with_open(start_house, request_, reason):
    async with start_house(ScriptedPlanner()) as house, grpc.aio.insecure_channel(house.address) as channel:
        token = house.token_for("dana.fields@example.com", "orchestrator")
        call = chat_pb2_grpc.ChatServiceStub(channel).Chat(metadata=[("authorization", f"Bearer {token}")])
        await call.write(request_)
        assert await call.code() is grpc.StatusCode.INVALID_ARGUMENT
        assert reason in await call.details()


@pytest.mark.parametrize("text", ["", "   ", "x" * 4_001])
async def test_a_message_that_cannot_be_taken_is_refused_with_what_to_do(start_house, text):
    async with start_house(ScriptedPlanner()) as house, house.window() as window:
        await window.send(text)
        assert await window.call.code() is grpc.StatusCode.INVALID_ARGUMENT
        assert "1 to 4000 characters" in await window.call.details()


async def test_the_deadline_of_a_turn_stops_it_and_says_so(start_house):
    class Stuck(ScriptedPlanner):
        async def propose(self, *args, **kwargs):
            await asyncio.sleep(3600)

    async with start_house(Stuck(), turn_seconds=0.2) as house, house.window() as window:
        events = await window.ask("hello")
    assert reply(events) == "That took longer than 0.2 seconds, so I stopped."
    assert events[-1].turn_done.cancelled


async def test_a_turn_that_a_killed_process_left_is_gone_on_with(start_house):
    async with start_house(ScriptedPlanner(FINE)) as house, house.window() as window:
        await window.ask("hello")
        memory = connect(house.settings.store.database)  # as a killed process leaves it:
        memory.conn.execute("UPDATE turns SET status = 'received', ended = 0, reply = NULL")
        memory.conn.execute("DELETE FROM events WHERE number > 1")
        memory.conn.commit()
        memory.close()
    async with start_house(ScriptedPlanner(FINE, FINE)) as house:
        async with house.window(conversation=window.opened.conversation_id, seen=1) as again:
            events = await again.turn()
            assert kinds(events) == ["reply", "turn_done"]
            assert [event.number for event in events] == [2, 3]
            assert reply(await again.ask("and now?")) == "Fine."


async def test_a_turn_that_waits_can_be_cancelled_too(start_house):
    class Thinker(ScriptedPlanner):
        async def propose(self, request, *args, **kwargs):
            await asyncio.sleep(3600)

    async with start_house(Thinker()) as house, house.window() as window:
        first = await window.send("one")
        await window.until("user_message")
        second = await window.send("two")
        await window.until("queued")
        await window.cancel(second)
        stopped = await window.turn()
        await window.cancel(first)
        await window.turn()
    assert stopped[-1].turn_id == second
    assert stopped[-1].turn_done.cancelled


async def test_a_window_that_claims_to_have_seen_more_than_there_is_misses_nothing(start_house):
    async with start_house(ScriptedPlanner(FINE)) as house, house.window(conversation="lost", seen=1_000) as window:
        assert reply(await window.ask("hello")) == "Fine."


async def test_history_usage_routes_and_audit_show_what_happened(start_house):
    planner = ScriptedPlanner(plan(step("s1", "newsletter.unsubscribe")))
    async with start_house(planner) as house:
        async with house.window() as window:
            await window.ask("no more newsletters")
            await window.ask("yes")
        async with grpc.aio.insecure_channel(house.address) as channel:

            def as_(email, *roles):
                token = house.token_for(email, "orchestrator", roles=roles)
                return [("authorization", f"Bearer {token}")]

            dana, admin = as_("dana.fields@example.com", "customer"), as_("admin@example.com", "customer", "admin")
            chat = chat_pb2_grpc.ChatServiceStub(channel)
            listed = await chat.ListConversations(chat_pb2.ListConversationsRequest(), metadata=dana)
            assert [one.title for one in listed.conversations] == ["no more newsletters"]
            wanted = chat_pb2.GetConversationRequest(conversation_id=listed.conversations[0].id)
            shown = await chat.GetConversation(wanted, metadata=dana)
            assert [message.author for message in shown.messages] == [1, 2, 1, 2]
            with pytest.raises(grpc.aio.AioRpcError, match="no such conversation"):
                await chat.GetConversation(wanted, metadata=admin)
            usage = await usage_pb2_grpc.UsageServiceStub(channel).GetUsage(usage_pb2.GetUsageRequest(), metadata=dana)
            assert (usage.turns, usage.model_calls, usage.rpc_calls) == (2, 1, 1)
            audit = audit_pb2_grpc.AuditServiceStub(channel)
            records = (await audit.ListAuditRecords(audit_pb2.ListAuditRecordsRequest(), metadata=admin)).records
            own = [record for record in records if record.server == "orchestrator"]
            assert [(record.kind, record.result) for record in own] == [
                (audit_log_pb2.AUDIT_KIND_DENIAL, "REFUSED"),  # the look at somebody's conversation, above
                (audit_log_pb2.AUDIT_KIND_EFFECT, "SUCCEEDED"),
                (audit_log_pb2.AUDIT_KIND_APPROVAL, "APPROVED"),
            ]
            with pytest.raises(grpc.aio.AioRpcError, match="role admin"):
                await audit.ListAuditRecords(audit_pb2.ListAuditRecordsRequest(), metadata=dana)
            migration = migration_pb2_grpc.MigrationServiceStub(channel)
            routes = (await migration.ListRoutes(migration_pb2.ListRoutesRequest(), metadata=admin)).routes
            stages = {route.intent: route.stage for route in routes}
            assert (stages["order.get"], stages["invoice.get"], stages["shipping.estimate_delivery"]) == (4, 1, 5)


async def test_a_stream_ends_in_good_order_when_the_server_is_about_to_stop(start_house):
    planner = ScriptedPlanner(FINE)
    async with AsyncExitStack() as stack:
        async with start_house(planner) as house:
            window = await stack.enter_async_context(house.window())
            assert reply(await window.ask("hello")) == "Fine."
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await window.call.read()
    assert from_rpc_error(caught.value).reason == "GOING_AWAY"
