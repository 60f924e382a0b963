"""The HTTP side of a model: tries again where that helps, and finds out what the endpoint understands."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeAlias

import openai

from orchestrator_server.model.dialect import Dialect, Refusal
from orchestrator_server.model.errors import NO_KEY, ModelAddress
from orchestrator_server.model.retries import pause_before_retry

Message: TypeAlias = dict[str, str]

LOOPBACK = ("localhost", "127.0.0.1", "::1")
CONNECT_SECONDS = 5.0


class ModelClient:
    """Sends requests. What was learned is kept for the life of this object."""

    def __init__(
        self,
        address: ModelAddress,
        *,
        seconds: float,
        max_retries: int,
        longest_pause: float,
        temperature: float,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._model = address.model
        self._max_retries = max_retries
        self._longest_pause = longest_pause
        self._temperature = temperature
        self._sleep = sleep
        self._dialect = Dialect()
        self._accepted: set[tuple[bool, bool]] = set()
        self._first_contact = asyncio.Lock()
        self._sdk = _sdk(address, seconds)

    async def ask(self, messages: Sequence[Message], schema: Mapping[str, Any] | None, *, is_stream: bool) -> Any:
        """What the SDK makes of the answer: a completion, or an open stream of chunks. Raises the SDK's errors.

        First contact of a kind is made by one caller; the others wait and profit from what it learned.
        """
        kind = (schema is not None, is_stream)
        if kind not in self._accepted:
            async with self._first_contact:
                if kind not in self._accepted:
                    answer = await self._negotiate(messages, schema, is_stream=is_stream, is_first=True)
                    self._accepted.add(kind)
                    return answer
        return await self._negotiate(messages, schema, is_stream=is_stream, is_first=False)

    async def close(self) -> None:
        """Closes the connections."""
        await self._sdk.close()

    async def _negotiate(
        self, messages: Sequence[Message], schema: Mapping[str, Any] | None, *, is_stream: bool, is_first: bool
    ) -> Any:
        """Asks for less until the endpoint accepts; only then is what was learned kept."""
        dialect = self._dialect
        while True:
            fields = dialect.fields(schema, is_stream=is_stream, temperature=self._temperature)
            try:
                answer = await self._try(messages, fields)
            except (openai.BadRequestError, openai.NotFoundError, openai.UnprocessableEntityError) as error:
                following = dialect.after(_refusal(error, is_first=is_first), fields)
                if following is None:
                    raise
                dialect = following
            else:
                self._dialect = dialect
                return answer

    async def _try(self, messages: Sequence[Message], fields: Mapping[str, Any]) -> Any:
        for attempt in range(self._max_retries):
            try:
                return await self._send(messages, fields)
            except openai.APIError as error:
                pause = pause_before_retry(error, attempt, self._longest_pause)
                if pause is None:
                    raise
                await self._sleep(pause)
        return await self._send(messages, fields)

    async def _send(self, messages: Sequence[Message], fields: Mapping[str, Any]) -> Any:
        request: dict[str, Any] = {"model": self._model, "messages": list(messages), **fields}
        return await self._sdk.chat.completions.create(**request)


def _refusal(error: openai.APIStatusError, *, is_first: bool) -> Refusal:
    text = f"{error.message} {error.param}"
    return Refusal(status=error.status_code, code=error.code or "", text=text, is_first=is_first)


def _sdk(address: ModelAddress, seconds: float) -> openai.AsyncOpenAI:
    """Tries are counted here, not in the SDK. A model on this machine is never asked through a proxy."""
    timeout = openai.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
    return openai.AsyncOpenAI(
        base_url=address.url,
        api_key=address.api_key or NO_KEY,
        max_retries=0,
        timeout=timeout,
        http_client=openai.DefaultAsyncHttpxClient(timeout=timeout, trust_env=address.host not in LOOPBACK),
    )
