"""The ids that words stand for without naming one, and those that words rule out."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.text import Token, norms

_POINTING = re.compile(
    r"\b(?:it|its|that|this|them|they|their|those|these|same|the \w+|one|there)\b(?! (?:is|are) (?:a|any))"
)
"""Words that stand for something that was named before."""
_PLURAL = re.compile(r"\b(?:they|them|both|these|those|each)\b")
"""Words that stand for several things."""
_ELSEWHERE = re.compile(r"\b(?:other|another|different|new|all|every|each|both|any|last|latest|first|second|third)\b")
"""Words with which something else is meant than what was named before."""
_EXCEPT = re.compile(
    r"\b(?:(?<!do )(?<!does )(?<!did )(?<!would )(?<!will )not|never|except|excepting|excluding|but|without|besides"
    r"|apart from|other than|aside from"
    r"|instead of|rather than)"
    r"(?: not)?(?: for| the| my| \w+)?$"
)
"""What stands before an id that is ruled out."""
_FEW = 10
"""So many listed things may be meant by "all of them"."""


def referred(message: Message, tokens: Sequence[Token], shape: str, *, has_effect: bool) -> str | None:
    """The id that words without one point at: of this message, else of the conversation; None where that is open."""
    text = norms(tokens)
    if (pointed := message.context.ordinal(text, shape)) is not None:
        return pointed
    if re.search(r"\bother\b", text):
        return message.context.other(shape)
    said = message.ids(shape)
    elsewhere = _ELSEWHERE.findall(text)
    if elsewhere and not (len(said) == 1 and set(elsewhere) == {"both"}):
        return None
    if said:
        before = [t.value for t in message.tokens if t.shape == shape and tokens and t.start < tokens[0].start]
        return said[0] if len(said) == 1 else (before[-1] if before else None)
    if has_effect and not _POINTING.search(text):
        return None
    return message.context.focus(shape)


def excluded(tokens: Sequence[Token], shape: str) -> list[str]:
    """The ids that are ruled out: "all but A", "not B", "except C and D"."""
    found: list[str] = []
    for at, token in enumerate(tokens):
        if token.shape == shape and (_EXCEPT.search(norms(tokens[max(0, at - 4) : at])) or _goes_on(tokens, at, found)):
            found.append(token.value)
    return found


def _goes_on(tokens: Sequence[Token], at: int, found: Sequence[str]) -> bool:
    """Does this id continue a list of excluded ones?"""
    before = tokens[at - 2] if at >= 2 else None
    return before is not None and before.value in found and tokens[at - 1].norm in ("and", "or", ",")


def several(message: Message, text: str, shape: str) -> list[str]:
    """What "both" and "all of them" mean after a list was shown."""
    found = re.search(r"\b(?:both|all of (?:them|those|these)|(?:them|those|these) (?:all|both))\b", text)
    listed = message.context.listed(shape) if found and not message.ids(shape) else []
    return listed if found and (len(listed) == 2 or "both" not in found[0]) and len(listed) <= _FEW else []


def named_before(message: Message, tokens: Sequence[Token], shape: str) -> list[str]:
    """What "they" and "both" mean where several ids stand before them in the message."""
    if not tokens or not _PLURAL.search(norms(tokens)):
        return []
    before = [t.value for t in message.tokens if t.shape == shape and t.start < tokens[0].start]
    return list(dict.fromkeys(before)) if len(set(before)) > 1 else []
