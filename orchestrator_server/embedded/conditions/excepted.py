"""Exceptions that were read as conditions: "stop it, the exception being if it is open" must not become "if"."""

from collections.abc import Iterator

from orchestrator_server.embedded.clauses.clauses import Role
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_EXCEPTION = lazy(
    r"\b(?:except\w*|exclud\w+|exclusions?|apart from|aside from|other than|barring|save for|but for|outside of"
    r"|short of|not counting|with the exclusion of)\b(?! (?:everything|all|the|my)\b)(?: [^\s.?!;]+){0,4}$"
)
_BEFORE = 8


def excepted(message: Message) -> Iterator[str]:
    """The words of conditions behind a word of exception that does not turn them round."""
    for clause in message.clauses:
        if clause.role is Role.CONDITION and not clause.negated:
            before = message.tokens[max(0, clause.first - _BEFORE) : clause.first]
            if _EXCEPTION.search(norms(before)):
                yield message.words(message.of(clause))
