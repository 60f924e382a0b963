"""One-time codes: their rules and their SQL.

Rules of this file. Only hashes are kept. An e-mail that is no customer's goes the same way as one that is, with a code
that nothing matches; so limits, tries and locks tell nobody who is a customer. A refusal is a value, because an
exception would roll back the count of wrong tries.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlite_utils

from service_kit.errors import FailedPrecondition, ResourceExhausted, ServiceError, Unauthenticated
from service_kit.times import to_text

CODE_LIFETIME = timedelta(minutes=10)
CODE_TRIES = 5
CODES_PER_WINDOW = 5
RATE_WINDOW = timedelta(minutes=10)
CODES_KEPT = timedelta(hours=1)
SCRYPT_COST = 2**12  # about 10 ms: a million guesses at a stolen hash outlive the code


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A fresh code, to be sent and forgotten: six digits."""

    digits: str
    expires_at: datetime


def fresh_code(now: datetime) -> Code:
    """A code that nobody guesses, not kept yet."""
    return Code(digits=f"{secrets.randbelow(1_000_000):06}", expires_at=now + CODE_LIFETIME)


def keep(
    db: sqlite_utils.Database, email: str, code: Code, is_customer: bool, now: datetime
) -> ResourceExhausted | None:
    """Puts `code` in force and ends the one before. Refuses (`TOO_MANY_CODES`) after five in ten minutes."""
    db.execute("DELETE FROM codes WHERE requested_at < ?", [to_text(now - CODES_KEPT)])
    since = to_text(now - RATE_WINDOW)
    recent = db.execute("SELECT count(*) FROM codes WHERE email = ? AND requested_at > ?", [email, since]).fetchone()[0]
    if recent >= CODES_PER_WINDOW:
        return _too_many()
    salt = secrets.token_bytes(16)
    digest = _scrypt(code.digits, salt)
    row = [email, salt, digest if is_customer else _unmatched(), to_text(now), to_text(code.expires_at)]
    db.execute("INSERT INTO codes (email, salt, digest, requested_at, expires_at) VALUES (?, ?, ?, ?, ?)", row)
    return None


def spend(db: sqlite_utils.Database, email: str, digits: str, now: datetime) -> ServiceError | None:
    """Uses the code in force up. Refuses with `CODE_EXPIRED`, `CODE_WRONG` or `CODE_LOCKED`."""
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
    return None


def _count_wrong_try(db: sqlite_utils.Database, code_id: int, tries: int) -> ServiceError:
    db.execute("UPDATE codes SET wrong_tries = ? WHERE id = ?", [tries, code_id])
    left = CODE_TRIES - tries
    advice = f"tries left: {left}" if left else "ask for a new one"
    return Unauthenticated("CODE_WRONG", f"The code is wrong or was used before; {advice}.", tries_left=str(left))


def _locked() -> FailedPrecondition:
    return FailedPrecondition("CODE_LOCKED", f"The code was wrong {CODE_TRIES} times and is locked; ask for a new one.")


def _too_many() -> ResourceExhausted:
    minutes = int(RATE_WINDOW.total_seconds() // 60)
    return ResourceExhausted(
        "TOO_MANY_CODES",
        f"At most {CODES_PER_WINDOW} codes are sent in {minutes} minutes; use the newest, or wait.",
        minutes=str(minutes),
    )


def _scrypt(digits: str, salt: bytes) -> bytes:
    return hashlib.scrypt(digits.encode(), salt=salt, n=SCRYPT_COST, r=8, p=1, dklen=32)


def _unmatched() -> bytes:
    """In place of a digest: no code has it."""
    return secrets.token_bytes(32)
