"""The SQL of events: numbered per conversation from 1 without gaps, in the transaction of what they tell."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from orchestrator_server.memory_values import StoredEvent
from orchestrator_server.store import Row, Statement, Work, value
from service_kit.times import to_text

ASKED_AT_ONCE = 500


def append(conversation_id: str, turn_id: str, contents: Sequence[bytes], now: datetime) -> Work[int]:
    """Stores `contents` behind the last event of the conversation; the number of the first of them."""
    sql = "SELECT COALESCE(MAX(number), 0) + 1 FROM events WHERE conversation_id = ?"
    first = int(value((yield Statement(sql, [conversation_id]))))
    insert = "INSERT INTO events (conversation_id, number, turn_id, created_at, content) VALUES (?, ?, ?, ?, ?)"
    for place, content in enumerate(contents):
        yield Statement(insert, [conversation_id, first + place, turn_id, to_text(now), content])
    return first


def last(conversation_id: str) -> Work[int]:
    """The number of the last event; 0 where there is none."""
    sql = "SELECT COALESCE(MAX(number), 0) FROM events WHERE conversation_id = ?"
    return int(value((yield Statement(sql, [conversation_id]))))


def behind(last_seen: Mapping[str, int]) -> Work[tuple[str, ...]]:
    """Conversations that have events behind the number that was seen last of them."""
    found = []
    names = list(last_seen)
    for start in range(0, len(names), ASKED_AT_ONCE):
        some = names[start : start + ASKED_AT_ONCE]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT conversation_id, MAX(number) FROM events WHERE conversation_id IN ({marks}) GROUP BY 1"
        found += [str(name) for name, number in (yield Statement(sql, some)) if number > last_seen[name]]
    return tuple(found)


def after(conversation_id: str, number: int) -> Work[tuple[StoredEvent, ...]]:
    """The events behind `number`, in order."""
    sql = "SELECT number, turn_id, content FROM events WHERE conversation_id = ? AND number > ? ORDER BY number"
    return _events((yield Statement(sql, [conversation_id, number])))


def of_turn(turn_id: str) -> Work[tuple[StoredEvent, ...]]:
    """The events of a turn, in order."""
    sql = "SELECT number, turn_id, content FROM events WHERE turn_id = ? ORDER BY number"
    return _events((yield Statement(sql, [turn_id])))


def has_any(turn_id: str) -> Work[bool]:
    """Has the turn said anything yet?"""
    return bool((yield Statement("SELECT 1 FROM events WHERE turn_id = ? LIMIT 1", [turn_id])))


def _events(rows: Sequence[Row]) -> tuple[StoredEvent, ...]:
    return tuple(StoredEvent(number=row[0], turn_id=row[1], content=bytes(row[2])) for row in rows)
