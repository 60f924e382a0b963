"""Conditions of which only what stands behind a joint was read, and times that nobody read before an effect."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.clauses.clauses import Role
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_UNREAD_TIME = lazy(
    r"(?:(?:and|but|so) )*(?:(?:until|till|unless|whenever) |when there (?:is|are)\b)(?!now\b|then\b|further\b|today\b)"
)
"""How a clause begins that says when, or in which case, what follows is wanted."""
_ASKING = lazy(r"^(?:is|are|am|was|were|has|have|did|does|do|will)\b|\b(?:if|whether)\b")
_JOINTS = ("or", "and", "but")


def cut_short(message: Message, asks: Sequence[Ask]) -> Iterator[str]:
    """The words of such conditions and times."""
    effects = [ask for ask in asks if ask.profile.intent.has_effect]
    if not effects:
        return
    places = {token.start: at for at, token in enumerate(message.tokens)}
    for ask in effects:
        for governing in ask.governing:
            at = places.get(governing.tokens[0].start, 0) if governing.tokens else 0
            if at and message.tokens[at - 1].norm in _JOINTS and _is_asked(message, at):
                yield governing.words
    for clause in message.clauses:
        if clause.role is not Role.REQUEST or not _UNREAD_TIME.match(norms(message.of(clause))):
            continue
        if any(ask.clause.sentence == clause.sentence and ask.clause.first >= clause.end for ask in effects):
            yield message.words(message.of(clause))


def _is_asked(message: Message, at: int) -> bool:
    """Does the joint before this token add it to a question or a claim of the same sentence?"""
    clause = next((c for c in message.clauses if c.first <= at < c.end), None)
    before = next((c for c in reversed(message.clauses) if c.end < at + 1 and c is not clause), None)
    return (
        clause is not None
        and before is not None
        and before.sentence == clause.sentence
        and before.role is Role.REQUEST
        and (message.tokens[at - 1].norm == "or" or _ASKING.search(norms(message.of(before))) is not None)
        and not any(token.norm in ("if", "when", "unless") for token in message.tokens[before.end : at])
    )
