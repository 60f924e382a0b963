"""What a test over a response is, and how its expressions are written.

`@` stands for the response. A test has two expressions, for true and for not true, so that a missing date never
satisfies either.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from orchestrator_server.embedded.english import CREATED, stem
from orchestrator_server.embedded.fields import Constant, Field
from orchestrator_server.embedded.quantities import OPPOSITE

CREATED_STEMS = frozenset(stem(word) for word in CREATED)
FUTURE_STEMS = frozenset(
    stem(word) for word in ["estimated", "expected", "due", "planned", "scheduled", "eta", "expires", "expiry", "until"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a condition: as text, and their stems in order."""

    text: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """What holds and what holds otherwise. `used` are the stems it accounts for, `quality` tells good from fair."""

    positive: str
    negative: str
    used: frozenset[str]
    quality: int = 3
    says_no: bool = False
    """The words' `no` is part of the test and not a negation."""


Finder = Callable[[Words, Sequence[Field]], Test | None]


def moment_of(words: Words, fields: Sequence[Field]) -> tuple[Field | None, int, frozenset[str]]:
    """The date that the words name; else the one on which the thing came to be."""
    stamps = [f for f in fields if f.kind == "timestamp" and not set(f.stems) & FUTURE_STEMS]
    for stamp in stamps:
        if stamp.stems[0] in words.stems:
            return stamp, 3, frozenset(stamp.stems[:1])
    created = [f for f in stamps if f.stems[0] in CREATED_STEMS]
    first = next(iter([*created, *stamps]), None)
    return first, 2, frozenset(CREATED_STEMS & set(words.stems))


def constants_in(field: Field, stems: Sequence[str]) -> Iterator[Constant]:
    """The constants whose words occur."""
    said = " ".join(stems)
    for constant in field.constants:
        if re.search(rf"(?:^| ){re.escape(' '.join(constant.stems))}(?: |$)", said):
            yield constant


def compared(value: str, operator: str, limit: str, used: Iterable[str]) -> Test:
    """A comparison of a plain value."""
    return Test(
        positive=f"{value} {operator} {limit}",
        negative=f"{value} {OPPOSITE[operator]} {limit}",
        used=frozenset(used),
    )


def guarded(field: Field, value: str, operator: str, limit: str, used: Iterable[str]) -> Test:
    """A comparison that holds neither way while the field is unset."""
    guard = f"has(@{field.path}) && "
    return Test(
        positive=f"{guard}{value} {operator} {limit}",
        negative=f"{guard}{value} {OPPOSITE[operator]} {limit}",
        used=frozenset(used),
    )


def used_stems(found: re.Match[str]) -> frozenset[str]:
    """The stems of what a pattern matched, without the words after a count."""
    said = found.group()
    rest = found.groupdict().get("rest")
    if rest:
        said = said[: len(said) - len(rest)]
    return frozenset(stem(word) for word in said.split())
