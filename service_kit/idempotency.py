"""Effects that happen once: key, fingerprint, response and record are kept in the transaction of the effect itself.

A repeat with the same key gets the first response and does nothing. A key belongs to one caller and one method, so
nobody is ever handed another's response. A refused effect changed nothing and is not kept: its repeat is judged anew.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import sqlite_utils
from google.protobuf.message import Message

from service_kit.audit import AuditEntry, AuditKind, insert
from service_kit.caller import current_action, current_caller
from service_kit.database import Database
from service_kit.errors import InvalidArgument
from service_kit.types import Context

M = TypeVar("M", bound=Message)

KEY_HEADER = "idempotency-key"
MAX_KEY_LENGTH = 200

CREATE = """
CREATE TABLE IF NOT EXISTS _idempotency_keys (
    caller TEXT, method TEXT, key TEXT, fingerprint BLOB NOT NULL, response BLOB NOT NULL, created_at TEXT NOT NULL,
    PRIMARY KEY (caller, method, key)
) WITHOUT ROWID
"""
INDEX = "CREATE INDEX IF NOT EXISTS _idempotency_keys_age ON _idempotency_keys (created_at)"
SELECT = "SELECT fingerprint, response FROM _idempotency_keys WHERE caller = ? AND method = ? AND key = ?"
INSERT = "INSERT INTO _idempotency_keys VALUES (?, ?, ?, ?, ?, ?)"


def create_table(connection: sqlite_utils.Database) -> None:
    """Creates the table of keys where it is missing; call it once when a database with effects is opened."""
    connection.execute(CREATE)
    connection.execute(INDEX)


class Effects:
    """Runs effects of `server` on one database, each at most once for its key and never without its audit record."""

    def __init__(self, database: Database, server: str) -> None:
        self._database = database
        self._server = server

    async def once(
        self, context: Context, request: Message, response: type[M], effect: Callable[[sqlite_utils.Database], M]
    ) -> M:
        """What `effect` returns, or what it returned the first time for the call's `idempotency-key` metadata.

        Without a key the effect simply runs. Raises InvalidArgument (`IDEMPOTENCY_KEY_REUSED`) when the key came with
        another request before.
        """
        key = _key(context)
        entry = _entry(key or "")

        def recorded(db: sqlite_utils.Database) -> M:
            result = effect(db)
            insert(db, self._server, entry)
            return result

        if key is None:
            return await self._database.write(recorded)
        row = _Row(current_caller().email, type(request).DESCRIPTOR.full_name, key, _fingerprint(request))
        return await self._database.write(lambda db: row.response(db, response, recorded))


class _Row:
    def __init__(self, caller: str, method: str, key: str, fingerprint: bytes) -> None:
        self._identity = [caller, method, key]
        self._fingerprint = fingerprint

    def response(self, db: sqlite_utils.Database, kind: type[M], effect: Callable[[sqlite_utils.Database], M]) -> M:
        kept = db.execute(SELECT, self._identity).fetchone()
        if kept is None:
            return self._first(db, effect)
        if kept[0] != self._fingerprint:
            raise InvalidArgument(
                "IDEMPOTENCY_KEY_REUSED", "This idempotency key came with another request; make a new one."
            )
        return kind.FromString(kept[1])

    def _first(self, db: sqlite_utils.Database, effect: Callable[[sqlite_utils.Database], M]) -> M:
        now = datetime.now(UTC)
        result = effect(db)
        db.execute(INSERT, [*self._identity, self._fingerprint, result.SerializeToString(), now.isoformat()])
        return result


def _entry(key: str) -> AuditEntry:
    caller = current_caller()
    return AuditEntry(
        kind=AuditKind.EFFECT,
        action=current_action(),
        result="SUCCEEDED",
        reason=f"CALLED_BY_{caller.actor.upper()}" if caller.actor else "DIRECT_CALL",
        actor=caller.person,
        subject=caller.email,
        turn_id=caller.turn_id,
        key=key,
    )


def _key(context: Context) -> str | None:
    for name, value in context.invocation_metadata() or ():
        if name == KEY_HEADER:
            key = str(value)
            if not 0 < len(key) <= MAX_KEY_LENGTH:
                raise InvalidArgument(
                    "IDEMPOTENCY_KEY_INVALID", f"An idempotency key has 1 to {MAX_KEY_LENGTH} characters."
                )
            return key
    return None


def _fingerprint(request: Message) -> bytes:
    return hashlib.sha256(request.SerializeToString(deterministic=True)).digest()
