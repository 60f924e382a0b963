import asyncio
import sqlite3
import threading

import pytest

from service_kit.database import connect, open_database, transaction
from service_kit.errors import Unavailable


def prepare(db):
    db.execute("CREATE TABLE IF NOT EXISTS counts (name TEXT PRIMARY KEY, n INTEGER NOT NULL)")


def read_then_write(db):
    """What fails at once in a deferred transaction when another connection wrote in between."""
    row = db.execute("SELECT n FROM counts WHERE name = 'a'").fetchone()
    db.execute("INSERT OR REPLACE INTO counts VALUES ('a', ?)", [(row[0] if row else 0) + 1])


def count(db) -> int:
    row = db.execute("SELECT n FROM counts WHERE name = 'a'").fetchone()
    return row[0] if row else 0


async def test_two_connections_that_read_and_then_write_never_fail_and_lose_nothing(tmp_path):
    path = tmp_path / "x.db"
    async with open_database(path, prepare) as one, open_database(path, prepare) as two:
        await asyncio.gather(*(database.write(read_then_write) for _ in range(50) for database in (one, two)))
        assert await one.read(count) == await two.read(count) == 100


async def test_an_exception_rolls_everything_back_and_is_raised(tmp_path):
    def fail(db):
        read_then_write(db)
        db.table("counts").insert({"name": "b", "n": 1})  # sqlite-utils' own transaction nests inside
        raise LookupError("no")

    async with open_database(tmp_path / "x.db", prepare) as database:
        with pytest.raises(LookupError):
            await database.write(fail)
        assert await database.read(lambda db: db.table("counts").count) == 0
        await database.write(read_then_write)
        assert await database.read(count) == 1


async def test_a_commit_that_fails_leaves_the_door_usable(tmp_path):
    def with_deferred_check(db):
        db.execute("CREATE TABLE parents (id INTEGER PRIMARY KEY)")
        db.execute("CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)")
        prepare(db)

    async with open_database(tmp_path / "x.db", with_deferred_check) as database:
        with pytest.raises(sqlite3.IntegrityError):
            await database.write(lambda db: db.execute("INSERT INTO children VALUES (1)"))
        await database.write(read_then_write)
        assert await database.read(count) == 1


async def test_the_event_loop_goes_on_while_a_writer_waits(tmp_path):
    path = tmp_path / "x.db"
    other = connect(path)
    prepare(other)
    async with open_database(path) as database:
        other.conn.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(database.write(read_then_write))
        for _ in range(100):  # turns of the loop that a blocked one would not make
            await asyncio.sleep(0)
        assert not waiting.done()
        other.conn.commit()
        await waiting
        assert await database.read(count) == 1
    other.close()


async def test_a_file_that_stays_locked_is_told_as_unavailable(tmp_path):
    path = tmp_path / "x.db"
    other = connect(path)
    prepare(other)
    async with open_database(path) as database:
        await database.read(lambda db: db.execute("PRAGMA busy_timeout = 50").fetchone())
        other.conn.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable) as caught:
            await database.write(read_then_write)
        assert caught.value.reason == "DATABASE_BUSY"
        other.conn.rollback()
        await database.write(read_then_write)
    other.close()


async def test_other_faults_of_sql_stay_what_they_are(tmp_path):
    async with open_database(tmp_path / "x.db") as database:
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await database.read(lambda db: db.execute("SELECT * FROM nowhere"))


async def test_work_runs_beside_the_event_loops_thread_and_always_on_the_same(tmp_path):
    async with open_database(tmp_path / "x.db") as database:
        threads = {await database.read(lambda _: threading.get_ident()) for _ in range(3)}
        threads |= {await database.write(lambda _: threading.get_ident())}
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_the_file_is_its_owners_and_safe_against_a_crash(tmp_path):
    db = connect(tmp_path / "folder" / "x.db")
    pragma = {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys")}
    assert pragma == {"journal_mode": "wal", "foreign_keys": 1}
    assert (tmp_path / "folder" / "x.db").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o700
    db.close()


def test_a_transaction_gives_what_the_work_returns(tmp_path):
    db = connect(tmp_path / "x.db")
    assert transaction(db, lambda _: 42) == 42
    db.close()


async def test_a_preparation_that_fails_closes_the_file(tmp_path):
    def refuse(db):
        raise LookupError("not ready")

    with pytest.raises(LookupError):
        async with open_database(tmp_path / "x.db", refuse):
            pass
    assert not (tmp_path / "x.db-wal").exists()  # SQLite removes it when the last connection closes
