"""Wishes that are withdrawn: "ignore my request to stop A-17", "stop A-17? never", and cases in which they are."""

import re

from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_HINTS = (" request ", " wish ", " plea ", " demand ", " instruction ", " ask ")
_DROPPED = ("scra", "forget", "drop", "skip", "leave", "ignore", "strike", " bin ", "mind", "longer", " not ", "better")
_IGNORED = (
    r"\b(?:ignore|disregard|forget(?: about)?|scrap|drop|discard|withdraw|take back|do not (?:act on|follow|carry out))"
    r" (?:my|our|the|that|this) (?:(?:earlier|previous|last|first|original) )?"
    r"(?:request|wish|plea|demand|instruction|ask) to"
)
_NEVER = (
    r"(?:never|no way|certainly not|of course not|absolutely not|definitely not|not at all|i would never"
    r"|no chance|not a chance|god no|hell no|no thanks|as if)"
)
_BEGIN = r"(?:^|(?<=[.!?;\n] ))(?:(?:hi|hello|hey|so|well|ok|and|yes|,) )*"
_INTENDED = (
    r"(?:(?:i|we) )?(?:(?:am|was|were|have been|had been) )?(?:(?:just|actually|first|originally|initially|only) )*"
    r"(?:going to|about to|planning (?:to|on)|thinking (?:of|about)|meaning to|wanting to|hoping to|intending to"
    r"|(?:had |have )?(?:wanted|meant|planned|intended|hoped)(?: to)?|would have (?:asked|had|wanted|liked)(?: to)?)"
)
_GIVEN_UP = (
    r"(?:(?:scrap|scratch|forget|drop|skip|leave|ignore|strike|bin)(?: about)? (?:that|it|this|the idea|all that)"
    r"(?: (?:idea|thought|for now|again|then|now))?|never ?mind(?: (?:that|it))?|changed my mind|(?:i|we) (?:have )?"
    r"(?:changed (?:my|our) minds?|thought better of it|will not|no longer (?:want|need) (?:to|that|it)"
    r"|do not (?:want|need) (?:to|that|it)(?: any ?more)?)|no longer|not any ?more)"
)
_THEN = (
    r"(?: [-,.;:!])*(?: (?:but|and|actually|ok|okay|well|now|please|just|oh|no|wait|hm+|yes|,|so|then"
    r"|let us|i|we|can))*"
)
_ENDS = r"(?= [-.,;:!\n]|$| and\b| just\b| only\b| instead\b| now\b)(?! (?:[,-] )?(?:if|unless|when|in case)\b)"
"""A wish that somebody had, and words with which it is given up."""


def _has_case(found: re.Match[str]) -> bool:
    return re.search(r"^[^.?!;\n]* (?:if|unless|when|provided|in case)\b", found.string[found.end() :]) is not None


def _has_none(found: re.Match[str]) -> bool:
    return not _has_case(found)


_RULES = (
    Rule(
        hints=_DROPPED,
        pattern=lazy(
            rf"{_BEGIN}(?P<a>{_INTENDED} (?:(?!<v>)[^\s.!?;]+ ){{0,8}}?)<v>"
            rf"(?P<b>(?: [^\s.!?;]+){{0,6}}?{_THEN} {_GIVEN_UP}){_ENDS}"
        ),
        plain={"a": "about", "b": ","},
    ),
    Rule(
        hints=_DROPPED,
        pattern=lazy(
            rf"{_BEGIN}(?P<a>{_INTENDED} (?:(?!<v>)[^\s.!?;]+ ){{1,9}}?(?:(?:[-,.;:!]|but|and|actually"
            rf"|now) )*{_GIVEN_UP})"
            rf"{_ENDS}"
        ),
        plain={"a": ""},
    ),
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
