"""Requests that follow one another without any mark ("order a rope tell me my points"): a comma is put between them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.sentences import STOPS
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import CONDITION
from orchestrator_server.embedded.words.english import FUNCTION, stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_ASKS = lazy(
    r"(?:where|when|how (?:much|many|long|soon)|what|why) (?:is|are|was|were|does|do|did|will|has|have|can)"
    r" (?:in |inside )?(?:(?:the|my|number) )*(?:<v>|it\b|that\b)"
    r"|(?:is|has|was|will|did|does) (?:(?:the|my) )*<v> \w+"
    r"|how (?:much|many) (?:[a-z]+ ){1,3}(?:do|have|did|can) (?:i|we)\b"
)
"""What is asked of a thing, behind another one."""
_NOT = lazy(r"(?:please )?(?:do not|never|but not) (?P<verb>[a-z]+) (?:(?:the|my|with|anything|to) )*<v>")
"""What shall not be done with another one."""
_TOUCHING = frozenset(stem(word) for word in ("touch", "change", "alter", "include", "do", "mess", "bother"))
_QUESTIONS = frozenset(["where", "when", "what", "how", "which", "who"])
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
        if at and _ends_and_begins(tokens, at, index):
            yield new_word(",", token)
        yield token


def _ends_and_begins(tokens: Sequence[Token], at: int, index: Index) -> bool:
    """Does a request end here, and another begin?"""
    if not tokens[at].shape and tokens[at - 1].shape in index.ids:
        said = norms(
            [t if t.shape in index.ids or not t.shape else replace(t, norm="<x>") for t in tokens[at : at + 6]]
        )
        if _ASKS.match(said) or ((found := _NOT.match(said)) and stem(found["verb"]) in index.effect_verbs | _TOUCHING):
            return _has_begun(tokens[:at], index)
    return (_tells(tokens, at) or _does(tokens, at, index)) and _ends(tokens[at - 1])


def _has_begun(before: Sequence[Token], index: Index) -> bool:
    """Is something asked for right before, in the same breath and in no case?"""
    first = next((at + 1 for at in range(len(before) - 1, -1, -1) if before[at].norm in STOPS), 0)
    said = before[first:]
    is_asked = any(index.knows(t.stem) or t.norm in _QUESTIONS for t in said if not t.shape)
    return is_asked and CONDITION.search(norms(said)) is None


def _ends(token: Token) -> bool:
    """Can a request end with this?"""
    if token.is_mark:
        return False
    return bool(token.shape) or token.norm in ("got", "here") or (token.norm.isalpha() and token.norm not in _NO_END)


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
