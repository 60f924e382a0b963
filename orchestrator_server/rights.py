"""What people may do with what is kept of them: take it with them, and have it deleted.

Both are for the customers themselves: a member of support who acts for one of them may do neither.
"""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from functools import partial

from orchestrator_server import erasure_sql, event_sql, history
from orchestrator_server.history import ConversationSummary, Exchange
from orchestrator_server.memory_values import StoredEvent
from orchestrator_server.store import Row, Statement, Store, Work
from service_kit.caller import Caller
from service_kit.errors import FailedPrecondition, NotFound, PermissionDenied

AT_ONCE = 20
"""Conversations that are deleted side by side, each in a transaction of its own."""

USED = """
SELECT id FROM conversations WHERE email = ?
    AND EXISTS (SELECT 1 FROM turns WHERE turns.conversation_id = conversations.id)
ORDER BY updated_at DESC, id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Everything that is kept of one conversation, oldest first."""

    summary: ConversationSummary
    exchanges: list[Exchange]
    events: tuple[StoredEvent, ...]


class Rights:
    """The rights of people over what `store` keeps of them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def export(self, caller: Caller, conversation_id: str = "") -> AsyncGenerator[Kept, None]:
        """One conversation of the caller, or all of them, newest first. Raises NotFound and PermissionDenied."""
        _insist_on_oneself(caller)
        if conversation_id:
            yield await self._store.read(partial(_kept, conversation_id, caller))
            return
        for (each,) in await self._store.read(partial(_rows, USED, caller.email)):
            try:
                kept = await self._store.read(partial(_kept, each, caller))
            except NotFound:  # deleted meanwhile
                continue
            yield kept

    async def delete(self, caller: Caller, conversation_id: str) -> int:
        """Deletes one conversation of the caller; 1 where anything had been said in it, 0 otherwise.

        Raises NotFound, PermissionDenied, and FailedPrecondition while a turn of it runs.
        """
        _insist_on_oneself(caller)
        gone = await self._erase(conversation_id, caller)
        await self._store.sweep()
        return gone

    async def delete_all(self, caller: Caller) -> int:
        """Deletes the caller's conversations; in how many of them anything had been said.

        Raises PermissionDenied. Those in which a turn runs are left; then FailedPrecondition is raised at the end.
        """
        _insist_on_oneself(caller)
        gone = running = 0
        last = ""
        while ids := await self._store.read(partial(erasure_sql.of_person, caller.email, last, AT_ONCE)):
            last = ids[-1]
            for outcome in await asyncio.gather(*(self._erase_if_idle(each, caller) for each in ids)):
                gone += outcome or 0
                running += outcome is None
        await self._store.sweep()
        if running:
            message = f"Turns still run in {running} of your conversations; the other {gone} are deleted."
            raise FailedPrecondition("TURN_RUNNING", f"{message} Wait, then delete again.", deleted=str(gone))
        return gone

    async def _erase_if_idle(self, conversation_id: str, caller: Caller) -> int | None:
        """None where a turn of it runs."""
        try:
            return await self._erase(conversation_id, caller)
        except FailedPrecondition:
            return None
        except NotFound:  # deleted meanwhile
            return 0

    async def _erase(self, conversation_id: str, caller: Caller) -> int:
        work = partial(erasure_sql.erase, conversation_id, caller.email)
        return int(await self._store.write(conversation_id, work))


def _insist_on_oneself(caller: Caller) -> None:
    if caller.agent:
        message = "Only customers themselves export or delete their conversations; ask them to do it."
        raise PermissionDenied("NOT_FOR_SUPPORT", message)


def _kept(conversation_id: str, caller: Caller) -> Work[Kept]:
    summary, exchanges = yield from history.conversation(conversation_id, caller)
    events = yield from event_sql.after(conversation_id, 0)
    return Kept(summary=summary, exchanges=exchanges, events=events)


def _rows(sql: str, *values: object) -> Work[list[Row]]:
    return list((yield Statement(sql, values)))
