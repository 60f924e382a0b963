"""Requests that follow one another without any mark ("order a rope tell me my points"): a comma is put between them."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.english import FUNCTION, words
from orchestrator_server.embedded.words.text import Token, new_word

_TO_ME = frozenset(["tell", "show", "remind", "send", "let"])
_ME = frozenset(["me", "us"])
_TOLD = words("what when where how which who whether if my your the all about know see")
"""What follows "tell me" and the like where something is to be told."""
_NO_END = FUNCTION | words(
    "please kindly now thanks just again help ok okay quickly quick only also maybe even never still"
)


def with_asks_apart(tokens: Sequence[Token], index: Index) -> tuple[Token, ...]:
    """The tokens with a comma before each "tell me ..." and each verb with an id that follow a noun or a value."""
    return tuple(_apart(tokens, index))


def _apart(tokens: Sequence[Token], index: Index) -> Iterator[Token]:
    for at, token in enumerate(tokens):
        if at and (_tells(tokens, at) or _does(tokens, at, index)) and _ends(tokens[at - 1]):
            yield new_word(",", token)
        yield token


def _ends(token: Token) -> bool:
    """Can a request end with this?"""
    if token.is_mark:
        return False
    return bool(token.shape) or (token.norm.isalpha() and token.norm not in _NO_END)


def _tells(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].norm not in _TO_ME:
        return False
    said = [token.norm for token in tokens[at : at + 3]]
    return len(said) == 3 and said[1] in _ME and said[2] in _TOLD


def _does(tokens: Sequence[Token], at: int, index: Index) -> bool:
    """Is it a verb of an effect in its plain form, with an id right behind it?"""
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or not after.shape or token.shape or after.shape not in index.ids:
        return False
    if token.norm.endswith(("ed", "ing", "s")):
        return False
    return token.stem in index.acts & index.effect_verbs and token.stem not in index.named
