"""What is too much or wrong, and what the user is told then: text, plans, fan-out, streams, silence, ids, approvals."""

import asyncio
from contextlib import asynccontextmanager, suppress

import grpc
import pytest
from llm_orchestrator.orchestrator.v1 import chat_pb2, chat_pb2_grpc

from client.session import Session
from orchestrator_server.settings import Limits, read_settings
from service_kit.settings import Environment, SettingsError
from service_kit.status import from_rpc_error
from tests.chat_events import reply
from tests.fakes import Refuse, ScriptedPlanner, plan, ref, step

DANA = "dana.fields@example.com"
FINE = Refuse(reason="chatter", message="Fine.")
OPEN = chat_pb2.ChatRequest(open=chat_pb2.Open())


@asynccontextmanager
async def raw_stream(house, email=DANA):
    """A stream on which nothing was said yet."""
    async with grpc.aio.insecure_channel(house.address) as channel:
        metadata = [("authorization", f"Bearer {house.token_for(email, 'orchestrator')}")]
        call = chat_pb2_grpc.ChatServiceStub(channel).Chat(metadata=metadata)
        yield call
        call.cancel()


async def refusal(call):
    """What the stream ends with."""
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await asyncio.wait_for(_all_of(call), 20)
    return from_rpc_error(raised.value)


async def _all_of(call):
    while await call.read() is not grpc.aio.EOF:
        pass


def test_every_limit_has_a_setting_and_a_default():
    names = ("MAX_MESSAGE_CHARACTERS", "MAX_PLAN_STEPS", "MAX_FAN_OUT", "MAX_STREAMS_PER_USER", "IDLE_SECONDS")
    given = {f"LLM_ORCHESTRATOR_{name}": str(number) for number, name in enumerate(names, start=2)}
    limits = Limits(message_characters=2, plan_steps=3, fan_out=4, streams_per_user=5, idle_seconds=6)
    assert read_settings(Environment(given)).limits == limits
    assert read_settings(Environment({})).limits == Limits()
    with pytest.raises(SettingsError) as raised:
        read_settings(Environment(dict.fromkeys(given, "0")))
    assert all(name in str(raised.value) for name in given)


async def test_a_message_has_the_length_that_is_set(start_house):
    limits = Limits(message_characters=5)
    async with start_house(ScriptedPlanner(FINE), limits=limits) as house, house.window() as window:
        assert reply(await window.ask("\u00e9" * 5)) == "Fine."
        await window.send("\u00e9" * 6)
        said = await refusal(window.call)
    assert (said.code, said.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "MESSAGE_WRONG")
    assert said.violations == ("text: has 1 to 5 characters",)


async def test_a_plan_that_is_too_big_runs_nothing_and_asks_for_less(start_house):
    big = plan(step("s1", "newsletter.unsubscribe"), step("s2", "loyalty.get_points"), step("s3", "order.list"))
    async with start_house(ScriptedPlanner(big, big), limits=Limits(plan_steps=2)) as house, house.window() as window:
        events = await window.ask("all of it")
    assert reply(events) == "That takes more than 2 steps at once. What shall I do first?"
    assert not any(event.HasField("plan_made") for event in events)


async def test_more_calls_at_once_than_allowed_are_not_made(start_house):
    wide = plan(step("s1", "order.list"), step("s2", "order.get", each="s1.orders", order_id=ref("each.id")))
    async with start_house(ScriptedPlanner(wide), limits=Limits(fan_out=1)) as house, house.window() as window:
        events = await window.ask("every order")
    (failed,) = [event.step_failed.outcome for event in events if event.HasField("step_failed")]
    assert failed.reason == "TOO_MANY_ELEMENTS"
    assert "1 are allowed" in failed.message


async def test_a_user_has_so_many_streams_and_another_user_as_many(start_house):
    async with start_house(ScriptedPlanner(), limits=Limits(streams_per_user=2)) as house:
        async with house.window(), house.window():
            async with raw_stream(house) as call:  # refused at once; who writes then may meet a closed stream instead
                said = await refusal(call)
            async with house.window(email="erik.holm@example.com"):
                pass
        assert (said.code, said.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "TOO_MANY_STREAMS")
        assert "2 streams open" in said.message
        assert "close one" in said.message
        assert said.metadata == {"allowed": "2"}


async def test_a_stream_that_ended_however_makes_room(start_house):
    async def opens(house):
        async with raw_stream(house) as call:
            await call.write(OPEN)
            with suppress(grpc.aio.AioRpcError):
                return (await call.read()).HasField("opened")
            return False

    async def opens_at_last(house):
        while not await opens(house):  # the server hears of a closed stream a moment later
            pass

    async with start_house(ScriptedPlanner(FINE), limits=Limits(streams_per_user=1)) as house:
        async with house.window() as window:
            await window.send("hello")  # cut off in the middle of a turn
        for _ in range(3):
            await asyncio.wait_for(opens_at_last(house), 20)


@pytest.mark.parametrize("said_before", [[], [OPEN]])
async def test_a_stream_on_which_nothing_happens_ends(start_house, said_before):
    async with start_house(ScriptedPlanner(), limits=Limits(idle_seconds=0.1)) as house, raw_stream(house) as call:
        for request in said_before:
            await call.write(request)
        said = await refusal(call)
    assert (said.code, said.reason) == (grpc.StatusCode.UNAVAILABLE, "IDLE")
    assert said.message == "Nothing was said for 0.1 seconds, so the stream was closed; open it again."


async def test_a_turn_that_runs_is_no_silence(start_house):
    class Slow(ScriptedPlanner):
        async def propose(self, *args, **kwargs):
            await asyncio.sleep(0.5)
            return await super().propose(*args, **kwargs)

    async with start_house(Slow(FINE), limits=Limits(idle_seconds=0.1)) as house, raw_stream(house) as call:
        await call.write(OPEN)
        await call.write(chat_pb2.ChatRequest(user_message=chat_pb2.UserMessage(turn_id="t1", text="hello")))
        kinds = []
        while "turn_done" not in kinds:
            kinds.append((await call.read()).WhichOneof("event"))
        assert (await refusal(call)).reason == "IDLE"


async def test_a_client_that_was_silent_for_too_long_just_goes_on(start_house):
    class Stub:
        """The real stub; keeps the calls that it made."""

        def __init__(self, channel):
            self._stub = chat_pb2_grpc.ChatServiceStub(channel)
            self.calls = []

        def Chat(self, **kwargs):
            self.calls.append(self._stub.Chat(**kwargs))
            return self.calls[-1]

    class Credentials:
        def __init__(self, token):
            self._token = token

        async def token(self):
            return self._token

        async def replace(self, stale):
            return self._token

        def check(self):
            pass

        def seconds_left(self):
            return 60.0

    limits = Limits(idle_seconds=0.3)
    async with start_house(ScriptedPlanner(FINE, FINE), limits=limits) as house:
        async with grpc.aio.insecure_channel(house.address) as channel:
            stub = Stub(channel)
            session = Session(stub, Credentials(house.token_for(DANA, "orchestrator")), address=house.address)
            first = [event async for event in session.say("hello")]
            assert await stub.calls[0].code() is grpc.StatusCode.UNAVAILABLE
            second = [event async for event in session.say("hello again")]
            await session.close()
    numbers = [event.number for event in [*first, *second] if isinstance(event, chat_pb2.ChatResponse) and event.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert second[-1].HasField("turn_done")


BAD_IDS = ("two words", "x" * 65, "caf\u00e9", "tab\t", "line\n", "nul\x00", "\u202eevil")


@pytest.mark.parametrize("bad", BAD_IDS)
async def test_a_conversation_id_is_short_and_printable(start_house, bad):
    async with start_house(ScriptedPlanner()) as house, raw_stream(house) as call:
        await call.write(chat_pb2.ChatRequest(open=chat_pb2.Open(conversation_id=bad)))
        assert (await refusal(call)).reason == "CONVERSATION_ID_WRONG"


@pytest.mark.parametrize("bad", ["1", "' OR 1=1 --", "2026-01-01T00:00:00.000000+00:00 ", "x" * 1_000])
async def test_a_page_of_conversations_goes_on_after_one_of_ours(start_house, bad):
    async with start_house(ScriptedPlanner()) as house, grpc.aio.insecure_channel(house.address) as channel:
        metadata = [("authorization", f"Bearer {house.token_for(DANA, 'orchestrator')}")]
        wanted = chat_pb2.ListConversationsRequest(page_token=bad)
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await chat_pb2_grpc.ChatServiceStub(channel).ListConversations(wanted, metadata=metadata)
    assert from_rpc_error(raised.value).reason == "PAGE_TOKEN_WRONG"


async def test_conversations_come_in_pages(start_house):
    planner = ScriptedPlanner(FINE, FINE, FINE)
    async with start_house(planner) as house, grpc.aio.insecure_channel(house.address) as channel:
        for text in ("one", "two", "three"):
            async with house.window() as window:
                await window.ask(text)
        metadata = [("authorization", f"Bearer {house.token_for(DANA, 'orchestrator')}")]
        chat, token, titles = chat_pb2_grpc.ChatServiceStub(channel), "", []
        while token or not titles:
            wanted = chat_pb2.ListConversationsRequest(page_size=1, page_token=token)
            page = await chat.ListConversations(wanted, metadata=metadata)
            titles += [one.title for one in page.conversations]
            token = page.next_page_token
    assert titles == ["three", "two", "one"]


YES = {"turn_id": "t1", "plan_id": "p1", "approved": True}


@pytest.mark.parametrize(
    ("field", "request_"),
    [
        *(("turn_id", {"user_message": {"turn_id": bad, "text": "hi"}}) for bad in ("", *BAD_IDS)),
        ("turn_id", {"approval": {**YES, "turn_id": "two words"}}),
        ("plan_id", {"approval": {**YES, "plan_id": ""}}),
        ("plan_id", {"approval": {**YES, "plan_id": "x" * 65}}),
        ("only", {"approval": {**YES, "approved": False, "only": [{"step_id": "s1"}]}}),
        ("only", {"approval": {**YES, "only": [{"step_id": "s1", "index": -1}]}}),
        ("only", {"approval": {**YES, "only": [{"step_id": ""}]}}),
        ("only", {"approval": {**YES, "only": [{"step_id": "s1", "index": n} for n in range(12 * 50 + 1)]}}),
    ],
)
async def test_what_starts_a_turn_is_checked_and_the_wrong_field_named(start_house, field, request_):
    async with start_house(ScriptedPlanner()) as house, house.window() as window:
        await window.call.write(chat_pb2.ChatRequest(**request_))
        said = await refusal(window.call)
    assert (said.code, said.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "MESSAGE_WRONG")
    assert [violation.partition(":")[0] for violation in said.violations] == [field]
