"""Finds values of several words that hold a number and commas ("12 Harbour Street, 20457 Hamburg")."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from orchestrator_server.embedded.english import CURRENCIES, FUNCTION, HOURS, stem, words
from orchestrator_server.embedded.heads import begins_request
from orchestrator_server.embedded.shapes import LONG
from orchestrator_server.embedded.text import Token

_BEFORE = frozenset(["to", "is", "at", ":", "now", "="])
_END = words(
    """
    and then but if only unless because please thanks thank instead otherwise as provided from for so
    """
)
_NEVER = frozenset(["than", "ago", "least", "more", "less", "my", "your", "it", "that", "this"])
_UNITS = CURRENCIES | frozenset(HOURS) | frozenset(f"{unit}s" for unit in HOURS)


def with_longs(
    tokens: Sequence[Token], text: str, ids: frozenset[str], verbs: frozenset[str], knows: Callable[[str], bool]
) -> tuple[Token, ...]:
    """The tokens with every such value in one. `ids` are shapes that end one, `knows` tells declared words."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        end = _end(tokens, at, ids, verbs) if found and found[-1].norm in _BEFORE else at
        if _is_long(tokens[at:end], knows):
            found.append(_joined(tokens[at:end], text))
            at = end
        else:
            found.append(tokens[at])
            at += 1
    return tuple(found)


def _end(tokens: Sequence[Token], at: int, ids: frozenset[str], verbs: frozenset[str]) -> int:
    end = at
    while end < len(tokens) and not _stops(tokens, end, ids, verbs):
        end += 1
    while end > at and tokens[end - 1].is_mark:
        end -= 1
    return end


def _stops(tokens: Sequence[Token], at: int, ids: frozenset[str], verbs: frozenset[str]) -> bool:
    token = tokens[at]
    if token.norm in _END or token.norm in "?!;\n:" or token.shape in ids:
        return True
    if token.norm == ",":
        following = tokens[at + 1 : at + 8]
        return bool(following) and (following[0].norm in _END or begins_request(following, verbs))
    return token.norm == "." and not _abbreviates(tokens, at)


def _abbreviates(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1].surface
    return at + 1 < len(tokens) and len(before) <= 3 and before[:1].isupper() and before.isalpha()


def _is_long(tokens: Sequence[Token], knows: Callable[[str], bool]) -> bool:
    words = [token for token in tokens if not token.is_mark]
    if len(words) < 2 or any(token.norm in _NEVER or token.norm in _UNITS for token in words):
        return False
    first = words[0]
    if first.norm in FUNCTION - {"the"} or (first.surface.islower() and knows(first.stem)):
        return False
    has_number = any(token.surface[:1].isdigit() for token in words)
    has_word = any(token.surface[:1].isalpha() and token.norm not in FUNCTION for token in words)
    return has_number and has_word


def _joined(tokens: Sequence[Token], text: str) -> Token:
    said = text[tokens[0].start : tokens[-1].end]
    return replace(tokens[0], surface=said, norm="<v>", stem=stem("<v>"), end=tokens[-1].end, shape=LONG, value=said)
