"""The records of all servers in one list: the orchestrator's own, and those that it collected.

What a server wrote is data: the name it is kept under comes from the settings, its texts are cut, and a time that is
yet to come is the time at which it was collected. A record that is kept is never changed or replaced.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlite_utils
from llm_orchestrator.capabilities.v1 import audit_log_pb2

from service_kit.audit import LONGEST_TEXT
from service_kit.database import Database
from service_kit.times import to_text, to_timestamp

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
INSERT = """
INSERT INTO collected_audit (server, number, created_at, kind, actor, subject, action, result, reason, turn_id, key)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SELECT = """
SELECT number, created_at, server, kind, actor, subject, action, result, reason, turn_id, key FROM (
    SELECT number, created_at, server, kind, actor, subject, action, result, reason, turn_id, key FROM _audit
    UNION ALL
    SELECT number, created_at, server, kind, actor, subject, action, result, reason, turn_id, key FROM collected_audit
)
WHERE (:person = '' OR actor = :person OR subject = :person) AND (:kind = 0 OR kind = :kind)
    AND (:turn_id = '' OR turn_id = :turn_id) AND (:server = '' OR server = :server)
    AND (created_at, server, number) < (:created_at, :of_server, :number)
ORDER BY created_at DESC, server DESC, number DESC LIMIT :limit
"""


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


class AuditRecords:
    """Keeps what was collected and lists everything."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def last(self, server: str) -> int:
        """The number of the last record that is kept of `server`; 0 where there is none."""
        query = "SELECT coalesce(max(number), 0) FROM collected_audit WHERE server = ?"
        return int(await self._database.read(lambda db: db.execute(query, [server]).fetchone()[0]))

    async def keep(self, server: str, records: Iterable[audit_log_pb2.AuditRecord]) -> None:
        """Keeps `records` of `server`; those that are kept already stay as they are."""
        now = datetime.now(UTC)
        rows = [[server, record.number, _moment(record, now), *_content(record)] for record in records]
        await self._database.write(lambda db: _insert(db, rows))

    async def listed(self, wanted: Wanted, after: Position | None, limit: int) -> list[audit_log_pb2.AuditRecord]:
        """Records, newest first, at most `limit`: those that stand after `after`."""
        start = after or TOP
        values = {
            "person": wanted.person,
            "kind": wanted.kind,
            "turn_id": wanted.turn_id,
            "server": wanted.server,
            "created_at": start.created_at,
            "of_server": start.server,
            "number": start.number,
            "limit": limit,
        }
        return [_record(row) for row in await self._database.read(lambda db: list(db.query(SELECT, values)))]


def create_tables(db: sqlite_utils.Database) -> None:
    """Creates the table of what is collected, and what listing needs; the kit's table exists."""
    for statement in CREATE:
        db.execute(statement)


def position_of(record: audit_log_pb2.AuditRecord) -> Position:
    """Where `record`, as it was listed, stands."""
    moment = record.created_at.ToDatetime(UTC)
    return Position(created_at=to_text(moment), server=record.server, number=record.number)


def _insert(db: sqlite_utils.Database, rows: Iterable[list[object]]) -> None:
    for row in rows:
        db.execute(INSERT, row)


def _content(record: audit_log_pb2.AuditRecord) -> list[object]:
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


def _moment(record: audit_log_pb2.AuditRecord, now: datetime) -> str:
    """No later than now: nobody puts a record on top of the list for years."""
    try:
        said = record.created_at.ToDatetime(UTC)
    except (ValueError, OverflowError):
        said = now
    return to_text(max(OLDEST, min(said, now)))


def _record(row: dict[str, object]) -> audit_log_pb2.AuditRecord:
    moment = to_timestamp(datetime.fromisoformat(str(row["created_at"])))
    return audit_log_pb2.AuditRecord(**(row | {"created_at": moment}))  # type: ignore[arg-type]  # columns are fields
