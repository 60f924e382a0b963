"""What holds for every store: SQLite in one file, PostgreSQL for many machines."""

import asyncio
import sys
import time

import pytest

from orchestrator_server.store import Statement, Work, one, value
from service_kit.errors import NotFound
from tests.store.works import add_conversation, add_event, count_up, selected

ALL = selected("SELECT id FROM conversations ORDER BY id")
FENCE = selected("SELECT fence FROM conversations WHERE id = 'c'")
COUNTING = """
import asyncio, sys
from pathlib import Path
from orchestrator_server.store_opening import StoreSettings, open_store
from tests.store.works import count_up

async def main(path, url, times):
    async with open_store(StoreSettings(database=Path(path), url=url, connections=4)) as store:
        await asyncio.gather(*(store.write("c", lambda: count_up("c")) for _ in range(int(times))))

asyncio.run(main(*sys.argv[1:]))
"""


async def test_what_a_work_returns_is_committed_and_can_be_read_at_once(store):
    assert await store.write("c", lambda: add_conversation("c")) is None
    assert await store.read(ALL) == [("c",)]
    assert await store.write("c", lambda: count_up("c")) == 1
    assert await store.read(FENCE) == [(1,)]


async def test_an_exception_rolls_back_and_comes_back(store):
    def failing() -> Work[None]:
        yield from add_conversation("c")
        raise NotFound("NOTHING", "There is nothing.")

    with pytest.raises(NotFound, match="There is nothing"):
        await store.write("c", failing)
    assert await store.read(ALL) == []


async def test_a_work_that_fails_takes_nobody_with_it(store, place):
    def failing(name: str) -> Work[None]:
        yield from add_conversation(name)
        yield from add_conversation(name)

    def wrong() -> Work[None]:
        yield Statement("INSERT INTO nowhere VALUES (1)")

    works = [
        store.write(f"c{number}", lambda number=number: (failing if number % 2 else add_conversation)(f"c{number}"))
        for number in range(20)
    ]
    results = await asyncio.gather(*works, store.write("w", wrong), return_exceptions=True)
    assert [isinstance(result, Exception) for result in results] == [False, True] * 10 + [True]
    assert len(await store.read(ALL)) == 10


async def test_a_work_may_write_read_its_own_writes_and_use_what_returns(store):
    def work() -> Work[list[object]]:
        yield from add_conversation("c")
        sql = "UPDATE conversations SET title = ? WHERE id = ? RETURNING title, fence"
        changed = one((yield Statement(sql, ["100% sure?", "c"])))
        none = one((yield Statement(sql, ["x", "nobody"])))
        title = value((yield Statement("SELECT title FROM conversations WHERE id = ?", ["c"])))
        return [tuple(changed or ()), none, title]

    assert await store.write("c", work) == [("100% sure?", 0), None, "100% sure?"]


async def test_values_come_back_as_they_went(store):
    def work() -> Work[tuple[object, ...]]:
        yield from add_conversation("c")
        sql = "INSERT INTO turns (id, conversation_id, number, status, reply, is_cancelled) VALUES (?, ?, ?, ?, ?, ?)"
        yield Statement(sql, ["t", "c", 2**62, "Grüße 🌍 '; --", None, True])
        yield Statement("INSERT INTO catalogues VALUES (?, ?, ?)", ["e", bytes(range(256)), "x"])
        yield Statement("UPDATE conversations SET lease_until = ?", [1_772_366_400.25])
        rows = yield Statement(
            "SELECT t.number, t.status, t.reply, t.is_cancelled, k.content, c.lease_until"
            " FROM turns t, conversations c, catalogues k"
        )
        return tuple(rows[0])

    expected = (2**62, "Grüße 🌍 '; --", None, 1, bytes(range(256)), 1_772_366_400.25)
    assert await store.write("c", work) == expected


async def test_a_text_with_nul_is_stored_and_found_again(store):
    await store.write("a\0b", lambda: add_conversation("a\0b"))
    assert len(await store.read(selected("SELECT id FROM conversations WHERE id = ?", "a\0b"))) == 1


async def test_texts_sort_by_code_point(store):
    names = ["b", "B", "a", "_", "é", "Z", "2026-01-01", "2025-12-31T", "~"]
    for name in names:
        await store.write(name, lambda name=name: add_conversation(name))
    assert [name for (name,) in await store.read(ALL)] == sorted(names)


async def test_a_read_sees_one_snapshot(store, place):
    def counted_twice() -> Work[tuple[object, object]]:
        first = value((yield Statement("SELECT COUNT(*) FROM conversations")))
        place.rows("INSERT INTO conversations (id, email, created_at, updated_at) VALUES ('late', '', '', '')")
        return first, value((yield Statement("SELECT COUNT(*) FROM conversations")))

    assert await store.read(counted_twice) == (0, 0)
    assert await store.read(ALL) == [("late",)]


async def test_writers_of_two_stores_lose_nothing(place):
    async with place.opened() as first, place.opened() as second:
        await first.write("c", lambda: add_conversation("c"))
        writes = [store.write("c", lambda: count_up("c")) for _ in range(60) for store in (first, second)]
        assert sorted(await asyncio.gather(*writes)) == list(range(1, 121))


async def test_writers_of_two_processes_lose_nothing(place, store):
    await store.write("c", lambda: add_conversation("c"))
    arguments = ["-c", COUNTING, str(place.settings.database), place.settings.url, "40"]
    others = [await asyncio.create_subprocess_exec(sys.executable, *arguments) for _ in range(2)]
    await asyncio.gather(*(store.write("c", lambda: count_up("c")) for _ in range(40)))
    assert [await other.wait() for other in others] == [0, 0]
    assert await store.read(FENCE) == [(120,)]


async def test_many_writers_about_many_things_all_come_through(store):
    async def talk(name: str) -> int:
        await store.write(name, lambda: add_conversation(name))
        numbers = [await store.write(name, lambda: add_event(name)) for _ in range(5)]
        return numbers[-1]

    assert await asyncio.gather(*(talk(f"c{number}") for number in range(100))) == [5] * 100
    assert await store.read(selected("SELECT COUNT(*) FROM events")) == [(500,)]


async def test_a_writer_that_is_cancelled_hurts_nobody(store):
    tasks = [asyncio.create_task(store.write(f"c{n}", lambda n=n: add_conversation(f"c{n}"))) for n in range(30)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    await asyncio.wait(tasks)
    assert all(task.exception() is None for task in tasks[1::2])
    kept = {name for (name,) in await store.read(ALL)}
    assert {f"c{number}" for number in range(1, 30, 2)} <= kept


async def test_the_clock_is_that_of_the_database_in_seconds(store):
    ((now,),) = await store.read(selected(f"SELECT {store.clock}"))
    assert isinstance(now, float)
    assert abs(now - time.time()) < 60
