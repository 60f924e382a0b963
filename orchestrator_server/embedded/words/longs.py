"""Finds values of several words that hold a number ("12 Harbour Street, 20457 Hamburg"), wherever they stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from orchestrator_server.embedded.words.dialling import may_be_postcode
from orchestrator_server.embedded.words.ends import ends_value
from orchestrator_server.embedded.words.english import (
    CHANGING,
    CURRENCIES,
    DOING,
    FUNCTION,
    ORDINALS,
    SHOWING,
    TIME_UNITS,
    WEEKDAYS,
    stem,
    words,
)
from orchestrator_server.embedded.words.shapes import DATE, EMAIL, LONG
from orchestrator_server.embedded.words.text import Token

_LEADS = frozenset(
    ["to", "is", "at", ":", "now", "=", "be", "are", "'s", "its", "become", "becomes", "say", "says", "read", "reads"]
)
"""After these a value may begin that looks like ordinary words."""
_MAY_LEAD = words(
    """
    for in as use put set make make it on into show shows write display list state - ( , . ! ? ; \" address take try
    enter write save from delete erase remove wipe discard forget
    so or either maybe perhaps possibly not shows namely specifically precisely except
    """
) | frozenset(["\n", ")"])
"""After these only one that has the marks of a long value: capitals, a code."""
_CALENDAR = words(
    """
    o'clock january february march april may june july august september october november december x pcs
    pieces times noon midnight
    """
)
_UNITS = CURRENCIES | _CALENDAR | WEEKDAYS | TIME_UNITS
_NEVER = frozenset(["than", "ago", "least", "more", "less", "my", "your", "it", "that", "this", "%", "percent"])
_PERSONS = frozenset(["i", "me", "my", "you", "your", "we", "us", "it", "them"])
_SINCE = frozenset(["in", "since", "from", "until"])
_MONTHS = words(
    "january february march april may june july august september october november december spring summer autumn winter"
)
_TYING = frozenset(["for", "on", "and", "with", "by", "as", "please", "but", "so"])
_LONGEST = 30
_FOREIGN = frozenset(["a", "an", "am", "no", "via"])
"""Function words of English with which a value in another language may begin."""
_NO_BEGINNING = _MAY_LEAD | _LEADS | (FUNCTION - _FOREIGN)
_LIGHT = SHOWING | CHANGING | DOING


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What tells other things from a long value: shapes of ids, verbs that ask, and declared words."""

    ids: frozenset[str]
    verbs: frozenset[str]
    word: Callable[[str], bool]


_COMPARING = frozenset(["above", "below", "over", "under", "than", "least", "most", "exactly"])
"""Before a number these compare, and no place begins."""


def with_longs(
    tokens: Sequence[Token], text: str, ids: frozenset[str], verbs: frozenset[str], knows: Callable[[str], bool]
) -> tuple[Token, ...]:
    """The tokens with every such value in one. `ids` are shapes that end one, `knows` tells declared words."""
    known = Known(ids=ids, verbs=verbs, word=knows)
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        end = _found_end(tokens, at, _before(found, known), known)
        if end > at:
            found.append(_joined(tokens[at:end], text))
            at = end
        else:
            found.append(tokens[at])
            at += 1
    return tuple(found)


def _before(found: Sequence[Token], known: Known) -> Token | None:
    """What a value would stand behind: the mark or the other value itself before an "and" that ties two of them."""
    if not found or found[-1].norm != "and":
        return found[-1] if found else None
    tied = [token for token in found[-3:-1] if token.shape]
    is_value = bool(tied) and tied[-1].shape not in known.ids and (found[-2] is tied[-1] or found[-2].norm == ",")
    return replace(found[-1], norm=",") if is_value else found[-1]


def _found_end(tokens: Sequence[Token], at: int, before: Token | None, known: Known) -> int:
    """Where the value ends that begins at `at`; `at` itself where none begins."""
    if not _may_begin(tokens[at], known):
        return at
    is_compared = before is not None and before.norm in _COMPARING and tokens[at].norm[:1].isdigit()
    if is_compared or (tokens[at].norm in _COMPARING and tokens[at].surface.islower()):
        return at
    is_led = before is not None and not before.shape and before.norm in _LEADS
    if not is_led and before is not None and not _may_follow(before, known):
        return at
    end = _end(tokens, at, known)
    said = tokens[at:end]
    if not _is_possible(said):
        return at
    return end if _is_marked(said, known, is_led) or (is_led and _is_plain(said, before, known)) else at


def _may_begin(token: Token, known: Known) -> bool:
    if token.shape:
        return may_be_postcode(token.value) and token.shape not in known.ids and token.shape not in (EMAIL, DATE)
    if token.is_mark or not token.surface:
        return False
    if token.norm in _NO_BEGINNING:
        return token.surface[:1].isupper() and token.norm in ("the", "at", "an", "in")
    return not token.surface[:1].islower() or not (known.word(token.stem) or token.norm in _LIGHT)


def _may_follow(before: Token, known: Known) -> bool:
    return not before.shape and (before.norm in _MAY_LEAD or known.word(before.stem))


def _end(tokens: Sequence[Token], at: int, known: Known) -> int:
    end, depth = at, 0
    while end < min(len(tokens), at + _LONGEST):
        token = tokens[end]
        depth += {"(": 1, ")": -1}.get(token.norm, 0)
        if depth < 0 or ends_value(tokens, at, end, known.ids, known.verbs, known.word):
            break
        end += 1
    while end > at and ((tokens[end - 1].is_mark and tokens[end - 1].norm != ")") or _hangs(tokens[end - 1])):
        end -= 1
    if end - at > 3 and tokens[end - 2].norm in _SINCE and tokens[end - 1].norm in _MONTHS:
        end -= 2
    return end


def _hangs(token: Token) -> bool:
    """Does the word only tie what follows to the value?"""
    return token.norm in _TYING and token.surface.islower()


def _is_possible(tokens: Sequence[Token]) -> bool:
    """Has it a number and a word of its own, and nothing that belongs to time, money or comparing?"""
    said = [token for token in tokens if not token.is_mark]
    if len(said) < 2 or tokens[1].norm in (",", ")") or said[0].norm in ORDINALS or said[1].norm in ("to", "is"):
        return False
    if said[1].norm in _UNITS | {"am", "pm"} or any(t.norm in _UNITS | _NEVER and t.surface.islower() for t in said):
        return False
    if any(one.norm in _PERSONS and not two.norm.isdigit() for one, two in pairwise([*said, said[0]])):
        return False
    if said[0].shape and len(said) == 2 and said[1].surface.islower():
        return False
    has_number = any(t.surface[:1].isdigit() for t in said)
    return has_number and any(t.surface[:1].isalpha() and t.norm not in FUNCTION for t in said)


def _is_marked(tokens: Sequence[Token], known: Known, is_led: bool) -> bool:
    """Has it a postal code, or a number and commas beside words with capitals?"""
    words_ = [t for t in tokens if not t.shape and (not known.word(t.stem) or t is not tokens[0])]
    capitals = sum(t.surface[:1].isupper() for t in words_)
    has_comma = any(t.norm in (",", "\n") for t in tokens)
    if any(t.shape or _is_code(t) for t in tokens if t.surface[:1].isdigit()):
        return has_comma or len(tokens) >= 4 or (capitals >= 1 and is_led)
    return capitals >= 2 and (has_comma or is_led)


def _is_plain(tokens: Sequence[Token], before: Token | None, known: Known) -> bool:
    """Is it like a place though all in small letters, and no count of things ("2 red ones, 3 blue ones")?"""
    if any(t.surface.islower() and known.word(t.stem) for t in tokens):
        return False
    if tokens[0].surface.isdigit() and int(tokens[0].surface) < 100:
        last = next(t for t in reversed(tokens) if not t.is_mark)
        is_plural = last.norm.endswith("s") and not last.norm.endswith("ss")
        is_list = before is not None and before.norm != "to" and _counts_twice(tokens)
        return not is_plural and not is_list
    return True


def _counts_twice(tokens: Sequence[Token]) -> bool:
    after = [t for mark, t in pairwise(tokens) if mark.norm == ","]
    return any(t.norm.isdigit() and len(t.norm) < 3 for t in after)


def _is_code(token: Token) -> bool:
    return token.surface.isdigit() and 4 <= len(token.surface) <= 6


def _joined(tokens: Sequence[Token], text: str) -> Token:
    said = text[tokens[0].start : tokens[-1].end]
    value = ", ".join(line.strip(" ,") for line in said.split("\n"))
    return replace(tokens[0], surface=said, norm="<v>", stem=stem("<v>"), end=tokens[-1].end, shape=LONG, value=value)
