"""Comparisons that name neither limit nor state: "if it is dearer", "any later", "if I am anything lower"."""

from collections.abc import Sequence

from orchestrator_server.embedded.clauses.clauses import Role
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.respelling import replaced
from orchestrator_server.embedded.plainly.supposing.case_words import states_of
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_WAY = (
    r"(?:more|less|fewer|higher|lower|dearer|cheaper|pricier|bigger|smaller|longer|shorter|later|earlier|sooner|older"
    r"|newer|(?:more|less) expensive|over|above|below|under|beyond|past)"
)
_BARE = lazy(rf"(?:[^\d\s]+ ){{0,7}}?{_WAY}")
_THAN = lazy(r"\b(?:over|above|below|under|beyond|past)$")
_RANK = lazy(
    r"(?P<who>(?:(?:i|we|it|my \w+|<v>) )?(?:(?:am|are|is|was) )?(?:(?:now|only|still|at) )*)"
    r"(?:anything|something|any|a|at|one) (?P<way>lower|less|below|higher|better|above|worse|under|more|else)"
    r"(?: (?:level|tier|rank|one|than that))?|"
    r"(?P<what>(?:(?:i|we|it|my \w+|<v>) )?(?:(?:am|are|is|was) )?(?:(?:now|only|still) )*)"
    r"(?P<worse>lower|below|higher|above|less|better)(?: than that)?"
)
_STATED = lazy(r"^(?:\S+ ){0,4}$")


_STRESS = lazy(r"(?<= )(?P<frame>in fact|actually|really|indeed|in truth|in reality)(?= )")


def without_stress(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The condition without what only stresses it ("it was in fact earlier")."""
    return tuple(replaced(tokens, _STRESS, ())) if _STRESS.search(norms(tokens)) else tokens


_STRESSED = lazy(r"\bnot (?:an?|one|1|a single) (?:day|hour|minute|second|week) (?:more|longer|later)\b")


def is_stressed(message: Message) -> bool:
    """Is a limit only stressed by a stretch of time ("until Friday, not a day more"), and not set by it?"""
    return _STRESSED.search(message.norms) is not None


def with_that(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The condition with "than that" behind its comparison, where nothing follows it; else the same."""
    kept = tuple(token for token in tokens if not token.is_mark)
    text = norms(kept)
    if not kept or _BARE.fullmatch(text) is None:
        return tokens
    words = ("that",) if _THAN.search(text) else ("than", "that")
    return (*kept, *(new_word(word, kept[-1]) for word in words))


def with_rank(message: Message, tokens: tuple[Token, ...]) -> tuple[Token, ...] | None:
    """The condition before with "lower than" or the like before its state; None where there is no such condition."""
    kept = [token for token in tokens if not token.is_mark]
    found = _RANK.fullmatch(norms(kept)) if kept else None
    if found is None:
        return None
    way = found["way"] or found["worse"]
    states = states_of(message.index)
    for clause in reversed(message.clauses):
        said = [token for token in message.of(clause) if not token.is_mark and token.start < kept[0].start]
        if clause.role is not Role.CONDITION or not said:
            continue
        text = norms(said)
        every = list(states.finditer(text))
        if len(every) != 1 or not _STATED.match(text[: every[0].start()]):
            return None
        first = text[: every[0].start()].count(" ")
        return (*said[:first], *_than(way, said[first]), *said[first:])
    return None


def _than(way: str, at: Token) -> Sequence[Token]:
    words = {
        "else": "not",
        "better": "higher than",
        "above": "higher than",
        "higher": "higher than",
        "more": "higher than",
    }
    return [new_word(word, at) for word in words.get(way, "lower than").split()]
