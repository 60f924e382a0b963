"""One OpenAI-compatible endpoint and model: asks for a whole answer or for one in pieces, bounded in time.

Bootstrap makes one of it per endpoint and model; planner and composer share it, and with it what was learned.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any

import openai
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from orchestrator_server.model.client import Message, ModelClient
from orchestrator_server.model.errors import ModelAddress, ModelError, explain, nonsense
from orchestrator_server.model.tokens import usage_of
from orchestrator_server.plan import Usage


class ModelEndpoint:
    """Asks one model. `seconds` bounds a whole answer, all tries and pauses included; `longest_pause` one pause.

    A pause that the endpoint asks for and that is longer is not made: the request is given up at once.
    """

    def __init__(
        self,
        address: ModelAddress,
        *,
        seconds: float = 60.0,
        max_retries: int = 2,
        longest_pause: float = 8.0,
        temperature: float = 0.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.address = address
        self._seconds = seconds
        self._client = ModelClient(
            address,
            seconds=seconds,
            max_retries=max_retries,
            longest_pause=longest_pause,
            temperature=temperature,
            sleep=sleep,
        )

    async def complete(self, messages: Sequence[Message], schema: Mapping[str, Any] | None) -> tuple[str, Usage]:
        """The answer and what it took. With `schema` it is JSON as far as the endpoint can promise it.

        Raises ModelError.
        """
        try:
            async with asyncio.timeout(self._seconds):
                completion = await self._client.ask(messages, schema, is_stream=False)
        except (openai.OpenAIError, TimeoutError, ValueError) as error:
            raise explain(error, self.address) from None
        text = self._text(completion)
        return text, usage_of(completion.usage, messages, text)

    async def stream(self, messages: Sequence[Message], spend: Callable[[Usage], None]) -> AsyncGenerator[str, None]:
        """The answer in pieces, as they come; `spend` is told at the end what it took, also when it broke off.

        Raises ModelError. Close it (`contextlib.aclosing`) where it may not be read to its end.
        """
        pieces: list[str] = []
        counted: object = None
        ending: str | None = None
        async with aclosing(self._chunks(messages)) as chunks:
            try:
                async for chunk in chunks:
                    counted = chunk.usage or counted
                    text, ending = _piece(chunk, ending)
                    if text:
                        pieces.append(text)
                        yield text
            finally:
                spend(usage_of(counted, messages, "".join(pieces)) if pieces or counted else Usage())
        if not pieces or ending is None:
            raise nonsense(self.address, "it breaks off" if pieces else "it is empty")

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.close()

    async def _chunks(self, messages: Sequence[Message]) -> AsyncGenerator[ChatCompletionChunk, None]:
        deadline = asyncio.get_running_loop().time() + self._seconds
        try:
            async with asyncio.timeout_at(deadline):
                chunks = await self._client.ask(messages, None, is_stream=True)
            async with chunks:
                while (chunk := await _next(chunks, deadline)) is not None:
                    yield chunk
        except (openai.OpenAIError, TimeoutError, ValueError) as error:
            raise explain(error, self.address) from None

    def _text(self, completion: Any) -> str:
        """What the model said. The SDK builds its objects from whatever was sent, so nothing is taken on trust."""
        choices = completion.choices if isinstance(completion, ChatCompletion) else None
        if not choices or choices[0].message is None:
            raise nonsense(self.address, "what it sent is no chat completion")
        choice = choices[0]
        if choice.finish_reason == "content_filter" or choice.message.refusal:
            raise ModelError("MODEL_REFUSED", f"{self.address.model} declines to answer this; say it in other words.")
        if choice.finish_reason == "length":
            raise nonsense(self.address, "it is longer than the endpoint allows")
        if not choice.message.content:
            raise nonsense(self.address, "it is empty")
        return _whole(choice.message.content)


async def _next(chunks: openai.AsyncStream[ChatCompletionChunk], deadline: float) -> ChatCompletionChunk | None:
    async with asyncio.timeout_at(deadline):
        return await anext(chunks, None)


def _piece(chunk: ChatCompletionChunk, ending: str | None) -> tuple[str, str | None]:
    """The text of a chunk, and why the answer ended, once that is known. The last chunk carries usage alone."""
    if not chunk.choices:
        return "", ending
    choice = chunk.choices[0]
    return _whole(choice.delta.content or "" if choice.delta else ""), choice.finish_reason or ending


def _whole(text: str) -> str:
    """The text without halves of characters: JSON can escape half a surrogate pair, and nobody can be sent one."""
    return text.encode(errors="replace").decode()
