"""Every test of a store runs against both: a SQLite file, and a database of a real PostgreSQL."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from orchestrator_server.store import Store
from orchestrator_server.store_opening import StoreSettings, open_store
from tests.postgres import postgres_server

KINDS = ("sqlite", "postgres")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A database that any number of stores can be opened in."""

    settings: StoreSettings

    @property
    def is_postgres(self) -> bool:
        return bool(self.settings.url)

    def opened(self) -> AbstractAsyncContextManager[Store]:
        """One more instance of a store over it."""
        return open_store(self.settings)

    def rows(self, sql: str) -> list[Any]:
        """The rows of one statement beside every store; what it changes is committed."""
        if self.is_postgres:
            with psycopg.connect(self.settings.url, autocommit=True) as connection:
                cursor = connection.execute(sql.encode())
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(self.settings.database, isolation_level=None)) as file:
            return file.execute(sql).fetchall()


def new_place(kind: str, folder: Path) -> Iterator[Place]:
    """A fresh, empty database."""
    path = folder / "orchestrator.db"
    if kind == "sqlite":
        yield Place(settings=StoreSettings(database=path))
        return
    server = postgres_server()
    name = server.new_database()
    yield Place(settings=StoreSettings(database=path, url=server.url(name), connections=4))
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    yield from new_place(request.param, tmp_path)


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    async with place.opened() as store:
        yield store
