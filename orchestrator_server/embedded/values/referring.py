"""The ids that words stand for without naming one, and those that words rule out."""

import re
from collections.abc import Sequence
from itertools import takewhile

from orchestrator_server.embedded.clauses.sentences import STOPS
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.values.told_apart import is_told_apart, told_apart
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_POINTING = lazy(
    r"\b(?:it|its|that|this|them|they|their|those|these|same|the \w+|one|there)\b(?! (?:is|are) (?:a|any))"
)
"""Words that stand for something that was named before."""
_PLURAL = lazy(r"\b(?:they|them|both|these|those|each|all \d+(?! [a-z]+s\b)|the lot)\b")
"""Words that stand for several things."""
_ELSEWHERE = lazy(
    r"\b(?:other|others|rest(?! (?:stays|remains|is|can|may|will|i|we)\b)|remaining|another|different|new|all"
    r"|every|each|both|any|last|latest|first|second|third|middle|[a-z]+(?:er|est) ones?)\b"
)
"""Words with which something else is meant than what was named before."""
_EXCEPT = lazy(
    r"\b(?:(?<!do )(?<!does )(?<!did )(?<!would )(?<!will )not|never|except|excepting|excluding|but|without|besides"
    r"|apart from|other than|aside from"
    r"|instead of|rather than|keep|keeping|leave|leaving)"
    r"(?: not)?(?: for| the| my| \w+)?$"
    r"|\b(?:duplicate|double|twin|repeat) (?:of|to|for)(?: (?:the|my|our))?(?: \w+)?$"
    r"|\b(?:same|identical|similar)(?: (?:thing|things|one|ones|stuff|\w+))?(?: (?:as|to|with|that|which|is|are"
    r"|was|were))+"
    r"(?: (?:in|of|from|the|my|one|ones))*(?: \w+)?$"
    r"|\b(?:(?<!do )(?<!does )(?<!did )(?<!would )(?<!will )not|except|excluding|without|keep|keeping|leave|leaving)"
    r" (?:the |my |our )?(?:[a-z-]+ ){1,3}(?:from|in|of)$"
    r"|(?:\b(?:but|and)|[,;]) not (?:the|my|that) (?:(?!before\b|until\b|if\b|when\b|unless\b|after\b|because\b"
    r"|and\b)[a-z']+(?: |$)){0,6}"
    r"[(,]?(?: ?(?:number|no))?$"
    r"|(?<!do )(?<!does )(?<!did )(?<!is )(?<!am )\bnot (?:the|my) (?:other|second|first|third|last|next|new|old)"
    r"(?: ones?| [a-z]+)?(?: ,)?$"
    r"|(?:[-,(;]|<v>) (?:(?:but|and|please|just) )*(?:do not|never) (?!forget|miss|mind|hesitate)[a-z]+"
    r"(?: the| my| [a-z]+)?$"
    r"|(?<!not )(?<!never )(?<!less )\b(?:happy|fine|ok|okay|satisfied|pleased|content|delighted"
    r"|cool) with(?: the| my)?(?: \w+)?$"
    r"|\b(?:like|as)(?: (?:the|those|that))?(?: ones?)? (?:in|from|of|with)(?: (?:the|my|\w+))?$"
)
"""What stands before an id that is ruled out."""
_APPROVED = lazy(
    r"(?:[:-] )?(?:(?:is|are|all|still|was) )*(?:ok|okay|fine|good|great|perfect|alright|correct|stays|remains"
    r"|keeping|needed)"
    r"(?: (?:as is|thanks|though|please))*(?: [,.;!?)]|$| and\b| but\b)"
    r"|(?:[:-] )?(?:(?:please|definitely|absolutely|but) )*(?:not|nope|no)(?: (?:please|though|thanks))*(?= [.;!)]|$)"
)
_KEEPING = frozenset(["keep", "keeping", "leave", "leaving"])
_SAYS = words("is are has have was were should must can may needs need will would isn did does")
_COORDINATED = lazy(r"<v>(?: \([^)]*\))? (?:and|or|&) (?:[a-z]+ ){0,3}<v>|<v> , <v>")
"""Two things are named in one breath, so that neither is the last one."""
_LAST_TWO = lazy(r"\b(?:i|we) (?:have|had|got|see|found) (?:\w+ )*<v> and (?:\w+ )?<v>(?: [.,!;:-])*$")
"""The same right before, where nothing but their being there is said."""
_IT = lazy(r"\b(?:it|that|this|there)\b")
_PLACE = lazy(
    r"\bthe (?P<place>former|latter|first|1st|second|2nd|third|3rd)(?: one| mentioned)?(?= [,.;!?]|$| please)"
)
_PLACES = {"former": 0, "latter": 1, "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2}
_OF_TWO = ("former", "latter")
_FEW = 10
"""So many listed things may be meant by "all of them"."""


def referred(message: Message, tokens: Sequence[Token], shape: str, *, has_effect: bool) -> str | None:
    """The id that words without one point at: of this message, else of the conversation; None where that is open."""
    text = norms(tokens)
    if (pointed := message.context.ordinal(text, shape)) is not None:
        return pointed
    if (placed := _by_place(message, tokens, text, shape)) is not None:
        return placed
    if re.search(r"\bother\b", text):
        return message.context.other(shape)
    out = excluded(message.tokens, shape) if has_effect else []
    said = [value for value in message.ids(shape) if value not in out] or message.ids(shape)
    elsewhere = _ELSEWHERE.findall(text)
    if elsewhere and not (len(said) == 1 and set(elsewhere) == {"both"}):
        return None
    if len(said) > 1 and is_told_apart(text):
        return told_apart(message, tokens, shape)
    if said:
        if has_effect and len(said) > 1 and _is_coordinated(message, tokens, text):
            return None
        before = [t.value for t in message.tokens if t.value in said and tokens and t.start < tokens[0].start]
        return said[0] if len(said) == 1 else (before[-1] if before else None)
    if has_effect and not _POINTING.search(text):
        return None
    return message.context.focus(shape)


def _is_coordinated(message: Message, tokens: Sequence[Token], text: str) -> bool:
    """Were two things named in one breath, with nothing said of the last one alone before "it" stands for one?"""
    if not _IT.search(text):
        return _COORDINATED.search(norms(message.tokens)) is not None
    before = norms([t for t in message.tokens if tokens and t.start < tokens[0].start])
    return _LAST_TWO.search(before) is not None


def _by_place(message: Message, tokens: Sequence[Token], text: str, shape: str) -> str | None:
    """The id that "the latter" and "the other one" mean among those that were named before in the message."""
    before = [t.value for t in message.tokens if t.shape == shape and tokens and t.start < tokens[0].start]
    named = list(dict.fromkeys(before))
    if len(named) < 2:
        return None
    if (found := _PLACE.search(text)) is not None:
        place = _PLACES[found["place"]]
        return named[place] if place < len(named) and (len(named) == 2 or found["place"] not in _OF_TWO) else None
    chosen = [value for value in named if before.count(value) > 1]
    if len(named) == 2 and chosen == before[-1:] and re.search(r"\bthe other(?: one| \w+)?\b", text):
        return next(value for value in named if value not in chosen)
    return None


def excluded(tokens: Sequence[Token], shape: str) -> list[str]:
    """The ids that are ruled out: "all but A", "not B", "except C and D"."""
    found: list[str] = []
    for at, token in enumerate(tokens):
        if token.shape != shape or _begins_again(tokens, at) or _is_kept_in_a_case(tokens, at):
            continue
        is_out = _EXCEPT.search(norms(tokens[max(0, at - 9) : at])) is not None or _is_approved(tokens, at)
        if is_out or _goes_on(tokens, at, found):
            found.append(token.value)
    return found


def _begins_again(tokens: Sequence[Token], at: int) -> bool:
    """Does "but A has to go" say something of A, and excepts nothing?"""
    said = [token.norm for token in tokens[at - 1 : at + 2]] if at else []
    return len(said) == 3 and said[0] == "but" and said[2] in _SAYS


def _is_approved(tokens: Sequence[Token], at: int) -> bool:
    """Is nothing said of it but that it is all right ("..., A-18 ok")?"""
    return at > 0 and _APPROVED.match(norms(tokens[at + 1 : at + _FEW])) is not None


def _is_kept_in_a_case(tokens: Sequence[Token], at: int) -> bool:
    """Is it left alone only if something is so ("leave A alone if it has gone, if not stop it")?"""
    if not any(token.norm in _KEEPING for token in tokens[max(0, at - 3) : at]):
        return False
    behind = takewhile(lambda token: token.norm not in STOPS and not token.shape, tokens[at + 1 : at + _FEW])
    return any(token.norm in ("if", "unless") for token in behind)


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
