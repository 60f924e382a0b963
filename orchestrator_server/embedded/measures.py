"""Tests of time, money and counts. Each gives None where the words say nothing of the kind."""

import re
from collections.abc import Iterable, Sequence

from orchestrator_server.embedded.english import COSTING, stem
from orchestrator_server.embedded.facts import (
    FUTURE_STEMS,
    Test,
    Words,
    compared,
    constants_in,
    guarded,
    moment_of,
    used_stems,
)
from orchestrator_server.embedded.fields import Field
from orchestrator_server.embedded.quantities import (
    AMOUNT,
    COMPARE,
    DURATION,
    TAIL,
    duration_of,
    number_of,
    operator_of,
)

_COSTING = frozenset(stem(word) for word in COSTING)
_AGES = (
    re.compile(rf"\b{COMPARE} {DURATION} (?:ago|old|back)\b"),
    re.compile(rf"\b(?P<compare>older than|newer than|younger than|more recent than) {DURATION}"),
    re.compile(rf"\b{DURATION} old{TAIL}"),
    re.compile(rf"\b(?:in|within|during|from) (?:the |my )?(?:last|past) {DURATION}"),
    re.compile(rf"\b(?:for|since) {COMPARE} {DURATION}"),
)
_AHEAD = re.compile(rf"\b(?:{COMPARE} |in )?{DURATION}(?: (?:away|from now|left|to go|time))?{TAIL}")
_MONEY = re.compile(rf"(?:\b{COMPARE} )?{AMOUNT}{TAIL}")
_COUNT = re.compile(rf"(?:\b{COMPARE} )?\b(?P<number>\d+(?:[.,]\d+)*|any|no|a|one){TAIL}(?P<rest>(?: [a-z]+){{1,3}})")


def age(words: Words, fields: Sequence[Field]) -> Test | None:
    """How long ago something happened."""
    found = next((match for pattern in _AGES if (match := pattern.search(words.text))), None)
    if found is None:
        return None
    if found.re is _AGES[3]:
        operator = "<="
    elif found.re is _AGES[2] and not found["tail"]:
        return None
    else:
        operator = operator_of(found) or ">"
    stamp, quality, used = moment_of(words, fields)
    if stamp is None:
        return None
    return _timed(stamp, f"now - @{stamp.path}", operator, duration_of(found).cel, used_stems(found) | used, quality)


def ahead(words: Words, fields: Sequence[Field]) -> Test | None:
    """How long until something happens."""
    found = _AHEAD.search(words.text)
    if found is None:
        return _day_ahead(words, fields)
    duration, said = duration_of(found), operator_of(found)
    counter = _counter(fields, found["unit"])
    if counter is not None:
        count = duration.hours // (24 if "day" in counter.name else 1)
        return compared(f"@{counter.path}", said or "==", str(count), used_stems(found) | set(counter.stems))
    stamp = next((f for f in fields if f.kind == "timestamp" and set(f.stems) & FUTURE_STEMS), None)
    if stamp is None or said is None:
        return None
    return _timed(stamp, f"@{stamp.path} - now", said, duration.cel, used_stems(found) | set(stamp.stems), 2)


def money(words: Words, fields: Sequence[Field]) -> Test | None:
    """What something costs."""
    costs = _COSTING & set(words.stems)
    amounts = [f for f in fields if f.kind == "money"]
    for found in _MONEY.finditer(words.text):
        if amounts and (found["before"] or found["after"] or costs):
            field = max(amounts, key=lambda f: len(set(f.stems) & set(words.stems)))
            operator = operator_of(found) or "=="
            used = used_stems(found) | costs | set(field.stems)
            return guarded(field, f"money(@{field.path})", operator, str(number_of(found["number"])), used)
    return None


def count(words: Words, fields: Sequence[Field]) -> Test | None:
    """How many there are of something."""
    for found in _COUNT.finditer(words.text):
        following = [stem(word) for word in found["rest"].split()]
        for field in fields:
            if (
                field.kind == "integer"
                and found["number"][0].isdigit()
                and set(field.stems) & {*following, *words.stems}
            ):
                operator = operator_of(found) or (">=" if re.search(r"\b(?:have|has|got)\b", words.text) else "==")
                return compared(
                    f"@{field.path}",
                    operator,
                    f"{number_of(found['number']):.0f}",
                    used_stems(found) | set(field.stems),
                )
            if field.kind == "list" and {*field.stems, *_element_stems(field)} & set(following):
                return _sized(field, found, following)
    return None


def _day_ahead(words: Words, fields: Sequence[Field]) -> Test | None:
    found = re.search(r"\b(?P<by>by |before )?(?P<day>today|tomorrow)\b", words.text)
    counter = _counter(fields, "day") if found else None
    if found is None or counter is None:
        return None
    operator = {"by ": "<=", "before ": "<", None: "=="}[found["by"]]
    return compared(
        f"@{counter.path}", operator, "01"[found["day"] == "tomorrow"], used_stems(found) | set(counter.stems)
    )


def _sized(field: Field, found: re.Match[str], following: Sequence[str]) -> Test:
    listed, used = f"@{field.path}", used_stems(found) | set(following) | set(field.stems)
    for element in field.elements:
        for constant in constants_in(element, following):
            listed = f"{listed}.filter(x, x{element.path} == {constant.name})"
    says = found["number"]
    if says[0].isdigit():
        return compared(f"size({listed})", operator_of(found) or "==", f"{number_of(says):.0f}", used)
    test = compared(f"size({listed})", "==" if says == "no" else ">", "0", used)
    return Test(positive=test.positive, negative=test.negative, used=test.used, says_no=says == "no")


def _counter(fields: Sequence[Field], unit: str) -> Field | None:
    units = {"day", "week"} if unit in ("day", "week", "fortnight", "month") else {unit}
    return next((f for f in fields if f.kind == "integer" and set(f.stems) & units), None)


def _element_stems(field: Field) -> frozenset[str]:
    return frozenset({stem(field.element_name.lower())} if field.element_name else ())


def _timed(stamp: Field, value: str, operator: str, limit: str, used: Iterable[str], quality: int) -> Test:
    test = guarded(stamp, value, operator, limit, used)
    return Test(positive=test.positive, negative=test.negative, used=test.used, quality=quality)
