"""The parts of a condition between and, or, nor: "2 weeks or older" and "between 20 and 50" stay whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_JOINT = lazy(
    r"(?:, )?\b(?P<word>and|or|but|nor"
    r"|that(?! (?:one|today|yesterday|tomorrow|on|in|at|last|this|before|after|more|less|over|within|for|since)\b)"
    r"|which|who|whose)\b(?: (?:also|then))?(?: (?:only )?(?:if|when"
    r"|whether|that|which))?\b"
    r"(?! (?:more|less|older|newer|higher|lower|above|below|better|worse|fewer|up|upwards|over|under|longer"
    r"|shorter|later"
    r"|earlier|sooner|before|after|onwards?|equal|exactly|the same|even more|even less|is equal|cheaper)(?: "
    r"|$)(?!than))"
)
_BETWEEN = lazy(r"\b(?:between|from)(?: \S+){1,4}$")
"""A stretch between two ends, whose "and" joins no conditions."""
_RELATIVE = frozenset(["that", "which", "who", "whose"])
_VERB = lazy(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|will|would|i|it|they|costs?|contains?|been|be|got|not|no)\b"
)
_AT_ONCE = lazy(r"(?:before|after|than|by|until|to|of|with|in|is|if|says?|shows?|so|about|all|for|on|from)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part, and whether it goes with the ones before by `and` or `or`. `is_short`: it has no verb of its own."""

    joint: str
    tokens: tuple[Token, ...]

    @property
    def is_short(self) -> bool:
        """Does it lean on the words before it?"""
        return len(self.tokens) <= 3 and _VERB.search(norms(self.tokens)) is None


def parts_of(tokens: Sequence[Token]) -> list[Part]:
    """The parts in their order."""
    parts: list[tuple[str, list[Token]]] = [("and", [])]
    at = 0
    while at < len(tokens):
        found = _JOINT.match(norms(tokens[at : at + 5]))
        if found is None or not _divides(found, parts[-1][1]):
            parts[-1][1].append(tokens[at])
            at += 1
            continue
        length = found.group().count(" ") + 1
        if parts[-1][1]:
            parts.append(("or" if found["word"] == "or" else "and", []))
        if found["word"] == "nor":
            parts[-1][1].append(replace(tokens[at], norm="not", stem="not"))
        at += length
    return [Part(joint=joint, tokens=tuple(part)) for joint, part in parts if part]


def _divides(found: re.Match[str], before: Sequence[Token]) -> bool:
    """Is it a joint here, and no "between 20 and 50", no "after that", no "if that has"?"""
    said = norms(before)
    if found["word"] in _RELATIVE:
        return bool(before) and not _AT_ONCE.search(said)
    return not _BETWEEN.search(said)
