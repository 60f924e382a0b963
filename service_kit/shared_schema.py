"""A database that one server owns and others open: where it is, and whether it is ready.

The owner alone migrates it, by a command of its own. Every server, the owner too, refuses to start on a file that is
missing or older than what the server was written for; it never creates one. A newer one is fine: owners only add.
"""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlite_utils

from service_kit import audit, idempotency
from service_kit.database import Database, open_database
from service_kit.errors import StartError
from service_kit.retention import AS_USUAL, Kept, removing
from service_kit.settings import PREFIX, Environment, var_folder

MIGRATIONS = "_migrations"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedDatabase:
    """What a server needs of a shared database.

    `name` is its file's stem. `version` is the number of the last migration that must have run (`m003_orders` has the
    number 3). `prepared_by` is the command that creates and migrates it, named in the refusal.
    """

    name: str
    version: int
    prepared_by: str

    def path(self, environment: Environment) -> Path:
        """`LLM_ORCHESTRATOR_<NAME>_DATABASE`, else `<name>.db` in the folder for databases."""
        return environment.path(f"{PREFIX}{self.name.upper()}_DATABASE", var_folder(environment) / f"{self.name}.db")

    @asynccontextmanager
    async def opened(self, path: Path, kept: Kept = AS_USUAL) -> AsyncIterator[Database]:
        """A door to the database at `path`, ready for effects. Raises StartError when it is not prepared.

        Keys and records that are older than `kept` says go while it is open.
        """
        self._check_exists(path)
        async with AsyncExitStack() as stack:
            try:
                database = await stack.enter_async_context(open_database(path, lambda db: self._prepare(db, path)))
            except (sqlite3.DatabaseError, OSError) as error:
                raise StartError(f"The {self.name} database {path} cannot be opened: {error}.") from error
            await stack.enter_async_context(removing(database, kept))
            yield database

    def _check_exists(self, path: Path) -> None:
        if not path.is_file():
            raise self._refusal(path, "does not exist")

    def _prepare(self, connection: sqlite_utils.Database, path: Path) -> None:
        found = applied_version(connection)
        if found == 0:
            raise self._refusal(path, "was never initialised")
        if found < self.version:
            raise self._refusal(path, f"is at version {found} and this server needs {self.version}")
        idempotency.create_table(connection)
        audit.create_table(connection)

    def _refusal(self, path: Path, what: str) -> StartError:
        return StartError(f"The {self.name} database {path} {what}; run: {self.prepared_by}")


def applied_version(connection: sqlite_utils.Database) -> int:
    """The number of the last migration that ran; 0 where none did."""
    if MIGRATIONS not in connection.table_names():
        return 0
    names = [str(row["name"]) for row in connection.table(MIGRATIONS).rows]
    return max((int(found[1]) for name in names if (found := re.match(r"m(\d+)_", name))), default=0)
