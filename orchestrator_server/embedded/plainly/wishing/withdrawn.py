"""Wishes that are withdrawn: "ignore my request to stop A-17", "stop A-17? never", and cases in which they are."""

import re

from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_HINTS = (" request ", " wish ", " plea ", " demand ", " instruction ", " ask ")
_IGNORED = (
    r"\b(?:ignore|disregard|forget(?: about)?|scrap|drop|discard|withdraw|take back|do not (?:act on|follow|carry out))"
    r" (?:my|our|the|that|this) (?:(?:earlier|previous|last|first|original) )?"
    r"(?:request|wish|plea|demand|instruction|ask) to"
)
_NEVER = (
    r"(?:never|no way|certainly not|of course not|absolutely not|definitely not|not at all|i would never"
    r"|no chance|not a chance|god no|hell no|no thanks|as if)"
)


def _has_case(found: re.Match[str]) -> bool:
    return re.search(r"^[^.?!;\n]* (?:if|unless|when|provided|in case)\b", found.string[found.end() :]) is not None


def _has_none(found: re.Match[str]) -> bool:
    return not _has_case(found)


_RULES = (
    Rule(
        hints=_HINTS,
        pattern=lazy(rf"(?P<a>{_IGNORED})(?= [^.?!;\n]*?(?P<b>if|when|in case|provided that|provided) )"),
        plain={"a": "", "b": "unless"},
    ),
    Rule(
        hints=_HINTS, pattern=lazy(rf"(?P<a>{_IGNORED})(?= [^.?!;\n]*?(?P<b>unless) )"), plain={"a": "", "b": "only if"}
    ),
    Rule(hints=_HINTS, pattern=lazy(rf"(?P<a>{_IGNORED})(?= )"), plain={"a": "do not"}, applies=_has_none),
    Rule(
        hints=("?",),
        pattern=lazy(
            r"(?:^|(?<=[.!;\n] ))(?!(?:is|are|do|does|did|has|have|was|were|will|would|can|could|who|what|when|where"
            rf"|why|how|which|any)\b)[^.?!;\n]*[a-z>](?P<a> \?) (?P<b>{_NEVER})(?= ?[.,!;\n]|$)"
        ),
        plain={"a": ",", "b": "no , do not do it"},
    ),
)


def unwished(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with "do not", or with the opposite case, where a wish is withdrawn."""
    return respelled(tokens, _RULES)
