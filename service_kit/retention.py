"""How long a server keeps the keys of its effects, and its record: what has passed its time goes, a little at once."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import sqlite_utils

from service_kit.database import Database
from service_kit.errors import Unavailable
from service_kit.settings import PREFIX, Environment
from service_kit.times import to_text

log = logging.getLogger(__name__)

EVERY_SECONDS = 3_600.0
BATCH = 500
SHORTEST_AUDIT = 30
CLOCKS = timedelta(hours=1)
"""By how much a record may be older before it goes: the file itself refuses where it is younger than thirty days."""

OLD_KEYS = """
DELETE FROM _idempotency_keys WHERE created_at <= (
    SELECT MAX(created_at) FROM (
        SELECT created_at FROM _idempotency_keys WHERE created_at < ? ORDER BY created_at LIMIT ?
    )
)
"""
OLD_AUDIT = """
DELETE FROM _audit WHERE number IN (SELECT number FROM _audit WHERE created_at < ? ORDER BY number LIMIT ?)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """For how long. A call with a key that is gone counts as the first one: keep keys longer than anybody repeats."""

    keys: timedelta = timedelta(days=7)
    audit: timedelta = timedelta(days=400)


AS_USUAL = Kept()


def kept_settings(environment: Environment) -> Kept:
    """Reads `LLM_ORCHESTRATOR_KEEP_KEYS_DAYS` and `LLM_ORCHESTRATOR_KEEP_AUDIT_DAYS`."""
    return Kept(
        keys=timedelta(days=environment.integer(PREFIX + "KEEP_KEYS_DAYS", 7, 1, 36_500)),
        audit=timedelta(days=environment.integer(PREFIX + "KEEP_AUDIT_DAYS", 400, SHORTEST_AUDIT, 36_500)),
    )


@asynccontextmanager
async def removing(database: Database, kept: Kept, every_seconds: float = EVERY_SECONDS) -> AsyncIterator[None]:
    """Removes in the background until the block ends. Servers that share a file may all do so."""
    task = asyncio.create_task(_keep_removing(database, kept, every_seconds))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def remove(database: Database, kept: Kept, now: datetime) -> int:
    """Removes what has passed its time at `now`; how many rows that were."""
    gone = 0
    for sql, oldest in ((OLD_KEYS, now - kept.keys), (OLD_AUDIT, now - kept.audit - CLOCKS)):
        while count := await database.write(partial(_delete, sql, to_text(oldest))):
            gone += count
    return gone


async def _keep_removing(database: Database, kept: Kept, every_seconds: float) -> None:
    while True:
        try:
            await remove(database, kept, datetime.now(UTC))
        except (Unavailable, sqlite3.Error):
            log.exception("what has passed its time could not be removed; trying again later")
        await asyncio.sleep(every_seconds)


def _delete(sql: str, oldest: str, db: sqlite_utils.Database) -> int:
    return int(db.execute(sql, [oldest, BATCH]).rowcount)
