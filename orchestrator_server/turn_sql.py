"""The SQL of turns: received, planned, replied, ended. Works for the store; each runs inside one transaction."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from orchestrator_server.memory_values import StoredTurn, TurnStatus
from orchestrator_server.plan import Usage
from orchestrator_server.store import Row, Statement, Work, one, value
from orchestrator_server.turn_values import TurnStart
from service_kit.caller import Caller
from service_kit.errors import NotFound, NotYours, ResourceExhausted
from service_kit.times import to_text

TITLE_LENGTH = 80

TURN = (
    "SELECT t.id, t.status, t.text, t.created_at, t.caller, t.answered_plan_id, t.approved, t.only_effects, t.plan_id,"
    " t.is_cancelled, c.email, c.agent, t.model_calls, t.prompt_tokens, t.completion_tokens, t.rpc_calls,"
    " t.judged_conditions FROM turns t JOIN conversations c ON c.id = t.conversation_id"
)


class TurnOver(Exception):
    """The turn has ended before; whatever was about to be stored with another end of it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of a message: how many turns stand before it; `is_known`: its turn was received before."""

    ahead: int = 0
    is_known: bool = False


def open_conversation(conversation_id: str, email: str, agent: str, now: datetime) -> Work[None]:
    """Makes the conversation if it is new. Raises NotYours where it is another's."""
    moment = to_text(now)
    made = (
        "INSERT INTO conversations (id, email, agent, title, created_at, updated_at) VALUES (?, ?, ?, '', ?, ?)"
        " ON CONFLICT (id) DO NOTHING"
    )
    yield Statement(made, [conversation_id, email, agent, moment, moment])
    rows = yield Statement("SELECT email, agent FROM conversations WHERE id = ?", [conversation_id])
    if tuple(rows[0]) != (email, agent):
        raise NotYours("CONVERSATION_NOT_FOUND", "There is no such conversation; leave the id out to start a new one.")


def receive(start: TurnStart, most_waiting: int) -> Work[Received]:
    """Stores a turn, unless its id is known. Raises NotFound where the conversation was deleted.

    Raises ResourceExhausted where too many wait already.
    """
    if (yield Statement("SELECT 1 FROM turns WHERE id = ?", [start.turn_id])):
        return Received(is_known=True)
    if not (yield Statement("SELECT 1 FROM conversations WHERE id = ?", [start.conversation_id])):
        raise NotFound("CONVERSATION_DELETED", "This conversation was deleted; start a new one.")
    waiting = "SELECT COUNT(*) FROM turns WHERE conversation_id = ? AND ended = 0"
    ahead = int(value((yield Statement(waiting, [start.conversation_id]))))
    if ahead > most_waiting:
        raise ResourceExhausted("TOO_MANY_WAITING", "Too many messages wait already; let me answer them first.")
    sql = (
        "INSERT INTO turns (id, conversation_id, number, status, text, created_at, caller, answered_plan_id, approved,"
        " only_effects) SELECT ?, ?, COALESCE(MAX(number), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM turns"
        " WHERE conversation_id = ?"
    )
    values = [
        start.turn_id,
        start.conversation_id,
        TurnStatus.RECEIVED.value,
        start.text,
        to_text(start.now),
        _dump_caller(start.caller),
        start.plan_id,
        None if start.approved is None else int(start.approved),
        json.dumps(sorted(start.only)),
        start.conversation_id,
    ]
    yield Statement(sql, values)
    touch = "UPDATE conversations SET updated_at = ?, title = CASE title WHEN '' THEN ? ELSE title END WHERE id = ?"
    yield Statement(touch, [to_text(start.now), start.text[:TITLE_LENGTH], start.conversation_id])
    return Received(ahead=ahead)


def next_turn(conversation_id: str) -> Work[StoredTurn | None]:
    """The first turn of the conversation that has not ended."""
    rows = yield Statement(
        f"{TURN} WHERE t.conversation_id = ? AND t.ended = 0 ORDER BY t.number LIMIT 1", [conversation_id]
    )
    return _turn(one(rows), conversation_id)


def turn(turn_id: str, conversation_id: str) -> Work[StoredTurn | None]:
    """A turn that has not ended; None where it has, or is another conversation's."""
    rows = yield Statement(
        f"{TURN} WHERE t.id = ? AND t.conversation_id = ? AND t.ended = 0", [turn_id, conversation_id]
    )
    return _turn(one(rows), conversation_id)


def _turn(row: Row | None, conversation_id: str) -> StoredTurn | None:
    if row is None:
        return None
    start = TurnStart(
        turn_id=row[0],
        conversation_id=conversation_id,
        text=row[2],
        caller=_load_caller(row[4], email=row[10], agent=row[11]),
        now=datetime.fromisoformat(row[3]),
        plan_id=row[5],
        approved=None if row[6] is None else bool(row[6]),
        only=frozenset((step, index) for step, index in json.loads(row[7])),
    )
    usage = Usage(
        model_calls=row[12] or 0,
        prompt_tokens=row[13] or 0,
        completion_tokens=row[14] or 0,
        rpc_calls=row[15] or 0,
        judged_conditions=row[16] or 0,
    )
    return StoredTurn(start=start, status=TurnStatus(row[1]), plan_id=row[8], is_cancelled=bool(row[9]), usage=usage)


def conversation_of(turn_id: str) -> Work[str | None]:
    """The conversation of a turn; None where there is no such turn."""
    found = value((yield Statement("SELECT conversation_id FROM turns WHERE id = ?", [turn_id])))
    return None if found is None else str(found)


def cancel(turn_id: str, conversation_id: str) -> Work[bool]:
    """Notes that a turn is to stop; False where it has ended, or is another conversation's."""
    sql = "UPDATE turns SET is_cancelled = 1 WHERE id = ? AND conversation_id = ? AND ended = 0 RETURNING id"
    return bool((yield Statement(sql, [turn_id, conversation_id])))


def cancelled(turn_ids: Sequence[str]) -> Work[frozenset[str]]:
    """Which of the turns are to stop."""
    marks = ", ".join("?" * len(turn_ids))
    rows = yield Statement(f"SELECT id FROM turns WHERE is_cancelled = 1 AND id IN ({marks})", [*turn_ids])
    return frozenset(str(row[0]) for row in rows)


def running(conversation_id: str) -> Work[str]:
    """The turn that is worked on, or waits longest; empty where there is none."""
    sql = "SELECT id FROM turns WHERE conversation_id = ? AND ended = 0 ORDER BY number LIMIT 1"
    return str(value((yield Statement(sql, [conversation_id])), ""))


def spent(turn_id: str, usage: Usage) -> Work[None]:
    """Stores what the turn took so far."""
    sql = (
        "UPDATE turns SET model_calls = ?, prompt_tokens = ?, completion_tokens = ?, rpc_calls = ?,"
        " judged_conditions = ? WHERE id = ?"
    )
    yield Statement(
        sql,
        [
            usage.model_calls,
            usage.prompt_tokens,
            usage.completion_tokens,
            usage.rpc_calls,
            usage.judged_conditions,
            turn_id,
        ],
    )


def end(turn_id: str, status: TurnStatus, reply: str, usage: Usage) -> Work[None]:
    """Stores how a turn ended and what it took. Raises TurnOver where it has ended: there is one reply."""
    yield from spent(turn_id, usage)
    sql = "UPDATE turns SET status = ?, reply = ?, ended = 1 WHERE id = ? AND ended = 0 RETURNING id"
    if not (yield Statement(sql, [status.value, reply, turn_id])):
        raise TurnOver(turn_id)


def _dump_caller(caller: Caller) -> str:
    """What another instance must know to go on in the caller's name; the conversation knows whose it is."""
    return json.dumps(
        {
            "roles": sorted(caller.roles),
            "expires_at": caller.expires_at.isoformat(),
            "session_id": caller.session_id,
            "issuer": caller.issuer,
        }
    )


def _load_caller(text: str, *, email: str, agent: str) -> Caller:
    found: Mapping[str, Any] = json.loads(text)
    return Caller(
        email=email,
        agent=agent,
        roles=frozenset(found["roles"]),
        actor=None,
        expires_at=datetime.fromisoformat(found["expires_at"]),
        session_id=found["session_id"],
        issuer=found["issuer"],
    )
