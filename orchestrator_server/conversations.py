"""Conversations that are open: one writer each, any number of windows that listen.

A turn runs in a task of its conversation, not of the stream that started it: a window may close and come back. Events
are stored before they are sent; a listener that falls too far behind is let go and comes back with the last number it
has seen.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from llm_orchestrator.orchestrator.v1 import chat_pb2

from orchestrator_server.event_codec import encode, timestamp
from orchestrator_server.events import (
    ENDINGS,
    UNSTORED,
    Event,
    Reply,
    ReplyKind,
    TurnDone,
    TurnFailed,
    UserSaid,
)
from orchestrator_server.memory import Memory
from orchestrator_server.memory_values import TurnStatus
from orchestrator_server.plan import Usage
from orchestrator_server.turn import Turns
from orchestrator_server.turn_values import Stop, TurnStart
from service_kit.errors import ResourceExhausted

log = logging.getLogger(__name__)

MAX_WAITING_TURNS = 16
MAX_UNSENT_EVENTS = 2_000
HARD_SECONDS = 60.0
"""How long a turn may go on past its deadline, for an effect that has left to be answered."""


@dataclass(slots=True, eq=False)
class Listener:
    """One window. `is_behind` is set when it was let go because it read too slowly; `put_at` is monotonic."""

    queue: asyncio.Queue[chat_pb2.ChatResponse] = field(default_factory=lambda: asyncio.Queue(MAX_UNSENT_EVENTS))
    is_behind: bool = False
    put_at: float = field(default_factory=time.monotonic)

    def put(self, response: chat_pb2.ChatResponse) -> None:
        """Hands an event over without waiting."""
        self.put_at = time.monotonic()
        try:
            self.queue.put_nowait(response)
        except asyncio.QueueFull:
            self.is_behind = True


@dataclass(slots=True, eq=False)
class _Live:
    """A conversation with windows or work."""

    waiting: list[TurnStart] = field(default_factory=list)
    listeners: set[Listener] = field(default_factory=set)
    running: TurnStart | None = None
    stop: Stop = field(default_factory=Stop)
    task: asyncio.Task[None] | None = None


class Conversations:
    """All open conversations of this process. `turn_seconds` is how long a turn may take at the most."""

    def __init__(self, turns: Turns, memory: Memory, turn_seconds: float) -> None:
        self._turns = turns
        self._memory = memory
        self._turn_seconds = turn_seconds
        self._live: dict[str, _Live] = {}

    @asynccontextmanager
    async def listening(self, conversation_id: str) -> AsyncIterator[Listener]:
        """A listener for as long as the block runs."""
        live = self._live.setdefault(conversation_id, _Live())
        listener = Listener()
        live.listeners.add(listener)
        try:
            yield listener
        finally:
            live.listeners.discard(listener)
            self._forget_idle(conversation_id, live)

    def running_turn(self, conversation_id: str) -> str:
        """The turn that runs at the moment; empty when there is none."""
        live = self._live.get(conversation_id)
        return live.running.turn_id if live and live.running else ""

    async def idle(self, conversation_id: str) -> None:
        """Returns once no turn runs or waits in the conversation."""
        live = self._live.get(conversation_id)
        if live and live.task:
            await asyncio.wait({live.task})

    async def submit(self, start: TurnStart) -> int | None:
        """Stores a turn and runs it when its time has come; says how many run before it.

        None where the turn is known already: its events tell the rest. Raises ResourceExhausted when too many wait.
        """
        live = self._live.setdefault(start.conversation_id, _Live())
        if len(live.waiting) >= MAX_WAITING_TURNS:
            raise ResourceExhausted("TOO_MANY_WAITING", "Too many messages wait already; let me answer them first.")
        if not await self._memory.begin_turn(start.turn_id, start.conversation_id, start.text, start.now):
            return None
        live.waiting.append(start)
        ahead = len(live.waiting) - 1 + (live.running is not None)
        if live.task is None:
            live.task = asyncio.create_task(self._run_all(start.conversation_id, live))
        return ahead

    async def cancel(self, conversation_id: str, turn_id: str) -> None:
        """Stops a turn if it runs or waits; what is done stays done. An unknown turn is nobody's loss."""
        live = self._live.get(conversation_id)
        if live is None:
            return
        if live.running and live.running.turn_id == turn_id:
            live.stop.set()
        for start in [waiting for waiting in live.waiting if waiting.turn_id == turn_id]:
            live.waiting.remove(start)
            await self._memory.end_turn(turn_id, TurnStatus.DONE, Stop.words, Usage())
            stopped = (UserSaid(text=start.text), Reply(text=Stop.words, kind=ReplyKind.ANSWER))
            for event in (*stopped, TurnDone(usage=Usage(), is_cancelled=True)):
                await self._publish(event, turn_id, conversation_id, live)

    async def close(self) -> None:
        """Lets running turns end."""
        tasks = [live.task for live in self._live.values() if live.task]
        await asyncio.gather(*tasks, return_exceptions=True)

    async def tell_interrupted(self) -> None:
        """Ends the turns that an earlier process left in the middle: nothing is guessed, the user is told."""
        for turn_id, conversation_id in await self._memory.unfinished_turns():
            failed = TurnFailed(
                reason="INTERRUPTED",
                message="I was restarted while I worked on this. Not all that was done may be shown;"
                " look before you ask for it again.",
            )
            await self._memory.end_turn(turn_id, TurnStatus.FAILED, failed.message, Usage())
            await self._publish(failed, turn_id, conversation_id, _Live())

    async def _run_all(self, conversation_id: str, live: _Live) -> None:
        try:
            while live.waiting:
                live.running = live.waiting.pop(0)
                live.stop = Stop()
                await self._run(live.running, live)
                live.running = None
        finally:
            live.running, live.task = None, None
            self._forget_idle(conversation_id, live)

    async def _run(self, start: TurnStart, live: _Live) -> None:
        deadline = asyncio.get_running_loop().call_later(self._turn_seconds, self._stop_late, live.stop)
        try:
            async with asyncio.timeout(self._turn_seconds + HARD_SECONDS):
                async for event in self._turns.run(start, live.stop):
                    await self._publish(event, start.turn_id, start.conversation_id, live)
        except TimeoutError:
            message = "That took far too long and I gave up. Look at what was done before you ask again."
            await self._fail(start, live, TurnFailed(reason="TOOK_TOO_LONG", message=message))
        except Exception:  # whatever broke, the turn ends with an event and the conversation goes on
            log.exception("turn", extra={"turn": start.turn_id})
            message = "Something went wrong here. Look at what was done before you try again."
            await self._fail(start, live, TurnFailed(reason="INTERNAL", message=message))
        finally:
            deadline.cancel()

    def _stop_late(self, stop: Stop) -> None:
        """The time of a turn is over: it ends as if the user had stopped it, with what was done told."""
        stop.words = f"That took longer than {self._turn_seconds:g} seconds, so I stopped."
        stop.set()

    async def _fail(self, start: TurnStart, live: _Live, event: TurnFailed) -> None:
        """Ends a turn that broke. Where even that cannot be stored, the windows are told at least."""
        try:
            await self._memory.end_turn(start.turn_id, TurnStatus.FAILED, event.message, Usage())
            await self._publish(event, start.turn_id, start.conversation_id, live)
        except Exception:  # the store is gone: the next start tells the rest
            log.exception("turn", extra={"turn": start.turn_id})
            for listener in live.listeners:
                listener.put(encode(event, start.turn_id))

    async def _publish(self, event: Event, turn_id: str, conversation_id: str, live: _Live) -> None:
        response = encode(event, turn_id)
        if not isinstance(event, UNSTORED):
            now = datetime.now(UTC)
            response.created_at.CopyFrom(timestamp(now))
            content = response.SerializeToString()
            response.number = await self._memory.append_event(conversation_id, turn_id, content, now)
        for listener in live.listeners:
            listener.put(response)
        if isinstance(event, ENDINGS):
            log.info("turn", extra={"turn": turn_id, "ended": type(event).__name__})

    def _forget_idle(self, conversation_id: str, live: _Live) -> None:
        if not live.listeners and live.task is None and self._live.get(conversation_id) is live:
            del self._live[conversation_id]
