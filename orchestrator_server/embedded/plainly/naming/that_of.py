"""One place for two, or two places in one breath: "... to PLACE, and that of A-17 too", "and A-17's to PLACE"."""

import re
from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import respelled, rule
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG
from orchestrator_server.embedded.words.text import Token, new_word, token_at

_TOO = lazy(
    r"(?P<place><x>) (?:(?:,|and|plus|as well as|also) )+(?:(?:that|the one|the same)(?: one)? )"
    r"(?:of|for|on|in|with) (?:(?:the|my|<t>|number) )*(?P<id><v>)(?= [,.!?;)\n]|$| (?:too|as well|also|please"
    r"|and|thanks)\b)"
)
_ITS = lazy(
    r"(?P<first><x>) (?:(?:,|and|plus|but|while) )+(?:that of )?(?:(?:the|my|<t>|number) )*(?P<id><v>) (?:'s )?"
    r"(?:(?:one|address) )?to (?P<place><x>)"
)


_OWN = r"(?:my|the|our) (?:(?!<)[a-z]+ )??(?P<own>[a-z]+)"
_AND = r"(?:(?:,|and|plus|as well as) )+(?:also )?"
_OF = r"(?:(?:for|on|of|in|with) )?(?:(?:the|my|<t>|number) )*"
_END = r"(?: (?:too|as well|both|also))*(?= (?:[,.!?;)\n]|please|thanks|and\b)|$)"
_FOR_BOTH = (
    lazy(rf"(?P<place><x>) (?:, )?(?:both )?(?:for|on|in) {_OWN} {_AND}{_OF}(?P<id><v>){_END}"),
    lazy(
        rf"(?P<place><x>) (?:, )?(?:both )?for (?:(?:the|my|<t>|number) )*(?P<id><v>) {_AND}(?:for |on |in )?{_OWN}"
        rf"{_END}"
    ),
)
"""One place for one's own and for a thing."""
_ELSEWHERE = lazy(
    r"(?<=<x> )(?P<joint>(?:,|and|but|while)(?: (?:and|but|while))?) (?:(?:the|my|<t>|number) )*<v> (?:[a-z]+ ){0,3}?"
    r"to (?:my|the|our|another|an?|his|her|their) (?!same\b)[a-z]"
)
"""Another thing goes to a place without a value."""
_SAME = (
    rule(
        "same ",
        r"<v> (?:too|as well|also|likewise)(?: please)? (?P<frame>(?:[,(-] )?(?:to )?(?:the |that )?(?:very )?same"
        r" (?:place|spot|address|destination|one|there)(?: \))?)(?= (?:[.,!;)\n]|please|thanks)|$)",
        frame="",
    ),
    rule(
        "same ",
        r"<v> (?P<frame>(?:[,:(-] )?(?:(?:goes |go )?to )?(?:the |that )?(?:very |exact )?same (?:place|spot|address"
        r"|destination|one|again)?(?: too| as well)?(?: \))?)(?= (?:[.,!;)\n]|please|thanks)|$)",
        frame="too",
    ),
)
"""The place that was said before."""


def with_own_places(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "and A-17 should go to PLACE" for such words, and "A-18 too" for "A-18, same place"."""
    if not any(token.shape == LONG for token in tokens) or not index.names_id(tokens):
        return tokens
    tokens = respelled(tokens, _SAME)
    for pattern in (_TOO, _ITS):
        found = pattern.search(_text(tokens, index))
        if found is not None and not any(t.shape in index.ids for t in tokens[: token_at(found, "id")]):
            tokens = _spelled_out(tokens, found)
    if (other := _ELSEWHERE.search(_text(tokens, index))) is not None:
        at = token_at(other, "joint")
        tokens = (*tokens[:at], new_word(".", tokens[at]), *tokens[at + other["joint"].count(" ") + 1 :])
    for pattern in _FOR_BOTH:
        found = pattern.search(_text(tokens, index))
        if found is not None and index.knows(stem(found["own"])) and stem(found["own"]) not in index.things:
            tokens = _spelled_out(tokens, found)
    return tokens


def _text(tokens: Sequence[Token], index: Index) -> str:
    return " ".join(_word(token, index) for token in tokens)


def _word(token: Token, index: Index) -> str:
    if token.shape:
        return "<v>" if token.shape in index.ids else "<x>" if token.shape == LONG else "<y>"
    return "<t>" if token.stem in index.things else token.norm


def _spelled_out(tokens: tuple[Token, ...], found: re.Match[str]) -> tuple[Token, ...]:
    first, end = token_at(found) + 1, found.string.count(" ", 0, found.end()) + 1
    thing, place = tokens[token_at(found, "id")], tokens[token_at(found, "place")]
    return (*tokens[:first], *_said(thing, place), *tokens[end:])


def _said(thing: Token, place: Token) -> Iterator[Token]:
    yield new_word(".", thing)
    yield thing
    yield from (new_word(word, thing) for word in ("should", "go", "to"))
    yield place
