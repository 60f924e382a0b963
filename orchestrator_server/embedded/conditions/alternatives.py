"""States that are cases beside one another: "if it has left show it, if it is here return it" means the state of now.

By itself "it has left" stays true when more has happened; beside a later state it is a case of its own.
"""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.roles import Clause, Role
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_TIMED = lazy(r"\d|\b(?:not|never|yet|by|before|after|since|ago|until|than|unless|or|and)\b")
"""What says more of a state than that it is so."""
_NOW = "currently"


def told_apart(message: Message, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The condition with a word for "now", where another condition of the message names a later state."""
    cases = [clause for clause in message.clauses if clause.role is Role.CONDITION]
    mine = _states_in(message.index, tokens) if len(cases) > 1 and tokens else {}
    others = (_states_in(message.index, message.of(c)) for c in cases if mine and not _holds(c, message, tokens))
    if not any(other.get(listed, 0) > number for other in others for listed, number in mine.items()):
        return tokens
    last = tokens[-1]
    return (*tokens, replace(last, surface="", norm=_NOW, stem=_NOW, shape="", value="", start=last.end))


def _holds(clause: Clause, message: Message, tokens: Sequence[Token]) -> bool:
    return any(token.start == tokens[0].start for token in message.of(clause))


def _states_in(index: Index, tokens: Sequence[Token]) -> dict[str, int]:
    """For each closed list the place in it of the state that is named, and of which nothing more is said."""
    if _TIMED.search(norms(tokens)):
        return {}
    stems = {token.stem for token in tokens}
    constants = (c for p in index.profiles for f in p.fields if f.kind == "enum" for c in f.constants)
    return {c.name.rpartition(".")[0]: c.number for c in constants if c.stems and stems.issuperset(c.stems)}
