"""Opens the store that the settings name, with its tables made or brought up to date."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from orchestrator_server.memory_schema import MIGRATIONS
from orchestrator_server.store import Store
from orchestrator_server.store_hold import Held, held
from orchestrator_server.store_sqlite import open_sqlite
from service_kit.errors import StartError
from service_kit.migrations import migrate
from service_kit.settings import PREFIX, Environment, var_folder

POSTGRES = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """Where the store is: in PostgreSQL at `url`, or where that is empty in the SQLite file `database`.

    `connections` is how many connections an instance keeps to PostgreSQL at most.
    """

    database: Path
    url: str = ""
    connections: int = 10


def store_settings(environment: Environment) -> StoreSettings:
    """Reads `LLM_ORCHESTRATOR_MEMORY_DATABASE`, `_MEMORY_URL` and `_MEMORY_CONNECTIONS`."""
    url = environment.text(PREFIX + "MEMORY_URL")
    if url and not url.startswith(POSTGRES):
        environment.fault(PREFIX + "MEMORY_URL", "is not postgresql://user:password@host:port/database")
    return StoreSettings(
        database=environment.path(PREFIX + "MEMORY_DATABASE", var_folder(environment) / "orchestrator.db"),
        url=url,
        connections=environment.integer(PREFIX + "MEMORY_CONNECTIONS", 10, 1, 1_000),
    )


@asynccontextmanager
async def open_store(settings: StoreSettings) -> AsyncIterator[Store]:
    """The store for as long as the block runs. Raises StartError where it cannot be had."""
    async with AsyncExitStack() as stack:
        opening = _postgres(settings) if settings.url else _sqlite(settings.database)
        yield await stack.enter_async_context(opening)


@asynccontextmanager
async def _sqlite(path: Path) -> AsyncIterator[Store]:
    async with AsyncExitStack() as stack:
        try:
            stack.enter_context(held(path))
            opening = open_sqlite(path, lambda connection: migrate(connection, MIGRATIONS))
            store = await stack.enter_async_context(opening)
        except Held as error:
            raise StartError(f"The memory database {path} is being restored; try again in a moment.") from error
        except (sqlite3.DatabaseError, OSError) as error:
            raise StartError(f"The memory database {path} cannot be used: {error}.") from error
        yield store


@asynccontextmanager
async def _postgres(settings: StoreSettings) -> AsyncIterator[Store]:
    """Its driver is imported here: who keeps everything in SQLite does not install it."""
    try:
        import psycopg

        from orchestrator_server import schema_postgres
        from orchestrator_server.store_postgres import open_postgres
    except ImportError as error:
        raise StartError(
            f"{PREFIX}MEMORY_URL needs the extra 'postgres'; run: pip install 'llm-orchestrator[postgres]'"
        ) from error
    async with AsyncExitStack() as stack:
        try:
            opening = open_postgres(settings.url, settings.connections, schema_postgres.migrate)
            store = await stack.enter_async_context(opening)
        except psycopg.Error as error:
            raise StartError(f"The database of {PREFIX}MEMORY_URL cannot be used: {error}.") from error
        yield store
