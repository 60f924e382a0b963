"""A conversation over a real channel: streaming, approval, cancelling, and a stream that breaks."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from llm_orchestrator.orchestrator.v1 import chat_pb2

from client.errors import RequestRefused, ServerUnreachable
from client.events import LinkLost
from client.outage import Patience
from client.session import Session
from tests.service.client import scripts
from tests.service.client.conftest import Desk
from tests.service.client.shop import Turn


def kinds(events: list[Any]) -> list[str]:
    return ["lost" if isinstance(event, LinkLost) else event.WhichOneof("event") for event in events]


def text_of(events: list[Any]) -> str:
    """The reply as a screen would have it: pieces appended, a reset voids them, the whole replaces them."""
    text = ""
    for event in events:
        if isinstance(event, LinkLost):
            continue
        match event.WhichOneof("event"):
            case "reply_delta":
                text += event.reply_delta.text
            case "reply_reset":
                text = ""
            case "reply":
                text = event.reply.text
    return text


async def hear(events: AsyncIterator[Any]) -> list[Any]:
    async with asyncio.timeout(15):
        return [event async for event in events]


async def test_a_turn_streams_from_the_plan_to_its_end(desk: Desk) -> None:
    async with desk.connection() as connection:
        session = connection.session()
        opened = await session.open()
        events = await hear(session.say("points please"))
        await session.close()
    assert (opened.email, opened.planner) == ("ada@example.com", "embedded")
    assert kinds(events) == [
        *("user_message", "plan_made", "step_started", "step_finished"),
        *("reply_delta", "reply_delta", "reply_delta", "reply", "turn_done"),
    ]
    assert text_of(events) == "You have 1,240 points."


@pytest.mark.parametrize(("approved", "reply"), [(True, "Order A-1042 is cancelled."), (False, "Nothing was changed.")])
async def test_an_answer_to_an_approval_is_a_turn_of_its_own(desk: Desk, approved: bool, reply: str) -> None:
    async with desk.connection() as connection:
        session = connection.session()
        asked = await hear(session.say("cancel A-1042"))
        first = session.turn_id
        plan_id = next(e for e in asked if e.HasField("approval_requested")).approval_requested.plan_id
        events = await hear(session.decide(plan_id, approved=approved))
        await session.close()
    sent = await desk.shop.heard("approval")
    assert (sent.approval.plan_id, sent.approval.approved) == ("p1", approved)
    assert sent.approval.turn_id not in ("", first)
    assert text_of(events) == reply


async def test_cancelling_ends_the_turn_and_not_the_session(desk: Desk) -> None:
    async with desk.connection() as connection:
        session = connection.session()
        events = list[Any]()
        async for event in session.say("slow"):
            events.append(event)
            if isinstance(event, chat_pb2.ChatResponse) and event.HasField("step_started"):
                assert await session.cancel()
        assert events[-1].turn_done.cancelled
        assert text_of(await hear(session.say("hello"))) == "You said: hello"
        await session.close()


async def test_a_wish_to_stop_outlives_a_broken_stream(desk: Desk) -> None:
    async with desk.connection() as connection:
        session = connection.session()
        stream = session.say("slow")
        begun = [await anext(stream) for _ in range(3)]
        await desk.servers.stop()
        await session.cancel()
        await desk.servers.start()
        events = begun + await hear(stream)
        await session.close()
    assert events[-1].turn_done.cancelled


async def test_a_server_that_comes_back_is_told_again_and_nothing_is_shown_twice(desk: Desk) -> None:
    runs: list[str] = []

    async def script(turn: Turn) -> AsyncIterator[dict[str, Any]]:
        runs.append(turn.id)
        yield scripts.said(turn)
        yield scripts.plan(scripts.step("s1", "order.get"))
        yield scripts.started("s1")
        yield scripts.finished("s1")
        yield scripts.delta("Order A-1042 ")
        if len(runs) == 1:
            await turn.gate.wait()
        yield scripts.delta("has shipped.")
        yield scripts.reply("Order A-1042 has shipped.")
        yield scripts.done()

    desk.shop.script = script
    async with desk.connection() as connection:
        session = connection.session()
        stream, events = session.say("where is it"), list[Any]()
        while "reply_delta" not in kinds(events):
            events.append(await anext(stream))
        await desk.servers.stop()
        events.append(await anext(stream))
        await desk.servers.start()
        events += await hear(stream)
        await session.close()
    assert (await desk.shop.heard("open", 2)).open.last_event_seen == 4
    assert "lost" in kinds(events)
    assert [kinds(events).count(kind) for kind in ("user_message", "step_finished", "reply_reset", "reply")] == [1] * 4
    assert text_of(events) == "Order A-1042 has shipped."
    assert runs == [runs[0]] * 2  # the same turn id
    numbers = [event.number for event in events if isinstance(event, chat_pb2.ChatResponse) and event.number]
    assert numbers == [1, 2, 3, 4, 5, 6]


async def test_a_server_that_replays_too_much_is_not_shown_twice(desk: Desk) -> None:
    desk.shop.replays_all = True
    async with desk.connection() as connection:
        session = connection.session()
        stream = session.say("slow")
        events = [await anext(stream) for _ in range(3)]
        desk.shop.cut_streams()
        rest = asyncio.create_task(hear(stream))
        await desk.shop.heard("open", 2)
        desk.shop.last_turn().gate.set()
        events += await rest
        await session.close()
    assert kinds(events) == [
        *("user_message", "plan_made", "step_started", "lost", "step_finished", "reply", "turn_done")
    ]


async def test_a_turn_that_the_server_resumes_by_itself_is_not_sent_again(desk: Desk) -> None:
    desk.shop.resumes = True
    async with desk.connection() as connection:
        session = connection.session()
        stream = session.say("slow")
        assert kinds([await anext(stream) for _ in range(3)]) == ["user_message", "plan_made", "step_started"]
        await desk.servers.stop()
        await desk.servers.start()
        rest = asyncio.create_task(hear(stream))
        await desk.shop.heard("open", 2)
        desk.shop.last_turn().gate.set()
        assert text_of(await rest) == "It is on its way."
        await session.close()
    assert desk.shop.names().count("user_message") == 1


async def test_pieces_of_a_reply_that_is_joined_half_way_are_held_back(desk: Desk) -> None:
    async def script(turn: Turn) -> AsyncIterator[dict[str, Any]]:
        yield scripts.delta("Order A-1042 ")
        await turn.gate.wait()
        yield scripts.delta("shipped.")
        yield scripts.reply("Order A-1042 has shipped.")
        yield scripts.done()

    desk.shop.script = script
    async with desk.connection() as connection:
        session = connection.session()
        stream = session.say("where is it")
        await anext(stream)
        desk.shop.cut_streams()
        rest = asyncio.create_task(hear(stream))
        await desk.shop.heard("open", 2)
        desk.shop.last_turn().gate.set()
        assert kinds(await rest) == ["lost", "reply", "turn_done"]
        await session.close()


async def test_the_session_gives_up_with_a_sentence(desk: Desk) -> None:
    async with desk.connection() as connection:
        patience = Patience(total=0.2, first=0.02, longest=0.05)
        session = Session(connection.chat, connection.credentials, address=desk.settings.address, patience=patience)
        stream = session.say("slow")
        await anext(stream)
        await desk.servers.stop()
        with pytest.raises(ServerUnreachable, match=r"Nothing answers at .*Start the servers"):
            await hear(stream)
        await session.close()
        await desk.servers.start()


async def test_an_empty_conversation_that_the_server_forgot_is_begun_anew(desk: Desk) -> None:
    async with desk.connection() as connection:
        session = connection.session()
        await session.open()
        await desk.servers.stop()
        desk.shop.conversations.clear()
        await desk.servers.start()
        assert text_of(await hear(session.say("hello"))) == "You said: hello"
        await session.close()


async def test_an_unknown_conversation_is_refused_with_the_servers_words(desk: Desk) -> None:
    async with desk.connection() as connection:
        session = connection.session("c-99")
        with pytest.raises(RequestRefused, match="There is no conversation c-99") as caught:
            await session.open()
        assert caught.value.reason == "CONVERSATION_UNKNOWN"
        await session.close()


async def test_an_old_conversation_is_replayed_once_and_other_windows_are_overheard(desk: Desk) -> None:
    async with desk.connection() as connection:
        first = connection.session()
        await hear(first.say("hello"))
        second = connection.session(first.opened.conversation_id)
        await second.open()
        assert text_of(await hear(second.replay())) == "You said: hello"
        assert text_of(await hear(second.say("again"))) == "You said: again"
        await hear(first.say("third"))
        assert [event.reply.text for event in second.overheard() if event.HasField("reply")] in (
            [],
            ["You said: third"],
        )
        await first.close()
        await second.close()


async def test_a_turn_that_is_left_while_the_stream_opens_does_not_spoil_the_next(desk: Desk) -> None:
    desk.shop.opens.clear()
    async with desk.connection() as connection:
        session = connection.session()
        waiting = asyncio.create_task(hear(session.say("hello")))
        await desk.shop.heard("open")
        assert not await session.cancel()  # nobody to tell yet
        waiting.cancel()
        await asyncio.wait({waiting})
        desk.shop.opens.set()
        assert text_of(await hear(session.say("again"))) == "You said: again"
        await session.close()
