"""SQLite behind the store's door: one thread writes, one reads; writes that wait together share one commit.

Rules of this file: a transaction begins with BEGIN IMMEDIATE, because one that reads and then writes fails at once with
"database is locked" under WAL, whatever the busy timeout. Each work runs in a savepoint of its own, so that one that
fails takes nothing with it; nobody is told of a success before the commit is on disk.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import sqlite_utils

from orchestrator_server.store import Row, Statement, Work
from orchestrator_server.store_thread import DatabaseThread, told
from service_kit.errors import Unavailable

T = TypeVar("T")

MOST_IN_ONE_COMMIT = 64
LOOK_SECONDS = 0.05
"""How often the file is asked whether another process changed it; that costs microseconds."""


@dataclass(slots=True)
class _Waiting:
    work: Callable[[], Work[Any]]
    done: asyncio.Future[Any]


class SqliteStore:
    """A store in one file, for any number of processes of one machine. Made by `open_sqlite`."""

    clock = "((julianday('now') - 2440587.5) * 86400.0)"

    def __init__(self, writer: DatabaseThread, reader: DatabaseThread) -> None:
        self._writer = writer
        self._reader = reader
        self._waiting: list[_Waiting] = []
        self._flushing: asyncio.Task[None] | None = None
        self._wrote = asyncio.Event()

    async def read(self, work: Callable[[], Work[T]]) -> T:
        """What `work` returns, from one snapshot."""
        return await self._reader.run(lambda db: _in_snapshot(db, work))

    async def write(self, about: str, work: Callable[[], Work[T]]) -> T:
        """What `work` returns, committed. All writes run one after the other, so `about` does not matter."""
        waiting = _Waiting(work, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())
        result: T = await waiting.done
        return result

    async def changed(self) -> AsyncIterator[frozenset[str]]:
        """Conversations in which events were stored: own ones at once, those of other processes at the next look."""
        while True:
            try:
                seen = await self._reader.run(_look)
                yield frozenset()
                while True:
                    await self._something_to_see()
                    seen, found = await self._reader.run(partial(_look_again, seen))
                    if found:
                        yield found
            except Unavailable:
                await asyncio.sleep(LOOK_SECONDS)

    async def sweep(self) -> None:
        """Empties the write-ahead log into the file, where deleted pages are overwritten."""
        await self._writer.run(_checkpoint)

    async def close(self) -> None:
        """Lets what waits be written."""
        if self._flushing is not None:
            await self._flushing

    async def _something_to_see(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS):
                await self._wrote.wait()

    async def _flush(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST_IN_ONE_COMMIT], self._waiting[MOST_IN_ONE_COMMIT:]
                try:
                    results = await self._writer.run(partial(_commit, [waiting.work for waiting in batch]))
                except Exception as error:  # noqa: BLE001 - everybody whose commit it was is told
                    results = [error] * len(batch)
                for waiting, result in zip(batch, results, strict=True):
                    _settle(waiting.done, result)
                self._wrote.set()
                self._wrote = asyncio.Event()
        finally:
            self._flushing = None


def _checkpoint(db: sqlite_utils.Database) -> None:
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _settle(done: asyncio.Future[Any], result: Any) -> None:
    if done.done():  # nobody waits any more
        return
    if isinstance(result, BaseException):
        done.set_exception(result)
    else:
        done.set_result(result)


def _commit(works: Sequence[Callable[[], Work[Any]]], db: sqlite_utils.Database) -> list[Any]:
    """What each work returned or raised, all committed together."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        results = [_saved(db, work) for work in works]
        db.conn.commit()
    except BaseException:
        db.conn.rollback()
        raise
    return results


def _saved(db: sqlite_utils.Database, work: Callable[[], Work[Any]]) -> Any:
    db.conn.execute("SAVEPOINT work")
    try:
        result = _driven(db, work())
    except Exception as error:
        if not db.conn.in_transaction:  # SQLite gave up the whole commit, as it may where the disk is full
            raise
        db.conn.execute("ROLLBACK TO work")
        result = told(error)
    db.conn.execute("RELEASE work")
    return result


def _in_snapshot(db: sqlite_utils.Database, work: Callable[[], Work[T]]) -> T:
    db.conn.execute("BEGIN")
    try:
        return _driven(db, work())
    finally:
        db.conn.rollback()


def _driven(db: sqlite_utils.Database, work: Work[T]) -> T:
    """Runs each statement of `work` and sends back its rows."""
    try:
        statement: Statement = next(work)
        while True:
            rows: Sequence[Row] = db.execute(statement.sql, list(statement.values)).fetchall()
            statement = work.send(rows)
    except StopIteration as stop:
        result: T = stop.value
        return result


@dataclass(frozen=True, slots=True)
class _Seen:
    version: int
    last_event: int


def _look(db: sqlite_utils.Database) -> _Seen:
    """The version comes first: what is stored in between is looked for once more."""
    version = _version(db)
    return _Seen(version, int(db.execute("SELECT COALESCE(MAX(id), 0) FROM events").fetchone()[0]))


def _look_again(before: _Seen, db: sqlite_utils.Database) -> tuple[_Seen, frozenset[str]]:
    version = _version(db)
    if version == before.version:
        return before, frozenset()
    rows = db.execute("SELECT id, conversation_id FROM events WHERE id > ? ORDER BY id", [before.last_event]).fetchall()
    last = int(rows[-1][0]) if rows else before.last_event
    return _Seen(version, last), frozenset(str(row[1]) for row in rows)


def _version(db: sqlite_utils.Database) -> int:
    """Changes with each commit of another connection; the writer's is another one than the reader's."""
    return int(db.execute("PRAGMA data_version").fetchone()[0])


@asynccontextmanager
async def open_sqlite(path: Path, prepare: Callable[[sqlite_utils.Database], None]) -> AsyncIterator[SqliteStore]:
    """A store in the file at `path` for as long as the block runs. `prepare` (migrations) runs first."""
    async with DatabaseThread.opened(path, "write") as writer, DatabaseThread.opened(path, "read") as reader:
        await writer.run(prepare)
        store = SqliteStore(writer, reader)
        try:
            yield store
        finally:
            await store.close()
