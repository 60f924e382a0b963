"""Codes and sessions: their rules and their SQL.

Rules of this file. Only hashes are kept. An e-mail that is no customer's goes the same way as one that is, with a code
that nothing matches; so limits, tries and locks tell nobody who is a customer. A refresh token names its session and
carries a secret; one that names a living session with another secret was used before, and ends the session.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlite_utils

from service_kit.database import Database
from service_kit.errors import FailedPrecondition, ResourceExhausted, ServiceError, Unauthenticated
from service_kit.times import to_text

Clock = Callable[[], datetime]

CODE_LIFETIME = timedelta(minutes=10)
CODE_TRIES = 5
CODES_PER_WINDOW = 5
RATE_WINDOW = timedelta(minutes=10)
CODES_KEPT = timedelta(hours=1)
SESSION_LIFETIME = timedelta(days=30)
SCRYPT_COST = 2**12  # about 10 ms: a million guesses at a stolen hash outlive the code


def utc_now() -> datetime:
    """The clock of servers; tests pass their own."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A fresh code, to be sent and forgotten: six digits."""

    digits: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who is signed in, and the refresh token that works next."""

    email: str
    refresh_token: str


class SignInStore:
    """Codes that become sessions, and sessions that go on. E-mails come in lower case."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def new_code(self, email: str, *, is_customer: bool) -> Code:
        """A code for `email` that ends the one before; nothing matches it where `email` is no customer's.

        Raises ResourceExhausted (`TOO_MANY_CODES`) after five in ten minutes.
        """
        now = self._clock()
        code = Code(digits=f"{secrets.randbelow(1_000_000):06}", expires_at=now + CODE_LIFETIME)
        if not await self._database.write(lambda db: _insert_code(db, email, code, is_customer, now)):
            minutes = int(RATE_WINDOW.total_seconds() // 60)
            raise ResourceExhausted(
                "TOO_MANY_CODES",
                f"At most {CODES_PER_WINDOW} codes are sent in {minutes} minutes; use the newest, or wait.",
                minutes=str(minutes),
            )
        return code

    async def redeem(self, email: str, digits: str) -> Session:
        """A new session for the code in force. Raises Unauthenticated or FailedPrecondition; see `CODE_...` reasons."""
        now = self._clock()
        result = await self._database.write(lambda db: _redeem(db, email, digits, now))
        return _or_raise(result)

    async def refresh(self, refresh_token: str) -> Session:
        """The session with its next refresh token. Raises Unauthenticated (`SESSION_ENDED`) where there is none."""
        now = self._clock()
        result = await self._database.write(lambda db: _rotate(db, refresh_token, now))
        return _or_raise(result)

    async def end(self, refresh_token: str) -> None:
        """Ends the session that `refresh_token` names, if it lives."""
        session_id, _ = _parts(refresh_token)
        await self._database.write(lambda db: _end(db, session_id))


def session_ended() -> Unauthenticated:
    """What a caller is told whose session is over, for whatever reason."""
    return Unauthenticated("SESSION_ENDED", "The session has ended; sign in again.")


def _or_raise(result: Session | ServiceError) -> Session:
    """Refusals leave the transaction as values, because an exception would roll back the count of wrong tries."""
    if isinstance(result, ServiceError):
        raise result
    return result


def _insert_code(db: sqlite_utils.Database, email: str, code: Code, is_customer: bool, now: datetime) -> bool:
    """Keeps the hash of `code`; False where the e-mail has had its share."""
    db.execute("DELETE FROM codes WHERE requested_at < ?", [to_text(now - CODES_KEPT)])
    since = to_text(now - RATE_WINDOW)
    recent = db.execute("SELECT count(*) FROM codes WHERE email = ? AND requested_at > ?", [email, since]).fetchone()[0]
    if recent >= CODES_PER_WINDOW:
        return False
    salt = secrets.token_bytes(16)
    digest = _scrypt(code.digits, salt)
    row = [email, salt, digest if is_customer else _unmatched(), to_text(now), to_text(code.expires_at)]
    db.execute("INSERT INTO codes (email, salt, digest, requested_at, expires_at) VALUES (?, ?, ?, ?, ?)", row)
    return True


def _redeem(db: sqlite_utils.Database, email: str, digits: str, now: datetime) -> Session | ServiceError:
    query = "SELECT id, salt, digest, wrong_tries, expires_at FROM codes WHERE email = ? ORDER BY id DESC LIMIT 1"
    row = db.execute(query, [email]).fetchone()
    if row is None or row[4] <= to_text(now):
        return Unauthenticated("CODE_EXPIRED", "There is no code in force for this e-mail; ask for a new one.")
    code_id, salt, digest, wrong_tries, _ = row
    if wrong_tries >= CODE_TRIES:
        return _locked()
    if not hmac.compare_digest(_scrypt(digits, salt), digest):
        return _count_wrong_try(db, code_id, wrong_tries + 1)
    db.execute("UPDATE codes SET digest = ? WHERE id = ?", [_unmatched(), code_id])
    return _start(db, email, now)


def _count_wrong_try(db: sqlite_utils.Database, code_id: int, tries: int) -> ServiceError:
    db.execute("UPDATE codes SET wrong_tries = ? WHERE id = ?", [tries, code_id])
    left = CODE_TRIES - tries
    advice = f"tries left: {left}" if left else "ask for a new one"
    return Unauthenticated("CODE_WRONG", f"The code is wrong or was used before; {advice}.", tries_left=str(left))


def _locked() -> FailedPrecondition:
    return FailedPrecondition("CODE_LOCKED", f"The code was wrong {CODE_TRIES} times and is locked; ask for a new one.")


def _start(db: sqlite_utils.Database, email: str, now: datetime) -> Session:
    db.execute("DELETE FROM sessions WHERE expires_at <= ?", [to_text(now)])
    session_id, secret = secrets.token_urlsafe(12), secrets.token_urlsafe(32)
    row = [session_id, email, _sha256(secret), to_text(now), to_text(now + SESSION_LIFETIME)]
    db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", row)
    return Session(email=email, refresh_token=f"{session_id}.{secret}")


def _rotate(db: sqlite_utils.Database, refresh_token: str, now: datetime) -> Session | ServiceError:
    session_id, secret = _parts(refresh_token)
    row = db.execute("SELECT email, digest, expires_at FROM sessions WHERE id = ?", [session_id]).fetchone()
    if row is None or row[2] <= to_text(now):
        return session_ended()
    if not hmac.compare_digest(_sha256(secret), row[1]):
        _end(db, session_id)
        return session_ended()
    fresh = secrets.token_urlsafe(32)
    db.execute("UPDATE sessions SET digest = ? WHERE id = ?", [_sha256(fresh), session_id])
    return Session(email=row[0], refresh_token=f"{session_id}.{fresh}")


def _end(db: sqlite_utils.Database, session_id: str) -> None:
    db.execute("DELETE FROM sessions WHERE id = ?", [session_id])


def _parts(refresh_token: str) -> tuple[str, str]:
    session_id, _, secret = refresh_token.partition(".")
    return session_id, secret


def _scrypt(digits: str, salt: bytes) -> bytes:
    return hashlib.scrypt(digits.encode(), salt=salt, n=SCRYPT_COST, r=8, p=1, dklen=32)


def _sha256(secret: str) -> bytes:
    """Enough for a refresh token, whose 256 random bits nobody guesses."""
    return hashlib.sha256(secret.encode()).digest()


def _unmatched() -> bytes:
    """In place of a digest: no code has it."""
    return secrets.token_bytes(32)
