"""The command that backs up and restores, run as a program, on databases with content, while somebody writes."""

import asyncio
import gzip
import os
import sqlite3
import stat
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator_server.memory_schema import MIGRATIONS
from orchestrator_server.store import Statement
from orchestrator_server.store_audit import OwnAudit, insert
from orchestrator_server.store_dump import TABLES
from orchestrator_server.store_hold import held
from orchestrator_server.store_opening import StoreSettings, open_store
from service_kit.audit import AuditEntry, AuditKind
from service_kit.errors import StartError
from tests.store.conftest import Place, new_place
from tests.store.works import add_conversation, add_event, add_full_conversation, selected

ENTRY = AuditEntry(kind=AuditKind.EFFECT, action="order.cancel", result="SUCCEEDED")
COLLECTED = "INSERT INTO collected_audit VALUES ('v', 1, '2026-01-01', 4, 'a', 'b', 'c', 'd', 'e', 'f', 'g')"


def environment_of(place: Place) -> dict[str, str]:
    given = {"MEMORY_DATABASE": str(place.settings.database), "MEMORY_URL": place.settings.url}
    return {**os.environ, **{f"LLM_ORCHESTRATOR_{name}": text for name, text in given.items()}}


async def admin(place: Place, *arguments: object) -> tuple[int, str]:
    """The exit status and all that was said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "orchestrator_server.admin",
        *map(str, arguments),
        env=environment_of(place),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


@pytest.fixture
def other(place: Place, tmp_path: Path):
    """An empty database of the same kind."""
    yield from new_place("postgres" if place.is_postgres else "sqlite", tmp_path / "other")


def content(place: Place) -> dict[str, list[object]]:
    return {
        table: place.rows(f"SELECT {key.replace(' ', ', ')}, {rest.replace(' ', ', ')} FROM {table} ORDER BY 1, 2")
        for table, (key, rest) in TABLES.items()
    }


async def fill(store, *names: str) -> None:
    for name in names:
        await store.write(name, lambda name=name: add_full_conversation(name))
        await OwnAudit(store).append(replace(ENTRY, key=name))

    def rest():
        yield Statement("INSERT INTO catalogues VALUES (?, ?, ?)", ["e", bytes(range(256)), "x"])
        yield Statement(COLLECTED)
        yield Statement("UPDATE conversations SET title = ?, lease_until = 0.25", ["Grüße 🌍 \n {}"])

    await store.write("rest", rest)


@pytest.mark.parametrize("options", [[], ["--portable"]])
async def test_what_was_backed_up_is_there_after_a_restore(place, other, tmp_path, options):
    file = tmp_path / "backup"
    async with place.opened() as store:
        await fill(store, "a", "b", "c")
        status, said = await admin(place, "backup", file, *options)  # the store is open meanwhile
    assert status == 0, said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    status, said = await admin(other, "restore", file)
    assert status == 0, said
    assert content(other) == content(place)
    assert all(content(other).values())
    async with other.opened() as store:  # and life goes on behind it
        assert await store.write("a", lambda: add_event("a")) == 2
        await store.write("d", lambda: add_full_conversation("d"))
        await OwnAudit(store).append(ENTRY)
        numbers = [number for number, _ in await OwnAudit(store).listed(0, 10)]
        assert numbers == sorted(set(numbers))
        assert len(numbers) == 4
    if not other.is_postgres:
        assert stat.S_IMODE(other.settings.database.stat().st_mode) == 0o600


async def test_a_portable_backup_goes_from_one_kind_to_the_other(place, tmp_path):
    file = tmp_path / "backup"
    async with place.opened() as store:
        await fill(store, "a", "b")
    assert (await admin(place, "backup", "--portable", file))[0] == 0
    for target in new_place("sqlite" if place.is_postgres else "postgres", tmp_path / "target"):
        status, said = await admin(target, "restore", file)
        assert status == 0, said
        assert content(target) == content(place)


async def test_a_backup_made_while_somebody_writes_is_of_one_moment(place, other, tmp_path):
    file = tmp_path / "backup"

    def both(number: int):
        yield from add_conversation(f"c{number}")
        yield from insert(replace(ENTRY, key=f"c{number}"))

    async with place.opened() as store:
        backing_up = asyncio.create_task(admin(place, "backup", file))
        number = 0
        while not backing_up.done():
            await asyncio.gather(*(store.write(f"c{n}", lambda n=n: both(n)) for n in range(number, number + 10)))
            number += 10
    assert (await backing_up)[0] == 0
    assert (await admin(other, "restore", file))[0] == 0
    kept = other.rows("SELECT id FROM conversations ORDER BY id")
    assert kept == other.rows("SELECT key FROM _audit ORDER BY key")


async def test_a_portable_restore_wants_an_empty_database_and_a_whole_file(place, other, tmp_path):
    file, broken = tmp_path / "backup", tmp_path / "broken"
    async with place.opened() as store:
        await fill(store, "a")
    await admin(place, "backup", "--portable", file)
    status, said = await admin(place, "restore", file)
    assert (status, "not empty" in said) == (1, True)
    whole = gzip.decompress(file.read_bytes())
    lines = whole.splitlines(keepends=True)
    for wrong in (
        gzip.compress(b"".join(lines[:-1])),
        gzip.compress(b"".join([*lines[:3], *lines[4:]])),
        gzip.compress(whole.replace(b'"conversations"', b'"sqlite_master"')),
        gzip.compress(whole.replace(b'"fence"', b'"fence) --"')),
        gzip.compress(whole.replace(b"dump-1", b"dump-9")),
        file.read_bytes()[:-20],
    ):
        broken.write_bytes(wrong)
        status, said = await admin(other, "restore", broken)
        assert (status, "Traceback" in said) == (1, False), said
        assert not any(content(other).values())


async def test_status_counts_what_is_there(place):
    async with place.opened() as store:
        await fill(store, "a", "b")
        status, said = await admin(place, "status")
    assert (status, "0 turns are under way" in said) == (0, True)
    assert [line.split() for line in said.splitlines()[1:3]] == [["conversations", "2"], ["turns", "2"]]
    if not place.is_postgres:
        assert "used by an orchestrator" in said
        assert "used by nobody" in (await admin(place, "status"))[1]


@pytest.fixture
def file_place(tmp_path: Path):
    yield from new_place("sqlite", tmp_path)


async def test_a_file_in_use_is_not_replaced(file_place, tmp_path):
    file = tmp_path / "backup"
    async with file_place.opened() as store:
        await fill(store, "a")
        await admin(file_place, "backup", file)
        status, said = await admin(file_place, "restore", file, "--replace")
        assert (status, "in use" in said) == (1, True)
        await store.write("b", lambda: add_conversation("b"))


async def test_a_newer_file_is_replaced_only_where_that_is_said(file_place, tmp_path):
    file = tmp_path / "backup"
    async with file_place.opened() as store:
        await fill(store, "a")
        await admin(file_place, "backup", file)
        await OwnAudit(store).append(ENTRY)
        await store.write("later", lambda: add_conversation("later", "2999-01-01T00:00:00.000000+00:00"))
    status, said = await admin(file_place, "restore", file)
    assert (status, "--replace" in said) == (1, True)
    assert (await admin(file_place, "restore", file, "--replace"))[0] == 0
    async with file_place.opened() as store:
        assert await store.read(selected("SELECT id FROM conversations")) == [("a",)]


async def test_what_is_no_backup_is_refused(file_place, tmp_path):
    file, nothing, newer = tmp_path / "backup", tmp_path / "nothing", tmp_path / "newer"
    async with file_place.opened() as store:
        await fill(store, *(f"c{number}" for number in range(50)))
    before = content(file_place)
    for path in (file, newer):
        await admin(file_place, "backup", path)
    nothing.write_text("nothing")
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(os.urandom(size - 8192))
    with closing(sqlite3.connect(newer)) as db:
        db.execute("INSERT INTO _migrations VALUES (?, 'x')", [f"m{len(MIGRATIONS) + 1:03}_of_tomorrow"])
        db.commit()
    for path, expected in ((file, "backup"), (nothing, "no database"), (newer, "newer version")):
        status, said = await admin(file_place, "restore", path, "--replace")
        assert (status, expected in said, "Traceback" in said) == (1, True, False), said
    assert content(file_place) == before


async def test_a_start_while_a_file_is_restored_is_refused(file_place):
    with held(file_place.settings.database, is_alone=True):
        with pytest.raises(StartError, match="restored"):
            async with open_store(StoreSettings(database=file_place.settings.database)):
                pass
    async with file_place.opened():
        pass
