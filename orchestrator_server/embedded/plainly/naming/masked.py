"""The words of a message with marks for what rules about names look at, and where pieces of a message end."""

from collections.abc import Callable, Sequence

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.text import Token

ENDS = frozenset([",", ".", "!", "?", ";", "\n", ":", "(", "-", "and", "but", "then", "plus"])
"""What ends the piece that a name stands in."""


def _plain(token: Token) -> str:
    return token.norm


def masked(tokens: Sequence[Token], index: Index, other: Callable[[Token], str] = _plain) -> str:
    """`<v>` for ids, `<x>` for other values, `<t>` for words that stand for things with ids, `other` for the rest."""
    return " ".join(
        ("<v>" if t.shape in index.ids else "<x>") if t.shape else "<t>" if t.stem in index.things else other(t)
        for t in tokens
    )
