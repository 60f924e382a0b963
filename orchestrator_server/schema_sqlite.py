"""What `m008_journal` changes: events and outcomes counted over all conversations, leases, calls that are under way."""

JOURNAL = (
    "ALTER TABLE conversations ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE conversations ADD COLUMN fence BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE conversations ADD COLUMN lease_until DOUBLE PRECISION NOT NULL DEFAULT 0",
    "ALTER TABLE turns ADD COLUMN ended INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE turns ADD COLUMN caller TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE turns ADD COLUMN answered_plan_id TEXT",
    "ALTER TABLE turns ADD COLUMN approved INTEGER",
    "ALTER TABLE turns ADD COLUMN only_effects TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE turns ADD COLUMN is_cancelled INTEGER NOT NULL DEFAULT 0",
    "UPDATE turns SET status = 'failed' WHERE status = 'received'",
    "UPDATE turns SET ended = 1",
    "CREATE INDEX conversations_age ON conversations (updated_at)",
    "CREATE INDEX turns_under_way ON turns (conversation_id) WHERE ended = 0",
    "CREATE INDEX plans_of_conversation ON plans (conversation_id)",
    """
    CREATE TABLE calls (
        plan_id TEXT NOT NULL REFERENCES plans (id), step_id TEXT NOT NULL, element INTEGER NOT NULL,
        server TEXT NOT NULL, method TEXT NOT NULL, reserved_at TEXT NOT NULL, PRIMARY KEY (plan_id, step_id, element)
    )
    """,
    "ALTER TABLE outcomes RENAME TO outcomes_before",
    """
    CREATE TABLE outcomes (
        number INTEGER PRIMARY KEY AUTOINCREMENT, plan_id TEXT NOT NULL REFERENCES plans (id), step_id TEXT NOT NULL,
        element INTEGER NOT NULL, content TEXT NOT NULL, UNIQUE (plan_id, step_id, element)
    )
    """,
    """
    INSERT INTO outcomes (plan_id, step_id, element, content)
    SELECT plan_id, step_id, element, content FROM outcomes_before ORDER BY rowid
    """,
    "DROP TABLE outcomes_before",
    "ALTER TABLE events RENAME TO events_before",
    """
    CREATE TABLE events (
        id INTEGER PRIMARY KEY AUTOINCREMENT, conversation_id TEXT NOT NULL REFERENCES conversations (id),
        number INTEGER NOT NULL, turn_id TEXT, created_at TEXT NOT NULL, content BLOB NOT NULL,
        UNIQUE (conversation_id, number)
    )
    """,
    """
    INSERT INTO events (conversation_id, number, turn_id, created_at, content)
    SELECT conversation_id, number, turn_id, created_at, content FROM events_before ORDER BY rowid
    """,
    "DROP TABLE events_before",
    "CREATE INDEX events_of_turn ON events (turn_id)",
    "CREATE TABLE catalogues (etag TEXT PRIMARY KEY, content BLOB NOT NULL, seen_at TEXT NOT NULL)",
)
