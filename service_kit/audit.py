"""The append-only record of what a server decided: sign-ins, denials, approvals, effects, erasures.

Servers that share a database share the table; each sees its own records. The file itself refuses to change a record or
to remove one that is younger than thirty days. A number is given and committed under the same lock, so whoever reads
after the last number known misses none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Protocol

import sqlite_utils

from service_kit.database import Database
from service_kit.times import to_text

LONGEST_TEXT = 400
"""Characters that a record keeps of one field; an e-mail has at most 254, an idempotency key 200."""

CREATE = """
CREATE TABLE IF NOT EXISTS _audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT, server TEXT NOT NULL, created_at TEXT NOT NULL, kind INTEGER NOT NULL,
    actor TEXT NOT NULL, subject TEXT NOT NULL, action TEXT NOT NULL, result TEXT NOT NULL, reason TEXT NOT NULL,
    turn_id TEXT NOT NULL, key TEXT NOT NULL
)
"""
INDEX = "CREATE INDEX IF NOT EXISTS _audit_of_server ON _audit (server, number)"
UNCHANGED = """
CREATE TRIGGER IF NOT EXISTS _audit_unchanged BEFORE UPDATE ON _audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END
"""
KEPT = """
CREATE TRIGGER IF NOT EXISTS _audit_kept BEFORE DELETE ON _audit
WHEN OLD.created_at > strftime('%Y-%m-%dT%H:%M:%f', 'now', '-30 days')
BEGIN SELECT RAISE(ABORT, 'the audit keeps records for 30 days'); END
"""
UNREPLACED = """
CREATE TRIGGER IF NOT EXISTS _audit_unreplaced BEFORE INSERT ON _audit
WHEN EXISTS (SELECT 1 FROM _audit WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END
"""
BEGUN = """
INSERT INTO sqlite_sequence (name, seq) SELECT '_audit', CAST(strftime('%s', 'now') AS INTEGER) * 1000
WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = '_audit')
"""
"""Numbers begin at the clock, so that those of a file made anew follow those of the one before."""

INSERT = """
INSERT INTO _audit (server, created_at, kind, actor, subject, action, result, reason, turn_id, key)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SELECT = """
SELECT number, created_at, kind, actor, subject, action, result, reason, turn_id, key FROM _audit
WHERE server = ? AND number > ? ORDER BY number LIMIT ?
"""


class AuditKind(Enum):
    """What a record is about, numbered as in `audit_log.proto`."""

    SIGN_IN = 1
    DENIAL = 2
    APPROVAL = 3
    EFFECT = 4
    ERASURE = 5


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One thing that was decided.

    `actor` is the e-mail of who did it, `subject` of whom it is about; both may be empty. `action` is an intent, or
    `Service.Method`; `result` and `reason` are UPPER_SNAKE_CASE; `created_at` is aware.
    """

    kind: AuditKind
    action: str
    result: str
    reason: str = ""
    actor: str = ""
    subject: str = ""
    turn_id: str = ""
    key: str = ""
    created_at: datetime = field(default_factory=_now)


class Audit(Protocol):
    """The record of one server, wherever it is kept; nothing here changes or removes."""

    async def append(self, entry: AuditEntry) -> None:
        """Adds `entry` as the last one. Raises Unavailable where it cannot be stored just now."""
        ...

    async def listed(self, after: int, limit: int) -> list[tuple[int, AuditEntry]]:
        """Entries with their numbers, oldest first: those after the number `after`, at most `limit`.

        A number that was listed is never followed by a smaller one.
        """
        ...


def create_table(connection: sqlite_utils.Database) -> None:
    """Creates the table and its guards where they are missing; call it when a database with records is opened."""
    for statement in (CREATE, BEGUN, INDEX, UNCHANGED, KEPT, UNREPLACED):
        connection.execute(statement)


def insert(db: sqlite_utils.Database, server: str, entry: AuditEntry) -> None:
    """Appends `entry` to the record of `server` in the transaction that is running."""
    db.execute(INSERT, row_of(server, entry))


def row_of(server: str, entry: AuditEntry) -> list[object]:
    """The values that `INSERT` wants."""
    texts = (entry.actor, entry.subject, entry.action, entry.result, entry.reason, entry.turn_id, entry.key)
    return [server, to_text(entry.created_at), entry.kind.value, *(text[:LONGEST_TEXT] for text in texts)]


def entry_of(row: Sequence[str]) -> AuditEntry:
    """The entry in a row of `SELECT`."""
    _, created_at, kind, actor, subject, action, result, reason, turn_id, key = row
    return AuditEntry(
        kind=AuditKind(kind),
        action=action,
        result=result,
        reason=reason,
        actor=actor,
        subject=subject,
        turn_id=turn_id,
        key=key,
        created_at=datetime.fromisoformat(created_at),
    )


class AuditLog:
    """The record of one server in a SQLite file."""

    def __init__(self, database: Database, server: str) -> None:
        self._database = database
        self._server = server

    async def append(self, entry: AuditEntry) -> None:
        """Adds `entry` as the last one."""
        await self._database.write(lambda db: insert(db, self._server, entry))

    async def listed(self, after: int, limit: int) -> list[tuple[int, AuditEntry]]:
        """Entries with their numbers, oldest first: those after the number `after`, at most `limit`."""
        values = [self._server, after, limit]
        rows = await self._database.read(lambda db: db.execute(SELECT, values).fetchall())
        return [(row[0], entry_of(row)) for row in rows]
