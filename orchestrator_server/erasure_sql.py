"""The SQL of erasing: a conversation goes with everything that hangs on it, and one line of the audit stays."""

from orchestrator_server import history, store_audit
from orchestrator_server.retention import removed
from orchestrator_server.store import Statement, Work
from service_kit.audit import AuditEntry, AuditKind
from service_kit.errors import FailedPrecondition

ACTION = "ChatService.DeleteConversations"

TAKEN = "UPDATE conversations SET fence = fence + 1 WHERE id = ? AND email = ? RETURNING id"
"""Held until the end of the transaction, so that nobody leases what is about to go."""

RUNNING = "SELECT 1 FROM turns WHERE conversation_id = ? AND ended = 0 LIMIT 1"
SAID = "SELECT 1 FROM turns WHERE conversation_id = ? LIMIT 1"
OF_PERSON = "SELECT id FROM conversations WHERE email = ? AND id > ? ORDER BY id LIMIT ?"


def erase(conversation_id: str, email: str) -> Work[bool]:
    """Erases a conversation of `email`; whether anything had been said in it.

    Raises NotFound, NotYours, and FailedPrecondition while a turn of it has not ended.
    """
    if not (yield Statement(TAKEN, [conversation_id, email])):
        raise (yield from history.missing(conversation_id))
    if (yield Statement(RUNNING, [conversation_id])):
        raise FailedPrecondition("TURN_RUNNING", "A turn of it still runs; stop it or wait, then delete again.")
    was_used = bool((yield Statement(SAID, [conversation_id])))
    yield from removed(conversation_id)
    yield from store_audit.insert(_entry(conversation_id, email))
    return was_used


def of_person(email: str, after: str, limit: int) -> Work[tuple[str, ...]]:
    """The conversations of `email`, also those without a word, by their ids: those behind `after`."""
    rows = yield Statement(OF_PERSON, [email, after, limit])
    return tuple(str(row[0]) for row in rows)


def _entry(conversation_id: str, email: str) -> AuditEntry:
    return AuditEntry(
        kind=AuditKind.ERASURE,
        action=ACTION,
        result="SUCCEEDED",
        reason="ASKED_BY_USER",
        actor=email,
        subject=email,
        key=conversation_id,
    )
