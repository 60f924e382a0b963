"""Words with which people turn to something else ("different question: ..."): what follows is a sentence of its own."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms, token_at

_KIND = r"(?:different|another|other|new|next|one more|1 more|separate|unrelated|quick|last|final|further|second)"
_TURN = lazy(
    r"(?:^|(?<=[-,.!?;:\n] )|(?<=and )|(?<=but )|(?<=now )|(?<=ok )|(?<=okay )|(?<=thanks )|(?<=good ))"
    r"(?P<turn>(?:(?:i have|i got|i have got|here is|now|on to|then|just) )*(?:an? |the |my )?(?:(?:completely"
    r"|totally|quite) )?"
    rf"{_KIND} (?:question|topic|subject|matter|issue|query)"
    r"(?: (?:though|then|now|please|for you|from me|if i may))*(?: [-,.:;!])*) (?=[a-z<])(?!(?:about|is|was|for|on"
    r"|of|i|and|in)\b)"
)


def turned(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with a full stop for such words, where something follows them."""
    text = norms(tokens)
    found = _TURN.search(text)
    if found is None:
        return tuple(tokens)
    first = token_at(found, "turn")
    end = first + found["turn"].count(" ") + 1
    stop = replace(tokens[first], surface="", norm=".", stem=".", end=tokens[first].start)
    return (*tokens[:first], *((stop,) if first else ()), *tokens[end:])
