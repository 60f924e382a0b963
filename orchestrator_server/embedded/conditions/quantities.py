"""Comparisons, durations and amounts as people say them."""

import re
from dataclasses import dataclass

from orchestrator_server.embedded.words.english import CURRENCY, HOURS
from orchestrator_server.embedded.words.patterns import lazy

_MORE = (
    "more than|over|above|greater than|exceeds|exceed|exceeding|higher than|longer than|beyond|bigger than|later than"
    "|further than|in excess of|more expensive than|costlier than|upwards of|larger than|dearer than|priced over"
)
_LESS = (
    "less than|under|below|fewer than|cheaper than|lower than|shorter than|smaller than|sooner than|earlier than"
    "|quicker than|faster than|beneath|less expensive than"
)
_OLDER = "older than"
_NEWER = "newer than|younger than|more recent than|fresher than"
_LEAST = "at least|a minimum of|no less than|no fewer than|minimum|min|no cheaper than|no sooner than|no earlier than"
_MOST = (
    "at most|up to|a maximum of|no more than|within|maximum|max|no older than|no longer than|no later than"
    "|no higher than|at the most|no greater than|not exceeding"
)
_EXACTLY = "exactly|equal to|equals|precisely|only|just"
_OR_EQUAL = r"(?: than)? or (?:(?:is |exactly )?(?:equal|the same)(?: to| as)?|exactly)"
OPERATORS = {
    **dict.fromkeys([*_MORE.split("|"), *_OLDER.split("|")], ">"),
    **dict.fromkeys([*_LESS.split("|"), *_NEWER.split("|")], "<"),
    **dict.fromkeys([*_LEAST.split("|"), "no newer than", "no younger than"], ">="),
    **dict.fromkeys(_MOST.split("|"), "<="),
    **dict.fromkeys(_EXACTLY.split("|"), "=="),
}
_UPWARDS = "more older higher above better up upwards longer over later dearer pricier costlier greater bigger"
_DOWNWARDS = "less fewer lower below newer cheaper younger under earlier sooner shorter smaller"
TAILS = dict.fromkeys(_UPWARDS.split(), ">=") | dict.fromkeys(_DOWNWARDS.split(), "<=")
OPPOSITE = {">": "<=", "<": ">=", ">=": "<", "<=": ">", "==": "!=", "!=": "=="}

_WORDS = "|".join(sorted(map(re.escape, OPERATORS), key=len, reverse=True))
COMPARE = (
    rf"(?:(?P<wide>more|less|fewer|greater|older|newer|longer|higher|lower){_OR_EQUAL}(?: than)?"
    rf"|(?:equal(?: to)?|exactly|the same) or (?P<wider>more|less|fewer|greater|older|newer|longer|higher"
    rf"|lower)(?: than)?"
    rf"|(?P<compare>{_WORDS}))"
)
TAIL = (
    rf"(?: (?:or|and) (?:(?:even|any|much) )?(?P<tail>{'|'.join(TAILS)})"
    r"|(?: at)?(?: the)? (?P<last>least|most|minimum|maximum|max|min)\b)?"
)
LATE_TAIL = lazy(rf"(?: [a-z]+){{1,2}}?(?= (?:or|and|at) ){TAIL}")
"""The same behind the noun: "500 pages or more"."""
NEARLY = lazy(r"\b(?:almost|nearly|about|around|roughly|approximately)\b")
DURATION = (
    r"(?:about |around |the (?:next |coming )?|another )?(?:(?P<count>\d+(?:\.\d+)?|a|an|one|half a"
    r"|(?:a )?single) (?:full "
    r"|whole |good |more |further |extra |other )?)?"
    rf"(?P<unit>{'|'.join(HOURS)})s?(?: time)?\b"
)
NUMBER = r"\d+(?:[.,]\d+)*"
AMOUNT = rf"(?:(?P<before>{CURRENCY}) )?(?:a )?(?P<number>{NUMBER})(?: (?P<after>{CURRENCY})(?=\W|$))?"
BETWEEN = (
    rf"(?:between|from) (?:(?:{CURRENCY}) )?(?P<low>{NUMBER})(?: (?P<one>{CURRENCY}))? (?:and|to)"
    rf" (?:(?P<two>{CURRENCY}) )?(?P<high>{NUMBER})(?: (?P<three>{CURRENCY})(?=\W|$))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A stretch of time in hours. A month is 30 days and a year 365: "two months" is no calendar date."""

    hours: int

    @property
    def cel(self) -> str:
        """As CEL writes it."""
        return f"days({self.hours // 24})" if self.hours % 24 == 0 else f"hours({self.hours})"


def operator_of(found: re.Match[str]) -> str | None:
    """The operator that a match of COMPARE and TAIL stands for."""
    groups = found.groupdict()
    if groups.get("tail"):
        return TAILS[groups["tail"]]
    if groups.get("last"):
        return ">=" if groups["last"] in ("least", "minimum", "min") else "<="
    if wide := groups.get("wide") or groups.get("wider"):
        return "<=" if wide in ("less", "fewer", "newer", "lower") else ">="
    return OPERATORS[groups["compare"]] if groups.get("compare") else None


def duration_of(found: re.Match[str]) -> Duration:
    """The duration of a match of DURATION."""
    said = (found["count"] or "a").removeprefix("a ")
    count = {"a": 1.0, "an": 1.0, "one": 1.0, "single": 1.0, "half a": 0.5}.get(said) or float(said)
    return Duration(hours=round(count * HOURS[found["unit"]]))


def number_of(text: str) -> float:
    """The number that was written, with comma or point before the decimals; either groups three digits ("1.000")."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", text):
        return float(text.replace(".", "").replace(",", "."))
    head, _, tail = text.replace(",", ".").rpartition(".")
    return float(f"{head.replace('.', '')}.{tail}" if head else tail)


def count_of(text: str) -> int:
    """The whole number that was written; a point before three digits groups them ("1.500")."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text):
        return int(re.sub("[.,]", "", text))
    return int(number_of(text))
