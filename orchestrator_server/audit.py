"""The records of all servers in one list: the orchestrator's own, and those that it collected.

What a server wrote is data: the name it is kept under comes from the settings, its texts are cut, and a time that is
yet to come is the time at which it was collected. A record that is kept is never changed or replaced.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlite_utils
from llm_orchestrator.capabilities.v1 import audit_log_pb2

from service_kit.audit import LONGEST_TEXT
from service_kit.times import to_text

OLDEST = datetime(1970, 1, 1, tzinfo=UTC)

CREATE = (
    """
    CREATE TABLE collected_audit (
        server TEXT NOT NULL, number INTEGER NOT NULL, created_at TEXT NOT NULL, kind INTEGER NOT NULL,
        actor TEXT NOT NULL, subject TEXT NOT NULL, action TEXT NOT NULL, result TEXT NOT NULL, reason TEXT NOT NULL,
        turn_id TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (server, number)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX collected_audit_age ON collected_audit (created_at, server, number)",
    "CREATE INDEX _audit_age ON _audit (created_at, server, number)",
    """
    CREATE TRIGGER collected_audit_unchanged BEFORE UPDATE ON collected_audit
    BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END
    """,
    """
    CREATE TRIGGER collected_audit_unreplaced BEFORE INSERT ON collected_audit
    WHEN EXISTS (SELECT 1 FROM collected_audit WHERE server = NEW.server AND number = NEW.number)
    BEGIN SELECT RAISE(IGNORE); END
    """,
    """
    CREATE TRIGGER collected_audit_kept BEFORE DELETE ON collected_audit
    WHEN OLD.created_at > strftime('%Y-%m-%dT%H:%M:%f', 'now', '-30 days')
    BEGIN SELECT RAISE(ABORT, 'the audit keeps records for 30 days'); END
    """,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which records are wanted; what is empty restricts nothing. `kind` is a number of `AuditKind`."""

    person: str = ""
    kind: int = 0
    turn_id: str = ""
    server: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a record stands in the list; `created_at` as it is stored."""

    created_at: str
    server: str
    number: int


TOP = Position(created_at="~", server="", number=0)
"""Before every record: no time sorts after it."""


def create_tables(db: sqlite_utils.Database) -> None:
    """Creates the table of what is collected, and what listing needs; the kit's table exists."""
    for statement in CREATE:
        db.execute(statement)


def position_of(record: audit_log_pb2.AuditRecord) -> Position:
    """Where `record`, as it was listed, stands."""
    moment = record.created_at.ToDatetime(UTC)
    return Position(created_at=to_text(moment), server=record.server, number=record.number)


def content_of(record: audit_log_pb2.AuditRecord) -> list[object]:
    """The columns of a record behind its time: its kind, and its texts, cut."""
    texts = (
        record.actor,
        record.subject,
        record.action,
        record.result,
        record.reason,
        record.turn_id,
        record.key,
    )
    return [record.kind, *(text[:LONGEST_TEXT] for text in texts)]


def moment_of(record: audit_log_pb2.AuditRecord, now: datetime) -> str:
    """When it happened, no later than now: nobody puts a record on top of the list for years."""
    try:
        said = record.created_at.ToDatetime(UTC)
    except (ValueError, OverflowError):
        said = now
    return to_text(max(OLDEST, min(said, now)))
