"""Requests that are written in one go ("stop the letters show my points"): a comma is put between them."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.clauses.sentences import STOPS
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.english import FUNCTION, SHOWING, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_BEGINS = lazy(r"(?:(?:please|hi|hello|hey|can|could|would|will|you|just|kindly|now|also|and|then|,) )*")
_CAUSING = words("let make have help watch see hear ask tell want need get")
"""Behind these somebody else does what the next verb says."""
_NO_END = FUNCTION | words("help please just kindly now want need try")
_ARTICLES = frozenset(["my", "the", "a", "an", "this", "all", "me", "it", "every"])


def with_breaks(tokens: Sequence[Token], index: Index) -> tuple[Token, ...]:
    """The tokens with a comma before each plain verb that begins another request behind a whole one."""
    return tuple(_broken(tokens, index))


def _broken(tokens: Sequence[Token], index: Index) -> Iterator[Token]:
    first = 0
    for at, token in enumerate(tokens):
        if not token.shape and (token.norm in STOPS or token.norm in (",", "and", "then", ":")):
            first = at + 1
        elif _begins_another(tokens[first:at], token, tokens[at + 1 : at + 2], index) or _follows_a_story(
            tokens[first:at], token, tokens[at + 1 : at + 2], index
        ):
            yield new_word(",", token)
            first = at
        yield token


def _begins_another(before: Sequence[Token], verb: Token, after: Sequence[Token], index: Index) -> bool:
    """Is it a verb with an object, behind a verb with an object?"""
    if verb.shape or not _is_act(verb, index) or not after or not (after[0].shape or after[0].norm in _ARTICLES):
        return False
    lead = _BEGINS.match(f"{norms(before)} ")
    own = before[lead.group().count(" ") :] if lead else before
    if len(own) < 3 or own[0].shape or own[0].norm in _CAUSING or not _is_act(own[0], index):
        return False
    is_noun = own[-2].norm in _ARTICLES and not own[-1].is_mark and own[-1].stem in index.owned
    return bool(own[-1].shape) or is_noun or own[-1].stem in index.named


def _follows_a_story(before: Sequence[Token], verb: Token, after: Sequence[Token], index: Index) -> bool:
    """Is it a verb with a value behind the end of something told: "i bought it twice stop A-17"?"""
    if len(before) < 2 or not after or not after[0].shape or verb.shape or not _is_act(verb, index):
        return False
    last = before[-1]
    is_end = not last.is_mark and last.norm not in _NO_END and not last.norm.endswith("ing")
    return is_end and not last.shape and not any(_is_act(token, index) for token in before)


def _is_act(token: Token, index: Index) -> bool:
    """Is it a plain verb that is no name of a thing as well?"""
    is_plain = token.norm in SHOWING or (token.stem in index.acts and not token.norm.endswith(("ed", "ing", "s")))
    return is_plain and not token.shape
