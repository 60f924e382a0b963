"""One place for two, or two places in one breath: "... to PLACE, and that of A-17 too", "and A-17's to PLACE"."""

import re
from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG
from orchestrator_server.embedded.words.text import Token, new_word

_TOO = lazy(
    r"(?P<place><x>) (?:(?:,|and|plus|as well as|also) )+(?:(?:that|the one|the same)(?: one)? )"
    r"(?:of|for|on|in|with) (?:(?:the|my|<t>|number) )*(?P<id><v>)(?= [,.!?;)\n]|$| (?:too|as well|also|please"
    r"|and|thanks)\b)"
)
_ITS = lazy(
    r"(?P<first><x>) (?:(?:,|and|plus|but|while) )+(?:that of )?(?:(?:the|my|<t>|number) )*(?P<id><v>) (?:'s )?"
    r"(?:(?:one|address) )?to (?P<place><x>)"
)


def with_own_places(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "and A-17 should go to PLACE" for such words."""
    if not any(token.shape == LONG for token in tokens) or not index.names_id(tokens):
        return tokens
    for pattern in (_TOO, _ITS):
        found = pattern.search(_text(tokens, index))
        if found is not None and not any(t.shape in index.ids for t in tokens[: _at(found, "id")]):
            tokens = _spelled_out(tokens, found)
    return tokens


def _text(tokens: Sequence[Token], index: Index) -> str:
    return " ".join(_word(token, index) for token in tokens)


def _word(token: Token, index: Index) -> str:
    if token.shape:
        return "<v>" if token.shape in index.ids else "<x>" if token.shape == LONG else "<y>"
    return "<t>" if token.stem in index.things else token.norm


def _at(found: re.Match[str], group: str) -> int:
    return found.string.count(" ", 0, found.start(group))


def _spelled_out(tokens: tuple[Token, ...], found: re.Match[str]) -> tuple[Token, ...]:
    first, end = found.string.count(" ", 0, found.start()) + 1, found.string.count(" ", 0, found.end()) + 1
    thing, place = tokens[_at(found, "id")], tokens[_at(found, "place")]
    return (*tokens[:first], *_said(thing, place), *tokens[end:])


def _said(thing: Token, place: Token) -> Iterator[Token]:
    yield new_word(".", thing)
    yield thing
    yield from (new_word(word, thing) for word in ("should", "go", "to"))
    yield place
