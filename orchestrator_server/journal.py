"""Where turns are written down. Every transition is one transaction, together with the events that tell of it.

received → planned → (awaiting approval) → call reserved → outcome → replied and ended. Whoever holds the lease of a
conversation writes; each write checks the fence, so an instance that lost it writes nothing more. Windows are told
after the commit, never before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from llm_orchestrator.orchestrator.v1 import chat_pb2

from orchestrator_server import event_sql, lease_sql, turn_sql
from orchestrator_server.event_codec import encode, timestamp
from orchestrator_server.events import Event
from orchestrator_server.lease_sql import Lease
from orchestrator_server.memory_values import StoredTurn
from orchestrator_server.store import Store, Work
from orchestrator_server.turn_sql import Received
from orchestrator_server.turn_values import TurnStart
from orchestrator_server.windows import Windows

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """The journal of one instance. `owner` names it among all; a lease lasts `lease_seconds` unless it is renewed."""

    store: Store
    windows: Windows
    owner: str
    lease_seconds: float

    async def receive(self, start: TurnStart, most_waiting: int) -> Received:
        """Stores a turn, unless it is known. Raises ResourceExhausted where too many wait."""
        return await self.store.write(start.conversation_id, partial(turn_sql.receive, start, most_waiting))

    async def claim(self, conversation_id: str) -> Lease | None:
        """The lease of a conversation; None while another instance holds it."""
        work = partial(lease_sql.claim, conversation_id, self.owner, self.lease_seconds, self.store.clock)
        return await self.store.write(conversation_id, work)

    async def next(self, lease: Lease) -> StoredTurn | None:
        """The turn that is to be worked on; where there is none the lease is given back. Raises LeaseLost."""
        return await self.store.write(lease.conversation_id, partial(_next, lease))

    async def renew(self, conversation_ids: Sequence[str]) -> frozenset[str]:
        """Which of the conversations are still held, for another while."""
        work = partial(lease_sql.renew, self.owner, conversation_ids, self.lease_seconds, self.store.clock)
        return await self.store.write(self.owner, work)

    async def release(self, lease: Lease) -> None:
        """Gives a conversation back with work left in it, for another instance to go on."""
        await self.store.write(lease.conversation_id, partial(lease_sql.release, lease))

    async def disown(self, gone: Callable[[str], bool]) -> None:
        """Ends the leases of instances that are surely `gone`."""
        for owner in await self.store.read(partial(lease_sql.owners, self.store.clock)):
            if owner != self.owner and gone(owner):
                await self.store.write(owner, partial(lease_sql.disown, owner))

    async def abandoned(self, limit: int) -> tuple[str, ...]:
        """Conversations with work and nobody who holds them."""
        return await self.store.read(partial(lease_sql.abandoned, self.store.clock, limit))

    async def cancel(self, conversation_id: str, turn_id: str) -> bool:
        """Notes that a turn is to stop, whichever instance works on it; False where it has ended."""
        return await self.store.write(conversation_id, partial(turn_sql.cancel, turn_id, conversation_id))

    async def cancelled(self, turn_ids: Sequence[str]) -> frozenset[str]:
        """Which of the turns are to stop."""
        return await self.store.read(partial(turn_sql.cancelled, turn_ids))

    async def commit(
        self, lease: Lease, turn_id: str, work: Callable[[], Work[T]], events: Sequence[Event], *, once: bool = False
    ) -> T:
        """What `work` returns, committed with `events`; then the windows are told. Raises LeaseLost.

        `once`: the events are left out where the turn has said something already.
        """
        now = datetime.now(UTC)
        responses = [_dated(encode(event, turn_id), now) for event in events]
        contents = [response.SerializeToString() for response in responses]
        writing = partial(_commit, lease, turn_id, work, contents, now, once)
        result, first = await self.store.write(lease.conversation_id, writing)
        if first:
            for place, response in enumerate(responses):
                response.number = first + place
            await self.windows.publish(lease.conversation_id, responses)
        return result


@dataclass(frozen=True, slots=True, kw_only=True)
class Scribe:
    """Writes one turn: the journal, the lease, and which turn it is."""

    journal: Journal
    lease: Lease
    turn_id: str

    async def commit(self, work: Callable[[], Work[T]], *events: Event) -> T:
        """One transition: what `work` returns, and the events that tell of it. Raises LeaseLost."""
        return await self.journal.commit(self.lease, self.turn_id, work, events)

    async def begin(self, event: Event) -> None:
        """The first word of the turn; nothing where an instance before this one has said it."""
        await self.journal.commit(self.lease, self.turn_id, nothing, [event], once=True)

    async def note(self, *events: Event) -> None:
        """Events that nothing else changes with."""
        await self.commit(nothing, *events)

    def tell(self, event: Event) -> None:
        """What is not stored: a piece of the reply."""
        self.journal.windows.tell(self.lease.conversation_id, encode(event, self.turn_id))

    async def read(self, work: Callable[[], Work[T]]) -> T:
        """What `work` returns; it must not write."""
        return await self.journal.store.read(work)


def nothing() -> Work[None]:
    """Changes nothing."""
    return
    yield


def _next(lease: Lease) -> Work[StoredTurn | None]:
    yield from lease_sql.insist(lease)
    turn = yield from turn_sql.next_turn(lease.conversation_id)
    if turn is None:
        yield from lease_sql.release(lease)
    return turn


def _commit(
    lease: Lease,
    turn_id: str,
    work: Callable[[], Work[T]],
    contents: Sequence[bytes],
    now: datetime,
    once: bool,
) -> Work[tuple[T, int]]:
    yield from lease_sql.insist(lease)
    result = yield from work()
    if not contents or (once and (yield from event_sql.has_any(turn_id))):
        return result, 0
    return result, (yield from event_sql.append(lease.conversation_id, turn_id, contents, now))


def _dated(response: chat_pb2.ChatResponse, now: datetime) -> chat_pb2.ChatResponse:
    response.created_at.CopyFrom(timestamp(now))
    return response
