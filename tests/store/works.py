"""Works that the tests of stores share, and a conversation with everything that may hang on one."""

from collections.abc import Callable
from datetime import UTC, datetime

from orchestrator_server.store import Statement, Work, value
from service_kit.times import to_text

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENT = to_text(NOW)


def add_conversation(name: str, moment: str = MOMENT, email: str = "dana@example.com") -> Work[None]:
    """Stores an empty conversation."""
    sql = "INSERT INTO conversations (id, email, created_at, updated_at) VALUES (?, ?, ?, ?)"
    yield Statement(sql, [name, email, moment, moment])


def count_up(name: str) -> Work[int]:
    """Reads the fence of a conversation and writes one more, as two statements."""
    number = int(value((yield Statement("SELECT fence FROM conversations WHERE id = ?", [name]))))
    yield Statement("UPDATE conversations SET fence = ? WHERE id = ?", [number + 1, name])
    return number + 1


def add_event(name: str, content: bytes = b"{}") -> Work[int]:
    """Stores an event behind the last one; its number."""
    sql = "SELECT COALESCE(MAX(number), 0) + 1 FROM events WHERE conversation_id = ?"
    number = int(value((yield Statement(sql, [name]))))
    sql = "INSERT INTO events (conversation_id, number, turn_id, created_at, content) VALUES (?, ?, ?, ?, ?)"
    yield Statement(sql, [name, number, "t", MOMENT, content])
    return number


def selected(sql: str, *values: object) -> Callable[[], Work[list[tuple[object, ...]]]]:
    """A work that reads the rows of one statement."""

    def work() -> Work[list[tuple[object, ...]]]:
        rows = yield Statement(sql, values)
        return [tuple(row) for row in rows]

    return work


FULL = (
    ("turns (id, conversation_id, number, status, ended, text, created_at)", ("{c}-t", "{c}", 1, "done", 1, "hi", "")),
    ("plans (id, conversation_id, content, catalogue_etag, now, text)", ("{c}-p", "{c}", "{{}}", "e", MOMENT, "hi")),
    ("calls (plan_id, step_id, element, server, method, reserved_at)", ("{c}-p", "s1", 0, "order", "M", MOMENT)),
    ("outcomes (plan_id, step_id, element, content)", ("{c}-p", "s1", 0, "{{}}")),
    ("opinions (plan_id, step_id, element, holds, digest)", ("{c}-p", "s1", 0, True, "d")),
    ("events (conversation_id, number, turn_id, created_at, content)", ("{c}", 1, "{c}-t", MOMENT, b"\x00\xff")),
    ("questions (conversation_id, content)", ("{c}", "{{}}")),
    ("approvals (plan_id, conversation_id, status, expires_at)", ("{c}-p", "{c}", "waiting", MOMENT)),
    ("answers (plan_id, fingerprint, approved)", ("{c}-p", "f", False)),
)
TABLES = tuple(target.partition(" ")[0] for target, _ in FULL)


def add_full_conversation(name: str, moment: str = MOMENT) -> Work[None]:
    """Stores a conversation with a row in every table that belongs to it."""
    yield from add_conversation(name, moment)
    for target, row in FULL:
        marks = ", ".join("?" * len(row))
        values = [cell.format(c=name) if isinstance(cell, str) else cell for cell in row]
        yield Statement(f"INSERT INTO {target} VALUES ({marks})", values)
