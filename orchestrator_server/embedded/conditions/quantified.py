"""Conditions over all elements of a list: "if any of my files is open", "if none of them ...", "if all my ..."."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from orchestrator_server.embedded.conditions.conditions import Source, Tested, test_of
from orchestrator_server.embedded.conditions.facts import compared
from orchestrator_server.embedded.conditions.quantities import COMPARE, TAIL, operator_of
from orchestrator_server.embedded.conditions.saying import as_plain
from orchestrator_server.embedded.declared.fields import Field, stems_of
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

ELEMENT = "e"
_IS = r"(?:is|are|was|were|has|have|had|does|did|do|costs?|came|cost|will)"
_HAVING = (
    r"(?:(?:do |have )?(?:i|we) (?:still |actually )?(?:have|got|have got)(?: still| got)?"
    r"|(?:is|are) there(?: still)?|there (?:is|are|was|were)(?: still)?)"
)
_HOW = (
    r"(?P<how>any|some|at least one|a single|an?|none|no(?! one\b)|not one|not a single|all|every"
    r"|each|every single|neither|one)"
    r"(?: (?:single )?(?:one )?of| one of)?(?: (?:my|our|the|these|those))*"
)
_THINGS = r"(?P<before>(?:(?!of\b)[a-z]+ ){0,2}?)(?P<noun>[a-z]+)"
_THAT = rf"(?: (?:that|which|who)(?= {_IS}\b)|(?= (?:older|newer|over|under|above|below|from|costing|worth)\b))"
_OF_ALL = lazy(rf"{_HOW} {_THINGS}(?: (?:of mine|of ours|i have|we have))? (?P<rest>(?:still |already )?{_IS} .+)")
_THERE_IS = lazy(rf"{_HAVING} (?:{_HOW} )?{_THINGS}{_THAT} (?P<rest>.+)")
_HAVE = lazy(
    rf"{_HAVING} (?:(?P<how>any|some) )?(?P<before>(?:(?!of\b|no\b)[a-z]+ ){{1,3}}?)(?P<noun>[a-z]+s)(?P<rest>)"
)
_ASKED = lazy(rf"(?P<aux>do|does|did|have|has|are|is|was|were) {_HOW} {_THINGS}(?: (?:of mine|of ours))? (?P<rest>.+)")
_NUMBERED = lazy(rf"{_HAVING} (?:{COMPARE} )?(?P<number>\d+){TAIL} {_THINGS}{_THAT} (?P<rest>.+)")
_ONE = ("any", "some", "at least one", "a single", "a", "an", "one")
_NO = ("none", "no", "not one", "not a single", "neither")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMany:
    """Which elements of a list (`how` many of them) a condition is about, and what it says of each.

    `size` compares the number of those of which it is so.
    """

    size: str
    how: str
    noun: Token
    said: tuple[Token, ...]
    before: tuple[Token, ...]

    @property
    def is_some(self) -> bool:
        """Does it ask for one at least?"""
        return self.how in _ONE


def of_many(tokens: Sequence[Token]) -> OfMany | None:
    """The condition taken apart; None where it is not about elements of a list."""
    kept = [token for token in tokens if not token.is_mark]
    text = norms(kept)
    patterns = (_OF_ALL, _THERE_IS, _NUMBERED, _HAVE, _ASKED)
    found = next((match for pattern in patterns if (match := pattern.fullmatch(text))), None)
    if found is None or not kept:
        return None
    at = text[: found.start("noun")].count(" ")
    first = text[: found.start("rest")].count(" ") if found["rest"] else len(kept)
    before = kept[at - found["before"].count(" ") : at]
    it = Token(surface="it", norm="it", stem="it", start=kept[at].start, end=kept[at].end)
    groups = found.groupdict()
    aux = kept[:1] if groups.get("aux") else []
    return OfMany(
        how=groups.get("how") or "any",
        noun=kept[at],
        said=(it, *aux, *kept[first:]) if found["rest"] else (),
        before=tuple(before),
        size=f"{operator_of(found) or '=='} {groups['number']}" if groups.get("number") else "",
    )


def quantified(
    index: Index, tokens: Sequence[Token], sources: Sequence[Source], words: str, today: dt.date | None
) -> Tested | None:
    """The test over the list that a read without an id returns; None where the words are not about such a list."""
    said = of_many(as_plain(tokens, index.ids))
    if said is None:
        return None
    for source in sources:
        for field in _lists(source, said.noun) if not source.arguments else ():
            if (one := of_each(index, said, _element(source, field), words, today)) is not None:
                return _over(source, field, said, one)
    return None


def of_each(index: Index, said: OfMany, element: Source, words: str, today: dt.date | None) -> Tested | None:
    """What is said of one element, with the state before the noun ("any of my open files")."""
    one = test_of(index, said.said or said.before, [element], words, today)
    if one is None or not said.before or not said.said:
        return one
    state = test_of(index, said.before, [element], words, today)
    if state is None:
        return None
    return replace(
        one, positive=f"({state.positive}) && ({one.positive})", negative=f"({state.positive}) && ({one.negative})"
    )


def _lists(source: Source, noun: Token) -> Iterator[Field]:
    """The lists of things that go by the noun."""
    for field in source.fields:
        names = {*field.stems, *stems_of(field.element_name)} | {n.stems[0] for n in field.names if len(n.stems) == 1}
        if field.kind == "list" and field.elements and noun.stem in names:
            yield field


def _element(source: Source, field: Field) -> Source:
    return Source(profile=source.profile, fields=field.elements, root=ELEMENT, is_near=True)


def _over(source: Source, field: Field, said: OfMany, one: Tested) -> Tested:
    listed = f"{source.root}{field.path}"
    if said.size:
        sized = f"size({listed}.filter({ELEMENT}, {one.positive}))"
        positive, negative = compared(sized, *said.size.split(" "))
        return Tested(words=one.words, positive=positive, negative=negative, sources=(source,))
    some = f"{listed}.exists({ELEMENT}, {one.positive})"
    if said.is_some or said.how in _NO:
        positive, negative = (some, f"!{some}") if said.is_some else (f"!{some}", some)
    else:
        negative = f"{listed}.exists({ELEMENT}, {one.negative})"
        positive = f"!{negative}"
    return Tested(words=one.words, positive=positive, negative=negative, sources=(source,))
