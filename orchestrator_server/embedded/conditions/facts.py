"""What a test over a response is, and how its expressions are written.

`@` stands for the response. A test has two expressions, for true and for not true, so that a missing date never
satisfies either.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from orchestrator_server.embedded.conditions.quantities import OPPOSITE
from orchestrator_server.embedded.declared.fields import Field, Name
from orchestrator_server.embedded.words.english import NEGATIONS
from orchestrator_server.embedded.words.patterns import lazy

_BETWEEN = frozenset(
    ["already", "yet", "even", "just", "really", "actually", "it", "they", "that", "this", "finally", "all"]
)
_DETERMINERS = ("your", "ur", "our", "their", "its", "my", "this", "that")
"""What can stand for the `the` of a phrase ("in the box", "in your box")."""
_OWNERS = frozenset(["your", "our", "their", "his", "her", "a", "an"])
"""Behind these a word names a thing ("at your place"), and not what was done."""
_BEING = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "still",
        "currently",
        "now",
        "already",
        "not",
        "yet",
        "just",
    ]
)
"""Behind these an "-ing" tells what is going on, and names no thing ("shipping costs ...")."""
_NAMING = frozenset(["the", "with", "without", "for", "of", "my", "your", "this", "that"])
_WAS_THEN = lazy(
    r"(?:was|took place|happened) (?:(?!and\b|or\b).)*\b(?:ago|within|before|after|on|since|yesterday|today)\b"
)
_SINCE = lazy(
    r"\b(?:hour|day|week|month|year|fortnight|window|period)s?(?: (?:have|has|not|passed|elapsed|gone|by|window))*"
    r" (?:of|after|from|since)(?: (?:the|its|my))?$"
)
_HEADINGS = {">": "more", ">=": "more", "<": "less", "<=": "less"}


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of a condition, one place each. `today` is the day on which they are said (UTC), where it is known.

    `nouns` name the things that the response is about. `is_near`: the response belongs to what the user speaks of, so
    that a lone number can be one of its.
    """

    norms: tuple[str, ...]
    stems: tuple[str, ...]
    surfaces: tuple[str, ...]
    today: dt.date | None = None
    nouns: frozenset[str] = frozenset()
    is_near: bool = False

    @cached_property
    def text(self) -> str:
        """All words, one space between."""
        return " ".join(self.norms)

    @cached_property
    def said(self) -> frozenset[str]:
        """All stems, in no order."""
        return frozenset(self.stems)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts, at = [], 0
        for norm in self.norms:
            starts.append(at)
            at += len(norm) + 1
        return tuple(starts)

    def places(self, found: re.Match[str], group: int | str = 0) -> frozenset[int]:
        """The places of what a pattern matched in the text."""
        first, end = found.span(group)
        return frozenset(
            at
            for at, start in enumerate(self._starts)
            if start < end and start + len(self.norms[at]) > first and end > first
        )

    def around(self, places: frozenset[int]) -> tuple[str, str]:
        """The text before the first of these places, and that behind the last."""
        return " ".join(self.norms[: min(places)]), "".join(f" {norm}" for norm in self.norms[max(places) + 1 :])

    def places_after(self, found: re.Match[str], places: frozenset[int]) -> frozenset[int]:
        """The places of what a pattern matched in the text behind `places`."""
        first = max(places) + found.string[: found.start()].count(" ") + 1
        return frozenset(range(first, first + found.group().count(" ")))

    def phrase(self, name: Name) -> frozenset[int]:
        """The places of a declared word or phrase; none where it does not occur. Small words may stand in between."""
        stems = name.core or name.stems
        for first, said in enumerate(self.stems):
            if said == stems[0] and (found := self._follow(first, stems)) and self._is_meant(found, name):
                return frozenset(found)
        return frozenset()

    def _follow(self, first: int, stems: Sequence[str]) -> list[int]:
        found, at = [first], first + 1
        for wanted in stems[1:]:
            others = _DETERMINERS if wanted == "the" else ()
            while at < len(self.stems) and self.stems[at] != wanted and self.norms[at] in _BETWEEN:
                at += 1
            if at >= len(self.stems) or (self.stems[at] != wanted and self.norms[at] not in others):
                return []
            found.append(at)
            at += 1
        return found

    def _is_meant(self, found: Sequence[int], name: Name) -> bool:
        """A noun that only shares its stem with a word is not that word ("the file", "filed")."""
        said = self.norms[found[0]]
        if len(found) > 1 or said in name.words or said.removesuffix("s") in name.words:
            return True
        before = self.norms[found[0] - 1] if found[0] else ""
        is_going_on = before not in _NAMING and not _BEING.isdisjoint(self.norms[max(0, found[0] - 4) : found[0]])
        if said.endswith("ing") and not is_going_on:
            return False
        if before in _OWNERS and not said.endswith("ed") and not self._is_dated(found[0]):
            return False
        return (said not in self.nouns or self._is_dated(found[0])) and said not in NEGATIONS

    def _is_dated(self, at: int) -> bool:
        """Does a noun stand for what happened, of which a time is told ("the arrival was 3 days ago")?"""
        before, after = " ".join(self.norms[:at]), " ".join(self.norms[at + 1 :])
        return _WAS_THEN.match(after) is not None or _SINCE.search(before) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """What holds and what holds otherwise. `used` are the places it accounts for, `quality` tells good from fair.

    `value` are the places of the value that is compared. `heading` says which way it goes: more, less, older, newer,
    later, earlier; empty for neither. `is_state`: it tells a state; `is_first`: the one that things begin in.
    """

    positive: str
    negative: str
    used: frozenset[int]
    quality: int = 3
    value: frozenset[int] = frozenset()
    heading: str = ""
    is_state: bool = False
    is_first: bool = False


Finder = Callable[[Words, Sequence[Field]], Iterator[Test]]


def named(words: Words, names: Iterable[Name]) -> frozenset[int]:
    """The places of the longest of `names` that occurs."""
    return max((words.phrase(name) for name in names if name.first in words.said), key=len, default=frozenset())


def covered(words: Words, names: Iterable[Name]) -> frozenset[int]:
    """The places of all of `names` that occur."""
    return frozenset(place for name in names if name.first in words.said for place in words.phrase(name))


def compared(value: str, operator: str, limit: str, *, guard: str = "") -> tuple[str, str]:
    """A comparison and its opposite. Neither holds where `guard` does not."""
    return f"{guard}{value} {operator} {limit}", f"{guard}{value} {OPPOSITE[operator]} {limit}"


def present(field: Field) -> str:
    """The guard of a field that may be unset."""
    return f"has(@{field.path}) && "


def heading_of(operator: str, more: str = "more", less: str = "less") -> str:
    """Which way a comparison goes, in the words for its kind."""
    return {"more": more, "less": less}.get(_HEADINGS.get(operator, ""), "")
