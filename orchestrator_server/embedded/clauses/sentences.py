"""Where sentences end: at full stops, at question marks, at line breaks, and not behind "no. 17"."""

from collections.abc import Callable, Iterator, Sequence

from orchestrator_server.embedded.words.text import Token

_SHORT = frozenset(["no", "nr", "num", "ref", "id", "tel", "approx", "ca"])
STOPS = frozenset(".!?;\n")
"""Marks at which a sentence can end."""


def sentences_of(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The first token of each sentence, and the one behind its last; a question keeps its mark."""
    first = 0
    for index, token in enumerate(tokens):
        if token.norm in STOPS and not token.shape and not _abbreviates(tokens, index):
            yield first, index + (token.norm == "?")
            first = index + 1
    yield first, len(tokens)


def by_sentence(tokens: Sequence[Token], turned: Callable[[Sequence[Token]], Sequence[Token]]) -> tuple[Token, ...]:
    """The tokens with each sentence `turned` by itself; the marks between them stay."""
    found: list[Token] = []
    done = 0
    for first, end in sentences_of(tokens):
        found += [*tokens[done:first], *turned(tokens[first:end])]
        done = end
    return (*found, *tokens[done:])


def _abbreviates(tokens: Sequence[Token], at: int) -> bool:
    """Does this full stop belong to an abbreviation ("no. 17")?"""
    before, after = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
    if tokens[at].norm != "." or before is None or after is None:
        return False
    return before.norm in _SHORT and (bool(after.shape) or after.norm[:1].isdigit())
