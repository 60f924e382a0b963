"""Where a value of several words ends: before what the sentence says next."""

import re
from collections.abc import Callable, Sequence

from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.words.dialling import may_be_postcode
from orchestrator_server.embedded.words.english import FUNCTION, words
from orchestrator_server.embedded.words.onwards import goes_onwards
from orchestrator_server.embedded.words.shapes import DATE, EMAIL
from orchestrator_server.embedded.words.text import Token

_END = words(
    """
    and then but if only unless because since please thanks thank instead otherwise as provided from so that which when
    where i we you it is are was were has have had will would should can could must my your our their not or also too
    asap now immediately until before after while whereas whilst just sorry ok okay cheers there here what this these
    soon today tomorrow thx pls already again lol rather than anymore any plus kindly everything yes no hello hi
    except excepting barring
    ditto likewise
    excluding save apart aside providing assuming supposing presuming depending subject conditional given considering
    though although however obviously ideally preferably
    """
)
_LEADS_AWAY = frozenset(["on", "in", "for", "with", "to", "at", "by", "of", "into"])
_FOREIGN = frozenset(["no", "am", "im", "is", "so", "as", "has", "do"])
_SHORT = words(
    """
    st str no nr dr rd ave av apt blvd bldg fl ln pl sq ste hs ul al pza pso c p o u ct pkwy hwy bd gen prof dept rm
    crt cres mt ft flt ap no. num hnr pr vul sok cad mah jl
    """
)
"""What is written with a full stop within places and names."""


def ends_value(
    tokens: Sequence[Token],
    first: int,
    at: int,
    ids: frozenset[str],
    verbs: frozenset[str],
    knows: Callable[[str], bool],
) -> bool:
    """Does the value that began at `first` end before the token at `at`?"""
    token = tokens[at]
    if token.shape:
        return _is_other_value(tokens, first, at, ids)
    following = tokens[at + 1 : at + 9]
    match token.norm:
        case "?" | "!" | ";" | ":" | '"' | "=" | "<" | ">":
            return True
        case "\n":
            return not _goes_on_below(tokens[first:at], following, verbs, knows)
        case ",":
            return _begins_other(tokens[first:at], following, verbs, knows)
        case ".":
            return not _abbreviates(tokens[at - 1], following, verbs)
        case "-":
            return not _is_glued(tokens, at) and _begins_other(tokens[first:at], following, verbs, knows)
    return _is_end_word(tokens, first, at, verbs, knows)


def _is_end_word(
    tokens: Sequence[Token], first: int, at: int, verbs: frozenset[str], knows: Callable[[str], bool]
) -> bool:
    token = tokens[at]
    if at > first and token.surface in ("&", "+") and token.norm == "and":
        return not _is_capital(tokens, at + 1) and (at + 2 >= len(tokens) or tokens[at + 2].surface.islower())
    if at == first or not token.surface[:1].islower():
        return not token.surface and token.norm != "'s"
    if token.norm in _END:
        return not (
            token.norm in _FOREIGN and _is_capital(tokens, at + 1) and token.norm not in ("is", "has", "as", "so")
        )
    if goes_onwards(tokens, first, at):
        return True
    if token.norm in _LEADS_AWAY and _has_code(tokens, at + 1):
        return False
    if token.norm in _LEADS_AWAY:
        return not _is_capital(tokens, at + 1) or knows(tokens[at + 1].stem)
    return knows(token.stem) and _is_capital(tokens, at - 1) and begins_request(tokens[at : at + 8], verbs)


def _has_code(tokens: Sequence[Token], at: int) -> bool:
    """Is this a code of letters and digits, as in "... toronto on m4c 1h2"?"""
    return at < len(tokens) and re.fullmatch(r"[A-Za-z]\d[A-Za-z]", tokens[at].surface) is not None


def _is_capital(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].surface[:1].isupper()


def _is_glued(tokens: Sequence[Token], at: int) -> bool:
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and tokens[at - 1].end == tokens[at].start and tokens[at].end == after.start


def _is_other_value(tokens: Sequence[Token], first: int, at: int, ids: frozenset[str]) -> bool:
    """Is this value no part of the long one? A postal code may look like an id or like a number to dial."""
    token = tokens[at]
    if token.shape in (EMAIL, DATE):
        return True
    if token.shape in ids:
        after_comma = at > first and tokens[at - 1].norm == ","
        return not (after_comma and _is_capital(tokens, at + 1) and tokens[at + 1].norm not in FUNCTION)
    return not may_be_postcode(token.value)


def _begins_other(
    said: Sequence[Token], following: Sequence[Token], verbs: frozenset[str], knows: Callable[[str], bool]
) -> bool:
    """Does something else follow the comma: a request, a remark, a declared word with its own value?"""
    if not following:
        return True
    head = following[0]
    if head.shape:
        return False
    if head.norm == "i" and len(following) > 1 and following[1].surface[:1].islower():
        return True
    if head.surface[:1].islower() and (head.norm in _END | FUNCTION or knows(head.stem)):
        return True
    if head.norm in _END and head.norm in FUNCTION and head.surface[:1].isupper() and len(head.surface) > 2:
        return True
    if begins_request(following, verbs) and head.surface[:1].islower():
        return True
    return _is_remark(said, following)


def _is_remark(said: Sequence[Token], following: Sequence[Token]) -> bool:
    """Small letters without a number after a value that has its capitals and its number."""
    part: list[Token] = []
    for token in following:
        if token.is_mark:
            break
        part.append(token)
    has_capitals = sum(t.surface[:1].isupper() for t in said) >= 2 and any(t.surface[:1].isdigit() for t in said)
    return has_capitals and len(part) > 1 and all(t.surface.islower() for t in part)


def _abbreviates(before: Token, following: Sequence[Token], verbs: frozenset[str]) -> bool:
    if not following or following[0].norm == "\n":
        return False
    short = before.norm in _SHORT or before.norm.endswith("str") or len(before.surface) == 1
    if not short or before.surface.isdigit():
        return False
    head = following[0]
    return head.norm == "," or bool(head.shape) or not (head.norm in _END or begins_request(following, verbs))


def _goes_on_below(
    said: Sequence[Token], following: Sequence[Token], verbs: frozenset[str], knows: Callable[[str], bool]
) -> bool:
    """Does the next line go on with the value: a code and a place, where none was said so far?"""
    line: list[Token] = []
    for token in following:
        if token.norm == "\n":
            break
        line.append(token)
    if len(line) > 1 and line[1].norm in (")", ".", ":"):
        return False
    words_ = [t for t in line if not t.is_mark]
    if not words_ or any(knows(t.stem) or t.norm in _END for t in words_) or begins_request(line, verbs):
        return False
    has_number = any(t.surface[:1].isdigit() for t in said)
    return has_number and all(t.surface[:1].isupper() or t.surface[:1].isdigit() for t in words_)
