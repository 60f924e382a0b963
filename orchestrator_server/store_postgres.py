"""PostgreSQL behind the store's door: an asynchronous pool, for any number of instances on any number of machines.

Rules of this file: writes about the same thing take the same advisory lock first, so they run one after the other
whatever instance they come from; inside it READ COMMITTED is enough. A work is run again where the server says so (a
deadlock) or where its connection was lost before the commit. Where it was lost in the commit, the server is asked what
became of the transaction. Connect to the server itself: notifications do not come through a pooler of transactions.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg
from psycopg import IsolationLevel, errors
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from orchestrator_server.store import Row, Statement, Work
from service_kit.errors import Unavailable

log = logging.getLogger(__name__)

T = TypeVar("T")
Connection = psycopg.AsyncConnection[Any]
Pool = AsyncConnectionPool[Connection]

CHANNEL = "events"
TRIES = 5
CONNECT_SECONDS = 5.0
PAUSE_SECONDS = 0.05
AGAIN = (errors.SerializationFailure, errors.DeadlockDetected)
LOST = (errors.QueryCanceled, errors.LockNotAvailable)
"""What a limit of the session ended: trying again at once would only wait again."""

CONNECTION: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
"""Transactions are begun and ended in so many words; a machine that fell silent is noticed in half a minute."""

LOCKED = "SELECT CAST(pg_current_xact_id() AS TEXT), pg_advisory_xact_lock(hashtextextended(%s, 0))"
STATUS = "SELECT pg_xact_status(CAST(%s AS xid8))"
SESSION = """
SELECT set_config('idle_in_transaction_session_timeout', '30s', false), set_config('lock_timeout', '10s', false),
    set_config('statement_timeout', '30s', false)
"""
"""An instance that freezes in the middle of a write holds its lock for half a minute, not for ever."""


@dataclass(slots=True)
class _Transaction:
    """How far a transaction got; `number` is what the server calls it, `is_ending` once its commit is sent."""

    number: str = ""
    is_ending: bool = False
    result: Any = None


class PostgresStore:
    """A store in a PostgreSQL database. Made by `open_postgres`."""

    clock = "CAST(extract(epoch FROM clock_timestamp()) AS DOUBLE PRECISION)"

    def __init__(self, pool: Pool, url: str) -> None:
        self._pool = pool
        self._url = url

    async def read(self, work: Callable[[], Work[T]]) -> T:
        """What `work` returns, from one snapshot."""
        return await self._tried(None, work)

    async def write(self, about: str, work: Callable[[], Work[T]]) -> T:
        """What `work` returns, committed, one after the other for each `about`."""
        return await self._tried(about, work)

    async def sweep(self) -> None:
        """Nothing to do: the server's vacuum sees to it."""

    async def changed(self) -> AsyncIterator[frozenset[str]]:
        """Conversations in which events were stored. After a lost connection any may have changed."""
        while True:
            try:
                listener = await psycopg.AsyncConnection.connect(self._url, **CONNECTION)
                async with listener:
                    await listener.execute(f"LISTEN {CHANNEL}")
                    yield frozenset()
                    async for told in listener.notifies():
                        yield frozenset({told.payload})
            except psycopg.OperationalError:
                log.warning("lost the database's notifications; connecting again")
            await asyncio.sleep(PAUSE_SECONDS * 10)

    async def _tried(self, about: str | None, work: Callable[[], Work[T]]) -> T:
        for attempt in range(TRIES):
            transaction = _Transaction()
            try:
                await self._run(about, work, transaction)
            except PoolTimeout as error:
                raise _unavailable() from error
            except psycopg.OperationalError as error:
                if not await self._has_ended_well(transaction):
                    if isinstance(error, LOST) or attempt == TRIES - 1:
                        raise _unavailable() from error
                    await self._recover(error, attempt)
                    continue
            result: T = transaction.result
            return result
        raise AssertionError("the last try returns or raises")

    async def _run(self, about: str | None, work: Callable[[], Work[Any]], transaction: _Transaction) -> None:
        async with self._pool.connection(CONNECT_SECONDS) as connection:
            await connection.set_read_only(about is None)
            await connection.set_isolation_level(
                IsolationLevel.REPEATABLE_READ if about is None else IsolationLevel.READ_COMMITTED
            )
            async with connection.transaction():
                if about is not None:
                    row = await (await connection.execute(LOCKED, [_stored(about)])).fetchone()
                    transaction.number = row[0] if row else ""
                transaction.result = await _driven(connection, work())
                transaction.is_ending = True

    async def _has_ended_well(self, transaction: _Transaction) -> bool:
        """Asks what became of a commit whose answer was lost. Raises Unavailable where nobody can say."""
        if not (transaction.is_ending and transaction.number):
            return False
        try:
            for attempt in range(TRIES):
                await self._pool.check()
                async with self._pool.connection(CONNECT_SECONDS) as connection:
                    row = await (await connection.execute(STATUS, [transaction.number])).fetchone()
                if row and row[0] in ("committed", "aborted"):
                    return bool(row[0] == "committed")
                await asyncio.sleep(PAUSE_SECONDS * 2**attempt)
        except (psycopg.OperationalError, PoolTimeout) as error:
            raise _lost() from error
        raise _lost()

    async def _recover(self, error: psycopg.OperationalError, attempt: int) -> None:
        """Where a connection died the others may have died too: the pool looks before it gives out the next."""
        await asyncio.sleep(PAUSE_SECONDS * 2**attempt)
        if not isinstance(error, AGAIN):
            await self._pool.check()


async def _driven(connection: Connection, work: Work[T]) -> T:
    """Runs each statement of `work` and sends back its rows."""
    try:
        statement: Statement = next(work)
        while True:
            values = [_stored(value) for value in statement.values]
            cursor = await connection.execute(_in_dialect(statement.sql), values)
            rows: Sequence[Row] = await cursor.fetchall() if cursor.description else ()
            statement = work.send(rows)
    except StopIteration as stop:
        result: T = stop.value
        return result


def _in_dialect(sql: str) -> bytes:
    return sql.replace("%", "%%").replace("?", "%s").encode()


def _stored(value: object) -> object:
    """As SQLite takes it: truth is a number, and a text holds any character but one."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and "\0" in value:
        return value.replace("\0", "\ufffd")
    return value


def _unavailable() -> Unavailable:
    return Unavailable("DATABASE_BUSY", "The database cannot be had just now; try again in a moment.")


def _lost() -> Unavailable:
    return Unavailable("DATABASE_LOST", "The database went away; look whether it was stored before you try again.")


async def _configure(connection: Connection) -> None:
    await connection.execute(SESSION)


@asynccontextmanager
async def open_postgres(
    url: str, connections: int, prepare: Callable[[Connection], Any]
) -> AsyncIterator[PostgresStore]:
    """A store in the database at `url` for as long as the block runs, over at most `connections` connections.

    `prepare` (migrations) runs first, on a connection of its own, and is awaited. Raises psycopg.OperationalError where
    the server cannot be reached. One more connection serves each reader of `changed`.
    """
    async with await psycopg.AsyncConnection.connect(url, **CONNECTION) as connection:
        await prepare(connection)
    pool: Pool = AsyncConnectionPool(
        url,
        min_size=1,
        max_size=connections,
        open=False,
        configure=_configure,
        kwargs=CONNECTION,
        reconnect_timeout=CONNECT_SECONDS,
    )
    async with pool:
        yield PostgresStore(pool, url)
