"""The command that prepares the shop's database: `python -m legacy_server.admin init | seed | status`.

Each prints one line. A seed is loaded whole or not at all, also while servers are running.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import click
import sqlite_utils

from legacy_server.schema import MIGRATIONS, SHOP
from legacy_server.seed.document import SeedError, read_seed
from legacy_server.seed.loading import clear, is_empty, load
from legacy_server.seed.values import Seed
from service_kit.database import connect, transaction
from service_kit.migrations import migrate, pending
from service_kit.settings import Environment

Work = Callable[[sqlite_utils.Database], bool]


@click.group()
@click.option("--database", type=click.Path(dir_okay=False, path_type=Path), help="Instead of the one in the settings.")
@click.pass_context
def main(context: click.Context, database: Path | None) -> None:
    """Prepares the shop's database."""
    context.obj = database or SHOP.path(Environment.read())


@main.command()
@click.pass_obj
def init(path: Path) -> None:
    """Creates or migrates the database, and seeds it where it is empty. Repeating it changes nothing."""
    is_seeded = _write(path, lambda db: is_empty(db) and _load(db, _built_in()))
    click.echo(f"{path} is {'seeded' if is_seeded else 'ready'}: {_counted(path)}.")


@main.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Remove what is there first.")
@click.pass_obj
def seed(path: Path, file: Path | None, replace: bool) -> None:
    """Loads the built-in seed, or the one in FILE (JSON; the format is in legacy_server/SEED.md)."""
    wanted = _from_file(file) if file else _built_in()
    _write(path, lambda db: _reseed(db, path, wanted, replace=replace))
    click.echo(f"{path} is seeded: {_counted(path)}.")


@main.command()
@click.pass_obj
def status(path: Path) -> None:
    """Says what is in the database. Exit status 1 where it is not ready to be served."""
    if not path.is_file():
        raise click.ClickException(f"{path} does not exist; run: {SHOP.prepared_by}")
    with closing(_connected(path)) as db:
        missing = pending(db, MIGRATIONS)
    if missing:
        raise click.ClickException(f"{path} lacks {', '.join(missing)}; run: {SHOP.prepared_by}")
    click.echo(f"{path} is ready: {_counted(path)}.")


def _write(path: Path, work: Work) -> bool:
    """What `work` returns, in one transaction on the migrated database."""
    with closing(_connected(path)) as db:
        try:
            migrate(db, MIGRATIONS)
            return transaction(db, work)
        except sqlite3.DatabaseError as error:
            raise click.ClickException(f"{path} cannot be written: {error}") from error


def _connected(path: Path) -> sqlite_utils.Database:
    try:
        return connect(path)
    except (sqlite3.DatabaseError, OSError) as error:
        raise click.ClickException(f"{path} cannot be opened: {error}") from error


def _reseed(db: sqlite_utils.Database, path: Path, wanted: Seed, *, replace: bool) -> bool:
    if not replace and not is_empty(db):
        raise click.ClickException(f"{path} holds a shop already; say --replace to remove it first")
    clear(db)
    return _load(db, wanted)


def _load(db: sqlite_utils.Database, wanted: Seed) -> bool:
    load(db, wanted)
    return True


def _built_in() -> Seed:
    return read_seed((files("legacy_server") / "seed.json").read_text(encoding="utf-8"), datetime.now(UTC))


def _from_file(file: Path) -> Seed:
    try:
        return read_seed(file.read_text(encoding="utf-8"), datetime.now(UTC))
    except SeedError as error:
        raise click.ClickException("\n  ".join([f"{file} is no seed; nothing was loaded:", *error.faults])) from error
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file} cannot be read as UTF-8 text: {error}") from error


def _counted(path: Path) -> str:
    with closing(_connected(path)) as db:
        return ", ".join(f"{db.table(table).count} {table}" for table in ("customers", "products", "orders"))


if __name__ == "__main__":
    main(prog_name="python -m legacy_server.admin")
