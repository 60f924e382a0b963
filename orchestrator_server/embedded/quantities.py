"""Comparisons, durations and amounts as people say them."""

import re
from dataclasses import dataclass

from orchestrator_server.embedded.english import CURRENCIES, HOURS

_MORE = (
    "more than|over|above|greater than|exceeds|exceed|exceeding|higher than|longer than|beyond|bigger than|later than"
)
_LESS = "less than|under|below|fewer than|cheaper than|lower than|shorter than|smaller than|sooner than|earlier than"
_OLDER = "older than"
_NEWER = "newer than|younger than|more recent than|fresher than"
OPERATORS = {
    **dict.fromkeys([*_MORE.split("|"), *_OLDER.split("|")], ">"),
    **dict.fromkeys([*_LESS.split("|"), *_NEWER.split("|")], "<"),
    **dict.fromkeys(["at least", "a minimum of", "no less than", "no fewer than", "minimum"], ">="),
    **dict.fromkeys(["at most", "up to", "a maximum of", "no more than", "within", "maximum"], "<="),
    **dict.fromkeys(["exactly", "equal to", "equals", "precisely"], "=="),
}
_UPWARDS = "more older higher above better up longer"
_DOWNWARDS = "less fewer lower below newer cheaper younger"
TAILS = dict.fromkeys(_UPWARDS.split(), ">=") | dict.fromkeys(_DOWNWARDS.split(), "<=")
OPPOSITE = {">": "<=", "<": ">=", ">=": "<", "<=": ">", "==": "!=", "!=": "=="}

COMPARE = rf"(?P<compare>{'|'.join(sorted(map(re.escape, OPERATORS), key=len, reverse=True))})"
TAIL = rf"(?: (?:or|and) (?P<tail>{'|'.join(TAILS)}))?"
DURATION = rf"(?:about |around |the )?(?:(?P<count>\d+(?:\.\d+)?|a|an|one|half a) )?(?P<unit>{'|'.join(HOURS)})s?"
_MONEY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
AMOUNT = rf"(?P<before>(?:{_MONEY}) )?(?P<number>\d+(?:[.,]\d+)*)(?P<after> (?:{_MONEY})(?=\W|$))?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A stretch of time in hours."""

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
    return OPERATORS[groups["compare"]] if groups.get("compare") else None


def duration_of(found: re.Match[str]) -> Duration:
    """The duration of a match of DURATION."""
    said = found["count"] or "a"
    count = {"a": 1.0, "an": 1.0, "one": 1.0, "half a": 0.5}.get(said) or float(said)
    return Duration(hours=round(count * HOURS[found["unit"]]))


def number_of(text: str) -> float:
    """The number that was written, with comma or point before the decimals."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", text):
        return float(text.replace(".", "").replace(",", "."))
    head, _, tail = text.replace(",", ".").rpartition(".")
    return float(f"{head.replace('.', '')}.{tail}" if head else tail)
