"""What has passed its time goes, with everything that hangs on it; what somebody works on stays."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from orchestrator_server.retention import BATCH, Keep, Retention, keep_settings
from orchestrator_server.store import Statement
from service_kit.settings import Environment, SettingsError
from service_kit.times import to_text
from tests.store.works import TABLES, add_full_conversation, selected

NOW = datetime.now(UTC)
KEEP = Keep(conversations=timedelta(days=10), audit=timedelta(days=40))
AUDIT = "server, created_at, kind, actor, subject, action, result, reason, turn_id, key"
ALL = selected("SELECT id FROM conversations ORDER BY id")


def days_ago(days: float) -> str:
    return to_text(NOW - timedelta(days=days))


async def add(store, *names: str, days: float) -> None:
    for name in names:
        await store.write(name, lambda name=name: add_full_conversation(name, days_ago(days)))


async def test_an_old_conversation_goes_with_everything_that_hangs_on_it(store, place):
    await add(store, "old", "older", days=11)
    await add(store, "new", days=9)
    assert await Retention(store, KEEP).remove(NOW) == 2
    assert await store.read(ALL) == [("new",)]
    assert {table: place.rows(f"SELECT COUNT(*) FROM {table}") for table in TABLES} == {
        table: [(1,)] for table in TABLES
    }


async def test_for_ever_is_for_ever(store):
    await add(store, "old", days=5_000)
    await Retention(store, Keep(conversations=None)).remove(NOW)
    assert await store.read(ALL) == [("old",)]


async def test_what_is_leased_or_under_way_stays(store, place):
    await add(store, "leased", "under-way", "free", days=100)
    place.rows(f"UPDATE conversations SET lease_until = {store.clock} + 60 WHERE id = 'leased'")
    place.rows("UPDATE turns SET ended = 0 WHERE conversation_id = 'under-way'")
    assert await Retention(store, KEEP).remove(NOW) == 1
    assert await store.read(ALL) == [("leased",), ("under-way",)]
    place.rows(f"UPDATE conversations SET lease_until = {store.clock} - 1")
    assert await Retention(store, KEEP).remove(NOW) == 1


async def test_more_than_one_batch_goes_also_with_two_instances_at_once(place):
    async with place.opened() as first, place.opened() as second:
        names = [f"c{number}" for number in range(BATCH + 20)]
        await add(first, *names, days=20)
        gone = await asyncio.gather(Retention(first, KEEP).remove(NOW), Retention(second, KEEP).remove(NOW))
        assert sum(gone) == len(names)
        assert await first.read(ALL) == []


async def test_the_audit_goes_after_its_own_time(store, place):
    marks = ", ".join("?" * 10)

    def rows():
        for number, days in enumerate((39, 41, 400)):
            row = ["s", days_ago(days), 4, "", "", "", "", "", "", ""]
            yield Statement(f"INSERT INTO _audit ({AUDIT}) VALUES ({marks})", row)
            yield Statement(f"INSERT INTO collected_audit (number, {AUDIT}) VALUES (?, {marks})", [number, *row])
        many = [f"({1_000 + number}, 's', '{days_ago(50)}', 4, '', '', '', '', '', '', '')" for number in range(250)]
        yield Statement(f"INSERT INTO collected_audit (number, {AUDIT}) VALUES {', '.join(many)}")

    await store.write("audit", rows)
    await Retention(store, KEEP).remove(NOW)
    for table in ("_audit", "collected_audit"):
        assert place.rows(f"SELECT created_at FROM {table}") == [(days_ago(39),)]


async def test_contracts_go_once_no_plan_was_made_with_them(store, place):
    await add(store, "new", days=1)  # its plan was made with e

    def rows():
        for etag, days in (("e", 400), ("f", 400), ("g", 29)):
            yield Statement("INSERT INTO catalogues VALUES (?, ?, ?)", [etag, b"", days_ago(days)])

    await store.write("catalogues", rows)
    await Retention(store, KEEP).remove(NOW)
    assert place.rows("SELECT etag FROM catalogues ORDER BY etag") == [("e",), ("g",)]


async def test_it_goes_on_in_the_background(store):
    async with Retention(store, KEEP, every_seconds=0.01).running(), asyncio.timeout(20):
        for _ in range(2):
            await add(store, "old", days=11)
            while await store.read(ALL):
                pass


def test_settings_have_defaults_and_bounds():
    assert keep_settings(Environment({})) == Keep(conversations=timedelta(days=365), audit=timedelta(days=400))
    given = {"LLM_ORCHESTRATOR_KEEP_CONVERSATION_DAYS": "0", "LLM_ORCHESTRATOR_KEEP_AUDIT_DAYS": "30"}
    assert keep_settings(Environment(given)) == Keep(conversations=None, audit=timedelta(days=30))
    environment = Environment({"LLM_ORCHESTRATOR_KEEP_AUDIT_DAYS": "29"})
    keep_settings(environment)
    with pytest.raises(SettingsError, match="KEEP_AUDIT_DAYS"):
        environment.check()
