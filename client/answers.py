"""What a person may answer where something waits for a yes. Pure.

Only what stands in the question itself is read here: yes, no, and the numbers that are shown. Everything else is said
to the orchestrator in the person's own words ("all but 2"), and its code judges it.
"""

import re
from dataclasses import dataclass

_YES = {"y", "yes"}
_NO = {"n", "no", ""}
_NUMBERS = re.compile(r"\d{1,4}(?:\s*(?:,|and|&|\s)\s*\d{1,4})*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no. `numbers` are those of the effects that a yes is for, from 1; none means all."""

    approved: bool
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NoSuchNumber:
    """A number was named that is not shown; `count` are."""

    count: int


@dataclass(frozen=True, slots=True)
class Words:
    """Something else, to be said as it is."""

    text: str


def question_for(count: int, customer: str = "", *, is_narrow: bool = False) -> str:
    """What is asked for so many effects; `customer` is whom one acts for."""
    whose = f", for {customer}" if customer and not is_narrow else ""
    before = f"Acting for {customer}.\n  " if customer and is_narrow else ""
    which = {0: "", 1: "", 2: ", 1 or 2"}.get(count, ", or some: 1, 3")
    return f"{before}Go ahead{whose}? [y/N{which}]"


def read_answer(text: str, count: int) -> Decision | NoSuchNumber | Words:
    """Reads an answer to the question about so many effects."""
    said = text.strip()
    if said.lower() in _YES | _NO:
        return Decision(said.lower() in _YES)
    if count < 2 or not _NUMBERS.fullmatch(said):
        return Words(said)
    numbers = tuple(sorted({int(number) for number in re.findall(r"\d+", said)}))
    return Decision(True, numbers) if numbers[0] >= 1 and numbers[-1] <= count else NoSuchNumber(count)
