"""How many of a thing, where the number stands behind its name: "door key x2", "keys, 3 of them"."""

from collections.abc import Sequence

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_BEHIND = lazy(
    r"(?:x (\d{1,4})|(\d{1,4}) x|(?:[,:-] )?(\d{1,4}) (?:times|pcs|pieces|pc|units?|pairs?)"
    r"|[,(-] (\d{1,4}) of (?:them|those|these|it)|\( (?:x )?(\d{1,4})(?: x| pcs| pieces)? \)"
    r"|[,:-] (?:quantity|qty|amount) :? ?(\d{1,4})|, (\d{1,4}) (?:please|thanks))(?= |$)"
)
"""A number behind a name."""


def count_behind(tokens: Sequence[Token], first: int, end: int) -> tuple[int, int, int] | None:
    """The number behind the name from `first` to `end`, where the name ends, and where all ends."""
    said = [token.norm for token in tokens[first : end + 5]]
    size = end - first
    for at in range(max(1, size - 2), size + 1):
        found = _BEHIND.match(" ".join(said[at:]))
        if found:
            number = next(group for group in found.groups() if group)
            return int(number), first + at, first + at + found.group().strip().count(" ") + 1
    return None
