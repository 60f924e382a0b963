"""Things that go by what they hold: after "the rope is on A-17, A-18 is the mat" "the rope" means A-17."""

import re
from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.naming.masked import ENDS, masked
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, token_at

_NOUN = r"(?P<noun>(?:<n> ){0,2}<n>)"
_LED = r"(?:^|(?<=[-.,:;!?(\n] )|(?<=\band )|(?<=\bwith )|(?<=\bgot )|(?<=\bhave )|(?<=\bthe )|(?<=\bmy )|(?<=\ba ))"
_TOLD = (
    lazy(rf"{_LED}{_NOUN} (?:(?:<t> )?(?:is|was|are) )(?:(?:on|in|under|with|<t>|number) )*(?P<id><v>)"),
    lazy(rf"\b(?:have|got|ordered|bought) (?:the|my|an?) {_NOUN} (?:on|in|under|with) (?:<t> )?(?P<id><v>)"),
    lazy(rf"\band (?:the|my|an?) {_NOUN} (?:(?:on|in|under|with) )?(?:<t> )?(?P<id><v>)"),
    lazy(rf"(?P<id><v>) (?:\( |: |- |= )?(?:(?:is|was|has|contains|are|for) )*(?:the|my|an?) {_NOUN}(?! <v>)"),
    lazy(rf"(?P<id><v>) (?:\(|:|-|=) {_NOUN}(?= [-,.;:!?)\n]|$)"),
)
_MEANT = lazy(
    r"\b(?:the|my|that|this) (?P<noun>(?:<n> ){0,2}<n>)(?: 's)?(?: (?:one|<t>))?(?! <v>| (?:from|on|in|of|for"
    r"|under) |, <v>)"
)
_VERBAL = lazy(r"(?!.*(?:bed|shed|seed|weed)$)[a-z]{3,}ed|(?!.*(?:ring|king|string)$)[a-z]{3,}ing|[a-z]{4,}ly")
"""What ends like a verb or an adverb, and is no "bed" and no "ring"."""
_NEW = lazy(r"\b(?:another|again|new|more|same|extra|second)\b")
_FEW = 2


def with_known(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with the id behind each such name, where the message told at least two apart."""
    if len({token.value for token in tokens if token.shape in index.ids}) < _FEW:
        return tokens
    text = masked(tokens, index, lambda token: _noun(token, index))
    told = dict(_told(tokens, text))
    if len(set(told.values())) < _FEW:
        return tokens
    for found in reversed(list(_MEANT.finditer(text))):
        tokens = _named(tokens, found, told, index)
    return tokens


def _noun(token: Token, index: Index) -> str:
    """A mark for a noun that nobody declared."""
    is_noun = is_content(token) and token.norm.isalpha() and not index.knows(token.stem)
    return "<n>" if is_noun and not _VERBAL.fullmatch(token.norm) else token.norm


def _told(tokens: Sequence[Token], text: str) -> Iterator[tuple[str, int]]:
    """Each word by which one id alone goes, with the place of that."""
    words: dict[str, dict[str, int]] = {}
    for pattern in _TOLD:
        for found in pattern.finditer(text):
            place = token_at(found, "id")
            for token in _of(tokens, found):
                words.setdefault(token.stem, {}).setdefault(tokens[place].value, place)
    yield from ((word, next(iter(places.values()))) for word, places in words.items() if len(places) == 1)


def _of(tokens: Sequence[Token], found: re.Match[str]) -> Sequence[Token]:
    first = token_at(found, "noun")
    return tokens[first : first + found["noun"].count(" ") + 1]


def _named(tokens: tuple[Token, ...], found: re.Match[str], told: dict[str, int], index: Index) -> tuple[Token, ...]:
    """The tokens with the id that the words mean, where their clause has none and asks for nothing new."""
    text = found.string
    first, end = token_at(found), text.count(" ", 0, found.end()) + 1
    meant = {told[token.stem] for token in _of(tokens, found) if token.stem in told}
    start = next((at + 1 for at in range(first - 1, -1, -1) if tokens[at].norm in ENDS), 0)
    stop = next((at for at in range(end, len(tokens)) if tokens[at].norm in ENDS), len(tokens))
    own = tokens[start:stop]
    place = next(iter(meant)) if len(meant) == 1 else len(tokens)
    is_new = _NEW.search(masked(own, index, lambda token: _noun(token, index)))
    if place > first or any(token.shape in index.ids for token in own) or is_new:
        return tokens
    return (*tokens[:end], tokens[place], *tokens[end:])
