"""ModelEndpoint with the real SDK over HTTP: the ladder of formats, every error's sentence, streaming, giving up."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

import pytest

from orchestrator_server.model.endpoint import ModelEndpoint
from orchestrator_server.model.errors import ModelAddress, ModelError
from orchestrator_server.plan import Usage
from tests.openai_server import EVERYTHING, KEY, Fail, Hang, OpenAIServer, Raw, Reset, Say, say

SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
HELLO = [{"role": "user", "content": "Say JSON"}]


class Sleeps:
    """Notes pauses instead of making them."""

    def __init__(self) -> None:
        self.made: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.made.append(seconds)


@asynccontextmanager
async def endpoint_at(address: ModelAddress, **settings: Any) -> AsyncIterator[ModelEndpoint]:
    endpoint = ModelEndpoint(address, **{"sleep": Sleeps(), **settings})
    try:
        yield endpoint
    finally:
        await endpoint.close()


async def failure(address: ModelAddress, **settings: Any) -> ModelError:
    async with endpoint_at(address, **settings) as endpoint:
        with pytest.raises(ModelError) as caught:
            await endpoint.complete(HELLO, SCHEMA)
    assert KEY not in str(caught.value)
    return caught.value


async def collected(endpoint: ModelEndpoint, pieces: list[str], spent: list[Usage]) -> None:
    async for piece in endpoint.stream(HELLO, spent.append):
        pieces.append(piece)


async def streamed(endpoint: ModelEndpoint) -> tuple[str, Usage]:
    spent: list[Usage] = []
    text = "".join([piece async for piece in endpoint.stream(HELLO, spent.append)])
    return text, sum(spent, Usage())


async def test_a_schema_goes_out_strict_and_the_answer_comes_back_with_its_usage():
    async with OpenAIServer(say("{}")) as server, endpoint_at(server.address) as endpoint:
        assert await endpoint.complete(HELLO, SCHEMA) == (
            "{}",
            Usage(model_calls=1, prompt_tokens=100, completion_tokens=20),
        )
    body = server.asked[0].body
    assert body["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "plan", "strict": True, "schema": SCHEMA},
    }
    assert (body["model"], body["temperature"], server.asked[0].key) == ("test-model", 0.0, KEY)


async def test_half_a_character_is_no_text():
    async with OpenAIServer(say("a\ud800b"), say("a\ud800", "b")) as server, endpoint_at(server.address) as endpoint:
        assert (await endpoint.complete(HELLO, SCHEMA))[0] == "a?b"
        assert (await streamed(endpoint))[0] == "a?b"


@pytest.mark.parametrize("refuses_with", [400, 404, 422])
@pytest.mark.parametrize(
    ("supports", "formats"),
    [
        (EVERYTHING, ["json_schema"]),
        (EVERYTHING - {"json_schema"}, ["json_schema", "json_object"]),
        (EVERYTHING - {"json_schema", "json_object"}, ["json_schema", "json_object", ""]),
    ],
)
async def test_each_refused_format_is_met_once(supports: frozenset[str], formats: list[str], refuses_with: int):
    server = OpenAIServer(always=lambda _: say("{}"), supports=supports, refuses_with=refuses_with)
    async with server, endpoint_at(server.address) as endpoint:
        for _ in range(3):
            await endpoint.complete(HELLO, SCHEMA)
    assert [asked.format for asked in server.asked] == [*formats, formats[-1], formats[-1]]


async def test_concurrent_first_calls_share_the_refused_probe():
    server = OpenAIServer(always=lambda _: say("{}"), supports=EVERYTHING - {"json_schema"})
    async with server, endpoint_at(server.address) as endpoint:
        await asyncio.gather(*(endpoint.complete(HELLO, SCHEMA) for _ in range(10)))
    assert [asked.format for asked in server.asked] == ["json_schema"] + ["json_object"] * 10


async def test_a_bare_400_on_first_contact_is_taken_for_the_format():
    server = OpenAIServer(Fail(400, "Bad Request"), say("{}"), say("{}"))
    async with server, endpoint_at(server.address) as endpoint:
        await endpoint.complete(HELLO, SCHEMA)
        await endpoint.complete(HELLO, SCHEMA)
    assert [asked.format for asked in server.asked] == ["json_schema", "json_object", "json_object"]


async def test_a_bare_400_later_is_an_error_and_what_was_learned_stays():
    server = OpenAIServer(say("{}"), Fail(400, "Bad Request"), say("{}"))
    async with server, endpoint_at(server.address) as endpoint:
        await endpoint.complete(HELLO, SCHEMA)
        with pytest.raises(ModelError, match=r"refused the request \(400\)\. It says: .*Bad Request"):
            await endpoint.complete(HELLO, SCHEMA)
        await endpoint.complete(HELLO, SCHEMA)
    assert [asked.format for asked in server.asked] == ["json_schema"] * 3


async def test_what_was_tried_in_vain_is_forgotten():
    refusals = [Fail(400, "Bad Request")] * 3
    async with OpenAIServer(*refusals, say("{}")) as server, endpoint_at(server.address) as endpoint:
        with pytest.raises(ModelError):
            await endpoint.complete(HELLO, SCHEMA)
        await endpoint.complete(HELLO, SCHEMA)
    assert [asked.format for asked in server.asked] == ["json_schema", "json_object", "", "json_schema"]


async def test_a_refused_temperature_costs_one_probe_and_not_the_schema():
    server = OpenAIServer(always=lambda _: say("{}"), supports=EVERYTHING - {"temperature"})
    async with server, endpoint_at(server.address) as endpoint:
        await endpoint.complete(HELLO, SCHEMA)
        await endpoint.complete(HELLO, SCHEMA)
    assert ["temperature" in asked.body for asked in server.asked] == [True, False, False]
    assert {asked.format for asked in server.asked} == {"json_schema"}


async def test_a_message_that_is_too_long_is_no_question_of_format():
    async with OpenAIServer(Fail(400, "too many tokens", "context_length_exceeded")) as server:
        error = await failure(server.address)
    assert (error.reason, len(server.asked)) == ("MODEL_REFUSED", 1)


@pytest.mark.parametrize(
    ("answer", "reason", "sentence", "calls"),
    [
        (Fail(403), "MODEL_KEY_REFUSED", "does not accept the key (403); check OPENAI_API_KEY", 1),
        (Fail(404), "MODEL_NOT_FOUND", "There is no model test-model at", 1),
        (Fail(413), "MODEL_REFUSED", "refused the request (413)", 1),
        (Fail(429), "MODEL_OVERLOADED", "too many requests; try again in a minute", 3),
        (Fail(429, "pay", "insufficient_quota"), "MODEL_REFUSED", "no credit left; check its plan and billing", 1),
        (Fail(500), "MODEL_FAILED", "failed (500); try again", 3),
        (Fail(503), "MODEL_FAILED", "failed (503)", 3),
        (Reset(), "MODEL_UNREACHABLE", "cannot be reached; check OPENAI_BASE_URL", 3),
        (Raw('{"choices": [{"mess'), "MODEL_NONSENSE", "what it sent is no JSON", 1),
        (Raw('{"choices": []}'), "MODEL_NONSENSE", "no chat completion", 1),
        (Raw('"hello"'), "MODEL_NONSENSE", "no chat completion", 1),
        (say(""), "MODEL_NONSENSE", "it is empty", 1),
        (Say(pieces=("{",), finish_reason="length"), "MODEL_NONSENSE", "longer than the endpoint allows", 1),
        (Say(pieces=("",), refusal="No."), "MODEL_REFUSED", "declines to answer", 1),
        (Say(pieces=("",), finish_reason="content_filter"), "MODEL_REFUSED", "declines to answer", 1),
    ],
)
async def test_every_failure_has_its_sentence_and_number_of_tries(answer: Any, reason: str, sentence: str, calls: int):
    async with OpenAIServer(always=lambda _: answer) as server:
        error = await failure(server.address)
    assert error.reason == reason
    assert sentence in error.message
    assert len(server.asked) == calls


async def test_a_wrong_key_is_told_without_the_key():
    async with OpenAIServer() as server:
        wrong = ModelAddress(base_url=server.base_url, model="test-model", api_key="sk-secret-wrong")
        error = await failure(wrong)
    assert error.reason == "MODEL_KEY_REFUSED"
    assert "sk-secret" not in error.message + repr(wrong)


async def test_a_key_that_the_endpoint_repeats_is_taken_out_and_stays_out_of_logs(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    async with OpenAIServer(Fail(413, f"too long for {KEY}")) as server:
        error = await failure(server.address)
    assert "too long for ***" in error.message
    assert error.__suppress_context__
    assert KEY not in caplog.text


async def test_no_key_is_needed_where_none_is_asked_for():
    async with OpenAIServer() as server:
        error = await failure(ModelAddress(base_url=server.base_url, model="test-model"))
    assert (error.reason, server.asked[0].key) == ("MODEL_KEY_REFUSED", "none")


async def test_an_unknown_model_is_named():
    async with OpenAIServer() as server:
        error = await failure(ModelAddress(base_url=server.base_url, model="gpt-0", api_key=KEY))
    assert error.message.startswith("There is no model gpt-0 at http://127.0.0.1")
    assert len(server.asked) == 1


async def test_nobody_listening_is_told_with_the_address_but_not_its_credentials():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        error = await failure(ModelAddress(base_url=f"http://me:hush@127.0.0.1:{port}/v1", model="m", api_key=KEY))
    assert error.reason == "MODEL_UNREACHABLE"
    assert f"http://127.0.0.1:{port}/v1 cannot be reached" in error.message


async def test_an_endpoint_that_never_answers_is_given_up_and_the_connection_closed():
    async with OpenAIServer(Hang()) as server:
        error = await failure(server.address, seconds=0.2)
        await asyncio.wait_for(server.abandoned.wait(), 5)
    assert (error.reason, len(server.asked)) == ("MODEL_UNREACHABLE", 1)
    assert "did not answer in time" in error.message


async def test_pauses_count_towards_the_deadline():
    async def forever(_: float) -> None:
        await asyncio.Event().wait()

    async with OpenAIServer(Fail(500)) as server:
        error = await failure(server.address, seconds=0.2, sleep=forever)
    assert "did not answer in time" in error.message


async def test_a_pause_that_the_endpoint_asks_for_is_made():
    sleeps = Sleeps()
    server = OpenAIServer(Fail(429, retry_after="3"), Fail(503), say("{}"))
    async with server, endpoint_at(server.address, sleep=sleeps) as endpoint:
        assert (await endpoint.complete(HELLO, SCHEMA))[0] == "{}"
    assert sleeps.made == [3.0, 1.0]


async def test_a_pause_that_is_too_long_is_not_made():
    sleeps = Sleeps()
    async with OpenAIServer(Fail(429, retry_after="120")) as server:
        error = await failure(server.address, sleep=sleeps)
    assert (error.reason, sleeps.made, len(server.asked)) == ("MODEL_OVERLOADED", [], 1)


async def test_retries_and_probes_count_as_one_model_call():
    supports = EVERYTHING - {"json_schema"}
    server = OpenAIServer(Fail(503), say("{}"), supports=supports)
    async with server, endpoint_at(server.address) as endpoint:
        _, usage = await endpoint.complete(HELLO, SCHEMA)
    assert (usage.model_calls, len(server.asked)) == (1, 3)


async def test_cancelling_closes_the_request():
    async with OpenAIServer(Hang()) as server, endpoint_at(server.address) as endpoint:
        asking = asyncio.create_task(endpoint.complete(HELLO, SCHEMA))
        await asyncio.wait_for(server.waiting.wait(), 5)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await asyncio.wait_for(server.abandoned.wait(), 5)


async def test_a_cancelled_first_contact_does_not_block_the_next():
    async with OpenAIServer(Hang(), say("{}")) as server, endpoint_at(server.address) as endpoint:
        first = asyncio.create_task(endpoint.complete(HELLO, SCHEMA))
        await asyncio.wait_for(server.waiting.wait(), 5)
        second = asyncio.create_task(endpoint.complete(HELLO, SCHEMA))
        first.cancel()
        assert (await asyncio.wait_for(second, 5))[0] == "{}"


async def test_pieces_arrive_before_the_answer_is_complete():
    gate = asyncio.Event()
    server = OpenAIServer(Say(pieces=("Done", ".", " Bye."), gate=gate))
    async with server, endpoint_at(server.address) as endpoint:
        pieces = endpoint.stream(HELLO, lambda _: None)
        assert await anext(pieces) == "Done"
        gate.set()
        assert [piece async for piece in pieces] == [".", " Bye."]


async def test_a_stream_tells_its_usage():
    async with OpenAIServer(say("a", "b")) as server, endpoint_at(server.address) as endpoint:
        assert await streamed(endpoint) == ("ab", Usage(model_calls=1, prompt_tokens=100, completion_tokens=20))
    assert server.asked[0].body["stream_options"] == {"include_usage": True}


async def test_an_endpoint_without_stream_options_is_probed_once_and_its_usage_estimated():
    supports = EVERYTHING - {"stream_options"}
    server = OpenAIServer(always=lambda _: say("four", "four"), supports=supports)
    async with server, endpoint_at(server.address) as endpoint:
        await streamed(endpoint)
        text, usage = await streamed(endpoint)
    assert (text, usage.model_calls, usage.completion_tokens) == ("fourfour", 1, 2)
    assert usage.prompt_tokens > 0
    assert ["stream_options" in asked.body for asked in server.asked] == [True, False, False]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Say(pieces=("Half", " of", " it"), resets_after=2), "MODEL_UNREACHABLE"),
        (Say(pieces=("Half", " of", " it"), stops_after=2), "MODEL_NONSENSE"),
    ],
)
async def test_a_stream_that_breaks_off_says_so_after_what_was_said(answer: Say, reason: str):
    pieces: list[str] = []
    spent: list[Usage] = []
    async with OpenAIServer(answer) as server, endpoint_at(server.address) as endpoint:
        with pytest.raises(ModelError) as caught:
            await collected(endpoint, pieces, spent)
    assert caught.value.reason == reason
    assert pieces[:1] == ["Half"]
    assert [usage.model_calls for usage in spent] == [1]


async def test_an_empty_stream_is_an_error():
    async with OpenAIServer(say()) as server, endpoint_at(server.address) as endpoint:
        with pytest.raises(ModelError, match="it is empty"):
            await streamed(endpoint)


async def test_a_stream_that_stalls_is_given_up():
    stalled = Say(pieces=("Half", "more"), gate=asyncio.Event())
    async with OpenAIServer(stalled) as server, endpoint_at(server.address, seconds=0.3) as endpoint:
        with pytest.raises(ModelError, match="did not answer in time"):
            await streamed(endpoint)
        await asyncio.wait_for(server.abandoned.wait(), 5)


async def test_a_stream_that_trickles_for_ever_is_given_up_too():
    trickle = Say(pieces=("drop",) * 1_000, pause=0.05)
    async with OpenAIServer(trickle) as server, endpoint_at(server.address, seconds=0.3) as endpoint:
        with pytest.raises(ModelError, match="did not answer in time"):
            await streamed(endpoint)
        await asyncio.wait_for(server.abandoned.wait(), 5)


async def test_leaving_a_stream_closes_the_request_and_counts_what_was_said():
    spent: list[Usage] = []
    endless = Say(pieces=("Half", "more"), gate=asyncio.Event())
    async with OpenAIServer(endless) as server, endpoint_at(server.address) as endpoint:
        async with aclosing(endpoint.stream(HELLO, spent.append)) as pieces:
            assert await anext(pieces) == "Half"
        await asyncio.wait_for(server.abandoned.wait(), 5)
    assert [usage.completion_tokens for usage in spent] == [1]


async def test_a_refused_stream_is_tried_again_like_any_request():
    async with OpenAIServer(Fail(503), say("ok")) as server, endpoint_at(server.address) as endpoint:
        assert (await streamed(endpoint))[0] == "ok"
