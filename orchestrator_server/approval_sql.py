"""The SQL of approvals: what waits for a yes, and what was said. Runs inside the transaction of the caller."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

import sqlite_utils

from orchestrator_server.memory_values import WaitingApproval, WaitingEffect
from service_kit.times import to_text


def withdraw(db: sqlite_utils.Database, conversation_id: str) -> None:
    """Ends what waits for a yes."""
    sql = "UPDATE approvals SET status = 'replaced' WHERE conversation_id = ? AND status = 'waiting'"
    db.execute(sql, [conversation_id])


def ask(db: sqlite_utils.Database, conversation_id: str, waiting: WaitingApproval) -> None:
    """Keeps what waits for a yes, and ends what waited before."""
    withdraw(db, conversation_id)
    row = {
        "plan_id": waiting.plan_id,
        "conversation_id": conversation_id,
        "effects": json.dumps([asdict(effect) for effect in waiting.effects]),
        "status": "waiting",
        "expires_at": to_text(waiting.expires_at),
    }
    db.table("approvals").insert(row, replace=True)


def waiting(db: sqlite_utils.Database, conversation_id: str) -> WaitingApproval | None:
    """What waits for a yes, expired or not."""
    sql = "SELECT plan_id, effects, expires_at FROM approvals WHERE conversation_id = ? AND status = 'waiting'"
    row = db.execute(sql, [conversation_id]).fetchone()
    if row is None:
        return None
    effects = tuple(WaitingEffect(**effect) for effect in json.loads(row[1]))
    expires = datetime.fromisoformat(row[2]).astimezone(UTC)
    return WaitingApproval(plan_id=row[0], effects=effects, expires_at=expires)


def answer(
    db: sqlite_utils.Database, plan_id: str, conversation_id: str, said: Mapping[str, bool], now: datetime
) -> bool:
    """Consumes the approval by compare-and-set and keeps what was said of each fingerprint; False where it is gone."""
    sql = (
        "UPDATE approvals SET status = ? WHERE plan_id = ? AND conversation_id = ? AND status = 'waiting'"
        " AND expires_at > ?"
    )
    status = "approved" if any(said.values()) else "denied"
    if db.execute(sql, [status, plan_id, conversation_id, to_text(now)]).rowcount != 1:
        return False
    rows = [{"plan_id": plan_id, "fingerprint": print_, "approved": int(yes)} for print_, yes in said.items()]
    db.table("answers").insert_all(rows, replace=True)
    return True


def answers(db: sqlite_utils.Database, plan_id: str) -> dict[str, bool]:
    """What was said so far about the effects of a plan, by fingerprint."""
    rows = db.execute("SELECT fingerprint, approved FROM answers WHERE plan_id = ?", [plan_id]).fetchall()
    return {str(print_): bool(yes) for print_, yes in rows}
