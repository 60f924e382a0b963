"""The tables of memory, as numbered migrations."""

import sqlite_utils

from orchestrator_server import audit
from orchestrator_server.schema_sqlite import JOURNAL
from service_kit import audit as kit_audit


def m001_conversations(db: sqlite_utils.Database) -> None:
    """Conversations, their turns with what was said, plans, outcomes, events, what waits for an answer, the audit."""
    db.table("conversations").create(
        {"id": str, "email": str, "title": str, "created_at": str, "updated_at": str}, pk="id", not_null={"email"}
    )
    db.table("conversations").create_index(["email", "updated_at"])
    db.table("turns").create(
        {
            "id": str,
            "conversation_id": str,
            "number": int,
            "status": str,
            "text": str,
            "reply": str,
            "plan_id": str,
            "created_at": str,
            "model_calls": int,
            "prompt_tokens": int,
            "completion_tokens": int,
            "rpc_calls": int,
        },
        pk="id",
        foreign_keys=[("conversation_id", "conversations", "id")],
        not_null={"conversation_id", "number", "status"},
    )
    db.table("turns").create_index(["conversation_id", "number"], unique=True)
    db.table("plans").create(
        {"id": str, "conversation_id": str, "content": str, "catalogue_etag": str, "now": str, "text": str},
        pk="id",
        foreign_keys=[("conversation_id", "conversations", "id")],
    )
    db.table("outcomes").create(
        {"plan_id": str, "step_id": str, "element": int, "content": str},
        pk=("plan_id", "step_id", "element"),
        foreign_keys=[("plan_id", "plans", "id")],
    )


def m002_events(db: sqlite_utils.Database) -> None:
    """Events by number, and what waits for an answer of the user."""
    db.table("events").create(
        {"conversation_id": str, "number": int, "turn_id": str, "created_at": str, "content": bytes},
        pk=("conversation_id", "number"),
        foreign_keys=[("conversation_id", "conversations", "id")],
    )
    db.table("questions").create(
        {"conversation_id": str, "content": str},
        pk="conversation_id",
        foreign_keys=[("conversation_id", "conversations", "id")],
    )
    db.table("approvals").create(
        {"plan_id": str, "conversation_id": str, "keys": str, "status": str, "expires_at": str},
        pk="plan_id",
        foreign_keys=[("conversation_id", "conversations", "id"), ("plan_id", "plans", "id")],
    )
    db.table("approvals").create_index(["conversation_id", "status"])


def m003_audit(db: sqlite_utils.Database) -> None:
    """Who did what, for whom, and what was refused; nothing is ever changed here."""
    db.table("audit").create(
        {
            "number": int,
            "created_at": str,
            "subject": str,
            "kind": str,
            "intent": str,
            "result": str,
            "server": str,
            "turn_id": str,
            "key": str,
        },
        pk="number",
    )
    db.table("audit").create_index(["subject"])
    db.execute(
        "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
    )


def m004_opinions(db: sqlite_utils.Database) -> None:
    """What a language model judged of conditions that CEL cannot say, and how often it was asked."""
    db.table("opinions").create(
        {"plan_id": str, "step_id": str, "element": int, "holds": int},
        pk=("plan_id", "step_id", "element"),
        foreign_keys=[("plan_id", "plans", "id")],
    )
    db.table("turns").add_column("judged_conditions", int)


def m005_agents(db: sqlite_utils.Database) -> None:
    """Who of support held a conversation for its customer; empty where it is the customer's own."""
    db.table("conversations").add_column("agent", str, not_null_default="")


def m006_answers(db: sqlite_utils.Database) -> None:
    """What a yes is bound to, and what was said of each effect; requests from before cannot be answered any more."""
    db.table("approvals").add_column("effects", str)
    db.execute("UPDATE approvals SET status = 'replaced' WHERE status = 'waiting'")
    db.table("answers").create(
        {"plan_id": str, "fingerprint": str, "approved": int},
        pk=("plan_id", "fingerprint"),
        foreign_keys=[("plan_id", "plans", "id")],
    )
    db.table("opinions").add_column("digest", str, not_null_default="")


def m007_audit_of_all(db: sqlite_utils.Database) -> None:
    """The kit's record in place of the one of `m003`, and what is collected from other servers."""
    kit_audit.create_table(db)
    db.execute(
        "INSERT INTO _audit (server, created_at, kind, actor, subject, action, result, reason, turn_id, key)"
        " SELECT 'orchestrator', created_at, CASE kind WHEN 'denial' THEN 2 WHEN 'approval' THEN 3 ELSE 4 END,"
        " subject, subject, intent, result, '', turn_id, key FROM audit ORDER BY number"
    )
    db.execute("DROP TABLE audit")
    audit.create_tables(db)


def m008_journal(db: sqlite_utils.Database) -> None:
    """A turn as a journal that any instance can go on with; one that was under way before has failed."""
    for statement in JOURNAL:
        db.execute(statement)


MIGRATIONS = (
    m001_conversations,
    m002_events,
    m003_audit,
    m004_opinions,
    m005_agents,
    m006_answers,
    m007_audit_of_all,
    m008_journal,
)
