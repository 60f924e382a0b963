"""An effect that was only asked about, under the condition that the question has: a yes runs it under this alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.conditions.compiling import compiled
from orchestrator_server.embedded.conversation.riders import governing_of
from orchestrator_server.embedded.conversation.verdicts import turned
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_OWN_WILL = lazy(
    r"^\W*(?:(?:i|we) (?:\w+ )?(?:want|like|wish|need|change|changed|decide|decided|ask|asked|had|have to"
    r"|would|should)\b"
    r"|(?:it|that) (?:is|was|would be) (?:at all |still |even |not )?(?:possible|allowed|ok|okay|all right|alright"
    r"|no (?:trouble|problem|bother)|too (?:late|much))|(?:possible|needed|necessary)\b"
    r"|you (?:can|could|do not mind)\b)"
)
"""Says that somebody may wish for it or that it can be done, which the question asks anyway."""


def under_conditions(
    message: Message, wondered: Sequence[Ask], asks: Sequence[Ask]
) -> tuple[list[Ask], tuple[str, ...]]:
    """The effects under what the message says about them, and every part of it that was not understood."""
    found: list[Ask] = []
    unclear: list[str] = []
    for ask in wondered:
        governing = tuple(governing_of(message, clause) for clause in _about(message, ask, asks))
        done, missed = compiled(message, replace(ask, governing=governing), asks) if governing else (ask, ())
        found.append(done)
        unclear += missed
    return found, tuple(unclear)


def condition_said(ask: Ask) -> str:
    """The condition over an ask as the end of a question; empty where it has none."""
    if ask.condition is None:
        return ""
    words = turned(ask.condition.words.strip(" ,.?!"))
    return f" {words}" if words.lower().startswith("unless ") else f" if {words}"


def _about(message: Message, ask: Ask, asks: Sequence[Ask]) -> Iterator[Clause]:
    """The conditions of the question, and of what follows it at once."""
    taken = {token.start for other in asks for governing in other.governing for token in governing.tokens}
    for clause in message.clauses:
        tokens = message.of(clause)
        is_near = 0 <= clause.sentence - ask.clause.sentence <= 1
        is_free = bool(tokens) and not any(token.start in taken for token in tokens)
        if clause.role is Role.CONDITION and is_near and is_free and not _OWN_WILL.search(norms(tokens)):
            yield clause
