"""Words for a value that was named before ("send that one there too", "save it in ..."): it is put for them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import DATE, EMAIL, LONG
from orchestrator_server.embedded.words.text import Token, norms

_THERE = lazy(
    r"there(?! (?:is|are|was|were|will|would|has|have|had|may|might|can|should|must|'s|be|you)\b)"
    r"|to (?:(?:the|that) (?:very )?same (?:one|place|\w+)|that (?:new |same |one |place )?(?:\w+))"
    r"(?= [,.!?]|$| and| please| too| as well)"
)
_NOT_BEFORE = frozenset(["hi", "hello", "hey", "out", "over", "from", "been", "not", "already"])
_COPULAS = frozenset(["is", "are", "was", "were", "am"])
_IT = lazy(r"(?:that|it|this)(?: one)?(?= (?:up |down )?(?:in|on|into|to|as|for|under|at)\b)")
_PUTTING = frozenset(["put", "save", "set", "store", "enter", "use", "note", "write", "register", "add", "keep"])
"""Verbs of noting something down, behind which `it` is the value."""


def with_places(tokens: Sequence[Token], ids: frozenset[str]) -> tuple[Token, ...]:
    """The tokens with the one value that was named so far, wherever a word points at it. `ids` name things."""
    plain = [t for t in tokens if t.shape and t.shape not in ids | {DATE, EMAIL}]
    return tuple(_placed(tokens, plain)) if plain else tuple(tokens)


def _placed(tokens: Sequence[Token], plain: Sequence[Token]) -> Iterator[Token]:
    skipped = 0
    for at, token in enumerate(tokens):
        if skipped:
            skipped -= 1
            continue
        meant = {t.value: t for t in plain if t.start < token.start}
        value = next(iter(meant.values())) if len(meant) == 1 else None
        found = _pointing(tokens, at, value) if value is not None else None
        if found is None or value is None:
            yield token
            continue
        if found[0] in ("there", "to"):
            yield replace(token, norm="to", stem="to")
        yield replace(value, start=token.start, end=token.end)
        skipped = len(found) - 1


def _pointing(tokens: Sequence[Token], at: int, value: Token) -> list[str] | None:
    """The words at `at` that stand for the value; None where they do not."""
    before = tokens[at - 1].norm if at else ""
    is_stated = any(token.norm in _COPULAS for token in tokens[max(0, at - 2) : at])
    text = norms(tokens[at : at + 6])
    if value.shape == LONG and before not in _NOT_BEFORE and not is_stated and (found := _THERE.match(text)):
        return found.group().split()
    found = _IT.match(text) if before in _PUTTING else None
    return found.group().split() if found else None
