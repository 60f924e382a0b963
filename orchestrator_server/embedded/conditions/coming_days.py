"""Tests of what is to come by the number of days until then: "more than 5 days from now", "tomorrow"."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.conditions.day_relations import relation_of
from orchestrator_server.embedded.conditions.events import coming, is_ahead, is_past, is_present, past_events
from orchestrator_server.embedded.conditions.facts import Test, Words, compared, covered, heading_of
from orchestrator_server.embedded.conditions.quantities import COMPARE, DURATION, NEARLY, TAIL, duration_of, operator_of
from orchestrator_server.embedded.conditions.time_tests import between, not_done, timed
from orchestrator_server.embedded.declared.fields import Field
from orchestrator_server.embedded.words.patterns import lazy

_UNTIL = lazy(
    rf"\b(?P<in>in )?(?:{COMPARE} )?{DURATION}{TAIL}(?P<far> (?:away|out|from now|left|to go|off)(?: to (?:reach"
    rf"|get|come)(?: (?:here|me|us))?)?| to (?:reach|get here)| (?:before|until|till)(?= (?:it|they|that|<v>|(?:the"
    rf"|my) \w+)(?: |$)))?"
)


_ON_THE_DAY = lazy(r"\b(?:due|expected|scheduled|planned|estimated)\b")
"""With these "in 3 days" is a day; what "gets here in 3 days" may be here before."""
_NOT_FOR = lazy(r"\b(?P<no>not|no) (?:\w+ ){0,3}for $")
"""In "not due for another 3 days" the denial is part of the limit."""
_AGED = lazy(r"\b(?:older|younger|newer|more recent|fresher)\b")
"""How old something is, says nothing of what is to come."""
_NEAR = lazy(r"(?<!from )(?<!dated )\b(?:the )?(?P<day>day after tomorrow|today|tomorrow)\b")
_COUNTED_FROM = lazy(r" (?:of|from|after|since) (?!now\b|today\b|here\b|tomorrow\b|this\b)")
"""The time begins at something else than now."""
_TAKING = frozenset(["takes", "take", "taking", "needs", "need", "needing", "lasts"])
"""How people say how long something is still to last."""


def until(words: Words, fields: Sequence[Field]) -> Iterator[Test]:
    """How long until something happens: by a counter of days where there is one."""
    found = next((f for f in _UNTIL.finditer(words.text) if f["count"] or f["compare"] or f["in"] or f["wide"]), None)
    if found is None or is_past(words) or NEARLY.search(words.text) or _AGED.search(found.group()):
        return
    done = (at for event in past_events(words, fields) for at in event.places)
    is_done = not (is_ahead(words) or is_present(words)) and any(words.norms[at].endswith("ed") for at in done)
    if is_done or _COUNTED_FROM.match(words.text, found.end()):
        return
    if re.match(r"(?:takes? |taking )?(?:a|an|one|\d+) ", found.group()) and not (operator_of(found) or found["far"]):
        return
    operator, used = _limit(words, found)
    yield from _by_counter(words, fields, found, operator, used)
    yield from _by_date(words, fields, found, operator, used)


def _limit(words: Words, found: re.Match[str]) -> tuple[str | None, frozenset[int]]:
    """Which way the time is compared, and the places of all words that say so."""
    operator = operator_of(found)
    late = _NOT_FOR.search(words.text[: found.start()]) if "another" in found.group() else None
    if operator is None and re.search(r"\bthe (?:next|coming)\b", found.group()):
        operator = "<="
    if operator is None and found["in"] and not found["far"] and not _ON_THE_DAY.search(words.text):
        operator = "<="
    taking = frozenset(at for at, norm in enumerate(words.norms) if norm in _TAKING)
    used = words.places(found) | taking | (words.places(late) if late else frozenset())
    return operator or (">=" if late else None), used


def _by_counter(
    words: Words, fields: Sequence[Field], found: re.Match[str], operator: str | None, used: frozenset[int]
) -> Iterator[Test]:
    duration = duration_of(found)
    for counter in _counters(fields) if duration.hours % 24 == 0 else ():
        places = covered(words, counter.names)
        if places or found["far"] or found["in"] or is_ahead(words):
            guard = not_done(next((e.field for e in coming(words, fields)), None), fields)
            yield _counted(words, counter, operator or "==", duration.hours // 24, used | places, guard)


def _by_date(
    words: Words, fields: Sequence[Field], found: re.Match[str], operator: str | None, used: frozenset[int]
) -> Iterator[Test]:
    duration = duration_of(found)
    for event in coming(words, fields):
        if not (event.places or found["far"] or is_ahead(words)):
            continue
        if operator:
            value = f"@{event.field.path} - now"
            yield timed(words, event, used, value, operator, duration.cel, ("later", "earlier"))
        elif words.today:
            day = words.today + dt.timedelta(hours=duration.hours)
            yield between(event, day, day + dt.timedelta(days=1), used)


def today_or_tomorrow(words: Words, fields: Sequence[Field]) -> Iterator[Test]:
    """Today, tomorrow and the day after, by a counter of days."""
    found = _NEAR.search(words.text)
    if found is None or is_past(words):
        return
    operator, used, _ = relation_of(words, found)
    for counter in _counters(fields):
        places = covered(words, counter.names)
        if places or is_ahead(words) or is_present(words):
            guard = not_done(next((e.field for e in coming(words, fields)), None), fields)
            days = ("today", "tomorrow", "day after tomorrow").index(found["day"])
            test = _counted(words, counter, operator, days, used | words.places(found) | places, guard)
            yield replace(test, value=words.places(found))


def _counted(words: Words, counter: Field, operator: str, days: int, used: frozenset[int], guard: str) -> Test:
    positive, negative = compared(f"@{counter.path}", operator, str(days), guard=guard)
    return Test(positive=positive, negative=negative, used=used, heading=heading_of(operator, "later", "earlier"))


def _counters(fields: Sequence[Field]) -> Iterator[Field]:
    yield from (f for f in fields if f.kind == "integer" and "day" in f.stems)
