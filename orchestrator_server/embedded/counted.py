"""Numbers without a noun: "how many ... have I? If it is more than three", "my pages, and if it is under 200 ..."."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.asks import Ask
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.quantities import COMPARE, TAIL
from orchestrator_server.embedded.text import Token, norms

_BARE = re.compile(
    rf"(?:(?:it|that|this|there|they|those|the (?:number|count|answer|result)|i) (?:is|are|was|were|have|has) )?"
    rf"(?:only |still |just )?(?P<said>(?:{COMPARE} )?\d+(?:[.,]\d+)*{TAIL})(?: of (?:them|those))?"
)
_MANY = re.compile(r"\bhow (?:many|much) ")


def with_counted(message: Message, tokens: Sequence[Token]) -> tuple[Token, ...] | None:
    """A bare number with what was asked "how many" before; None where it is no bare number, or nothing was asked."""
    kept = [token for token in tokens if not token.is_mark]
    found = _BARE.fullmatch(norms(kept))
    if found is None or not kept:
        return None
    first = norms(kept)[: found.start("said")].count(" ")
    length = found["said"].count(" ") + 1
    asked = _asked(message, kept[0].start)
    return (*kept[first : first + length], *asked) if asked else None


def is_bare(tokens: Sequence[Token]) -> bool:
    """Is it a number alone, with nothing that says of what?"""
    return _BARE.fullmatch(norms([token for token in tokens if not token.is_mark])) is not None


def read_before(asked: Sequence[Ask], start: int) -> Ask | None:
    """The read that was asked for last before the place `start`; None where an effect came after it."""
    before = [ask for ask in asked if ask.tokens and ask.tokens[0].start < start]
    return before[-1] if before and not before[-1].profile.intent.has_effect else None


def _asked(message: Message, start: int) -> tuple[Token, ...]:
    """What the last "how many" before `start` counts."""
    for clause in reversed(message.clauses):
        tokens = message.of(clause)
        if tokens[0].start < start and (found := _MANY.search(norms(tokens))) and "many" in found.group():
            at = norms(tokens)[: found.end()].strip().count(" ") + 1
            return tuple(token for token in tokens[at:] if not token.is_mark and token.start < start)
    return ()
