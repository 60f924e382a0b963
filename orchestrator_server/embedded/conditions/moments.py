"""Tests of time: how long ago, before and after a day. Each gives nothing where none is spoken of."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.conditions.dates import Days, days_in
from orchestrator_server.embedded.conditions.day_relations import relation_of
from orchestrator_server.embedded.conditions.events import (
    MADE_STEMS,
    Event,
    coming,
    created,
    created_places,
    is_ahead,
    is_past,
    is_present,
    is_to_come,
    made_by_caller,
    past_events,
)
from orchestrator_server.embedded.conditions.facts import Test, Words, compared, heading_of, present
from orchestrator_server.embedded.conditions.quantities import COMPARE, DURATION, NEARLY, TAIL, duration_of, operator_of
from orchestrator_server.embedded.conditions.time_tests import between, moment, not_done, timed
from orchestrator_server.embedded.declared.fields import Field
from orchestrator_server.embedded.words.patterns import lazy

_AGES = (
    lazy(rf"\b(?:{COMPARE} )?{DURATION}{TAIL} (?:ago|old|back"
        rf"|earlier)\b{TAIL.replace('tail', 'tail2').replace('last', 'last2')}"),
    lazy(rf"\b(?P<compare>(?:no )?(?:older|newer|younger|more recent) than) {DURATION}"),
    lazy(
        rf"\b(?P<within>(?:in|within|during|from|over|since)? ?(?:(?:the|my) (?:last|past|previous)|last(?= \d)"
        rf"|(?<=\bin )past(?= \d)|(?<=\bwithin )past(?= \d))) {DURATION}"
    ),
    lazy(rf"\b(?P<for>for|since) (?:already )?(?:{COMPARE} )?{DURATION}{TAIL}"),
    lazy(rf"\b(?P<within>within) {DURATION}$"),
    lazy(
        rf"\b(?:{COMPARE} )?{DURATION}{TAIL}(?: (?:have|has|had|not|already|now|yet|been|passed|elapsed|gone(?: by)?"
        rf"|past))* (?P<since>since)\b"
    ),
    lazy(
        rf"\b(?P<within>within|inside|in|less than|under|over|more than|past|beyond)(?: (?:the|my"
        rf"|that))? {DURATION}(?: (?:window|period|limit))?"
        r" (?:of|after|from)(?= (?:\w+ )?\w+$)"
    ),
)  # fmt: skip
_BACKWARDS = {
    "earlier than": ">",
    "later than": "<",
    "sooner than": "<",
    "no later than": ">=",
    "no earlier than": "<=",
    "no sooner than": "<=",
}
"""Which way "earlier than 3 days ago" goes, counted in days."""
_OLDER, _WITHIN, _AFTER = 1, 4, 6
"""The places of some of them."""
_LASTS = lazy(r"\b(?:takes?|taking|needs?|lasts?) (?:\w+ )?(?:until|till)\b")
"""Which side of the day is meant, is open."""
_BEYOND = ("over", "more than", "past", "beyond")
_BEGUN = lazy(r"\b(?:between|from) $")
_GOING_ON = lazy(r" (?:and|to|until|till) ")


def age(words: Words, fields: Sequence[Field]) -> Iterator[Test]:
    """How long ago something happened."""
    every = enumerate(pattern.search(words.text) for pattern in _AGES)
    kind, found = next(((kind, match) for kind, match in every if match), (-1, None))
    if found is None or NEARLY.search(words.text) or (is_ahead(words) and kind != _OLDER):
        return
    operator = _age_operator(found, kind)
    for event in _pasts(words, fields):
        if kind == _AFTER and (not event.places or min(event.places) < max(words.places(found))):
            continue  # the time begins at what is named behind it, and at nothing else
        if operator and (kind != _WITHIN or (event.places and is_past(words))):
            value, limit = f"now - @{event.field.path}", duration_of(found).cel
            places = frozenset(at for at in words.places(found) if words.norms[at] != "not")
            yield timed(words, event, places, value, operator, limit, ("older", "newer"))
        elif words.today and operator is None and found["unit"] == "day":
            day = words.today - dt.timedelta(hours=duration_of(found).hours)
            yield between(event, day, day + dt.timedelta(days=1), words.places(found) | created_places(words))


def _age_operator(found: re.Match[str], kind: int) -> str | None:
    """None for "3 days ago", which is a day."""
    groups = found.groupdict()
    tail = groups.get("tail2") or groups.get("last2")
    if tail:
        return {"most": "<=", "max": "<=", "maximum": "<="}.get(tail, ">=" if tail in _UP else "<=")
    if kind == _AFTER and found["within"] in _BEYOND:
        return ">"
    if (compare := groups.get("compare")) in _BACKWARDS:
        return _BACKWARDS[compare]
    if within := groups.get("within"):
        return "<" if within in ("less than", "under") else "<="
    return operator_of(found) or (">=" if groups.get("for") or groups.get("since") else None)


_UP = frozenset(
    [
        "more",
        "older",
        "higher",
        "above",
        "better",
        "up",
        "upwards",
        "longer",
        "over",
        "earlier",
        "least",
        "minimum",
        "min",
    ]
)


def dated(words: Words, fields: Sequence[Field]) -> Iterator[Test]:
    """Whether something happened, or is to happen, before, on or after a day."""
    if words.today is None or _LASTS.search(words.text):
        return
    if not is_ahead(words):
        for event in _pasts(words, fields):
            if _may_be_past(words, event):
                yield from _on_days(words, event, days_in(words.text, words.today, is_ahead=False))
    if not is_past(words):
        for event in coming(words, fields):
            if event.places or is_ahead(words):
                yield from _on_days(words, event, days_in(words.text, words.today, is_ahead=True), fields)


def _may_be_past(words: Words, event: Event) -> bool:
    """ "It is here by Friday" is to come; "it is from October" tells of how it came to be."""
    if event.places:
        return is_past(words) or not is_present(words)
    return bool(created_places(words)) or re.search(r"\b(?:from|of|older|newer)\b", words.text) is not None


_GOT = lazy(r"\b(?:gets?|got|gotten|had (?:it|them|this|that))\b")
"""Tells of something else than how the thing came to be."""


def _pasts(words: Words, fields: Sequence[Field]) -> list[Event]:
    """The dates that may be meant: those that are named, else the one on which the thing came to be."""
    events = past_events(words, fields)
    first = created(fields) if not _GOT.search(words.text) else None
    if first is not None and first.field.stems[0] not in MADE_STEMS and any(said in MADE_STEMS for said in words.stems):
        first = None  # it was made on some day, and none of these is that day
    return [*events, *([first] if first is not None else [])]


def _on_days(words: Words, event: Event, days: Days | None, fields: Sequence[Field] = ()) -> Iterator[Test]:
    if days is None or days.first is None or days.end is None:
        return
    operator, used, tail = relation_of(words, days.found)
    if (ranged := _until_another(words, days, is_to_come(event.field))) is not None:
        last, places = ranged
        yield between(event, days.first, last, words.places(days.found) | places, guard=not_done(event.field, fields))
        return
    if words.today and not is_to_come(event.field):
        is_weekday = days.found.groupdict().get("weekday") and not days.found["which"]
        is_open = is_weekday or set(days.found.groupdict()) == {"day"}
        if days.first > words.today or (is_open and operator == "<="):
            return  # "by Friday" and "by the 25th" may be to come
    used |= words.places(days.found) | event.places | tail | made_by_caller(words, event)
    if not event.places:
        used |= created_places(words)
    if operator == "==":
        yield between(event, days.first, days.end, used, words.places(days.found), not_done(event.field, fields))
        return
    day = days.end if operator in (">", "<=") else days.first
    positive, negative = compared(
        f"@{event.field.path}",
        {">": ">=", "<=": "<"}.get(operator, operator),
        moment(day),
        guard=present(event.field) + not_done(event.field, fields),
    )
    if operator == "<=" and event.places and not is_to_come(event.field):
        negative = f"(!has(@{event.field.path}) || @{event.field.path} >= {moment(day)})"  # "not ... by Friday"
    yield Test(
        positive=positive,
        negative=negative,
        used=used,
        quality=event.quality,
        value=words.places(days.found),
        heading=heading_of(operator, "later", "earlier"),
    )


def _until_another(words: Words, days: Days, is_ahead: bool) -> tuple[dt.date, frozenset[int]] | None:
    """The end of "between November 1 and November 10", and the places of its words."""
    begun = _BEGUN.search(words.text[: days.found.start()])
    going = _GOING_ON.match(words.text, days.found.end())
    if begun is None or going is None or words.today is None:
        return None
    second = days_in(words.text[going.end() :], words.today, is_ahead=is_ahead)
    if second is None or second.end is None or second.found.start() > 0:
        return None
    first = len(words.text[: going.end()].split())
    places = range(first, first + len(second.found.group().split()))
    return second.end, words.places(begun) | words.places(going) | frozenset(places)
