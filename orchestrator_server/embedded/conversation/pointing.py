"""Which of several listed things words point at: by place, by a comparison, or by what was said of one alone."""

from collections.abc import Callable, Iterator, Sequence

from orchestrator_server.embedded.conversation.replies import Shown
from orchestrator_server.embedded.words.english import FUNCTION, ORDINALS, SHOWING, stem, words
from orchestrator_server.embedded.words.patterns import lazy

_PLACE = lazy(
    rf"\b(?P<word>{'|'.join(ORDINALS)})\b(?= (?:one|of (?:them|the|those|these)|please|thanks)\b|\W*$)"
    rf"|\bthe (?P<marked>{'|'.join(ORDINALS)})\b(?= [,.!])|\bthe (?P<inner>second|third|fourth|fifth)\b"
    r"|^\W*(?:the )?(?:number|option|nr|#)? ?(?P<number>[1-9])(?: please)?\W*$"
)
_EITHER = lazy(
    rf"\b(?:{'|'.join(ORDINALS)})\b(?: (?:one|1))? or (?:maybe |perhaps |even )?(?:the )?(?:{'|'.join(ORDINALS)})\b"
)
"""One of two, and nobody says which."""
_SMALLEST = lazy(
    r"\b(?P<word>newer|newest|latest|most recent|more recent|recent|younger|cheaper|cheapest"
    r"|(?:cheap|new|recent)(?= (?:one|1)\b))\b"
)
_GREATEST = lazy(
    r"\b(?P<word>older|oldest|earlier|earliest|pricier|priciest|dearer|dearest|(?:more|most) expensive"
    r"|(?:expensive|pricey|dear|old)(?= (?:one|1)\b))\b"
)
_OF_TWO = words("cheap new recent expensive pricey dear old")
"""Points at one of two alone: "the old one"."""
_OF_PRICE = words("cheap cheaper cheapest pricey pricier priciest dear dearer dearest expensive") | {
    "more expensive",
    "most expensive",
}
_OPENS = words("the that this these those my with containing called named about w")
_GOES_ON = words("one ones of and")


_EXCEPT = lazy(
    r"\b(?:(?<=all )but|(?<=both )but|(?<=them )but|not|except(?: for)?|but not|instead of|rather than"
    r"|other than|apart from|besides)\b(?P<out>[^,.;!?]*?)"
    r"(?= (?:but|and|so)\b|[,.;!?]|$)"
)


def kept(text: str) -> str:
    """The normalised words without what they rule out: "not the first one, the second"."""
    return _EXCEPT.sub(" ", text)


def is_limited(text: str) -> bool:
    """Do the words rule anything out?"""
    return _EXCEPT.search(text) is not None


def compares(text: str) -> frozenset[str]:
    """The words with which the normalised text points at one thing by comparing it."""
    found = (pattern.search(text) for pattern in (_SMALLEST, _GREATEST))
    return frozenset(word for one in found if one for word in one["word"].split())


def ruled_out(text: str, things: Sequence[Shown]) -> frozenset[str]:
    """The ids of the things that the words rule out."""
    found: set[str] = set()
    for said in _EXCEPT.finditer(text):
        place = place_of(f"the {said['out'].strip()}".replace("the the", "the"))
        if place is not None and -len(things) <= place < len(things):
            found.add(things[place].value)
        elif described := _described(said["out"], things, True):
            found.add(described)
    return frozenset(found)


def place_of(text: str) -> int | None:
    """The place that "the second one" or "number 2" names, from 0; negative from the end."""
    found = _PLACE.search(text)
    if found is None or _EITHER.search(text):
        return None
    word = found["word"] or found["marked"] or found["inner"]
    return ORDINALS[word] if word else int(found["number"]) - 1


def pointed(text: str, things: Sequence[Shown], *, is_bare: bool = False) -> str | None:
    """The id of the one of `things` that normalised words point at; None where none or several fit.

    `is_bare`: the words are an answer, so that each of them may describe the thing, without "the" before it.
    """
    if not things:
        return None
    out = ruled_out(text, things)
    left = [thing for thing in things if thing.value not in out]
    if out and len(left) == 1:
        return left[0].value
    said = kept(text)
    return _compared(said, left) or _described(said, left, is_bare) if left else None


def _compared(text: str, things: Sequence[Shown]) -> str | None:
    for pattern, choose in ((_SMALLEST, min), (_GREATEST, max)):
        found = pattern.search(text)
        if found and (found["word"] not in _OF_TWO or len(things) == 2):
            by_price = found["word"] in _OF_PRICE
            return _outermost(things, choose, (lambda one: one.price) if by_price else (lambda one: one.age))
    return None


def _outermost(
    things: Sequence[Shown],
    choose: Callable[[Sequence[float]], float],
    key: Callable[[Shown], float | None],
) -> str | None:
    """The only one with the outermost value, where all have one."""
    values = [value for thing in things if (value := key(thing)) is not None]
    if len(values) < len(things):
        return None
    found = [thing.value for thing, value in zip(things, values, strict=True) if value == choose(values)]
    return found[0] if len(found) == 1 else None


def _described(text: str, things: Sequence[Shown], is_bare: bool) -> str | None:
    said = {stem(word) for word in (_content(text) if is_bare else _phrases(text))}
    fits = {thing.value: len(said & thing.words) for thing in things}
    best = max(fits.values())
    found = [value for value, count in fits.items() if count == best]
    return found[0] if best and len(found) == 1 else None


def _content(text: str) -> Iterator[str]:
    return (word for word in text.split() if word.isalpha() and word not in FUNCTION and word not in SHOWING)


def _phrases(text: str) -> Iterator[str]:
    """The content words of noun phrases: from an article or a preposition up to the next small word."""
    is_open = False
    for word in text.split():
        if word in _OPENS:
            is_open = True
        elif word in FUNCTION and word not in _GOES_ON:
            is_open = False
        elif is_open and word.isalpha() and word not in FUNCTION:
            yield word
