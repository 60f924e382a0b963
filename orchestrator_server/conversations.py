"""Conversations that this instance works on: one turn after the other in each, side by side with the others.

A turn belongs to the store, not to the stream that started it nor to the instance that received it. Whoever holds the
lease of a conversation works its turns off; a lease that is not renewed runs out, and another instance goes on.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from orchestrator_server import turn_sql
from orchestrator_server.events import Reply, ReplyKind, TurnFailed, UserSaid
from orchestrator_server.instance import gone
from orchestrator_server.journal import Journal, Scribe
from orchestrator_server.lease_sql import Lease, LeaseLost
from orchestrator_server.memory_values import StoredTurn
from orchestrator_server.run import Run
from orchestrator_server.turn import Turns
from orchestrator_server.turn_sql import TurnOver
from orchestrator_server.turn_values import Spending, Stop, TurnStart
from service_kit.errors import Unavailable

log = logging.getLogger(__name__)

MAX_WAITING_TURNS = 16
HARD_SECONDS = 60.0
"""How long a turn may go on past its deadline, for an effect that has left to be answered."""

LOOK_SECONDS = 1.0
"""How often the store is asked for turns to stop, and for conversations that nobody works on."""

TAKEN_AT_ONCE = 20


@dataclass(slots=True, eq=False)
class _Working:
    """A conversation that this instance holds or is about to: the turn that runs, and what stops it."""

    task: asyncio.Task[None] | None = None
    turn_id: str = ""
    stop: Stop = field(default_factory=Stop)
    lease: Lease | None = None
    is_wanted: bool = False


class Conversations:
    """What this instance works on. `turn_seconds` is how long a turn may take at the most."""

    def __init__(self, turns: Turns, journal: Journal, turn_seconds: float) -> None:
        self._turns = turns
        self._journal = journal
        self._turn_seconds = turn_seconds
        self._working: dict[str, _Working] = {}
        self._is_closing = False

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Keeps leases, and takes over what others left, for as long as the block runs; then lets running turns end."""
        tasks = [asyncio.create_task(self._renew()), asyncio.create_task(self._look_around())]
        try:
            yield
        finally:
            self._is_closing = True
            tasks[1].cancel()
            running = [working.task for working in self._working.values() if working.task]
            await asyncio.gather(*running, return_exceptions=True)
            tasks[0].cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def submit(self, start: TurnStart) -> int | None:
        """Stores a turn and has it worked on when its time has come; says how many stand before it.

        None where the turn is known already: its events tell the rest. Raises ResourceExhausted when too many wait.
        """
        received = await self._journal.receive(start, MAX_WAITING_TURNS)
        self._wake(start.conversation_id)
        return None if received.is_known else received.ahead

    async def cancel(self, conversation_id: str, turn_id: str) -> None:
        """Stops a turn if it runs or waits, wherever; what is done stays done. An unknown turn is nobody's loss."""
        if not await self._journal.cancel(conversation_id, turn_id):
            return
        working = self._working.get(conversation_id)
        if working is not None and working.turn_id == turn_id:
            working.stop.set()
        elif working is not None and working.lease is not None:
            await self._stop_waiting(working.lease, turn_id)

    async def running_turn(self, conversation_id: str) -> str:
        """The turn that is worked on at the moment, here or elsewhere; empty when there is none."""
        return await self._journal.store.read(partial(turn_sql.running, conversation_id))

    def is_busy(self, conversation_id: str) -> bool:
        """Does this instance work on the conversation?"""
        return conversation_id in self._working

    async def idle(self, conversation_id: str) -> None:
        """Returns once no turn of the conversation runs or waits, here or elsewhere."""
        while await self.running_turn(conversation_id):
            working = self._working.get(conversation_id)
            if working is not None and working.task is not None:
                await asyncio.wait({working.task})
            else:
                await asyncio.sleep(LOOK_SECONDS)

    def _wake(self, conversation_id: str) -> None:
        working = self._working.setdefault(conversation_id, _Working())
        working.is_wanted = True
        if working.task is None:
            working.task = asyncio.create_task(self._work(conversation_id, working))

    async def _work(self, conversation_id: str, working: _Working) -> None:
        """Works until nothing is left. Whatever comes meanwhile is noticed before the conversation is let go."""
        try:
            while working.is_wanted and not self._is_closing:
                working.is_wanted = False
                lease = await self._journal.claim(conversation_id)
                if lease is not None:
                    await self._work_off(lease, working)
        except LeaseLost:
            log.warning("lost a conversation to another instance", extra={"turn": working.turn_id})
        except Unavailable as error:
            log.warning("conversation left", extra={"turn": working.turn_id, "reason": error.reason})
        except Exception:
            log.exception("conversation", extra={"turn": working.turn_id})
        finally:
            del self._working[conversation_id]

    async def _work_off(self, lease: Lease, working: _Working) -> None:
        working.lease = lease
        while not self._is_closing and (turn := await self._journal.next(lease)) is not None:
            working.turn_id, working.stop = turn.start.turn_id, Stop()
            scribe = Scribe(journal=self._journal, lease=lease, turn_id=turn.start.turn_id)
            if turn.is_cancelled:
                working.stop.set()
            await self._run(turn, scribe, working.stop)
            log.info("turn", extra={"turn": turn.start.turn_id})
        if self._is_closing:
            await self._journal.release(lease)

    async def _run(self, turn: StoredTurn, scribe: Scribe, stop: Stop) -> None:
        deadline = asyncio.get_running_loop().call_later(self._turn_seconds, self._stop_late, stop)
        try:
            async with asyncio.timeout(self._turn_seconds + HARD_SECONDS):
                if stop.is_set() and turn.plan_id is None:
                    await self._never_begun(turn, scribe, stop)
                else:
                    await self._turns.run(turn, scribe, stop)
        except (LeaseLost, Unavailable):
            raise
        except TurnOver:  # it was cancelled while it was about to begin
            pass
        except TimeoutError:
            message = "That took far too long and I gave up. Look at what was done before you ask again."
            await self._fail(turn, scribe, stop, TurnFailed(reason="TOOK_TOO_LONG", message=message))
        except Exception:  # whatever broke, the turn ends with an event and the conversation goes on
            log.exception("turn", extra={"turn": turn.start.turn_id})
            message = "Something went wrong here. Look at what was done before you try again."
            await self._fail(turn, scribe, stop, TurnFailed(reason="INTERNAL", message=message))
        finally:
            deadline.cancel()

    async def _stop_waiting(self, lease: Lease, turn_id: str) -> None:
        """Ends a turn that has not begun, without waiting for those before it."""
        turn = await self._journal.store.read(partial(turn_sql.turn, turn_id, lease.conversation_id))
        if turn is not None:
            stop = Stop()
            stop.set()
            with suppress(LeaseLost, TurnOver):
                await self._never_begun(turn, Scribe(journal=self._journal, lease=lease, turn_id=turn_id), stop)

    async def _never_begun(self, turn: StoredTurn, scribe: Scribe, stop: Stop) -> None:
        run = Run(start=turn.start, scribe=scribe, stop=stop, spending=Spending(usage=turn.usage))
        await scribe.begin(UserSaid(text=turn.start.text))
        await run.end(Reply(text=stop.words, kind=ReplyKind.ANSWER))

    async def _fail(self, turn: StoredTurn, scribe: Scribe, stop: Stop, failed: TurnFailed) -> None:
        run = Run(start=turn.start, scribe=scribe, stop=stop, spending=Spending(usage=turn.usage))
        await run.fail(failed)

    def _stop_late(self, stop: Stop) -> None:
        """The time of a turn is over: it ends as if the user had stopped it, with what was done told."""
        stop.words = f"That took longer than {self._turn_seconds:g} seconds, so I stopped."
        stop.set()

    async def _renew(self) -> None:
        """Keeps the leases of what is worked on. One that was lost is noticed by its next write."""
        while True:
            await asyncio.sleep(self._journal.lease_seconds / 3)
            try:
                if self._working:
                    await self._journal.renew(list(self._working))
            except Unavailable as error:
                log.warning("leases not renewed", extra={"reason": error.reason})

    async def _look_around(self) -> None:
        """Stops what was cancelled elsewhere, and takes over what nobody works on."""
        while True:
            try:
                await self._journal.disown(gone)
                for conversation_id in await self._journal.abandoned(TAKEN_AT_ONCE):
                    self._wake(conversation_id)
                await self._stop_cancelled()
            except Unavailable as error:
                log.warning("store not asked", extra={"reason": error.reason})
            await asyncio.sleep(LOOK_SECONDS)

    async def _stop_cancelled(self) -> None:
        running = {one.turn_id: one for one in self._working.values() if one.turn_id and not one.stop.is_set()}
        if running:
            for turn_id in await self._journal.cancelled(list(running)):
                running[turn_id].stop.set()
