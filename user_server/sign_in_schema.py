"""The schema of user_server's own database as numbered migrations. One that has run is never changed: add the next.

Codes and refresh tokens are kept as hashes only. Times are ISO 8601 UTC text (`service_kit.shared_schema`); e-mails are
lower case.
"""

import sqlite_utils


def m001_codes(db: sqlite_utils.Database) -> None:
    """One-time codes. The newest of an e-mail is the one in force; older ones only count for the rate."""
    db.execute("""
        CREATE TABLE codes (
            id INTEGER PRIMARY KEY,
            email TEXT NOT NULL CHECK (email = lower(email)),
            salt BLOB NOT NULL,
            digest BLOB NOT NULL,
            wrong_tries INTEGER NOT NULL DEFAULT 0,
            requested_at TEXT NOT NULL,
            expires_at TEXT NOT NULL
        )""")
    db.execute("CREATE INDEX codes_of_email ON codes (email, id DESC)")
    db.execute("CREATE INDEX codes_age ON codes (requested_at)")


def m002_sessions(db: sqlite_utils.Database) -> None:
    """Sessions that have not ended, each with the hash of the refresh token that was issued last."""
    db.execute("""
        CREATE TABLE sessions (
            id TEXT PRIMARY KEY,
            email TEXT NOT NULL CHECK (email = lower(email)),
            digest BLOB NOT NULL,
            started_at TEXT NOT NULL,
            expires_at TEXT NOT NULL
        ) WITHOUT ROWID""")
    db.execute("CREATE INDEX sessions_age ON sessions (expires_at)")


def m003_ended_sessions(db: sqlite_utils.Database) -> None:
    """Whom a session acts for, and the ids of ended sessions that access tokens may still carry."""
    db.execute("ALTER TABLE sessions ADD COLUMN acting_for TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE sessions ADD COLUMN acting_number INTEGER NOT NULL DEFAULT 0")
    db.execute("CREATE INDEX sessions_of_email ON sessions (email)")
    db.execute("CREATE TABLE ended_sessions (id TEXT PRIMARY KEY, matters_until TEXT NOT NULL) WITHOUT ROWID")
    db.execute("CREATE INDEX ended_sessions_age ON ended_sessions (matters_until)")


MIGRATIONS = (m001_codes, m002_sessions, m003_ended_sessions)
