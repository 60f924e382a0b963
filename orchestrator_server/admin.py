"""The command that looks after the orchestrator's database: `python -m orchestrator_server.admin`.

A backup may be made at any time. What came later is lost with a restore: the servers still know the keys of effects
that were made meanwhile, so nothing is made twice for a plan that is worked off again.
"""

import asyncio
import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from orchestrator_server.store import Statement, Work, value
from orchestrator_server.store_backup import BackupError, back_up, restore
from orchestrator_server.store_dump import counted, dumped, restored
from orchestrator_server.store_hold import PRIVATE, Held, held
from orchestrator_server.store_opening import StoreSettings, open_store, store_settings
from service_kit.errors import ServiceError, StartError
from service_kit.settings import Environment, SettingsError

GZIP = b"\x1f\x8b"
FOLLOW_IN_SQLITE = ("UPDATE sqlite_sequence SET seq = MAX(seq, unixepoch() * 1000) WHERE name = '_audit'",)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """Looks after the database of the orchestrator, the one that the settings name."""
    environment = Environment.read()
    try:
        settings = store_settings(environment)
        environment.check()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    context.obj = settings


@main.command()
@click.argument("file", type=FILE)
@click.option("--portable", is_flag=True, help="JSON lines that either kind of database can be restored from.")
@click.pass_obj
def backup(settings: StoreSettings, file: Path, portable: bool) -> None:
    """Writes a copy of everything to FILE, also while the orchestrator runs. It tells what users said: keep it safe."""
    if settings.url or portable:
        _told(lambda: _dump(settings, file))
    else:
        _told(lambda: asyncio.to_thread(back_up, settings.database, file))
    click.echo(f"{file} is a backup of {_place(settings)}: {file.stat().st_size:,} bytes.")


@main.command(name="restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Also where the database is newer than the backup.")
@click.pass_obj
def restore_(settings: StoreSettings, file: Path, replace: bool) -> None:
    """Puts the copy in FILE back; no orchestrator may run. A portable one goes into an empty database alone."""
    with file.open("rb") as opened:
        is_portable = opened.read(len(GZIP)) == GZIP
    if settings.url and not is_portable:
        raise click.ClickException(f"{file} is a copy of a SQLite file; make one with: backup --portable")
    if is_portable:
        _told(lambda: _load(settings, file))
    else:
        _told(lambda: asyncio.to_thread(restore, file, settings.database, replace=replace))
    click.echo(f"{_place(settings)} is restored from {file}.")


@main.command()
@click.pass_obj
def status(settings: StoreSettings) -> None:
    """Says what is in the database, after bringing its tables up to date. Exit status 1 where it cannot be had."""
    if not settings.url and not settings.database.is_file():
        raise click.ClickException(f"{settings.database} does not exist; the orchestrator makes it when it starts")
    is_used = "" if settings.url else f", {_use(settings.database)}"
    counts, under_way = _told(lambda: _look(settings))
    click.echo(f"{_place(settings)} is ready{is_used}; {under_way} turns are under way.")
    for table, count in counts.items():
        click.echo(f"  {table:<16} {count:>10,}")


async def _dump(settings: StoreSettings, file: Path) -> int:
    """Beside the file first, so that a backup that fails leaves the one before."""
    fresh = file.with_name(f".{file.name}.tmp")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_RDWR, PRIVATE), "wb") as opened:
        async with open_store(settings) as store:
            count = await store.read(dumped(opened))
        opened.flush()
        os.fsync(opened.fileno())
    fresh.replace(file)
    return count


async def _load(settings: StoreSettings, file: Path) -> int:
    finish: tuple[str, ...] = FOLLOW_IN_SQLITE
    async with open_store(settings) as store:
        if settings.url:
            from orchestrator_server import schema_postgres  # with the driver, which not everybody installs

            finish = schema_postgres.RESTORED
        return await store.write("restore", restored(file, finish))


async def _look(settings: StoreSettings) -> tuple[dict[str, int], int]:
    def under_way() -> Work[int]:
        return int(value((yield Statement("SELECT COUNT(*) FROM turns WHERE ended = 0"))))

    async with open_store(settings) as store:
        return await store.read(counted), await store.read(under_way)


def _told(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """What `work` returns; what stops it is a sentence."""
    try:
        return asyncio.run(work())
    except (BackupError, StartError, ServiceError, OSError) as error:
        raise click.ClickException(str(error)) from error


def _use(database: Path) -> str:
    try:
        with held(database, is_alone=True):
            return "used by nobody"
    except Held:
        return "used by an orchestrator"


def _place(settings: StoreSettings) -> str:
    """Where it is, without the password."""
    if not settings.url:
        return str(settings.database)
    parts = urlsplit(settings.url)
    return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}"


if __name__ == "__main__":
    main()
