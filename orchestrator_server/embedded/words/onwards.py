"""Small words behind a value of several words: with them the sentence goes on, and the value has ended."""

from collections.abc import Sequence
from itertools import pairwise

from orchestrator_server.embedded.words.english import FUNCTION, words
from orchestrator_server.embedded.words.text import Token

_ALWAYS = words(
    """
    without besides namely specifically precisely exactly nor neither either till once regardless despite hows lets dont
    its they she him them me yours tonight during maybe perhaps btw fyi ty appreciated how why who whose does did might
    starting beginning effective including shall being been got gets nothing none never onto whatever
    """
)
"""No part of a place in any language."""
_BEHIND_A_CODE = words(
    """
    love mate dear keep leave come comes goes next like same both all each every some one two still yet mine his her us
    he be do may bc cos cuz id im many much
    """
)
"""What may be part of a name ("12 love lane") but ends it where its code was said and a sentence goes on."""


def goes_onwards(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Does the sentence go on at the word at `at`, behind the value that began at `first`?"""
    word = tokens[at].norm
    if word in _ALWAYS:
        return True
    if word not in _BEHIND_A_CODE or not _has_code(tokens[first:at]):
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is None or after.is_mark or bool(after.shape) or after.norm in FUNCTION


def _has_code(said: Sequence[Token]) -> bool:
    """Is there a code of a place in what was said, or a value that is one?"""
    if any(token.shape for token in said):
        return True
    found = (one.surface for one, two in pairwise([*said, said[-1]]) if _is_code(one, two))
    return next(found, None) is not None


def _is_code(one: Token, two: Token) -> bool:
    """Are these four digits or more, or a digit with two letters right behind it?"""
    if not one.surface.isdigit():
        return False
    return len(one.surface) > 3 or (two.start == one.end and len(two.surface) == 2 and two.surface.isalpha())
