"""One chat stream: it opens, sends what was missed and then what happens, and hands what comes up to its intake."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial

from llm_orchestrator.orchestrator.v1 import chat_pb2

from orchestrator_server import event_sql, turn_sql
from orchestrator_server.chat_requests import Requests, first
from orchestrator_server.draining import drained
from orchestrator_server.intake import Intake, Rooms, idle
from orchestrator_server.store import Work
from orchestrator_server.windows import Listener, response_of
from service_kit.caller import Caller
from service_kit.errors import ResourceExhausted, ServiceError


class ChatStream:
    """A stream of `caller`; `new_id` names the conversation where it is a new one."""

    def __init__(self, rooms: Rooms, caller: Caller, new_id: str) -> None:
        self._rooms = rooms
        self._caller = caller
        self._conversation_id = new_id

    async def run(self, requests: Requests, planner: str) -> AsyncGenerator[chat_pb2.ChatResponse, None]:
        """Everything to send. Raises ServiceError where the conversation itself cannot go on."""
        opening = await self._opening(requests)
        self._conversation_id = opening.conversation_id or self._conversation_id
        last = await self._rooms.store.write(self._conversation_id, self._open)
        yield await self._opened(planner, last)
        seen = min(opening.last_event_seen, last)
        for event in await self._rooms.store.read(partial(event_sql.after, self._conversation_id, seen)):
            seen = event.number
            yield response_of(event)
        listening = self._rooms.windows.listening(self._conversation_id, seen)
        async with listening as listener, self._reading(requests, listener) as reader:
            async for response in _sent(listener, reader):
                yield response

    def _open(self) -> Work[int]:
        """The number of the last event of the conversation, which is made if it is new."""
        now = datetime.now(UTC)
        yield from turn_sql.open_conversation(self._conversation_id, self._caller.email, self._caller.agent, now)
        return (yield from event_sql.last(self._conversation_id))

    async def _opening(self, requests: Requests) -> chat_pb2.Open:
        longest = self._rooms.limits.idle_seconds
        try:
            async with asyncio.timeout(longest):
                return await first(requests)
        except TimeoutError as error:
            raise idle(longest) from error

    @asynccontextmanager
    async def _reading(self, requests: Requests, listener: Listener) -> AsyncIterator[asyncio.Task[None]]:
        intake = Intake(self._rooms, self._conversation_id, self._caller, listener)
        reader = asyncio.create_task(intake.run(requests))
        try:
            yield reader
        finally:
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)

    async def _opened(self, planner: str, last: int) -> chat_pb2.ChatResponse:
        opened = chat_pb2.Opened(
            conversation_id=self._conversation_id,
            last_event=last,
            planner=planner,
            email=self._caller.email,
            running_turn_id=await self._rooms.conversations.running_turn(self._conversation_id),
            agent=self._caller.agent,
        )
        return chat_pb2.ChatResponse(opened=opened)


async def _sent(listener: Listener, reader: asyncio.Task[None]) -> AsyncIterator[chat_pb2.ChatResponse]:
    """What the listener gets, until the reader is done and everything was sent."""
    async for response in drained(listener.queue, reader):
        if listener.is_behind:
            raise ResourceExhausted("TOO_SLOW", "Events came faster than they were read; reconnect to get the rest.")
        yield response
    if error := reader.exception():
        raise error if isinstance(error, ServiceError) else RuntimeError("reading the stream broke") from error
