"""Compiles the words of a condition to a test over responses. What is not understood in full is not compiled at all."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from orchestrator_server.embedded.conditions.coming_days import today_or_tomorrow, until
from orchestrator_server.embedded.conditions.counts import count
from orchestrator_server.embedded.conditions.facts import Finder, Test, Words
from orchestrator_server.embedded.conditions.holdings import contains
from orchestrator_server.embedded.conditions.in_one_breath import together
from orchestrator_server.embedded.conditions.leftovers import is_left
from orchestrator_server.embedded.conditions.measures import money, number
from orchestrator_server.embedded.conditions.moments import age, dated
from orchestrator_server.embedded.conditions.parts import Part, parts_of
from orchestrator_server.embedded.conditions.plain_words import not_even, plain_words, without_consequence
from orchestrator_server.embedded.conditions.saying import Saying, said_in, words_of
from orchestrator_server.embedded.conditions.states import flag, happened, state, text_is
from orchestrator_server.embedded.declared.fields import Field
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.thing_words import nouns_of
from orchestrator_server.embedded.words.english import FINITE
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_NEGATED = lazy(r"\b(?:not|never|no longer|yet to|no|nor|neither|without)\b(?! only)")
"""What denies."""
_ELLIPSIS = lazy(
    r"(?:(?:it|they|that|this|so|which|she|he|i|we|you|there|<v>) )?(?:(?:is|are|has|have|does|do|was|were|did"
    r"|its|am) ?)?"
    r"(?:(?:still|really|indeed|also|either) )?(?:the case ?)?(?P<no>not|no)?(?: been)?"
    r"(?: ?(?:yet|already|still|indeed|the case|so|yes|true|right|correct|then|anymore|any more|too|either|as well))*"
)
"""A condition that only points back: "if it has not"."""
_TELLING = lazy(rf"\b(?:{FINITE}|am|i|my|we|our|more|less|enough|\d+)\b")
"""What is said without any of these is said of what is at hand ("still open")."""
_NOTHING_BUT_NO = lazy(r"(?:(?:not|never|no|at|all|ever) ?)+")
_AGO = lazy(r"^[^<]* ago$")
_NAMED = 3
"""The quality of a test over a date that was named."""
_POINTING = frozenset(["it", "its", "this", "that", "they", "them"])
FINDERS: tuple[Finder, ...] = (
    age,
    today_or_tomorrow,
    dated,
    money,
    count,
    contains,
    number,
    until,
    happened,
    state,
    flag,
    text_is,
)
"""All kinds of tests, the particular before the general."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A compiled condition: for true and for not true. `sources` are the intents whose responses it reads.

    A response is written as its source's root until steps have ids. `heading` says which way a comparison goes.
    """

    words: str
    positive: str
    negative: str
    sources: tuple["Source", ...]
    heading: str = ""

    def negated(self) -> "Tested":
        """The opposite."""
        return replace(self, positive=self.negative, negative=self.positive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A response that a condition may read: its fields, as they are reached from `root`, and how to get it.

    `is_near`: it belongs to the thing that the request is about, or was just asked for.
    """

    profile: Profile
    fields: tuple[Field, ...]
    root: str
    arguments: tuple[tuple[str, str], ...] = ()
    is_near: bool = False


def ellipsis_of(tokens: Sequence[Token]) -> bool | None:
    """Does the condition only point at the one before ("if it is", "if not")? True for yes, False for its opposite."""
    found = _ELLIPSIS.fullmatch(norms([t for t in tokens if not t.is_mark]).strip())
    return None if found is None else not found["no"]


def is_negated(tokens: Sequence[Token]) -> bool:
    """Do the words deny something?"""
    return len(_NEGATED.findall(norms(tokens))) % 2 == 1


def test_of(
    index: Index, tokens: Sequence[Token], sources: Sequence[Source], words: str, today: dt.date | None
) -> Tested | None:
    """The condition over the first of the best `sources`; None where a part of it is not understood."""
    tokens = without_consequence(tokens)
    return _Compiler(index, sources, words, today).compiled(
        parts_of(plain_words(said_in(not_even(tokens, index), index.ids), index))
    )


class _Compiler:
    def __init__(self, index: Index, sources: Sequence[Source], words: str, today: dt.date | None) -> None:
        self._index, self._sources, self._words, self._today = index, sources, words, today

    def compiled(self, parts: Sequence[Part]) -> Tested | None:
        """All parts together; a part that lacks words borrows them from its neighbour."""
        read: list[tuple[Tested, Test] | None] = []
        if any(_NOTHING_BUT_NO.fullmatch(norms(part.tokens)) for part in parts):
            return None
        for part in parts:
            before = read[-1] if read else None
            is_state = before is not None and before[1].is_state and "==" in before[1].positive
            one = self._one(part.tokens, prefers_state=part.is_short and is_state)
            is_named = part.joint == "or" and one is not None and one[1].quality >= _NAMED
            if before is not None and before[1].is_state and not is_named and _AGO.search(norms(part.tokens)):
                one = self._when(parts[len(read) - 1].tokens, part.tokens) or one
            read.append(one)
        for at in (*range(1, len(parts)), *range(len(parts) - 2, -1, -1)):
            neighbour = at - 1 if at and read[at - 1] else at + 1
            if read[at] is None and 0 <= neighbour < len(parts) and (found := read[neighbour]):
                read[at] = self._one(_framed(parts[neighbour].tokens, found[1], parts[at].tokens), prefers_state=False)
        whole: Tested | None = None
        for at, (part, one) in enumerate(zip(parts, read, strict=True)):
            if one is None:
                return None
            joint = part.joint
            tested = one[0]
            if part.is_short and at and one[1].is_state and is_negated(parts[at - 1].tokens):
                if joint == "and":
                    return None
                tested, joint = tested.negated(), "and"
            whole = tested if whole is None else joined(whole, tested, joint)
        return whole

    def _when(self, happened: Sequence[Token], ago: Sequence[Token]) -> tuple[Tested, Test] | None:
        """How long ago that was, of which it was said just before that it happened ("it is shut, and 3 days ago")."""
        if _NEGATED.search(norms(happened)):
            return None
        found = self._one([*happened, *ago], prefers_state=False)
        return found if found is not None and found[1].quality >= _NAMED and not found[1].is_state else None

    def _one(self, tokens: Sequence[Token], *, prefers_state: bool) -> tuple[Tested, Test] | None:
        """The best test over the nearest responses: what "it" is comes before what else the user has."""
        points = any(token.norm in _POINTING for token in tokens) or not _TELLING.search(norms(tokens))
        nearest = {source.root: 0 if source.is_near else 1 if source.arguments else 2 for source in self._sources}
        for rank in (0, 1, 2) if points else (None,):
            some = [s for s in self._sources if rank is None or nearest[s.root] == rank]
            if (found := self._best(tokens, some, prefers_state=prefers_state)) is not None:
                return found
        return None

    def _best(
        self, tokens: Sequence[Token], sources: Sequence[Source], *, prefers_state: bool
    ) -> tuple[Tested, Test] | None:
        best: tuple[Source, Test, Saying] | None = None
        names_id = self._index.names_id(tokens)
        for source in sources:
            if names_id and not source.arguments and source.root[0] == "<":
                continue  # what is said of a thing by its id is not read from what the user has beside
            nouns = nouns_of(self._index, source.profile)
            words = words_of(tokens, nouns=nouns, today=self._today, is_near=source.is_near)
            if words.is_of_caller and (source.arguments or source.root[0] != "<"):
                continue
            test = self._tested(tokens, words, source, prefers_state=prefers_state)
            if test is not None and (best is None or test.quality > best[1].quality):
                best = source, test, words
        if best is None:
            return None
        source, test, words = best
        flips = _denials(words, test) % 2 == 1
        one = Tested(
            words=self._words,
            positive=(test.negative if flips else test.positive).replace("@", source.root),
            negative=(test.positive if flips else test.negative).replace("@", source.root),
            sources=(source,),
            heading=_turned(test.heading) if flips else test.heading,
        )
        return one, test

    def _tested(self, tokens: Sequence[Token], words: Words, source: Source, *, prefers_state: bool) -> Test | None:
        finders = (state, *FINDERS) if prefers_state else FINDERS
        for finder in finders:
            for test in finder(words, source.fields):
                if not is_left(self._index, tokens, words, source.profile, test):
                    return test
        return self._both(tokens, words, source)

    def _both(self, tokens: Sequence[Token], words: Words, source: Source) -> Test | None:
        """Two tests in one breath: "pending for more than 3 days", "the open one that cost over 20"."""
        if _NEGATED.search(words.text):
            return None
        events = happened(words, source.fields) if " and " in words.text or " or " in words.text else ()
        for one in (*events, *state(words, source.fields)):
            for finder in (age, dated, money):
                for two in finder(words, source.fields):
                    both = together(words, one, two)
                    is_apart = not one.value & two.used and _belongs(words, one, two)
                    if is_apart and not is_left(self._index, tokens, words, source.profile, both):
                        return both
        return None


def _belongs(words: Words, one: Test, two: Test) -> bool:
    """Is the second about the same as the first? "Open for 3 days" is since the beginning, "late for 3 days" is not."""
    if two.quality >= 3 or not re.search(r"\b(?:ago|for|since)\b", words.text):
        return True
    return one.is_first and re.search(r"\b(?:for|since)\b", words.text) is not None


def _denials(words: Words, test: Test) -> int:
    return sum(not (words.places(found) & test.used) for found in _NEGATED.finditer(words.text))


def _framed(tokens: Sequence[Token], test: Test, value: Sequence[Token]) -> list[Token]:
    """The words of a neighbour with another value: "placed yesterday or today"."""
    if not test.value:
        return []
    return [*tokens[: min(test.value)], *value, *tokens[max(test.value) + 1 :]]


def _turned(heading: str) -> str:
    pairs = {"more": "less", "older": "newer", "later": "earlier"}
    return (pairs | {two: one for one, two in pairs.items()}).get(heading, heading)


def joined(one: Tested, two: Tested, joint: str) -> Tested:
    """Both, or one of the two where `joint` is "or"."""
    sign, opposite = ("||", "&&") if joint == "or" else ("&&", "||")
    return Tested(
        words=one.words,
        positive=f"({one.positive}) {sign} ({two.positive})",
        negative=f"({one.negative}) {opposite} ({two.negative})",
        sources=one.sources + tuple(s for s in two.sources if s not in one.sources),
    )
