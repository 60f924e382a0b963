"""One connection to a SQLite file on one thread of its own, beside the event loop."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import sqlite_utils

from service_kit.database import connect
from service_kit.errors import Unavailable

T = TypeVar("T")

ERASING = ("PRAGMA secure_delete = ON", "PRAGMA journal_size_limit = 0")
"""What is deleted is overwritten, and the write-ahead log keeps no more of it than until it is begun anew."""


class DatabaseThread:
    """Runs functions on the connection, in the order they came. The connection is made when the first one comes."""

    def __init__(self, path: Path, pool: ThreadPoolExecutor) -> None:
        self._path = path
        self._pool = pool
        self._db: sqlite_utils.Database | None = None

    @classmethod
    @asynccontextmanager
    async def opened(cls, path: Path, purpose: str) -> AsyncIterator["DatabaseThread"]:
        """A thread for the file at `path` for as long as the block runs."""
        pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"{path.stem}-{purpose}")
        thread = cls(path, pool)
        try:
            yield thread
        finally:
            pool.submit(thread.close)
            pool.shutdown(wait=True)

    async def run(self, work: Callable[[sqlite_utils.Database], T]) -> T:
        """What `work` returns. Raises Unavailable where the file stays locked, or the disk is full or broken."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: work(self._connection()))
        except sqlite3.OperationalError as error:
            raise told(error) from error

    def close(self) -> None:
        """Closes the connection; for the thread itself."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _connection(self) -> sqlite_utils.Database:
        if self._db is None:
            self._db = connect(self._path)
            for pragma in ERASING:
                self._db.execute(pragma)
        return self._db


def told(error: Exception) -> Exception:
    """The error as callers know it: Unavailable where the file is in trouble, and not the statement."""
    said = str(error) if isinstance(error, sqlite3.OperationalError) else ""
    if "locked" in said or "busy" in said:
        return Unavailable("DATABASE_BUSY", "The database is busy; try again in a moment.")
    if "full" in said or "disk I/O" in said or "unable to open" in said or "readonly" in said:
        return Unavailable("DATABASE_FULL", "The database cannot store anything just now; try again later.")
    return error
