"""What people may do with what is kept of them, over both stores."""

import asyncio
from datetime import UTC, datetime

import pytest

from orchestrator_server import turn_sql
from orchestrator_server.rights import AT_ONCE, Rights
from orchestrator_server.store import Statement, Work
from orchestrator_server.turn_values import TurnStart
from service_kit.caller import Caller
from service_kit.errors import FailedPrecondition, NotFound, NotYours, PermissionDenied
from tests.store.conftest import new_place
from tests.store.works import MOMENT, TABLES, add_conversation, add_full_conversation, selected

NOW = datetime.now(UTC)
ALL = selected("SELECT id FROM conversations ORDER BY id")
AUDIT = "SELECT kind, actor, subject, action, result, turn_id, key FROM _audit ORDER BY number"


def caller(email: str = "dana@example.com", agent: str = "") -> Caller:
    return Caller(email=email, agent=agent, roles=frozenset(), actor=None, expires_at=NOW)


DANA, EVA = caller(), caller("eva@example.com")


async def add(store, *names: str) -> None:
    for name in names:
        await store.write(name, lambda name=name: add_full_conversation(name))


async def test_a_conversation_goes_with_everything_and_one_line_of_the_audit_stays(store, place):
    await add(store, "a", "b")
    assert await Rights(store).delete(DANA, "a") == 1
    assert await store.read(ALL) == [("b",)]
    assert {table: place.rows(f"SELECT COUNT(*) FROM {table}") for table in TABLES} == {
        table: [(1,)] for table in TABLES
    }
    dana = "dana@example.com"
    assert place.rows(AUDIT) == [(5, dana, dana, "ChatService.DeleteConversations", "SUCCEEDED", "", "a")]
    with pytest.raises(NotFound):
        await Rights(store).delete(DANA, "a")
    assert len(place.rows(AUDIT)) == 1


async def test_every_table_that_hangs_on_a_conversation_is_known(place, store):
    """A table that is added later must be erased too, so that this list grows with it."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table'"
    if place.is_postgres:
        sql = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    others = {"conversations", "catalogues", "_audit", "collected_audit", "_migrations", "sqlite_sequence"}
    assert {row[0] for row in place.rows(sql)} - others == set(TABLES)


async def test_nobody_else_deletes_it_or_takes_it(store):
    await add(store, "a")
    rights = Rights(store)
    with pytest.raises(NotYours):
        await rights.delete(EVA, "a")
    with pytest.raises(NotYours):
        await anext(rights.export(EVA, "a"))
    assert await rights.delete_all(EVA) == 0
    assert [kept async for kept in rights.export(EVA)] == []
    sam = caller(agent="sam@example.com")
    with pytest.raises(PermissionDenied, match="Only customers themselves"):
        await rights.delete(sam, "a")
    with pytest.raises(PermissionDenied):
        await rights.delete_all(sam)
    with pytest.raises(PermissionDenied):
        await anext(rights.export(sam))
    assert await store.read(ALL) == [("a",)]


async def test_it_waits_for_a_turn_that_runs(store, place):
    await add(store, "a", "b", "c")
    place.rows("UPDATE turns SET ended = 0 WHERE conversation_id = 'b'")
    rights = Rights(store)
    with pytest.raises(FailedPrecondition) as caught:
        await rights.delete(DANA, "b")
    assert caught.value.reason == "TURN_RUNNING"
    with pytest.raises(FailedPrecondition) as caught:
        await rights.delete_all(DANA)
    assert caught.value.message.startswith("Turns still run in 1 of your conversations; the other 2 are deleted.")
    assert (caught.value.reason, caught.value.metadata) == ("TURN_RUNNING", {"deleted": "2"})
    assert await store.read(ALL) == [("b",)]
    assert sorted(row[-1] for row in place.rows(AUDIT)) == ["a", "c"]
    place.rows("UPDATE turns SET ended = 1")
    assert await rights.delete_all(DANA) == 1


async def test_all_of_them_go_also_from_two_instances_at_once(place):
    async with place.opened() as first, place.opened() as second:
        names = [f"c{number:03}" for number in range(2 * AT_ONCE + 5)]
        await add(first, *names)
        await first.write("empty", lambda: add_conversation("empty"))
        await first.write("hers", lambda: add_conversation("hers", email=EVA.email))
        gone = await asyncio.gather(Rights(first).delete_all(DANA), Rights(second).delete_all(DANA))
        assert sum(gone) == len(names)
        assert await first.read(ALL) == [("hers",)]
        assert len(place.rows(AUDIT)) == len(names) + 1


async def test_what_is_exported_is_everything_newest_first(store, place):
    await add(store, "a")
    await store.write("b", lambda: add_full_conversation("b", NOW.isoformat()))
    await store.write("empty", lambda: add_conversation("empty"))
    place.rows(f"UPDATE turns SET created_at = '{MOMENT}'")
    kept = [each async for each in Rights(store).export(DANA)]
    assert [each.summary.id for each in kept] == ["b", "a"]
    assert [turn.text for turn in kept[0].exchanges] == ["hi"]
    assert [event.content for event in kept[0].events] == [b"\x00\xff"]
    assert [each.summary.id async for each in Rights(store).export(DANA, "a")] == ["a"]


async def test_a_message_does_not_bring_a_deleted_conversation_back(store, place):
    await add(store, "a")
    await Rights(store).delete(DANA, "a")
    start = TurnStart(turn_id="late", conversation_id="a", text="hello?", caller=DANA, now=NOW)
    with pytest.raises(NotFound) as caught:
        await store.write("a", lambda: turn_sql.receive(start, 16))
    assert caught.value.reason == "CONVERSATION_DELETED"
    assert [place.rows(f"SELECT * FROM {table}") for table in ("conversations", *TABLES)] == [[]] * (len(TABLES) + 1)


MARKED = (
    ("turns", "text"),
    ("turns", "reply"),
    ("plans", "content"),
    ("outcomes", "content"),
    ("events", "content"),
    ("questions", "content"),
    ("approvals", "effects"),
    ("conversations", "title"),
)


def mark(name: str, size: int) -> Work[None]:
    """Says the same word everywhere in a conversation: in cells of one page, or over pages of their own."""
    for table, column in MARKED:
        where = "plan_id" if table == "outcomes" else "id" if table == "conversations" else "conversation_id"
        said = "spruce " * size
        value = said.encode() if table == "events" else said
        key = f"{name}-p" if table == "outcomes" else name
        yield Statement(f"UPDATE {table} SET {column} = ? WHERE {where} = ?", [value, key])


async def test_the_file_keeps_no_byte_of_what_was_said(tmp_path):
    place = next(new_place("sqlite", tmp_path))
    file, log = place.settings.database, place.settings.database.with_name("orchestrator.db-wal")
    async with place.opened() as store:
        names = [f"c{number:03}" for number in range(60)]
        await add(store, *names)
        for number, name in enumerate(names[1:]):
            await store.write(name, lambda name=name, size=7 * number: mark(name, size + 1))
        place.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"spruce" in file.read_bytes()
        for name in names[1:]:
            await Rights(store).delete(DANA, name)
        place.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"spruce" not in file.read_bytes() + log.read_bytes()
        assert await store.read(ALL) == [(names[0],)]
