"""Copies of the SQLite file: made while instances write to it, put back when none has it open."""

import os
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from orchestrator_server.memory_schema import MIGRATIONS
from orchestrator_server.store_hold import PRIVATE, Held, held

BEHIND = ("-wal", "-shm")
"""Files beside the database that belong to it and to no other."""

LAST_WORD = "SELECT MAX(coalesce((SELECT MAX(updated_at) FROM conversations), ''), {audit})"
LAST_RECORD = "coalesce((SELECT MAX(created_at) FROM _audit), '')"
AHEAD = "UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = '_audit'"


class BackupError(Exception):
    """A backup cannot be made or put back; the message says what to do."""


def back_up(database: Path, file: Path) -> None:
    """Copies the database, as it is at one moment, to `file`, which only its owner may read. Stops no writer."""
    with _fresh(file) as fresh:
        with closing(_existing(database)) as source, closing(sqlite3.connect(fresh)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        _check(fresh)


def restore(file: Path, database: Path, *, replace: bool) -> None:
    """Puts the copy in `file` back. Raises BackupError where an instance has the database open, where the copy is no
    sound database that this program knows, or where the one that is there is newer, unless `replace`."""
    _check(file)
    try:
        with held(database, is_alone=True):
            if not replace and database.exists() and last_word(database) > last_word(file):
                raise BackupError(f"{database} is newer than {file}; give --replace to lose what it has more")
            with _fresh(database) as fresh:
                with closing(_existing(file)) as source, closing(sqlite3.connect(fresh)) as copy:
                    source.backup(copy)
                    copy.execute(AHEAD, [int(time.time()) * 1000])
                    copy.commit()
                for last in BEHIND:  # what the old file left must not be read into the new one
                    database.with_name(database.name + last).unlink(missing_ok=True)
    except Held as error:
        raise BackupError(f"{database} is in use; stop the orchestrator first") from error


def last_word(database: Path) -> str:
    """When something was last said or recorded, as it is stored; empty where nothing was."""
    with closing(_existing(database)) as file:
        tables = _names(file, "SELECT name FROM sqlite_master WHERE type = 'table'")
        if "conversations" not in tables:
            return ""
        audit = LAST_RECORD if "_audit" in tables else "''"
        return str(_one(file, LAST_WORD.format(audit=audit)))


def _check(file: Path) -> None:
    """Raises BackupError unless it is a whole database of the orchestrator, no newer than this program."""
    try:
        with closing(_existing(file)) as copy:
            if _one(copy, "PRAGMA quick_check") != "ok":
                raise BackupError(f"{file} is damaged; use another backup")
            applied = _names(copy, "SELECT name FROM _migrations")
            copy.execute("SELECT 1 FROM conversations LIMIT 1")
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{file} is no database of the orchestrator: {error}") from error
    if unknown := sorted(applied - {migration.__name__ for migration in MIGRATIONS}):
        raise BackupError(f"{file} was made by a newer version ({', '.join(unknown)}); use that one")


def _existing(database: Path) -> sqlite3.Connection:
    if not database.is_file():
        raise BackupError(f"{database} does not exist")
    return sqlite3.connect(database)


def _one(file: sqlite3.Connection, sql: str) -> Any:
    return file.execute(sql).fetchone()[0]


def _names(file: sqlite3.Connection, sql: str) -> set[str]:
    return {str(row[0]) for row in file.execute(sql)}


@contextmanager
def _fresh(path: Path) -> Iterator[Path]:
    """A private file beside `path` that takes its place, on disk, when the block ends well."""
    fresh = path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    try:
        yield fresh
        _sync(fresh)
        fresh.replace(path)
        _sync(path.parent)
    finally:
        for last in ("", *BEHIND, "-journal"):
            fresh.with_name(fresh.name + last).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
