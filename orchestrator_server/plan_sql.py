"""The SQL of plans: what was planned, which calls were reserved, what became of them, what was judged and asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from orchestrator_server import plan_json
from orchestrator_server.condition_judge import Opinion
from orchestrator_server.memory_values import StoredPlan, TurnStatus
from orchestrator_server.plan import Call, Clarify, Outcome
from orchestrator_server.store import Statement, Work, one
from service_kit.errors import NotFound
from service_kit.times import to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """A call that was about to leave: for which step, and for which server and method."""

    step_id: str
    index: int
    server: str
    method: str


def store(turn_id: str, conversation_id: str, stored: StoredPlan) -> Work[None]:
    """Stores a plan and ties the turn to it."""
    sql = "INSERT INTO plans (id, conversation_id, content, catalogue_etag, now, text) VALUES (?, ?, ?, ?, ?, ?)"
    content = plan_json.dump_plan(stored.plan)
    values = [stored.plan.id, conversation_id, content, stored.catalogue_etag, to_text(stored.now), stored.text]
    yield Statement(sql, values)
    yield from tie(turn_id, stored.plan.id)


def tie(turn_id: str, plan_id: str) -> Work[None]:
    """From now on the turn works the plan off."""
    sql = "UPDATE turns SET plan_id = ?, status = ? WHERE id = ?"
    yield Statement(sql, [plan_id, TurnStatus.PLANNED.value, turn_id])


def load(plan_id: str) -> Work[StoredPlan]:
    """The stored plan. Raises NotFound."""
    sql = "SELECT content, text, now, catalogue_etag FROM plans WHERE id = ?"
    row = one((yield Statement(sql, [plan_id])))
    if row is None:
        raise NotFound("PLAN_NOT_FOUND", "There is no such plan.")
    plan = plan_json.load_plan(row[0])
    return StoredPlan(plan=plan, text=row[1], now=datetime.fromisoformat(row[2]), catalogue_etag=row[3])


def reserve(plan_id: str, call: Call, server: str, method: str) -> Work[None]:
    """Notes that a call is about to leave, and for whom; one that surely never left may be reserved anew."""
    sql = (
        "INSERT INTO calls (plan_id, step_id, element, server, method, reserved_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (plan_id, step_id, element) DO UPDATE SET server = excluded.server, method = excluded.method"
    )
    values = [plan_id, call.step.id, call.index, server, method, to_text(datetime.now(UTC))]
    yield Statement(sql, values)


def reservations(plan_id: str) -> Work[tuple[Reservation, ...]]:
    """Calls that were about to leave and of which nobody knows what became."""
    sql = (
        "SELECT c.step_id, c.element, c.server, c.method FROM calls c LEFT JOIN outcomes o"
        " ON o.plan_id = c.plan_id AND o.step_id = c.step_id AND o.element = c.element"
        " WHERE c.plan_id = ? AND o.plan_id IS NULL"
    )
    rows = yield Statement(sql, [plan_id])
    return tuple(Reservation(step_id=row[0], index=row[1], server=row[2], method=row[3]) for row in rows)


def record(plan_id: str, outcome: Outcome) -> Work[None]:
    """Stores what became of a call. The first word stands."""
    sql = (
        "INSERT INTO outcomes (plan_id, step_id, element, content) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (plan_id, step_id, element) DO NOTHING"
    )
    yield Statement(sql, [plan_id, outcome.step_id, outcome.index, plan_json.dump_outcome(outcome)])


def outcomes(plan_id: str) -> Work[tuple[Outcome, ...]]:
    """What became of the calls of a plan so far, in the order it came."""
    sql = "SELECT content FROM outcomes WHERE plan_id = ? ORDER BY number"
    return tuple(plan_json.load_outcome(row[0]) for row in (yield Statement(sql, [plan_id])))


def forget(plan_id: str, steps: Sequence[str]) -> Work[None]:
    """Forgets what became of `steps`, so that they are decided anew."""
    for step in steps:
        yield Statement("DELETE FROM outcomes WHERE plan_id = ? AND step_id = ?", [plan_id, step])
        yield Statement("DELETE FROM calls WHERE plan_id = ? AND step_id = ?", [plan_id, step])


def keep_opinion(plan_id: str, opinion: Opinion) -> Work[None]:
    """Stores what was judged of a condition, in place of an opinion on other values."""
    sql = (
        "INSERT INTO opinions (plan_id, step_id, element, holds, digest) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (plan_id, step_id, element) DO UPDATE SET holds = excluded.holds, digest = excluded.digest"
    )
    yield Statement(sql, [plan_id, opinion.step_id, opinion.index, int(opinion.holds), opinion.digest])


def opinions(plan_id: str) -> Work[tuple[Opinion, ...]]:
    """What was judged of the conditions of a plan so far."""
    sql = "SELECT step_id, element, holds, digest FROM opinions WHERE plan_id = ?"
    rows = yield Statement(sql, [plan_id])
    return tuple(
        Opinion(step_id=step, index=element, holds=bool(holds), digest=digest) for step, element, holds, digest in rows
    )


def progress(plan_id: str) -> Work[tuple[tuple[Outcome, ...], tuple[Opinion, ...]]]:
    """What became of the calls of a plan so far, and what was judged of its conditions."""
    return (yield from outcomes(plan_id)), (yield from opinions(plan_id))


def keep_question(conversation_id: str, question: Clarify | None) -> Work[None]:
    """Keeps what the user was asked; None forgets it."""
    yield Statement("DELETE FROM questions WHERE conversation_id = ?", [conversation_id])
    if question is not None:
        sql = "INSERT INTO questions (conversation_id, content) VALUES (?, ?)"
        yield Statement(sql, [conversation_id, plan_json.dump_question(question)])
