"""All tables as JSON lines, gzipped: the backup of PostgreSQL, and the way from one database to the other.

The first line names the format, then each table has a line with its name and columns before its rows; the last line
says how many rows there are, so that a file that was cut off is refused. Bytes are {"base64": "..."}.
"""

import base64
import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from orchestrator_server.store import Row, Statement, Work, value
from orchestrator_server.store_backup import BackupError

FORMAT = "llm-orchestrator-dump-1"
PAGE = 500
ROWS_AT_ONCE = 40

TURN = (
    "conversation_id number status ended text reply plan_id created_at caller answered_plan_id approved only_effects"
    " is_cancelled model_calls prompt_tokens completion_tokens rpc_calls judged_conditions"
)
AUDIT = "created_at kind actor subject action result reason turn_id key"
TABLES: dict[str, tuple[str, str]] = {
    "conversations": ("id", "email agent title created_at updated_at owner fence lease_until"),
    "turns": ("id", TURN),
    "plans": ("id", "conversation_id content catalogue_etag now text"),
    "calls": ("plan_id step_id element", "server method reserved_at"),
    "outcomes": ("number", "plan_id step_id element content"),
    "opinions": ("plan_id step_id element", "holds digest"),
    "events": ("id", "conversation_id number turn_id created_at content"),
    "questions": ("conversation_id", "content"),
    "approvals": ("plan_id", "conversation_id keys status expires_at effects"),
    "answers": ("plan_id fingerprint", "approved"),
    "catalogues": ("etag", "content seen_at"),
    "_audit": ("number", f"server {AUDIT}"),
    "collected_audit": ("server number", AUDIT),
}
"""The key and the other columns of every table, in an order in which each refers to those before it only."""


def dumped(file: IO[bytes]) -> Callable[[], Work[int]]:
    """A work that writes everything to `file`; how many rows. For a read: it sees one snapshot."""

    def work() -> Work[int]:
        file.seek(0)
        file.truncate()  # the work may run again
        with gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as lines:
            _put(lines, {"format": FORMAT})
            count = 0
            for table in TABLES:
                count += yield from _dump(table, lines)
            _put(lines, {"rows": count})
        return count

    return work


def restored(path: Path, finish: Sequence[str]) -> Callable[[], Work[int]]:
    """A work that fills an empty database from the file at `path`; how many rows. `finish` are statements for the end.

    Raises BackupError where the file is not whole or the database not empty; nothing is stored then.
    """

    def work() -> Work[int]:
        for table in TABLES:
            if (yield Statement(f"SELECT 1 FROM {table} LIMIT 1")):  # noqa: S608 - a name of ours
                raise BackupError(f"the database is not empty ({table}); restore into a fresh one")
        count = 0
        for table, columns, rows in _batches(path):
            marks = ", ".join(f"({', '.join('?' * len(columns))})" for _ in rows)
            sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {marks}"  # noqa: S608 - names of ours
            yield Statement(sql, [cell for row in rows for cell in row])
            count += len(rows)
        for sql in finish:
            yield Statement(sql)
        return count

    return work


def _dump(table: str, lines: gzip.GzipFile) -> Work[int]:
    """Page after page by key, so that neither side holds it all."""
    key, others = (names.split() for names in TABLES[table])
    columns = [*key, *others]
    _put(lines, {"table": table, "columns": columns})
    names, keys = ", ".join(columns), ", ".join(key)
    where, count = "", 0
    after: list[object] = []
    while True:
        sql = f"SELECT {names} FROM {table} {where} ORDER BY {keys} LIMIT {PAGE}"  # noqa: S608 - names of ours
        rows: Sequence[Row] = yield Statement(sql, after)
        for row in rows:
            _put(lines, [_as_json(cell) for cell in row])
        count += len(rows)
        if len(rows) < PAGE:
            return count
        where, after = f"WHERE ({keys}) > ({', '.join('?' * len(key))})", list(rows[-1][: len(key)])


def _batches(path: Path) -> Iterator[tuple[str, list[str], list[list[Any]]]]:
    """Table, columns, and a few rows at once."""
    table, columns, rows, count = "", list[str](), list[list[Any]](), 0
    for line in _lines(path):
        if isinstance(line, list) and len(line) == len(columns):
            rows.append([_from_json(cell) for cell in line])
            count += 1
            if len(rows) < ROWS_AT_ONCE:
                continue
        elif not isinstance(line, dict):
            raise BackupError(f"{path} is damaged: a row does not fit the table {table}")
        if rows:
            yield table, columns, rows
            rows = []
        if isinstance(line, dict) and "table" in line:
            table, columns = str(line["table"]), [str(name) for name in line["columns"]]
            _know(path, table, columns)
        elif isinstance(line, dict) and line.get("rows", count) != count:
            raise BackupError(f"{path} is damaged: it should hold {line['rows']} rows and holds {count}")


def _know(path: Path, table: str, columns: Sequence[str]) -> None:
    known = {name for names in TABLES.get(table, ()) for name in names.split()}
    if not known.issuperset(columns) or not columns:
        raise BackupError(f"{path} was made by a newer version, with another table {table}; use that one")


def _lines(path: Path) -> Iterator[Any]:
    """What stands in each line. Raises BackupError where the first or the last line is not there."""
    line: Any = None
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for number, text in enumerate(file):
                line = json.loads(text)
                if number == 0 and line != {"format": FORMAT}:
                    raise BackupError(f"{path} is no dump of this version")
                yield line
    except (OSError, EOFError, ValueError) as error:
        raise BackupError(f"{path} cannot be read: {error}") from error
    if not isinstance(line, dict) or "rows" not in line:
        raise BackupError(f"{path} is damaged: its end is missing")


def _put(lines: gzip.GzipFile, line: object) -> None:
    lines.write(json.dumps(line, separators=(",", ":")).encode() + b"\n")


def _as_json(cell: object) -> object:
    return {"base64": base64.b64encode(cell).decode()} if isinstance(cell, bytes) else cell


def _from_json(cell: Any) -> object:
    return base64.b64decode(cell["base64"]) if isinstance(cell, dict) else cell


def counted() -> Work[dict[str, int]]:
    """How many rows each table has."""
    numbers = {}
    for table in TABLES:
        numbers[table] = int(value((yield Statement(f"SELECT COUNT(*) FROM {table}"))))  # noqa: S608 - a name of ours
    return numbers
