"""The SQL of approvals: what waits for a yes, and what was said."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from orchestrator_server.memory_values import WaitingApproval, WaitingEffect
from orchestrator_server.store import Row, Statement, Work, one
from service_kit.times import to_text


def withdraw(conversation_id: str) -> Work[None]:
    """Ends what waits for a yes: the user talked on, and a later yes would be about something else."""
    sql = "UPDATE approvals SET status = 'replaced' WHERE conversation_id = ? AND status = 'waiting'"
    yield Statement(sql, [conversation_id])


def ask(conversation_id: str, waiting: WaitingApproval) -> Work[None]:
    """Keeps what waits for a yes, and ends what waited before."""
    yield from withdraw(conversation_id)
    sql = (
        "INSERT INTO approvals (plan_id, conversation_id, effects, status, expires_at) VALUES (?, ?, ?, 'waiting', ?)"
        " ON CONFLICT (plan_id) DO UPDATE SET effects = excluded.effects, status = excluded.status,"
        " expires_at = excluded.expires_at"
    )
    effects = json.dumps([asdict(effect) for effect in waiting.effects])
    yield Statement(sql, [waiting.plan_id, conversation_id, effects, to_text(waiting.expires_at)])


def waiting(conversation_id: str) -> Work[WaitingApproval | None]:
    """What waits for a yes, expired or not."""
    sql = "SELECT plan_id, effects, expires_at FROM approvals WHERE conversation_id = ? AND status = 'waiting'"
    return _approval(one((yield Statement(sql, [conversation_id]))))


def asked(plan_id: str) -> Work[WaitingApproval | None]:
    """What was asked about the plan last, answered or not."""
    sql = "SELECT plan_id, effects, expires_at FROM approvals WHERE plan_id = ?"
    return _approval(one((yield Statement(sql, [plan_id]))))


def answer(plan_id: str, conversation_id: str, said: Mapping[str, bool], now: datetime) -> Work[bool]:
    """Consumes the approval by compare-and-set and keeps what was said of each fingerprint.

    False where it was consumed before, expired or never there: nothing is kept then.
    """
    sql = (
        "UPDATE approvals SET status = ? WHERE plan_id = ? AND conversation_id = ? AND status = 'waiting'"
        " AND expires_at > ? RETURNING plan_id"
    )
    status = "approved" if any(said.values()) else "denied"
    if not (yield Statement(sql, [status, plan_id, conversation_id, to_text(now)])):
        return False
    keep = (
        "INSERT INTO answers (plan_id, fingerprint, approved) VALUES (?, ?, ?)"
        " ON CONFLICT (plan_id, fingerprint) DO UPDATE SET approved = excluded.approved"
    )
    for fingerprint, is_yes in said.items():
        yield Statement(keep, [plan_id, fingerprint, int(is_yes)])
    return True


def answers(plan_id: str) -> Work[dict[str, bool]]:
    """What was said so far about the effects of a plan, by fingerprint."""
    rows = yield Statement("SELECT fingerprint, approved FROM answers WHERE plan_id = ?", [plan_id])
    return {str(fingerprint): bool(yes) for fingerprint, yes in rows}


def _approval(row: Row | None) -> WaitingApproval | None:
    if row is None:
        return None
    plan_id, effects, expires_at = row
    return WaitingApproval(
        plan_id=plan_id,
        effects=tuple(WaitingEffect(**effect) for effect in json.loads(effects or "[]")),
        expires_at=datetime.fromisoformat(expires_at).astimezone(UTC),
    )
