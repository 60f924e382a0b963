"""Sessions: their rules and their SQL.

Rules of this file. A refresh token names its session and carries a secret, of which only a hash is kept; one that names
a living session with another secret was used before, and ends the session. Access tokens carry an id of their own, made
from the session's: who sees one can neither refresh nor end the session. Each time that a member of support begins to
act for a customer the id is another, and goes on the list of ended ones when that is over.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlite_utils

from service_kit.errors import Unauthenticated
from service_kit.revocations import session_ended
from service_kit.times import to_text

SESSION_LIFETIME = timedelta(days=30)
LONGEST_TOKEN = timedelta(days=1)  # the setting's bound: it may have been lowered since a token was signed
ENDED_KEPT = LONGEST_TOKEN + timedelta(minutes=1)  # clocks differ, and a token is signed a little after its session


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who is signed in, and what works next.

    `session_id` is for access tokens. `acting_for` is the customer whom the session acts for, empty for oneself;
    `acted_for` the one before this refresh.
    """

    email: str
    refresh_token: str
    session_id: str
    acting_for: str = ""
    acted_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Living:
    """A session that has not ended, for people who ask which there are."""

    email: str
    acting_for: str
    started_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A session that has just ended: whose it was, and whom it acted for; empty for oneself."""

    email: str
    acting_for: str


class RefreshTokenReused(Unauthenticated):
    """A refresh token came a second time; the session that it names is `ended`."""

    def __init__(self, ended: Ended) -> None:
        over = session_ended()
        super().__init__(over.reason, over.message)
        self.ended = ended


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    id: str
    email: str
    acting_for: str
    acting_number: int

    @property
    def acting_id(self) -> str:
        return f"{_token_id(self.id)}.{self.acting_number}"


def start(db: sqlite_utils.Database, email: str, now: datetime) -> Session:
    """A new session."""
    db.execute("DELETE FROM sessions WHERE expires_at <= ?", [to_text(now)])
    session_id, secret = secrets.token_urlsafe(12), secrets.token_urlsafe(32)
    row = [session_id, email, _sha256(secret), to_text(now), to_text(now + SESSION_LIFETIME)]
    db.execute("INSERT INTO sessions (id, email, digest, started_at, expires_at) VALUES (?, ?, ?, ?, ?)", row)
    return Session(email=email, refresh_token=f"{session_id}.{secret}", session_id=_token_id(session_id))


def owner(db: sqlite_utils.Database, refresh_token: str, now: datetime) -> str | Unauthenticated:
    """Whose session it is; a refusal where there is none, or the token was used before, which ends it."""
    row = _current(db, refresh_token, now)
    return row if isinstance(row, Unauthenticated) else row.email


def rotate(db: sqlite_utils.Database, refresh_token: str, acting_for: str, now: datetime) -> Session | Unauthenticated:
    """The session with its next refresh token, acting for `acting_for` (empty: oneself); refuses as `owner` does."""
    row = _current(db, refresh_token, now)
    if isinstance(row, Unauthenticated):
        return row
    begins = acting_for not in ("", row.acting_for)
    if row.acting_for and row.acting_for != acting_for:
        _list_as_ended(db, [row.acting_id], now)
    number, secret = row.acting_number + begins, secrets.token_urlsafe(32)
    values = [_sha256(secret), acting_for, number, row.id]
    db.execute("UPDATE sessions SET digest = ?, acting_for = ?, acting_number = ? WHERE id = ?", values)
    token_id = _token_id(row.id)
    return Session(
        email=row.email,
        refresh_token=f"{row.id}.{secret}",
        session_id=f"{token_id}.{number}" if acting_for else token_id,
        acting_for=acting_for,
        acted_for=row.acting_for,
    )


def end(db: sqlite_utils.Database, refresh_token: str, now: datetime) -> Ended | None:
    """Ends the session that `refresh_token` names; None where there is none."""
    row = _row(db, refresh_token, now)
    return None if row is None else _end(db, row, now)


def end_all(db: sqlite_utils.Database, email: str, now: datetime) -> list[Ended]:
    """Ends every session of `email`, the oldest first."""
    query = "SELECT id, email, acting_for, acting_number FROM sessions WHERE email = ? AND expires_at > ?"
    found = db.execute(query + " ORDER BY started_at", [email, to_text(now)]).fetchall()
    rows = [_Row(id=r[0], email=r[1], acting_for=r[2], acting_number=r[3]) for r in found]
    return [_end(db, row, now) for row in rows]


def living(db: sqlite_utils.Database, email: str, now: datetime) -> list[Living]:
    """The sessions of `email`, the oldest first."""
    query = "SELECT email, acting_for, started_at, expires_at FROM sessions WHERE email = ? AND expires_at > ?"
    rows = db.execute(query + " ORDER BY started_at", [email, to_text(now)]).fetchall()
    return [
        Living(
            email=row[0],
            acting_for=row[1],
            started_at=datetime.fromisoformat(row[2]),
            expires_at=datetime.fromisoformat(row[3]),
        )
        for row in rows
    ]


def ended(db: sqlite_utils.Database, now: datetime) -> dict[str, datetime]:
    """The ids of ended sessions that tokens may still carry, each with the time until which it matters."""
    rows = db.execute("SELECT id, matters_until FROM ended_sessions WHERE matters_until > ?", [to_text(now)])
    return {row[0]: datetime.fromisoformat(row[1]) for row in rows.fetchall()}


def _current(db: sqlite_utils.Database, refresh_token: str, now: datetime) -> _Row | Unauthenticated:
    row = _row(db, refresh_token, now)
    if row is None:
        return session_ended()
    digest = db.execute("SELECT digest FROM sessions WHERE id = ?", [row.id]).fetchone()[0]
    if not hmac.compare_digest(_sha256(refresh_token.partition(".")[2]), digest):
        return RefreshTokenReused(_end(db, row, now))
    return row


def _row(db: sqlite_utils.Database, refresh_token: str, now: datetime) -> _Row | None:
    query = "SELECT id, email, acting_for, acting_number FROM sessions WHERE id = ? AND expires_at > ?"
    found = db.execute(query, [refresh_token.partition(".")[0], to_text(now)]).fetchone()
    return found and _Row(id=found[0], email=found[1], acting_for=found[2], acting_number=found[3])


def _end(db: sqlite_utils.Database, row: _Row, now: datetime) -> Ended:
    db.execute("DELETE FROM sessions WHERE id = ?", [row.id])
    _list_as_ended(db, [_token_id(row.id), *([row.acting_id] if row.acting_for else [])], now)
    return Ended(email=row.email, acting_for=row.acting_for)


def _list_as_ended(db: sqlite_utils.Database, token_ids: Sequence[str], now: datetime) -> None:
    db.execute("DELETE FROM ended_sessions WHERE matters_until <= ?", [to_text(now)])
    for token_id in token_ids:
        db.execute("INSERT OR REPLACE INTO ended_sessions VALUES (?, ?)", [token_id, to_text(now + ENDED_KEPT)])


def _token_id(session_id: str) -> str:
    """What access tokens carry; nobody finds `session_id` from it."""
    return hashlib.sha256(session_id.encode()).hexdigest()[:24]


def _sha256(secret: str) -> bytes:
    """Enough for a refresh token, whose 256 random bits nobody guesses."""
    return hashlib.sha256(secret.encode()).digest()
