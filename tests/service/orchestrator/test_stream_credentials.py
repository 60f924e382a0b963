"""Credentials in the middle of a stream: they expire, are replaced, belong to somebody else, or their session ends."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import grpc
import pytest
from llm_orchestrator.orchestrator.v1 import chat_pb2, chat_pb2_grpc

from service_kit.revocations import publish_ended
from service_kit.status import from_rpc_error
from tests.chat_events import reply
from tests.fakes import Refuse, ScriptedPlanner

DANA = "dana.fields@example.com"
FINE = Refuse(reason="chatter", message="Fine.")
EXPIRED = timedelta(seconds=-3)  # within what clocks may differ, so the stream opens


def credentials(token):
    return chat_pb2.ChatRequest(credentials=chat_pb2.Credentials(token=token))


async def refusal(window):
    """What the stream ends with."""
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await window.turn()
    return from_rpc_error(raised.value)


async def test_an_expired_token_in_mid_stream_asks_for_a_fresh_one_and_loses_nothing(start_house):
    planner = ScriptedPlanner(FINE, FINE, FINE)
    async with start_house(planner) as house, house.window(lifetime=EXPIRED) as window:
        sent = [await window.send(text) for text in ("one", "two", "three")]
        assert (await window.next()).HasField("credentials_needed")
        await window.call.write(credentials(house.token_for(DANA, "orchestrator")))
        turns = [await window.turn() for _ in sent]
    assert [turn[-1].turn_id for turn in turns] == sent
    assert [request.text for request in planner.requests] == ["one", "two", "three"]
    assert sum(event.HasField("credentials_needed") for event in window.events) == 1


async def test_a_cancel_is_served_while_fresh_credentials_are_awaited(start_house):
    class Thinker(ScriptedPlanner):
        async def propose(self, request, *args, **kwargs):
            if request.text == "think":
                await asyncio.Event().wait()
            return await super().propose(request, *args, **kwargs)

    planner = Thinker(FINE)
    async with start_house(planner) as house, house.window() as other:
        conversation = other.opened.conversation_id
        async with house.window(conversation=conversation, lifetime=EXPIRED) as window:
            running = await other.send("think")
            await window.until("user_message")
            dropped, kept = await window.send("no, not that"), await window.send("this")
            await window.until("credentials_needed")
            await window.cancel(dropped)
            await window.cancel(running)
            assert (await window.turn())[-1].turn_done.cancelled
            await window.call.write(credentials(house.token_for(DANA, "orchestrator")))
            first, second = await window.turn(), await window.turn()
    assert (first[-1].turn_id, first[-1].turn_done.cancelled) == (dropped, True)
    assert (second[-1].turn_id, reply(second)) == (kept, "Fine.")
    assert [request.text for request in planner.requests] == ["this"]


async def test_only_so_many_messages_are_held_and_the_rest_is_told(start_house):
    planner = ScriptedPlanner(*[FINE] * 16)
    async with start_house(planner) as house, house.window(lifetime=EXPIRED) as window:
        sent = [await window.send(f"message {number}") for number in range(17)]
        refused = (await window.turn())[-1]
        assert (refused.turn_id, refused.turn_failed.reason) == (sent[-1], "TOO_MANY_WAITING")
        await window.call.write(credentials(house.token_for(DANA, "orchestrator")))
        assert [(await window.turn())[-1].turn_id for _ in range(16)] == sent[:-1]


async def test_a_client_that_is_done_before_its_fresh_token_came_is_told(start_house):
    async with start_house(ScriptedPlanner()) as house, house.window(lifetime=EXPIRED) as window:
        await window.send("hello")
        await window.call.done_writing()
        said = await refusal(window)
    assert (said.code, said.reason) == (grpc.StatusCode.UNAUTHENTICATED, "TOKEN_EXPIRED")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda token_for: "garbage", "TOKEN_INVALID"),
        (lambda token_for: "", "TOKEN_INVALID"),
        (lambda token_for: token_for(DANA, "order"), "TOKEN_AUDIENCE"),
        (lambda token_for: token_for("erik.holm@example.com", "orchestrator"), "TOKEN_SUBJECT"),
        (lambda token_for: token_for(DANA, "orchestrator", lifetime=timedelta(minutes=-1)), "TOKEN_EXPIRED"),
    ],
)
async def test_credentials_that_do_not_count_end_the_stream(start_house, make, reason):
    async with start_house(ScriptedPlanner()) as house, house.window() as window:
        await window.call.write(credentials(make(house.token_for)))
        said = await refusal(window)
    assert (said.code, said.reason) == (grpc.StatusCode.UNAUTHENTICATED, reason)


@asynccontextmanager
async def stream(house, token, conversation=""):
    """A stream with a token of the test's own; yields the call and the first answer."""
    async with grpc.aio.insecure_channel(house.address) as channel:
        call = chat_pb2_grpc.ChatServiceStub(channel).Chat(metadata=[("authorization", f"Bearer {token}")])
        await call.write(chat_pb2.ChatRequest(open=chat_pb2.Open(conversation_id=conversation)))
        yield call, (await call.read()).opened
        call.cancel()


async def test_a_session_that_has_ended_ends_its_stream_with_the_next_message(start_house, signer, tmp_path):
    token = signer.sign(
        subject=DANA, audience="orchestrator", lifetime=timedelta(minutes=5), roles=["customer"], session_id="s-1"
    )
    async with start_house(ScriptedPlanner()) as house, stream(house, token) as (call, _):
        publish_ended(tmp_path / "public" / "user.revoked.json", {"s-1": datetime.now(UTC) + timedelta(minutes=5)})
        await call.write(chat_pb2.ChatRequest(user_message=chat_pb2.UserMessage(turn_id="t1", text="hello")))
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await call.read()
    said = from_rpc_error(raised.value)
    assert (said.code, said.reason) == (grpc.StatusCode.UNAUTHENTICATED, "SESSION_ENDED")


async def test_support_sees_what_it_held_for_a_customer_and_the_customer_sees_all(start_house, signer):
    def sign(agent):
        roles = ["customer", "support"] if agent else ["customer"]
        lifetime = timedelta(minutes=5)
        return signer.sign(subject=DANA, audience="orchestrator", lifetime=lifetime, roles=roles, agent=agent)

    sam, ria, dana = (sign(agent) for agent in ("sam.support@example.com", "ria.support@example.com", ""))
    ids = {}
    async with start_house(ScriptedPlanner(FINE, FINE)) as house, grpc.aio.insecure_channel(house.address) as channel:
        for token in (dana, sam):
            async with stream(house, token) as (call, opened):
                ids[token] = opened.conversation_id
                said = chat_pb2.UserMessage(turn_id=opened.conversation_id, text="hello")
                await call.write(chat_pb2.ChatRequest(user_message=said))
                while not (await call.read()).HasField("turn_done"):
                    pass
            assert (opened.email, opened.agent) == (DANA, "sam.support@example.com" if token == sam else "")
        chat = chat_pb2_grpc.ChatServiceStub(channel)

        async def listed(token):
            metadata = [("authorization", f"Bearer {token}")]
            found = await chat.ListConversations(chat_pb2.ListConversationsRequest(), metadata=metadata)
            return {one.id: one.agent for one in found.conversations}

        assert await listed(dana) == {ids[dana]: "", ids[sam]: "sam.support@example.com"}
        assert await listed(sam) == {ids[sam]: "sam.support@example.com"}
        assert await listed(ria) == {}
        for token, wanted, is_seen in ((dana, sam, True), (sam, dana, False), (ria, sam, False), (sam, sam, True)):
            metadata = [("authorization", f"Bearer {token}")]
            call = chat.GetConversation(chat_pb2.GetConversationRequest(conversation_id=ids[wanted]), metadata=metadata)
            assert await call.code() is (grpc.StatusCode.OK if is_seen else grpc.StatusCode.NOT_FOUND)
        call = chat.Chat(metadata=[("authorization", f"Bearer {sam}")])
        await call.write(chat_pb2.ChatRequest(open=chat_pb2.Open(conversation_id=ids[dana])))
        assert await call.code() is grpc.StatusCode.NOT_FOUND
