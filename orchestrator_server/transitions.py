"""The transitions of a turn, each one transaction: what is stored together, because it is true together."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from orchestrator_server import approval_sql, plan_sql, turn_sql
from orchestrator_server.memory_values import StoredPlan, TurnStatus
from orchestrator_server.plan import Call, Clarify, Outcome, OutcomeStatus, Usage
from orchestrator_server.store import Work
from orchestrator_server.store_audit import insert as note
from orchestrator_server.turn_values import TurnStart
from service_kit.audit import AuditEntry


def ended(work: Callable[[], Work[None]], turn_id: str, status: TurnStatus, reply: str, usage: Usage) -> Work[None]:
    """The turn is over, and with it whatever `work` stores."""
    yield from work()
    yield from turn_sql.end(turn_id, status, reply, usage)


def talked_on(conversation_id: str, question: Clarify | None) -> Work[None]:
    """The user said something else: what waited for a yes waits no more, and the open question is another."""
    yield from approval_sql.withdraw(conversation_id)
    yield from plan_sql.keep_question(conversation_id, question)


def planned(start: TurnStart, stored: StoredPlan, usage: Usage) -> Work[None]:
    """There is a plan, and the turn works it off."""
    yield from talked_on(start.conversation_id, None)
    yield from plan_sql.store(start.turn_id, start.conversation_id, stored)
    yield from turn_sql.spent(start.turn_id, usage)


def answered(
    start: TurnStart, plan_id: str, said: Mapping[str, bool], repeated: Sequence[str], notes: Sequence[AuditEntry]
) -> Work[bool]:
    """The request was answered, once: the turn works the plan off, reads are to be made again. False: it was before."""
    if not (yield from approval_sql.answer(plan_id, start.conversation_id, said, datetime.now(UTC))):
        return False
    yield from plan_sql.tie(start.turn_id, plan_id)
    yield from plan_sql.forget(plan_id, repeated)
    yield from noted(notes)
    return True


def reserved(plan_id: str, call: Call, server: str, method: str, turn_id: str, usage: Usage) -> Work[None]:
    """A call is about to leave for this server."""
    if call.has_effect:
        yield from plan_sql.reserve(plan_id, call, server, method)
    yield from turn_sql.spent(turn_id, usage)


def recorded(plan_id: str, outcome: Outcome, notes: Sequence[AuditEntry]) -> Work[None]:
    """It is known what became of a call."""
    yield from plan_sql.record(plan_id, outcome)
    yield from noted(notes)


def lost(plan_id: str, reservations: Sequence[plan_sql.Reservation]) -> Work[None]:
    """Nobody will ask any more what became of these calls."""
    for one in reservations:
        outcome = Outcome(
            step_id=one.step_id,
            index=one.index,
            status=OutcomeStatus.UNKNOWN,
            server=one.server,
            reason="OUTCOME_UNKNOWN",
        )
        yield from plan_sql.record(plan_id, outcome)


def noted(entries: Sequence[AuditEntry]) -> Work[None]:
    """What was decided is on record."""
    for entry in entries:
        yield from note(entry)
