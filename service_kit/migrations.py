"""Numbered schema changes: functions in a list, each run once, in one transaction with its record."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

import sqlite_utils

from service_kit.database import transaction

Migration = Callable[[sqlite_utils.Database], None]


def migrate(connection: sqlite_utils.Database, migrations: Sequence[Migration]) -> None:
    """Runs what has not run yet, in order. A function's name (`m001_customers`) is its record; never rename one.

    Safe when two processes start at once: the record is read again inside the transaction.
    """
    connection.execute("CREATE TABLE IF NOT EXISTS _migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)")
    for migration in migrations:
        transaction(connection, partial(_apply, migration))


def pending(connection: sqlite_utils.Database, migrations: Sequence[Migration]) -> list[str]:
    """Names of the migrations that have not run; all of them where the file was never initialised."""
    if "_migrations" not in connection.table_names():
        return [migration.__name__ for migration in migrations]
    return [migration.__name__ for migration in migrations if not _is_applied(connection, migration)]


def _apply(migration: Migration, connection: sqlite_utils.Database) -> None:
    if _is_applied(connection, migration):
        return
    migration(connection)
    connection.table("_migrations").insert({"name": migration.__name__, "applied_at": datetime.now(UTC).isoformat()})


def _is_applied(connection: sqlite_utils.Database, migration: Migration) -> bool:
    return connection.execute("SELECT 1 FROM _migrations WHERE name = ?", [migration.__name__]).fetchone() is not None
