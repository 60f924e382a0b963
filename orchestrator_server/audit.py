"""The append-only record: approvals, denials and effects, with who, for whom, what and why."""

from dataclasses import dataclass
from datetime import datetime

from service_kit.database import Database
from service_kit.times import to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One decision or effect. `kind` is approval, denial or effect; `result` a status or a reason."""

    created_at: datetime
    subject: str
    kind: str
    intent: str
    result: str
    server: str
    turn_id: str
    key: str


class Audit:
    """Appends and lists; nothing here changes or removes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, entry: AuditEntry) -> None:
        """Adds `entry` as the last one."""
        row = {
            "created_at": to_text(entry.created_at),
            "subject": entry.subject,
            "kind": entry.kind,
            "intent": entry.intent,
            "result": entry.result,
            "server": entry.server,
            "turn_id": entry.turn_id,
            "key": entry.key,
        }
        await self._database.write(lambda db: _ignore(db.table("audit").insert(row)))

    async def listed(self, subject: str, before: int | None, limit: int) -> list[tuple[int, AuditEntry]]:
        """Numbered entries, newest first, older than number `before`; of everybody where `subject` is empty."""
        sql = (
            "SELECT number, created_at, subject, kind, intent, result, server, turn_id, key FROM audit"
            " WHERE (? = '' OR subject = ?) AND (? IS NULL OR number < ?) ORDER BY number DESC LIMIT ?"
        )
        values = [subject, subject, before, before, limit]
        rows = await self._database.read(lambda db: db.execute(sql, values).fetchall())
        return [(row[0], _entry(row)) for row in rows]


def _entry(row: tuple[str, ...]) -> AuditEntry:
    _, created_at, subject, kind, intent, result, server, turn_id, key = row
    return AuditEntry(
        created_at=datetime.fromisoformat(created_at),
        subject=subject,
        kind=kind,
        intent=intent,
        result=result,
        server=server,
        turn_id=turn_id,
        key=key,
    )


def _ignore(_: object) -> None:
    return None
