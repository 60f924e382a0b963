"""A small OpenAI-compatible server on loopback, scripted by the test that starts it. Records what it is asked.

    async with OpenAIServer(say('{"kind": ...}'), Fail(429, retry_after="0")) as server:
        endpoint = ModelEndpoint(server.address)

It refuses what real endpoints refuse, in their words: unknown keys and models, formats that it does not support, and
schemas that are not strict.
"""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias

from aiohttp import web

from orchestrator_server.model.errors import ModelAddress
from tests.unit.model.strict_schema import strict_faults

EVERYTHING = frozenset({"json_schema", "json_object", "stream_options", "temperature"})
KEY = "sk-test-0123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """An answer. Streamed in `pieces`, `pause` seconds apart; where `gate` is set, all but the first wait for it.

    `resets_after` tears the connection after so many pieces, `stops_after` ends the stream there in good order.
    """

    pieces: tuple[str, ...]
    finish_reason: str = "stop"
    refusal: str | None = None
    usage: tuple[int, int] | None = (100, 20)
    gate: asyncio.Event | None = None
    pause: float = 0.0
    resets_after: int | None = None
    stops_after: int | None = None


@dataclass(frozen=True, slots=True)
class Fail:
    """An error, as endpoints word it."""

    status: int
    message: str = "it went wrong"
    code: str | None = None
    retry_after: str | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """Some bytes under the name of JSON."""

    body: str


@dataclass(frozen=True, slots=True)
class Hang:
    """No answer at all; the connection stays open."""


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection is torn before any answer."""


Answer: TypeAlias = Say | Fail | Raw | Hang | Reset


def say(*pieces: str) -> Say:
    """A plain answer."""
    return Say(pieces=pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request for a completion: its body, and the key it came with."""

    body: Mapping[str, Any]
    key: str

    @property
    def messages(self) -> list[dict[str, str]]:
        """The messages."""
        return list(self.body["messages"])

    @property
    def last(self) -> str:
        """The text of the last message."""
        return self.messages[-1]["content"]

    @property
    def format(self) -> str:
        """`json_schema`, `json_object` or nothing."""
        return str(self.body.get("response_format", {}).get("type", ""))


@dataclass(slots=True)
class _Script:
    answers: list[Answer] = field(default_factory=list)
    always: Callable[[Asked], Answer] | None = None

    def next(self, asked: Asked) -> Answer:
        if self.always is not None:
            return self.always(asked)
        return self.answers.pop(0) if self.answers else Fail(409, "the test's script is over")


class OpenAIServer:
    """Answers `/v1/chat/completions` and `/v1/models`: with `answers`, each once, or `always` by a function.

    What is not in `supports` is refused. `asked` holds every request, refused ones too. `abandoned` is set when a
    client goes away before it was answered.
    """

    def __init__(
        self,
        *answers: Answer,
        always: Callable[[Asked], Answer] | None = None,
        supports: frozenset[str] = EVERYTHING,
        refuses_with: int = 400,
        model: str = "test-model",
    ) -> None:
        self.asked: list[Asked] = []
        self.abandoned = asyncio.Event()
        self.waiting = asyncio.Event()
        self.base_url = ""
        self._script = _Script(list(answers), always)
        self._supports = supports
        self._refuses_with = refuses_with
        self._model = model

    @property
    def address(self) -> ModelAddress:
        """Where it is, with a key that it accepts."""
        return ModelAddress(base_url=self.base_url, model=self._model, api_key=KEY)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_get("/v1/models", self._models)
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _models(self, _: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": self._model, "object": "model"}]})

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        asked = Asked(body=await request.json(), key=request.headers.get("authorization", "").removeprefix("Bearer "))
        self.asked.append(asked)
        answer = self._refusal(asked) or self._script.next(asked)
        try:
            return await self._give(answer, asked, request)
        except asyncio.CancelledError:
            self.abandoned.set()
            raise

    def _refusal(self, asked: Asked) -> Fail | None:
        if asked.key != KEY:
            return Fail(401, f"Incorrect API key provided: {asked.key}.", "invalid_api_key")
        if asked.body["model"] != self._model:
            return Fail(404, f"The model `{asked.body['model']}` does not exist.", "model_not_found")
        for name in ("temperature", "stream_options"):
            if name in asked.body and name not in self._supports:
                return Fail(400, f"Unsupported parameter: '{name}'.", "unsupported_parameter")
        if asked.format and asked.format not in self._supports:
            return Fail(self._refuses_with, f"response_format type '{asked.format}' is not supported")
        faults = (
            list(strict_faults(asked.body["response_format"]["json_schema"])) if asked.format == "json_schema" else []
        )
        return Fail(400, f"Invalid schema for response_format: {faults[0]}") if faults else None

    async def _give(self, answer: Answer, asked: Asked, request: web.Request) -> web.StreamResponse:
        match answer:
            case Say():
                return await (_stream if asked.body.get("stream") else self._whole)(answer, asked, request)
            case Fail():
                return _failure(answer)
            case Raw():
                return web.Response(text=answer.body, content_type="application/json")
            case Hang():
                self.waiting.set()
                await asyncio.Event().wait()
            case Reset():
                assert request.transport is not None
                request.transport.abort()
        return web.Response()

    async def _whole(self, answer: Say, asked: Asked, _: web.Request) -> web.Response:
        if answer.gate is not None:
            self.waiting.set()
            await answer.gate.wait()
        message = {"role": "assistant", "content": "".join(answer.pieces), "refusal": answer.refusal}
        choice = {"index": 0, "message": message, "finish_reason": answer.finish_reason}
        head = {"id": "c1", "object": "chat.completion", "created": 0, "model": asked.body["model"]}
        return web.json_response(head | {"choices": [choice], "usage": _usage(answer)})


async def _stream(answer: Say, asked: Asked, request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"content-type": "text/event-stream"})
    await response.prepare(request)
    for count, chunk in enumerate(_chunks(answer, asked)):
        if count == answer.resets_after:
            assert request.transport is not None
            request.transport.abort()
            return response
        if count == answer.stops_after:
            return response
        if count and answer.gate is not None:
            await answer.gate.wait()
        await asyncio.sleep(answer.pause)
        await response.write(f"data: {json.dumps(chunk)}\n\n".encode())
    await response.write(b"data: [DONE]\n\n")
    return response


def _chunks(answer: Say, asked: Asked) -> Iterator[dict[str, Any]]:
    head = {"id": "c1", "object": "chat.completion.chunk", "created": 0, "model": asked.body["model"]}
    for piece in answer.pieces:
        yield head | {"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
    yield head | {"choices": [{"index": 0, "delta": {}, "finish_reason": answer.finish_reason}]}
    if asked.body.get("stream_options", {}).get("include_usage"):
        yield head | {"choices": [], "usage": _usage(answer)}


def _usage(answer: Say) -> dict[str, int] | None:
    if answer.usage is None:
        return None
    prompt, completion = answer.usage
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _failure(answer: Fail) -> web.Response:
    headers = {} if answer.retry_after is None else {"retry-after": answer.retry_after}
    error = {"message": answer.message, "type": "error", "code": answer.code, "param": None}
    return web.json_response({"error": error}, status=answer.status, headers=headers)
