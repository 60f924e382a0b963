"""One async door to a SQLite file. All work runs on one thread beside the event loop, in the order it came.

Rules of this file: a write begins with BEGIN IMMEDIATE, because a deferred transaction that reads and then writes fails
at once with "database is locked" under WAL, whatever the busy timeout. sqlite-utils' own transactions nest inside it as
savepoints.
"""

import asyncio
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import sqlite_utils

from service_kit.errors import Unavailable

T = TypeVar("T")
Work = Callable[[sqlite_utils.Database], T]

BUSY_TIMEOUT_SECONDS = 5.0
WAL_PAUSE_SECONDS = 0.01


class Database:
    """Reads and writes a SQLite file without blocking the event loop. Made by `open_database`."""

    def __init__(self, connection: sqlite_utils.Database, thread: ThreadPoolExecutor) -> None:
        self._connection = connection
        self._thread = thread

    async def read(self, work: Work[T]) -> T:
        """What `work` returns; it must not write. Raises Unavailable when the file stays locked."""
        return await self._run(lambda: work(self._connection))

    async def write(self, work: Work[T]) -> T:
        """What `work` returns, committed; an exception of `work` rolls everything back and is raised."""
        return await self._run(lambda: transaction(self._connection, work))

    async def _run(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Unavailable("DATABASE_BUSY", "The database is busy; try again in a moment.") from error
            raise


def connect(path: Path) -> sqlite_utils.Database:
    """Opens `path`, made readable by its owner only, with WAL and foreign keys. For use on one thread at a time."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    raw = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS, check_same_thread=False)
    try:
        _switch_to_wal(raw)
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = FULL")
    except BaseException:
        raw.close()
        raise
    return sqlite_utils.Database(raw)


def transaction(connection: sqlite_utils.Database, work: Work[T]) -> T:
    """Runs `work` between BEGIN IMMEDIATE and COMMIT; an exception rolls back and is raised."""
    connection.conn.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
        connection.conn.commit()
    except BaseException:
        connection.conn.rollback()
        raise
    return result


def _switch_to_wal(raw: sqlite3.Connection) -> None:
    """Waits for others that switch the same fresh file: SQLite refuses then at once, whatever the busy timeout."""
    give_up = time.monotonic() + BUSY_TIMEOUT_SECONDS
    while True:
        try:
            raw.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(WAL_PAUSE_SECONDS)
        else:
            return


@asynccontextmanager
async def open_database(path: Path, prepare: Work[None] = lambda _: None) -> AsyncIterator[Database]:
    """A door to `path` for as long as the block runs. `prepare` (checks, migrations) runs first, on the same thread."""
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"db-{path.stem}")
    loop = asyncio.get_running_loop()
    try:
        connection = await loop.run_in_executor(thread, connect, path)
        try:
            await loop.run_in_executor(thread, prepare, connection)
            yield Database(connection, thread)
        finally:
            await loop.run_in_executor(thread, connection.close)
    finally:
        thread.shutdown(wait=True)
