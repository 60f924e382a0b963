"""Migrations: forward only, once, whoever starts; and what an older file held is there afterwards."""

import asyncio
import sys
from contextlib import closing

from orchestrator_server import schema_postgres
from orchestrator_server.memory_schema import MIGRATIONS
from service_kit.database import connect
from service_kit.migrations import migrate
from tests.store.works import add_conversation, selected

OPENING = """
import asyncio, sys
from pathlib import Path
from orchestrator_server.store_opening import StoreSettings, open_store

async def main(path, url):
    async with open_store(StoreSettings(database=Path(path), url=url)):
        pass

asyncio.run(main(*sys.argv[1:]))
"""


async def test_two_that_start_at_once_migrate_once(place):
    arguments = ["-c", OPENING, str(place.settings.database), place.settings.url]
    others = [await asyncio.create_subprocess_exec(sys.executable, *arguments) for _ in range(3)]
    assert [await other.wait() for other in others] == [0] * 3
    names = [name for (name,) in place.rows("SELECT name FROM _migrations ORDER BY name")]
    sqlite = [migration.__name__ for migration in MIGRATIONS]
    assert names == ([name for name, _ in schema_postgres.MIGRATIONS] if place.is_postgres else sqlite)


async def test_opening_again_changes_nothing(place):
    async with place.opened() as store:
        await store.write("c", lambda: add_conversation("c"))
    async with place.opened() as store:
        assert await store.read(selected("SELECT id FROM conversations")) == [("c",)]


async def test_both_have_the_same_tables_and_columns(place):
    async with place.opened():
        pass
    if place.is_postgres:
        found = place.rows(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
    else:
        sql = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
        found = [row for row in place.rows(sql) if not row[0].startswith("sqlite_")]
    columns: dict[str, set[str]] = {}
    for table, column in found:
        columns.setdefault(table, set()).add(column)
    assert columns == COLUMNS


AUDIT = {"number", "server", "created_at", "kind", "actor", "subject", "action", "result", "reason", "turn_id", "key"}
SPENT = {"model_calls", "prompt_tokens", "completion_tokens", "rpc_calls", "judged_conditions"}
ASKED = {"caller", "answered_plan_id", "approved", "only_effects", "is_cancelled"}
COLUMNS = {
    "_migrations": {"name", "applied_at"},
    "conversations": {"id", "email", "agent", "title", "created_at", "updated_at", "owner", "fence", "lease_until"},
    "turns": {"id", "conversation_id", "number", "status", "ended", "text", "reply", "plan_id", "created_at"}
    | SPENT
    | ASKED,
    "plans": {"id", "conversation_id", "content", "catalogue_etag", "now", "text"},
    "calls": {"plan_id", "step_id", "element", "server", "method", "reserved_at"},
    "outcomes": {"number", "plan_id", "step_id", "element", "content"},
    "opinions": {"plan_id", "step_id", "element", "holds", "digest"},
    "events": {"id", "conversation_id", "number", "turn_id", "created_at", "content"},
    "questions": {"conversation_id", "content"},
    "approvals": {"plan_id", "conversation_id", "keys", "status", "expires_at", "effects"},
    "answers": {"plan_id", "fingerprint", "approved"},
    "catalogues": {"etag", "content", "seen_at"},
    "_audit": AUDIT,
    "collected_audit": AUDIT,
}


def test_a_file_from_before_keeps_what_it_held(tmp_path):
    names = [migration.__name__ for migration in MIGRATIONS]
    with closing(connect(tmp_path / "memory.db")) as db:
        migrate(db, MIGRATIONS[: names.index("m008_journal")])
        db.execute("INSERT INTO conversations (id, email) VALUES ('c', 'a@example.com')")
        for number, status in enumerate(("done", "received", "failed")):
            values = [status, "c", number, status]
            db.execute("INSERT INTO turns (id, conversation_id, number, status) VALUES (?, ?, ?, ?)", values)
            db.execute("INSERT INTO events VALUES ('c', ?, ?, 'x', ?)", [9 - number, status, bytes([number])])
        db.execute("INSERT INTO plans (id, conversation_id) VALUES ('p', 'c')")
        for step in ("s2", "s1"):
            db.execute("INSERT INTO outcomes VALUES ('p', ?, 0, '{}')", [step])
        db.conn.commit()
        migrate(db, MIGRATIONS)
        turns = db.execute("SELECT id, status, ended FROM turns ORDER BY number").fetchall()
        outcomes = db.execute("SELECT step_id FROM outcomes ORDER BY number").fetchall()
        events = db.execute("SELECT number, content FROM events ORDER BY id").fetchall()
        faults = db.execute("PRAGMA foreign_key_check").fetchall()
    assert turns == [("done", "done", 1), ("received", "failed", 1), ("failed", "failed", 1)]
    assert outcomes == [("s2",), ("s1",)]
    assert events == [(9, b"\x00"), (8, b"\x01"), (7, b"\x02")]
    assert faults == []
