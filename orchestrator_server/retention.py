"""How long things are kept: removes what has passed its time, a little at once, again and again.

Any number of instances may do so at the same time: each batch is one transaction that asks anew what may go, about the
one conversation that goes.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from orchestrator_server.store import Row, Statement, Store, Work
from service_kit.errors import Unavailable
from service_kit.settings import PREFIX, Environment
from service_kit.times import to_text

log = logging.getLogger(__name__)

EVERY_SECONDS = 600.0
BATCH = 100
SHORTEST_AUDIT = 30
"""Days; the database itself refuses to remove what is younger."""

CLOCKS = timedelta(hours=1)
"""By how much the database's clock may be behind."""

SHORTEST_CATALOGUE = timedelta(days=30)
"""A contract may be in use without any plan of late that was made with it."""

MAY_GO = """
updated_at < ? AND lease_until < {clock}
    AND NOT EXISTS (SELECT 1 FROM turns WHERE turns.conversation_id = conversations.id AND turns.ended = 0)
"""
OLD = "SELECT id FROM conversations WHERE {may_go} ORDER BY updated_at LIMIT ?"
GOES = "UPDATE conversations SET fence = fence + 1 WHERE id = ? AND {may_go} RETURNING id"
"""Held until the end of the transaction, so that nobody leases what is about to go."""

OF_PLANS = ("calls", "outcomes", "opinions", "answers", "approvals")
OF_CONVERSATION = ("approvals", "questions", "events", "plans", "turns")
OLD_AUDIT = """
DELETE FROM {table} WHERE created_at <= (
    SELECT MAX(created_at) FROM (SELECT created_at FROM {table} WHERE created_at < ? ORDER BY created_at LIMIT ?) AS old
) RETURNING number
"""
"""At least as many as the limit says, where there are so many: those of one moment go together."""

AUDIT = ("_audit", "collected_audit")
UNUSED_CATALOGUES = """
DELETE FROM catalogues WHERE seen_at < ?
    AND NOT EXISTS (SELECT 1 FROM plans WHERE plans.catalogue_etag = catalogues.etag)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """For how long; `conversations` counts from the last word, None keeps them for ever."""

    conversations: timedelta | None = timedelta(days=365)
    audit: timedelta = timedelta(days=400)


def keep_settings(environment: Environment) -> Keep:
    """Reads `LLM_ORCHESTRATOR_KEEP_CONVERSATION_DAYS` (0: for ever) and `LLM_ORCHESTRATOR_KEEP_AUDIT_DAYS`."""
    days = environment.integer(PREFIX + "KEEP_CONVERSATION_DAYS", 365, 0, 36_500)
    return Keep(
        conversations=timedelta(days=days) if days else None,
        audit=timedelta(days=environment.integer(PREFIX + "KEEP_AUDIT_DAYS", 400, SHORTEST_AUDIT, 36_500)),
    )


class Retention:
    """Removes from `store` what is older than `keep` says."""

    def __init__(self, store: Store, keep: Keep, every_seconds: float = EVERY_SECONDS) -> None:
        self._store = store
        self._keep = keep
        self._every_seconds = every_seconds

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Removes in the background until the block ends."""
        task = asyncio.create_task(self._keep_removing())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def remove(self, now: datetime) -> int:
        """Removes everything that has passed its time at `now`; how many conversations that were."""
        gone = 0
        if self._keep.conversations is not None:
            gone = await self._remove_conversations(to_text(now - self._keep.conversations))
        for table in AUDIT:
            work = partial(_remove_audit, table, to_text(now - self._keep.audit - CLOCKS))
            while await self._store.write(table, work) >= BATCH:
                pass
        unused = to_text(now - max(self._keep.conversations or self._keep.audit, SHORTEST_CATALOGUE))
        await self._store.write("catalogues", lambda: _run(UNUSED_CATALOGUES, unused))
        return gone

    async def _remove_conversations(self, oldest: str) -> int:
        """One transaction each: they wait for nobody else's, and stop nobody for long."""
        may_go = MAY_GO.format(clock=self._store.clock)
        old, goes = OLD.format(may_go=may_go), GOES.format(may_go=may_go)
        gone = 0
        while rows := await self._store.read(lambda: _run(old, oldest, BATCH)):
            for (name,) in rows:
                gone += await self._store.write(name, partial(_remove, goes, name, oldest))
        return gone

    async def _keep_removing(self) -> None:
        while True:
            try:
                if gone := await self.remove(datetime.now(UTC)):
                    log.info("conversations passed their time", extra={"count": gone})
            except Unavailable:
                log.warning("what has passed its time could not be removed; trying again later")
            except Exception:  # a round that fails must not end the rounds to come
                log.exception("what has passed its time could not be removed")
            await asyncio.sleep(self._every_seconds)


def removed(conversation_id: str) -> Work[None]:
    """Removes a conversation, held before in the same transaction, with everything that hangs on it."""
    for table in OF_PLANS:
        of_plans = f"DELETE FROM {table} WHERE plan_id IN (SELECT id FROM plans WHERE conversation_id = ?)"  # noqa: S608
        yield Statement(of_plans, [conversation_id])
    for table in OF_CONVERSATION:
        yield Statement(f"DELETE FROM {table} WHERE conversation_id = ?", [conversation_id])  # noqa: S608
    yield Statement("DELETE FROM conversations WHERE id = ?", [conversation_id])


def _remove(goes: str, name: str, oldest: str) -> Work[bool]:
    """Removes a conversation unless somebody has taken it up meanwhile."""
    if not (yield Statement(goes, [name, oldest])):
        return False
    yield from removed(name)
    return True


def _remove_audit(table: str, oldest: str) -> Work[int]:
    rows = yield Statement(OLD_AUDIT.format(table=table), [oldest, BATCH])
    return len(rows)


def _run(sql: str, *values: object) -> Work[list[Row]]:
    return list((yield Statement(sql, values)))
