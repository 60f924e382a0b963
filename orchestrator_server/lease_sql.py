"""The SQL of leases: which instance works on a conversation, and since which claim.

A lease runs out by the database's own clock, so instances need not agree on theirs. Each claim raises the fence;
whoever writes with an older one has lost the conversation and writes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator_server.store import Statement, Work, value


class LeaseLost(Exception):
    """Another instance has taken the conversation over; what this one was about to write no longer counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to work on a conversation, for as long as nobody else has claimed it."""

    conversation_id: str
    fence: int


def claim(conversation_id: str, owner: str, seconds: float, clock: str) -> Work[Lease | None]:
    """The lease where nobody holds one, it has run out, or `owner` itself holds it; None where another does."""
    sql = (
        f"UPDATE conversations SET owner = ?, fence = fence + 1, lease_until = {clock} + ?"
        f" WHERE id = ? AND (owner = '' OR owner = ? OR lease_until < {clock}) RETURNING fence"
    )
    fence = value((yield Statement(sql, [owner, seconds, conversation_id, owner])))
    return None if fence is None else Lease(conversation_id=conversation_id, fence=int(fence))


def renew(owner: str, conversation_ids: Sequence[str], seconds: float, clock: str) -> Work[frozenset[str]]:
    """Which of the conversations `owner` still holds, for another while."""
    marks = ", ".join("?" * len(conversation_ids))
    sql = f"UPDATE conversations SET lease_until = {clock} + ? WHERE owner = ? AND id IN ({marks}) RETURNING id"
    rows = yield Statement(sql, [seconds, owner, *conversation_ids])
    return frozenset(str(row[0]) for row in rows)


def insist(lease: Lease) -> Work[None]:
    """Raises LeaseLost where somebody has claimed the conversation since."""
    fence = value((yield Statement("SELECT fence FROM conversations WHERE id = ?", [lease.conversation_id])))
    if fence != lease.fence:
        raise LeaseLost(lease.conversation_id)


def release(lease: Lease) -> Work[None]:
    """Gives the conversation back, if it is still held."""
    sql = "UPDATE conversations SET owner = '', lease_until = 0 WHERE id = ? AND fence = ?"
    yield Statement(sql, [lease.conversation_id, lease.fence])


def abandoned(clock: str, limit: int) -> Work[tuple[str, ...]]:
    """Conversations with work and nobody who holds them."""
    sql = (
        "SELECT DISTINCT c.id FROM turns t JOIN conversations c ON c.id = t.conversation_id"
        f" WHERE t.ended = 0 AND (c.owner = '' OR c.lease_until < {clock}) LIMIT ?"
    )
    return tuple(str(row[0]) for row in (yield Statement(sql, [limit])))


def owners(clock: str) -> Work[tuple[str, ...]]:
    """Who holds conversations with work just now."""
    sql = f"SELECT DISTINCT owner FROM conversations WHERE owner <> '' AND lease_until >= {clock}"
    return tuple(str(row[0]) for row in (yield Statement(sql)))


def disown(owner: str) -> Work[None]:
    """Ends every lease of an instance that is known to be gone."""
    yield Statement("UPDATE conversations SET owner = '', lease_until = 0 WHERE owner = ?", [owner])
