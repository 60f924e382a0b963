"""The audit in the store: the orchestrator's own record, and what it collected of other servers."""

from collections.abc import Iterable
from datetime import UTC, datetime

from llm_orchestrator.capabilities.v1 import audit_log_pb2

from orchestrator_server.audit import TOP, Position, Wanted, content_of, moment_of
from orchestrator_server.settings import NAME
from orchestrator_server.store import Row, Statement, Store, Work, value
from service_kit.audit import INSERT, SELECT, AuditEntry, entry_of, row_of
from service_kit.times import to_timestamp

OWN = "audit"
"""What writes to the record are about: they wait for one another, and for nothing else."""

COLLECTED = """
INSERT INTO collected_audit (server, number, created_at, kind, actor, subject, action, result, reason, turn_id, key)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (server, number) DO NOTHING
"""
LAST = "SELECT COALESCE(MAX(number), 0) FROM collected_audit WHERE server = ?"
COLUMNS = ("number", "created_at", "server", "kind", "actor", "subject", "action", "result", "reason", "turn_id", "key")
LIST = f"""
SELECT {", ".join(COLUMNS)} FROM (
    SELECT {", ".join(COLUMNS)} FROM _audit UNION ALL SELECT {", ".join(COLUMNS)} FROM collected_audit
) AS records
WHERE (? = '' OR actor = ? OR subject = ?) AND (? = 0 OR kind = ?) AND (? = '' OR turn_id = ?)
    AND (? = '' OR server = ?) AND (created_at, server, number) < (?, ?, ?)
ORDER BY created_at DESC, server DESC, number DESC LIMIT ?
"""  # noqa: S608 - only names of columns are put in


class OwnAudit:
    """The record of the orchestrator, which all its instances share."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def append(self, entry: AuditEntry) -> None:
        """Adds `entry` as the last one."""
        await self._store.write(OWN, lambda: insert(entry))

    async def listed(self, after: int, limit: int) -> list[tuple[int, AuditEntry]]:
        """Entries with their numbers, oldest first: those after the number `after`, at most `limit`."""
        rows = await self._store.read(lambda: _rows(SELECT, NAME, after, limit))
        return [(row[0], entry_of(row)) for row in rows]


class AuditRecords:
    """Keeps what was collected and lists everything."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def last(self, server: str) -> int:
        """The number of the last record that is kept of `server`; 0 where there is none."""
        return int(value(await self._store.read(lambda: _rows(LAST, server))))

    async def keep(self, server: str, records: Iterable[audit_log_pb2.AuditRecord]) -> None:
        """Keeps `records` of `server`; those that are kept already stay as they are."""
        now = datetime.now(UTC)
        rows = [[server, record.number, moment_of(record, now), *content_of(record)] for record in records]
        await self._store.write(f"{OWN} of {server}", lambda: _keep(rows))

    async def listed(self, wanted: Wanted, after: Position | None, limit: int) -> list[audit_log_pb2.AuditRecord]:
        """Records, newest first, at most `limit`: those that stand after `after`.

        Own ones that are on their way, as refusals are behind the caller's back, are waited for.
        """
        await self._store.write(OWN, _nothing)
        start = after or TOP
        values = (
            *[wanted.person] * 3,
            *[wanted.kind] * 2,
            *[wanted.turn_id] * 2,
            *[wanted.server] * 2,
            *(start.created_at, start.server, start.number, limit),
        )
        return [_record(row) for row in await self._store.read(lambda: _rows(LIST, *values))]


def insert(entry: AuditEntry) -> Work[None]:
    """Adds `entry` in the transaction of the caller: as its last statement, for others wait until it commits."""
    yield Statement(INSERT, row_of(NAME, entry))


def _rows(sql: str, *values: object) -> Work[list[Row]]:
    return list((yield Statement(sql, values)))


def _nothing() -> Work[None]:
    yield from ()


def _keep(rows: Iterable[list[object]]) -> Work[None]:
    for row in rows:
        yield Statement(COLLECTED, row)


def _record(row: Row) -> audit_log_pb2.AuditRecord:
    fields = dict(zip(COLUMNS, row, strict=True))
    return audit_log_pb2.AuditRecord(
        **fields | {"created_at": to_timestamp(datetime.fromisoformat(fields["created_at"]))}
    )
