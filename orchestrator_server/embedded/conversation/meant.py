"""What an answer means where it names more than it gives: "not A-17, A-18", "two, sorry, three"."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.words.english import FUNCTION, stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG
from orchestrator_server.embedded.words.text import Token, norms, token_at

_NOT_THAT = lazy(
    r"\b(?:not|instead of|rather than|except(?: for)?|but not|leave|keep|spare|keeping|(?:anything|any|all"
    r"|everything|whatever"
    r"|both) but)(?: (?:the|my|touch))?(?: [a-z]+)?$"
)
"""What stands before an id that is ruled out."""
_TAKEN_BACK = lazy(
    r"<v>(?: [-.,!]+| oh| oops| hm+| um| uh)* (?:no|sorry|wait|oops|whoops|actually|i mean|i meant|rather"
    r"|correction)\b[^<]*<v>"
    r"(?: [.,!]| please| thanks)*$"
)
"""The first of two is taken back for the second."""
_ALSO = lazy(r"\b(?:also|and|too|plus|both|as well)\b")
_EITHER = lazy(r"<v>(?: ,)? or (?:\w+ ){0,3}<v>|\bwhichever\b|\beither (?:\w+ )?<v>")
"""One of two, and nobody says which."""
_INSTEAD = lazy(
    r"(?<=[a-z0-9] )(?:[-.,!]+ )+(?:(?:oh|oops|hm+|wait|sorry) (?:, )?)*(?:no|sorry|wait|i mean|i meant|rather"
    r"|make that"
    r"|actually) (?:, )?(?:i mean |i meant |rather |actually )?(?=(?:the|an?|my|that|\d+) )"
)
"""Leads to what is meant instead of what was said before."""
_NOT_FIRST = lazy(
    r"^\W*(?P<out>not (?:the |an? |my |that )(?:[\w-]+ ){1,4}(?:[,;.-]|but)) (?=(?:the|an?|my|that|just|only)\b)"
)
_NOT_LAST = lazy(
    r"(?P<out>(?:[,;-] )?(?:(?:and|but) )?(?:not|instead of|rather than|except(?: for)?) (?:the|an?|my|that) [^,.;]+)"
)
"""What is ruled out."""
_JOINERS = words("and also plus the number no nr or as well then both too my please one ones with all of")
"""What may stand between ids that are all meant."""
_STAYS = lazy(
    r"<v>(?: ,)? (?:can|may|should|shall|must|is|was|has|will|stays?|remains?|came|arrived|i|we"
    r"|it) (?!.*\bboth\b)[^<]*$"
)
"""Something is told of the last id alone."""
_ALL_BUT = lazy(
    r"\b(?:everything|all|anything|both)(?: of (?:it|them))? (?:but|except(?: for)?|besides|apart from"
    r"|other than|not)\b"
)
_BACK = lazy(r"\b(?:sorry|no|wait|oops|whoops|actually|mistyped|typed|typo|mean|meant|correction|rather)\b")
_MADE = lazy(r"\bmake (?:it|that) (\d+)\b")
_UNSURE = lazy(r"\?|\b(?:hmm?|maybe|perhaps|or)\b")


def meant_ids(tokens: Sequence[Token], shape: str, nouns: frozenset[str]) -> list[str]:
    """The ids that are meant; none where it stays open which of several are. `nouns` are words for what they name."""
    text = norms(tokens)
    meant = [t for at, t in enumerate(tokens) if t.shape == shape and not _NOT_THAT.search(norms(tokens[:at]))]
    said = list(dict.fromkeys(token.value for token in meant))
    if len(said) < 2:
        return said
    if _EITHER.search(text):
        return []
    if len(said) == 2 and _TAKEN_BACK.search(text) and not _ALSO.search(text):
        return said[-1:]
    between = [t for t in tokens if meant[0].start < t.start < meant[-1].start and t.shape != shape]
    is_list = all(token.is_mark or token.norm in _JOINERS | nouns or not token.norm[:1].isalnum() for token in between)
    adds = any(token.norm == "and" for token in between)
    return said if is_list and (adds or not _STAYS.search(text)) else []


def named_ids(tokens: Sequence[Token], shape: str) -> list[str]:
    """The ids that are named and not ruled out."""
    meant = (t.value for at, t in enumerate(tokens) if t.shape == shape and not _NOT_THAT.search(norms(tokens[:at])))
    return list(dict.fromkeys(meant))


_SO_MANY = lazy(r"\b(?:so|that is|that makes|meaning|in total|altogether)(?: ,)?(?: just| only)? (\d+)(?: please)?\W*$")
"""What a count comes to in the end."""
_FIRST = lazy(r"\W*(?:[a-z']+ ){0,3}\d")
"""A number at the very beginning, which the others behind it only explain."""


def meant_number(numbers: Sequence[str], text: str) -> int | None:
    """The number that is meant; none where it stays open."""
    left = [n for n in numbers if not re.search(rf"\bnot {n}\b", text)]
    if (made := _MADE.search(text)) is not None and made[1] in left:
        return int(made[1])
    if len(set(left)) > 1 and _BACK.search(text):
        return int(left[-1])
    if (so := _SO_MANY.search(text)) is not None and so[1] in left:
        return int(so[1])
    is_open = len(set(left)) > 1 and (_UNSURE.search(text) or not _FIRST.match(text))
    return int(left[0]) if left and not is_open else None


def meant_long(tokens: Sequence[Token]) -> str | None:
    """The long value that is meant; none where it stays open which of several is."""
    left = [t.value for at, t in enumerate(tokens) if t.shape == LONG and not _NOT_THAT.search(norms(tokens[:at]))]
    is_back = _BACK.search(norms(tokens)) is not None
    return left[-1] if left and (len(set(left)) == 1 or is_back) else None


def all_but(tokens: Sequence[Token], counted: Sequence[str]) -> list[str]:
    """What is left of the things that were counted without those that are named; nothing where that is open."""
    text = norms(tokens)
    found = _ALL_BUT.search(text)
    behind = tokens[text.count(" ", 0, found.end()) + 1 :] if found is not None else ()
    said = {token.stem for token in behind if token.norm not in FUNCTION and token.norm[:1].isalnum()}
    stems = {name: {stem(word) for word in name.lower().split()} for name in counted}
    out = {name for name, own in stems.items() if own & said}
    is_plain = bool(said) and said <= set().union(*(stems[name] for name in out)) and all(stems[n] <= said for n in out)
    is_short = all(sum(bool(own & {word}) for own in stems.values()) == 1 for word in said)
    is_clear = is_plain or (is_short and said <= set().union(*stems.values()))
    return [name for name in counted if name not in out] if out and is_clear else []


def says_all_but(tokens: Sequence[Token]) -> bool:
    """Is everything meant but what is named?"""
    return _ALL_BUT.search(norms(tokens)) is not None


def meant_tokens(tokens: list[Token]) -> list[Token]:
    """The tokens without what they rule out ("not the lid, the box") or take back ("the lid, no, the box")."""
    text = norms(tokens)
    if (back := _INSTEAD.search(text)) is not None:
        return tokens[text.count(" ", 0, back.end()) :]
    for found in (_NOT_FIRST.search(text), _NOT_LAST.search(text)):
        if found is not None:
            first = token_at(found, "out")
            return [*tokens[:first], *tokens[first + found["out"].count(" ") + 1 :]]
    return tokens
