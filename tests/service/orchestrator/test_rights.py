"""The rights of people over their memory, over the wire: exporting and deleting, and what windows notice of it."""

import asyncio
from datetime import timedelta

import grpc
import pytest
from llm_orchestrator.capabilities.v1 import audit_log_pb2
from llm_orchestrator.orchestrator.v1 import chat_pb2, chat_pb2_grpc

from client.errors import ClientError
from client.session import Session
from service_kit.database import connect
from service_kit.status import from_rpc_error
from tests.chat_events import reply
from tests.fakes import Refuse, ScriptedPlanner, plan, step
from tests.service.orchestrator.auditing import listing
from tests.service.orchestrator.conftest import DANA

FINE = Refuse(reason="chatter", message="Fine.")
EVA = "eva@example.com"
MARKER = "spruce-4711"


def bearer(token: str) -> list[tuple[str, str]]:
    return [("authorization", f"Bearer {token}")]


class Desk:
    """The plain calls of one person."""

    def __init__(self, house, channel: grpc.aio.Channel, token: str = "") -> None:
        self._stub = chat_pb2_grpc.ChatServiceStub(channel)
        self._metadata = bearer(token or house.token_for(DANA, "orchestrator"))

    async def export(self, conversation_id: str = "") -> list[chat_pb2.ExportConversationsResponse]:
        request = chat_pb2.ExportConversationsRequest(conversation_id=conversation_id)
        return [each async for each in self._stub.ExportConversations(request, metadata=self._metadata)]

    async def delete(self, conversation_id: str = "", all: bool = False) -> int:
        request = chat_pb2.DeleteConversationsRequest(conversation_id=conversation_id, all=all)
        return (await self._stub.DeleteConversations(request, metadata=self._metadata)).deleted


async def refused(call) -> tuple[grpc.StatusCode, str]:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return caught.value.code(), from_rpc_error(caught.value).reason


async def test_an_export_has_what_was_said_and_what_came_of_it(start_house):
    planner = ScriptedPlanner(plan(step("s1", "loyalty.get_points")), FINE)
    async with start_house(planner) as house, grpc.aio.insecure_channel(house.address) as channel:
        async with house.window() as first, house.window() as second:
            await first.ask("points")
            await second.ask("hello")
        both = await Desk(house, channel).export()
        assert [each.conversation.title for each in both] == ["hello", "points"]
        (one,) = await Desk(house, channel).export(first.opened.conversation_id)
        assert one == both[1]
        assert one.messages[0].text == "points"
        assert list(one.events) == [event for event in first.events if event.number]
        eva = Desk(house, channel, house.token_for(EVA, "orchestrator"))
        assert await eva.export() == []
        assert await refused(eva.export(first.opened.conversation_id)) == (
            grpc.StatusCode.NOT_FOUND,
            "CONVERSATION_NOT_FOUND",
        )


async def test_deleting_leaves_the_line_of_the_audit_and_nothing_that_was_said(start_house):
    planner = ScriptedPlanner(plan(step("s1", "newsletter.unsubscribe")), FINE, FINE)
    async with start_house(planner) as house, grpc.aio.insecure_channel(house.address) as channel:
        async with house.window() as window:
            await window.ask(f"no more newsletters about {MARKER}")
            await window.ask(f"what is a {MARKER}?")
        name = window.opened.conversation_id
        assert await Desk(house, channel).delete(name) == 1
        database = connect(house.settings.store.database)
        kept = [line for line in database.conn.iterdump() if MARKER in line or name in line]
        assert len(kept) == 1
        assert kept[0].startswith('INSERT INTO "_audit"')
        assert MARKER not in kept[0]
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        log = house.settings.store.database.with_name("orchestrator.db-wal")
        assert MARKER.encode() not in house.settings.store.database.read_bytes() + log.read_bytes()
        (found,) = (await listing(house, kind=audit_log_pb2.AUDIT_KIND_ERASURE)).records
        assert (found.actor, found.subject, found.result, found.key) == (DANA, DANA, "SUCCEEDED", name)
        assert found.action == "ChatService.DeleteConversations"
        async with house.window() as later:
            await later.ask("hello")
        assert MARKER not in repr(planner.requests[-1])
        assert await refused(Desk(house, channel).delete(name)) == (grpc.StatusCode.NOT_FOUND, "CONVERSATION_NOT_FOUND")


async def test_another_window_is_told_with_its_next_message(start_house):
    async with start_house(ScriptedPlanner(FINE)) as house, grpc.aio.insecure_channel(house.address) as channel:
        async with house.window() as window:
            await window.ask("hello")
            assert await Desk(house, channel).delete(all=True) == 1
            await window.send("are you there?")
            assert await refused(window.turn()) == (grpc.StatusCode.NOT_FOUND, "CONVERSATION_DELETED")
        assert await Desk(house, channel).export() == []
        assert await Desk(house, channel).delete(all=True) == 0


class Token:
    """Credentials of a client that has one token."""

    def __init__(self, token):
        self._token = token

    async def token(self):
        return self._token

    async def replace(self, stale):
        return self._token

    def check(self):
        """Nothing can be wrong with it."""

    def seconds_left(self):
        return 60


async def test_a_client_whose_conversation_was_deleted_is_told_and_begins_anew(start_house):
    planner = ScriptedPlanner(FINE, FINE)
    async with start_house(planner) as house, grpc.aio.insecure_channel(house.address) as channel:
        token = Token(house.token_for(DANA, "orchestrator"))
        session = Session(chat_pb2_grpc.ChatServiceStub(channel), token, address=house.address)
        await session.open()
        said = [response async for response in session.say("hello")]
        assert await Desk(house, channel).delete(all=True) == 1
        with pytest.raises(ClientError, match="deleted"):
            _ = [response async for response in session.say("are you there?")]
        again = [response async for response in session.say("and now?")]
        await session.close()
    assert [kinds[-1].WhichOneof("event") for kinds in (said, again)] == ["turn_done", "turn_done"]


async def test_a_turn_that_runs_is_waited_for(start_house):
    go = asyncio.Event()

    class Patient(ScriptedPlanner):
        async def propose(self, *args, **kwargs):
            await go.wait()
            return await super().propose(*args, **kwargs)

    async with start_house(Patient(FINE)) as house, grpc.aio.insecure_channel(house.address) as channel:
        async with house.window() as window:
            await window.send("hello")
            await window.until("user_message")
            desk, name = Desk(house, channel), window.opened.conversation_id
            for call in (desk.delete(name), desk.delete(all=True)):
                assert await refused(call) == (grpc.StatusCode.FAILED_PRECONDITION, "TURN_RUNNING")
            go.set()
            assert reply(await window.turn()) == "Fine."
            assert await desk.delete(name) == 1


async def test_support_and_strangers_are_refused_and_that_is_recorded(start_house, signer):
    lifetime, roles = timedelta(minutes=5), ["customer", "support"]
    sam = signer.sign(subject=DANA, audience="orchestrator", lifetime=lifetime, roles=roles, agent="sam@example.com")
    async with start_house(ScriptedPlanner(FINE)) as house, grpc.aio.insecure_channel(house.address) as channel:
        async with house.window() as window:
            await window.ask("hello")
        name = window.opened.conversation_id
        support, eva = Desk(house, channel, sam), Desk(house, channel, house.token_for(EVA, "orchestrator"))
        for call in (support.delete(name), support.delete(all=True), support.export(name), support.export()):
            assert await refused(call) == (grpc.StatusCode.PERMISSION_DENIED, "NOT_FOR_SUPPORT")
        assert await refused(eva.delete(name)) == (grpc.StatusCode.NOT_FOUND, "CONVERSATION_NOT_FOUND")
        assert await refused(eva.delete("nothing")) == (grpc.StatusCode.NOT_FOUND, "CONVERSATION_NOT_FOUND")
        assert await eva.delete(all=True) == 0
        for call in (eva.delete(), eva.delete(name, all=True)):
            assert await refused(call) == (grpc.StatusCode.INVALID_ARGUMENT, "CONVERSATION_UNCLEAR")
        assert len(await Desk(house, channel).export()) == 1
        async with asyncio.timeout(20):
            while len(denied := (await listing(house, kind=audit_log_pb2.AUDIT_KIND_DENIAL)).records) < 5:
                pass
    assert sorted((each.actor, each.reason) for each in denied) == [
        (EVA, "NOT_OWNER"),
        *[("sam@example.com", "NOT_FOR_SUPPORT")] * 4,
    ]


async def test_an_export_counts_among_the_open_streams(start_house):
    async with start_house(ScriptedPlanner(FINE)) as house, grpc.aio.insecure_channel(house.address) as channel:
        for _ in range(house.settings.limits.streams_per_user + 1):
            assert await Desk(house, channel).export() == []
