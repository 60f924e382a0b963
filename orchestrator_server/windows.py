"""The windows of this instance: who listens to which conversation, and what each has been sent.

Events are sent in the order of their numbers, none twice and none left out: what was committed here is handed on at
once, what another instance committed is read when its change is noticed, and a gap is always filled from the store.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from llm_orchestrator.orchestrator.v1 import chat_pb2

from orchestrator_server import event_sql
from orchestrator_server.memory_values import StoredEvent
from orchestrator_server.store import Store

MAX_UNSENT_EVENTS = 2_000


@dataclass(slots=True, eq=False)
class Listener:
    """One window. `last` is the number of the last event it was sent; `is_behind`: it was let go, it read too slowly.

    `put_at` is monotonic.
    """

    last: int = 0
    queue: asyncio.Queue[chat_pb2.ChatResponse] = field(default_factory=lambda: asyncio.Queue(MAX_UNSENT_EVENTS))
    is_behind: bool = False
    put_at: float = field(default_factory=time.monotonic)

    def put(self, response: chat_pb2.ChatResponse) -> None:
        """Hands an event over without waiting."""
        self.put_at = time.monotonic()
        self.last = max(self.last, response.number)
        try:
            self.queue.put_nowait(response)
        except asyncio.QueueFull:
            self.is_behind = True


class Windows:
    """All listeners of this instance, by conversation."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self._reading: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def listening(self, conversation_id: str, after: int) -> AsyncIterator[Listener]:
        """A listener that gets the stored events behind the number `after`, and then what happens."""
        listener = Listener(last=after)
        self._listeners[conversation_id].add(listener)
        try:
            await self.read_on(conversation_id)
            yield listener
        finally:
            self._listeners[conversation_id].discard(listener)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]
                self._reading.pop(conversation_id, None)

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Notices what other instances commit, for as long as the block runs."""
        task = asyncio.create_task(self._follow())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def publish(self, conversation_id: str, responses: Iterable[chat_pb2.ChatResponse]) -> None:
        """Hands on what was just committed here; where something before it is missing, that is read first."""
        if conversation_id not in self._listeners:
            return
        responses = list(responses)
        if any(one.number > each.last + 1 for each in self._listeners[conversation_id] for one in responses[:1]):
            await self.read_on(conversation_id)
        self._hand_on(conversation_id, responses)

    def tell(self, conversation_id: str, response: chat_pb2.ChatResponse) -> None:
        """Hands on what is not stored: pieces of a reply."""
        for listener in self._listeners.get(conversation_id, ()):
            listener.put(response)

    async def read_on(self, conversation_id: str) -> None:
        """Sends the listeners of the conversation what is stored and they have not had."""
        async with self._reading[conversation_id]:
            listeners = self._listeners.get(conversation_id)
            if not listeners:
                return
            after = min(listener.last for listener in listeners)
            found = await self._store.read(partial(event_sql.after, conversation_id, after))
            self._hand_on(conversation_id, map(response_of, found))

    def _hand_on(self, conversation_id: str, responses: Iterable[chat_pb2.ChatResponse]) -> None:
        for response in responses:
            for listener in self._listeners.get(conversation_id, ()):
                if response.number == 0 or response.number == listener.last + 1:
                    listener.put(response)

    async def _follow(self) -> None:
        async for changed in self._store.changed():
            names = [name for name in changed or self._listeners if name in self._listeners]
            seen = {name: min(each.last for each in self._listeners[name]) for name in names}
            if seen:  # what was committed here has been handed on already
                for conversation_id in await self._store.read(partial(event_sql.behind, seen)):
                    await self.read_on(conversation_id)


def response_of(event: StoredEvent) -> chat_pb2.ChatResponse:
    """A stored event as it is sent."""
    response = chat_pb2.ChatResponse.FromString(event.content)
    response.number = event.number
    return response
