"""Exceptions that were misread: "stop it, the exception being if it is open", "any but A-17 can go. Stop them"."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.clauses.clauses import Role
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.naming.masked import masked
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms, token_at

_EXCEPTION = lazy(
    r"\b(?:except\w*|exclud\w+|exclusions?|apart from|aside from|other than|barring|save for|but for|outside of"
    r"|short of|not counting|with the exclusion of)\b(?! (?:everything|all|the|my)\b)(?: [^\s.?!;]+){0,4}$"
)
_BEFORE = 8
_LEFT_OUT = lazy(
    r"\b(?:except(?:ing)?(?: for)?|excluding|apart from|aside from|other than"
    r"|(?:any|all|every|each|everything|anything)(?: (?!but\b)[a-z]+){0,5} but)"
    r"(?: (?:the|my|<t>|number|for)){0,3} (?P<id><v>)(?! (?:if|unless|when|only)\b)"
)
"""An id that is left out of what is said of others."""


def excepted(message: Message, asks: Sequence[Ask]) -> Iterator[str]:
    """The words of conditions that an exception does not turn round, and of effects upon what was left out."""
    found = _LEFT_OUT.search(masked(message.tokens, message.index))
    if found is not None:
        out = message.tokens[token_at(found, "id")].value
        taking = (ask for ask in asks if ask.profile.intent.has_effect and out in ask.filled.arguments.values())
        yield from (message.words(ask.tokens) for ask in taking if not ask.governing)
    for clause in message.clauses:
        if clause.role is Role.CONDITION and not clause.negated:
            before = message.tokens[max(0, clause.first - _BEFORE) : clause.first]
            if _EXCEPTION.search(norms(before)):
                yield message.words(message.of(clause))
