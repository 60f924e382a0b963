"""What users may look at afterwards: their conversations and what those took."""

from dataclasses import dataclass
from datetime import datetime

from orchestrator_server.plan import Usage
from orchestrator_server.store import Row, Statement, Store, Work, one
from service_kit.caller import Caller
from service_kit.errors import NotFound, NotYours
from service_kit.times import to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationSummary:
    """One conversation in a list. `title` is the first thing the user said, shortened.

    `agent` is the member of support who held it for the customer; empty where it is the customer's own.
    """

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    message_count: int
    agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What was said in one turn; `reply` is empty while it runs."""

    turn_id: str
    text: str
    reply: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageTotal:
    """What a user's turns took together."""

    turns: int
    usage: Usage


LIST = """
SELECT c.id, c.title, c.created_at, c.updated_at, COUNT(t.id) + COUNT(t.reply), c.agent FROM conversations c
LEFT JOIN turns t ON t.conversation_id = c.id
WHERE c.email = ? AND (? = '' OR c.agent = ?) AND (? = '' OR c.updated_at < ?)
GROUP BY c.id HAVING COUNT(t.id) > 0 ORDER BY c.updated_at DESC LIMIT ?
"""
ONE = """
SELECT c.id, c.title, c.created_at, c.updated_at, COUNT(t.id) + COUNT(t.reply), c.agent FROM conversations c
LEFT JOIN turns t ON t.conversation_id = c.id
WHERE c.id = ? AND c.email = ? AND (? = '' OR c.agent = ?) GROUP BY c.id
"""
TURNS = "SELECT id, text, COALESCE(reply, ''), created_at FROM turns WHERE conversation_id = ? ORDER BY number"
IS_THERE = "SELECT 1 FROM conversations WHERE id = ?"
TOTAL = """
SELECT COUNT(*), CAST(SUM(t.model_calls) AS BIGINT), CAST(SUM(t.prompt_tokens) AS BIGINT),
       CAST(SUM(t.completion_tokens) AS BIGINT), CAST(SUM(t.rpc_calls) AS BIGINT),
       CAST(SUM(t.judged_conditions) AS BIGINT)
FROM turns t JOIN conversations c ON c.id = t.conversation_id WHERE c.email = ? AND t.created_at >= ?
"""


class History:
    """Reads what the store keeps; every question names whose it is.

    Customers see all conversations that were held for them; who acts for one of them sees only those of their own.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def conversations(self, caller: Caller, before: str, limit: int) -> list[ConversationSummary]:
        """The caller's conversations with turns, newest first, older than the stamp `before` (empty: from the top)."""
        values = [caller.email, caller.agent, caller.agent, before, before, limit]
        return await self._store.read(lambda: _conversations(values))

    async def conversation(self, conversation_id: str, caller: Caller) -> tuple[ConversationSummary, list[Exchange]]:
        """One conversation, oldest turn first. Raises NotFound where it is another's or not there."""
        return await self._store.read(lambda: conversation(conversation_id, caller))

    async def total(self, email: str, since: datetime | None) -> UsageTotal:
        """What the user's turns took since then."""
        start = "" if since is None else to_text(since)
        return await self._store.read(lambda: _total(email, start))


def conversation(conversation_id: str, caller: Caller) -> Work[tuple[ConversationSummary, list[Exchange]]]:
    """One conversation, oldest turn first. Raises NotFound where it is not there, NotYours where it is another's."""
    row = one((yield Statement(ONE, [conversation_id, caller.email, caller.agent, caller.agent])))
    if row is None:
        raise (yield from missing(conversation_id))
    turns = yield Statement(TURNS, [conversation_id])
    return _summary(row), [
        Exchange(turn_id=turn, text=text, reply=reply, created_at=datetime.fromisoformat(at))
        for turn, text, reply, at in turns
    ]


def missing(conversation_id: str) -> Work[NotFound]:
    """What to raise for a conversation that is not there, or is another's: the caller is told the same."""
    kind = NotYours if (yield Statement(IS_THERE, [conversation_id])) else NotFound
    return kind("CONVERSATION_NOT_FOUND", "There is no such conversation; list yours to see their ids.")


def _conversations(values: list[object]) -> Work[list[ConversationSummary]]:
    rows = yield Statement(LIST, values)
    return [_summary(row) for row in rows]


def _total(email: str, start: str) -> Work[UsageTotal]:
    ((turns, *spent),) = yield Statement(TOTAL, [email, start])
    calls, prompt, completion, rpcs, judged = (number or 0 for number in spent)
    usage = Usage(
        model_calls=calls,
        prompt_tokens=prompt,
        completion_tokens=completion,
        rpc_calls=rpcs,
        judged_conditions=judged,
    )
    return UsageTotal(turns=turns, usage=usage)


def _summary(row: Row) -> ConversationSummary:
    return ConversationSummary(
        id=row[0],
        title=row[1],
        created_at=datetime.fromisoformat(row[2]),
        updated_at=datetime.fromisoformat(row[3]),
        message_count=int(row[4]),
        agent=row[5],
    )
