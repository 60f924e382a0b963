"""A database that is locked, gone, or away in the middle of it: Unavailable, and afterwards all is well again."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from orchestrator_server.store import Statement, Work
from orchestrator_server.store_opening import StoreSettings, open_store
from service_kit.errors import StartError, Unavailable
from tests.postgres import postgres_server
from tests.store.conftest import new_place
from tests.store.swallowing import Network
from tests.store.works import add_conversation, count_up, selected

ALL = selected("SELECT id FROM conversations ORDER BY id")


@pytest.fixture
def file(tmp_path):
    yield from new_place("sqlite", tmp_path)


@pytest.fixture
def database(tmp_path):
    yield from new_place("postgres", tmp_path)


async def test_a_locked_file_is_unavailable_and_then_available(file):
    async with file.opened() as store:
        with closing(sqlite3.connect(file.settings.database, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            writes = [store.write(f"c{number}", lambda n=number: add_conversation(f"c{n}")) for number in range(3)]
            results = await asyncio.gather(*writes, return_exceptions=True)
            assert {(type(result), result.reason) for result in results} == {(Unavailable, "DATABASE_BUSY")}
            assert await store.read(ALL) == []  # readers wait for nobody
            other.execute("ROLLBACK")
        await store.write("c", lambda: add_conversation("c"))
        assert await store.read(ALL) == [("c",)]


async def test_a_full_file_takes_only_what_does_not_fit(file):
    def too_much() -> Work[None]:
        yield from add_conversation("big")
        yield Statement("INSERT INTO catalogues VALUES ('e', ?, '')", [b"x" * 50_000_000])

    async with file.opened() as store:
        await store._writer.run(lambda db: db.execute("PRAGMA max_page_count = 200").fetchall())
        writes = [store.write("big", too_much), store.write("c", lambda: add_conversation("c"))]
        results = await asyncio.gather(*writes, return_exceptions=True)
        assert isinstance(results[0], Unavailable)
        await store.write("d", lambda: add_conversation("d"))
        names = [name for (name,) in await store.read(ALL)]
    assert names == (["c", "d"] if results[1] is None else ["d"])


async def test_a_server_that_is_down_is_unavailable_and_then_available(database):
    async with database.opened() as store:
        await asyncio.gather(*(store.write(f"c{n}", lambda n=n: add_conversation(f"c{n}")) for n in range(8)))
        await asyncio.to_thread(postgres_server().stop)
        try:
            for attempt in (store.write("x", lambda: add_conversation("x")), store.read(ALL)):
                with pytest.raises(Unavailable):
                    await attempt
        finally:
            await asyncio.to_thread(postgres_server().start)
        await store.write("x", lambda: add_conversation("x"))
        assert len(await store.read(ALL)) == 9


async def test_a_restart_between_two_calls_is_not_noticed(database):
    async with database.opened() as store:
        await asyncio.gather(*(store.write(f"c{n}", lambda n=n: add_conversation(f"c{n}")) for n in range(8)))
        await asyncio.to_thread(postgres_server().stop)
        await asyncio.to_thread(postgres_server().start)
        await asyncio.gather(*(store.write(f"d{n}", lambda n=n: add_conversation(f"d{n}")) for n in range(8)))
        assert len(await store.read(ALL)) == 16


async def test_a_connection_lost_before_the_commit_runs_the_work_again(database):
    runs = []

    def work() -> Work[int]:
        runs.append(1)
        number = yield from count_up("c")
        if len(runs) == 1:
            database.rows("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        yield Statement("SELECT 1")
        return number

    async with database.opened() as store:
        await store.write("c", lambda: add_conversation("c"))
        assert await store.write("c", work) == 1
    assert len(runs) == 2
    assert database.rows("SELECT fence FROM conversations") == [(1,)]


ENDS_IN_THE_COMMIT = """
CREATE FUNCTION end_it() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_terminate_backend(pg_backend_pid());
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER end_it AFTER UPDATE ON conversations DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.fence = 1) EXECUTE FUNCTION end_it();
"""


async def test_a_commit_that_fails_halfway_is_asked_about_and_not_counted(database):
    async with database.opened() as store:
        await store.write("c", lambda: add_conversation("c"))
        database.rows(ENDS_IN_THE_COMMIT)
        with pytest.raises(Unavailable, match="try again"):
            await store.write("c", lambda: count_up("c"))
        assert await store.read(selected("SELECT fence FROM conversations")) == [(0,)]


@pytest.fixture
async def network(database):
    """The database behind a network that can lose the answer to a commit; and a store that is reached over it."""
    parts = urlsplit(database.settings.url)
    network = Network(Path(parse_qs(parts.query)["host"][0]) / ".s.PGSQL.5432")
    async with network.carrying() as port:
        url = f"postgresql://postgres@127.0.0.1:{port}{parts.path}?sslmode=disable&gssencmode=disable"
        async with open_store(replace(database.settings, url=url)) as store:
            yield network, store


async def test_a_commit_whose_answer_was_lost_counts_once(network, database):
    network, store = network
    await store.write("c", lambda: add_conversation("c"))
    for expected in (1, 2):
        network.loses_next_commit = True
        assert await store.write("c", lambda: count_up("c")) == expected
        assert not network.loses_next_commit
    assert database.rows("SELECT fence FROM conversations") == [(2,)]


async def test_a_commit_that_nobody_can_tell_of_says_so(network, database):
    network, store = network
    await store.write("c", lambda: add_conversation("c"))

    def work() -> Work[None]:
        yield from count_up("c")
        network.loses_next_commit = network.is_down = True

    with pytest.raises(Unavailable) as caught:
        await store.write("c", work)
    assert caught.value.reason == "DATABASE_LOST"
    network.is_down = False
    assert await store.write("c", lambda: count_up("c")) == 2


async def test_a_server_that_is_not_there_stops_the_start(tmp_path):
    settings = StoreSettings(database=tmp_path / "x.db", url="postgresql://postgres:s3cret@127.0.0.1:1/nothing")
    with pytest.raises(StartError, match="LLM_ORCHESTRATOR_MEMORY_URL") as caught:
        async with open_store(settings):
            pass
    assert "s3cret" not in str(caught.value)


async def test_a_file_that_is_no_database_stops_the_start(tmp_path):
    path = tmp_path / "orchestrator.db"
    path.write_text("this is no database, but long enough to look like the header of one " * 20)
    with pytest.raises(StartError, match=r"orchestrator\.db"):
        async with open_store(StoreSettings(database=path)):
            pass
