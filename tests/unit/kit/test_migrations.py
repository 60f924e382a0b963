import multiprocessing
from concurrent.futures import ThreadPoolExecutor

import pytest

from service_kit.database import connect
from service_kit.migrations import migrate, pending


def m001_things(db):
    db.execute("CREATE TABLE things (id INTEGER PRIMARY KEY)")


def m002_first(db):
    db.table("things").insert({"id": None})


def m003_fails(db):
    db.table("things").insert({"id": None})
    raise LookupError("no")


ALL = (m001_things, m002_first)


def _open_and_migrate(path, barrier, answers):
    barrier.wait()
    try:
        db = connect(path)
        migrate(db, ALL)
        answers.put(db.table("things").count)
        db.close()
    except Exception as error:  # noqa: BLE001  # whatever it is, the test wants to see it
        answers.put(repr(error))


@pytest.fixture
def db(tmp_path):
    connection = connect(tmp_path / "x.db")
    yield connection
    connection.close()


def test_each_runs_once_in_order(db):
    assert pending(db, ALL) == ["m001_things", "m002_first"]
    migrate(db, ALL[:1])
    assert pending(db, ALL) == ["m002_first"]
    migrate(db, ALL)
    migrate(db, ALL)
    assert pending(db, ALL) == []
    assert db.table("things").count == 1


def test_one_that_fails_leaves_nothing_behind_and_is_tried_again(db):
    with pytest.raises(LookupError):
        migrate(db, [*ALL, m003_fails])
    assert db.table("things").count == 1
    assert pending(db, [*ALL, m003_fails]) == ["m003_fails"]


def test_processes_that_start_at_once_migrate_once(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    barrier, answers = spawn.Barrier(2), spawn.Queue()
    arguments = (tmp_path / "x.db", barrier, answers)
    processes = [spawn.Process(target=_open_and_migrate, args=arguments) for _ in range(2)]
    for process in processes:
        process.start()
    found = [answers.get(timeout=20) for _ in processes]
    for process in processes:
        process.join()
    answers.close()
    answers.join_thread()
    assert found == [1, 1]


def test_connections_that_open_a_fresh_file_at_once_never_fail(tmp_path):
    """Switching to WAL needs the file for itself, and SQLite may refuse without waiting."""

    def open_and_migrate(path):
        db = connect(path)
        migrate(db, ALL)
        db.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        for n in range(25):
            assert all(threads.map(open_and_migrate, [tmp_path / f"{n}.db"] * 8))
