"""The SQL of memory: functions that run on the database's thread, inside the transaction of the caller."""

from collections.abc import Sequence
from datetime import datetime

import sqlite_utils

from orchestrator_server import plan_json
from orchestrator_server.memory_values import StoredPlan
from orchestrator_server.plan import Clarify, Outcome, PastTurn, Recollection, Said
from service_kit.errors import NotFound, NotYours
from service_kit.times import to_text

TITLE_LENGTH = 80
TURNS_RECALLED = 12
RECENT_TURNS = 6


def run(db: sqlite_utils.Database, sql: str, values: Sequence[object]) -> None:
    """Runs one statement."""
    db.execute(sql, values)


def owner(db: sqlite_utils.Database, conversation_id: str) -> str | None:
    """Whose conversation it is; None where there is none."""
    row = db.execute("SELECT email FROM conversations WHERE id = ?", [conversation_id]).fetchone()
    return None if row is None else str(row[0])


def open_conversation(db: sqlite_utils.Database, conversation_id: str, email: str, agent: str, now: datetime) -> int:
    """Makes the conversation if it is new; the number of its last event. Raises NotFound where it is another's."""
    known = db.execute("SELECT email, agent FROM conversations WHERE id = ?", [conversation_id]).fetchone()
    if known is None:
        moment = to_text(now)
        row = {"id": conversation_id, "email": email, "agent": agent, "title": ""}
        db.table("conversations").insert(row | {"created_at": moment, "updated_at": moment})
    elif known != (email, agent):
        raise NotYours("CONVERSATION_NOT_FOUND", "There is no such conversation; leave the id out to start a new one.")
    sql = "SELECT COALESCE(MAX(number), 0) FROM events WHERE conversation_id = ?"
    return int(db.execute(sql, [conversation_id]).fetchone()[0])


def begin(db: sqlite_utils.Database, turn_id: str, conversation_id: str, text: str, now: datetime) -> bool:
    """Stores a turn as received; False where its id is known."""
    if db.execute("SELECT 1 FROM turns WHERE id = ?", [turn_id]).fetchone():
        return False
    sql = "SELECT COALESCE(MAX(number), 0) + 1 FROM turns WHERE conversation_id = ?"
    number = db.execute(sql, [conversation_id]).fetchone()[0]
    db.table("turns").insert(
        {
            "id": turn_id,
            "conversation_id": conversation_id,
            "number": number,
            "status": "received",
            "text": text,
            "created_at": to_text(now),
        }
    )
    touch = "UPDATE conversations SET updated_at = ?, title = CASE title WHEN '' THEN ? ELSE title END WHERE id = ?"
    db.execute(touch, [to_text(now), text[:TITLE_LENGTH], conversation_id])
    return True


def recall(db: sqlite_utils.Database, conversation_id: str, turn_id: str, email: str) -> Recollection:
    """What a planner is told."""
    turns = db.execute(
        "SELECT text, COALESCE(reply, ''), plan_id FROM turns WHERE conversation_id = ? AND id <> ?"
        " ORDER BY number DESC LIMIT ?",
        [conversation_id, turn_id, TURNS_RECALLED],
    ).fetchall()
    recent = db.execute(
        "SELECT t.text, COALESCE(t.reply, '') FROM turns t JOIN conversations c ON c.id = t.conversation_id"
        " WHERE c.email = ? AND c.id <> ? AND c.agent = (SELECT agent FROM conversations WHERE id = ?)"
        " ORDER BY t.created_at DESC LIMIT ?",
        [email, conversation_id, conversation_id, RECENT_TURNS],
    ).fetchall()
    question = db.execute("SELECT content FROM questions WHERE conversation_id = ?", [conversation_id]).fetchone()
    return Recollection(
        turns=tuple(_past(db, *row) for row in reversed(turns)),
        recent=tuple(said for text, reply in reversed(recent) for said in _both(text, reply)),
        open_question=plan_json.load_question(question[0]) if question else None,
    )


def _past(db: sqlite_utils.Database, text: str, reply: str, plan_id: str | None) -> PastTurn:
    if plan_id is None:
        return PastTurn(text=text, reply=reply, plan=None)
    content = db.execute("SELECT content FROM plans WHERE id = ?", [plan_id]).fetchone()[0]
    return PastTurn(text=text, reply=reply, plan=plan_json.load_plan(content), outcomes=outcomes(db, plan_id))


def _both(text: str, reply: str) -> tuple[Said, Said]:
    return Said(is_user=True, text=text), Said(is_user=False, text=reply)


def keep_question(db: sqlite_utils.Database, conversation_id: str, question: Clarify | None) -> None:
    """Keeps or forgets the open question."""
    db.execute("DELETE FROM questions WHERE conversation_id = ?", [conversation_id])
    if question is not None:
        row = {"conversation_id": conversation_id, "content": plan_json.dump_question(question)}
        db.table("questions").insert(row)


def store_plan(db: sqlite_utils.Database, turn_id: str, conversation_id: str, stored: StoredPlan) -> None:
    """Stores a plan and ties the turn to it."""
    db.table("plans").insert(
        {
            "id": stored.plan.id,
            "conversation_id": conversation_id,
            "content": plan_json.dump_plan(stored.plan),
            "catalogue_etag": stored.catalogue_etag,
            "now": to_text(stored.now),
            "text": stored.text,
        }
    )
    db.execute("UPDATE turns SET plan_id = ? WHERE id = ?", [stored.plan.id, turn_id])


def resume(db: sqlite_utils.Database, turn_id: str, plan_id: str) -> StoredPlan:
    """The stored plan, tied to the turn. Raises NotFound."""
    row = db.execute("SELECT content, text, now, catalogue_etag FROM plans WHERE id = ?", [plan_id]).fetchone()
    if row is None:
        raise NotFound("PLAN_NOT_FOUND", "There is no such plan.")
    db.execute("UPDATE turns SET plan_id = ? WHERE id = ?", [plan_id, turn_id])
    plan = plan_json.load_plan(row[0])
    return StoredPlan(plan=plan, text=row[1], now=datetime.fromisoformat(row[2]), catalogue_etag=row[3])


def insert_first(db: sqlite_utils.Database, table: str, row: dict[str, object]) -> None:
    """Inserts a row unless its key is there."""
    db.table(table).insert(row, ignore=True)


def replace(db: sqlite_utils.Database, table: str, row: dict[str, object]) -> None:
    """Inserts a row in place of the one with its key."""
    db.table(table).insert(row, replace=True)


def forget(db: sqlite_utils.Database, plan_id: str, steps: Sequence[str]) -> None:
    """Forgets what became of `steps`, so that they are decided anew."""
    marks = ", ".join("?" * len(steps))
    db.execute(f"DELETE FROM outcomes WHERE plan_id = ? AND step_id IN ({marks})", [plan_id, *steps])  # noqa: S608


def outcomes(db: sqlite_utils.Database, plan_id: str) -> tuple[Outcome, ...]:
    """The outcomes of a plan in the order they came."""
    sql = "SELECT content FROM outcomes WHERE plan_id = ? ORDER BY rowid"
    return tuple(plan_json.load_outcome(row[0]) for row in db.execute(sql, [plan_id]).fetchall())


def append(db: sqlite_utils.Database, conversation_id: str, turn_id: str, content: bytes, now: datetime) -> int:
    """Stores an event behind the last one; its number."""
    sql = "SELECT COALESCE(MAX(number), 0) + 1 FROM events WHERE conversation_id = ?"
    number = int(db.execute(sql, [conversation_id]).fetchone()[0])
    row = {
        "conversation_id": conversation_id,
        "number": number,
        "turn_id": turn_id,
        "created_at": to_text(now),
        "content": content,
    }
    db.table("events").insert(row)
    return number
