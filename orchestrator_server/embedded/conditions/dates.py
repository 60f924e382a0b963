"""Calendar dates as people say them: a stretch of whole days (UTC) for "November 1", "last Friday", "this month".

What can be read in two ways (3/4, "next Friday" said on a Wednesday) is found and has no days: then the user is asked.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from orchestrator_server.embedded.words.patterns import lazy

_DAY = dt.timedelta(days=1)
_WEEKDAYS = [name.lower() for name in calendar.day_name]
_MONTHS = [name.lower() for name in calendar.month_name]
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
_SHORT_MONTHS = {name[:3]: number for number, name in enumerate(_MONTHS) if number} | {"sept": 9}
DAY_OF_WEEK = {name: number for number, name in enumerate(_WEEKDAYS)} | _SHORT_DAYS
MONTH = {name: number for number, name in enumerate(_MONTHS) if number} | _SHORT_MONTHS

_W = "|".join(sorted(DAY_OF_WEEK, key=len, reverse=True))
_M = "|".join(sorted((name for name in MONTH if name != "may"), key=len, reverse=True))
_D = r"(?P<day>3[01]|[12]?\d|0\d)(?: ?(?:st|nd|rd|th))?"
_ORDINAL = r"(?P<day>3[01]|[12]?\d) ?(?:st|nd|rd|th)"
_Y = r"(?:(?: ,)? (?P<year>(?:19|20)\d\d))?"
_NEAR = {"day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2}


_FEASTS = {"christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "new year 's eve": (12, 31)}
_FEASTS |= {"new year 's day": (1, 1), "new year": (1, 1), "halloween": (10, 31), "valentine 's day": (2, 14)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From the day `first` up to the day `end`, which is not one of them; both None where the words are ambiguous."""

    found: re.Match[str]
    first: dt.date | None = None
    end: dt.date | None = None


Stretch = tuple[dt.date, dt.date] | None
Reader = Callable[[re.Match[str], dt.date, bool], Stretch]


def days_in(text: str, today: dt.date, *, is_ahead: bool) -> Days | None:
    """The first calendar date of a normalised text. `is_ahead`: it is to come, where the words leave that open.

    None where there is no date.
    """
    for pattern, read in _READERS:
        if found := pattern.search(text):
            stretch = read(found, today, is_ahead)
            return Days(found=found, first=stretch[0], end=stretch[1]) if stretch else Days(found=found)
    return None


def _iso(found: re.Match[str], today: dt.date, is_ahead: bool) -> Stretch:
    return _day(int(found["year"]), int(found["month"]), int(found["day"]))


def _numeric(found: re.Match[str], today: dt.date, is_ahead: bool) -> Stretch:
    """Day and month in either order, where only one order is a date."""
    one, two, said = int(found["one"]), int(found["two"]), found["year"]
    if one <= 12 and two <= 12 and one != two:
        return None
    day, month = (two, one) if two > 12 else (one, two)
    year = (int(said) if len(said) == 4 else 2000 + int(said)) if said else None
    return _dated(day, month, year, today, is_ahead)


def _named(found: re.Match[str], today: dt.date, is_ahead: bool) -> Stretch:
    year = int(found["year"]) if found["year"] else None
    return _dated(int(found["day"]), MONTH[found["month"]], year, today, is_ahead)


def _near(found: re.Match[str], today: dt.date, is_ahead: bool) -> Stretch:
    first = today + _NEAR[found["near"]] * _DAY
    return first, first + _DAY


def _weekday(found: re.Match[str], today: dt.date, is_ahead: bool) -> Stretch:
    """The nearest such day, before or after today; "next" where both readings of it agree."""
    number, which = DAY_OF_WEEK[found["weekday"]], found["which"] or ""
    behind = today - ((today.weekday() - number) % 7 or 7) * _DAY
    coming = today + ((number - today.weekday()) % 7 or 7) * _DAY
    if which in ("next", "last", "past") and number == today.weekday():
        first = coming if which == "next" else behind
    elif which == "next":
        if coming != _monday(today) + (7 + number) * _DAY:
            return None
        first = coming
    elif (number == today.weekday() and not which) or (which == "this" and not is_ahead and behind < _monday(today)):
        return None
    else:
        first = behind if which in ("last", "past") or (not is_ahead and which in ("", "this")) else coming
    return first, first + _DAY


def _feast(found: re.Match[str], today: dt.date, is_ahead: bool) -> Stretch:
    month, day = _FEASTS[found["feast"]]
    return _dated(day, month, None, today, is_ahead)


def _of_month(found: re.Match[str], today: dt.date, is_ahead: bool) -> Stretch:
    """ "the 3rd": of this month, or of the next or last one that has such a day."""
    day, month, year = int(found["day"]), today.month, today.year
    for _ in range(3):
        stretch = _day(year, month, day)
        if stretch and (stretch[0] >= today if is_ahead else stretch[0] <= today):
            return stretch
        step = month + (1 if is_ahead else -1)
        year, month = year + (step - 1) // 12, (step - 1) % 12 + 1
    return None


def _of_which_month(found: re.Match[str], today: dt.date, is_ahead: bool) -> Stretch:
    """ "the 3rd of last month"."""
    index = today.year * 12 + today.month - 1 + {"last": -1, "next": 1}.get(found["which"], 0)
    return _day(index // 12, index % 12 + 1, int(found["day"]))


def _month(found: re.Match[str], today: dt.date, is_ahead: bool) -> Stretch:
    number, year, which = MONTH[found["month"]], found["year"], found["which"]
    if which == "next" and not year:
        return None
    chosen = int(year) if year else today.year
    if not year and is_ahead and number < today.month:
        chosen += 1
    if not year and (not is_ahead or which == "last") and number > today.month - (which == "last"):
        chosen -= 1
    return _whole_month(chosen, number)


def _period(found: re.Match[str], today: dt.date, is_ahead: bool) -> Stretch:
    """This, the last or the next week, weekend, month or year; weeks begin on Monday."""
    step = {"this": 0, "the current": 0, "last": -1, "the past": -1, "next": 1, "the coming": 1}[found["which"]]
    monday = _monday(today) + 7 * step * _DAY
    match found["unit"]:
        case "week":
            return monday, monday + 7 * _DAY
        case "weekend":
            return monday + 5 * _DAY, monday + 7 * _DAY
        case "month":
            index = today.year * 12 + today.month - 1 + step
            return _whole_month(index // 12, index % 12 + 1)
        case _:
            return dt.date(today.year + step, 1, 1), dt.date(today.year + step + 1, 1, 1)


def _year(found: re.Match[str], today: dt.date, is_ahead: bool) -> Stretch:
    year = int(found["year"])
    return dt.date(year, 1, 1), dt.date(year + 1, 1, 1)


def _dated(day: int, month: int, year: int | None, today: dt.date, is_ahead: bool) -> Stretch:
    """A day and a month; without a year the next or the last one, where it does not lie within half a year."""
    if year is not None:
        return _day(year, month, day)
    years = (today.year, today.year + 1) if is_ahead else (today.year, today.year - 1)
    stretches = [stretch for number in years if (stretch := _day(number, month, day))]
    right = [s for s in stretches if (s[0] >= today if is_ahead else s[0] <= today)]
    return next(iter([*right, *stretches]), None)


def _day(year: int, month: int, day: int) -> Stretch:
    try:
        first = dt.date(year, month, day)
    except ValueError:
        return None
    return first, first + _DAY


def _whole_month(year: int, month: int) -> Stretch:
    first = dt.date(year, month, 1)
    return first, first + calendar.monthrange(year, month)[1] * _DAY


def _monday(today: dt.date) -> dt.date:
    return today - today.weekday() * _DAY


_PREPOSED = r"(?<=\bin |\bby |\bof )|(?<=since )|(?<=after )|(?<=until )|(?<=before )|(?<=during )"
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (lazy(r"\b(?P<year>20\d\d) ?[-/.] ?(?P<month>\d\d?) ?[-/.] ?(?P<day>\d\d?)(?!\d)"), _iso),
    (
        lazy(
            r"\b(?P<one>[0-3]?\d) ?(?P<sign>[-/.])"
            r" ?(?P<two>[0-3]?\d)(?: ?(?P=sign) ?(?P<year>(?:20)?\d\d))?(?!\d|[.,]\d)"
        ),
        _numeric,
    ),
    (lazy(rf"\b(?:the )?{_D}(?: of)? (?P<month>{_M}|may)\b{_Y}"), _named),
    (lazy(rf"\b(?P<month>{_M}|may) (?:the )?{_D}(?! ?\d){_Y}(?!\w)"), _named),
    (lazy(rf"\b(?<!\bany )(?:the )?(?P<near>{'|'.join(sorted(_NEAR, key=len, reverse=True))})\b"), _near),
    (lazy(rf"\b(?P<feast>{'|'.join(sorted(_FEASTS, key=len, reverse=True))})\b"), _feast),
    (
        lazy(rf"(?<!\ba )(?<!\bany )\b(?:(?:the )?(?P<which>last|past|this|next|coming) )?(?P<weekday>{_W})\b"),
        _weekday,
    ),
    (lazy(rf"\b(?:the )?{_ORDINAL}(?: of)? (?P<which>this|last|next|the current) month\b"), _of_which_month),
    (lazy(rf"\bthe {_ORDINAL}(?! \w+ (?:one|item))\b"), _of_month),
    (lazy(rf"\b(?:(?P<which>last|this|next) )(?P<month>{_M}|may)\b{_Y}"), _month),
    (lazy(rf"(?:{_PREPOSED})(?P<which>)(?P<month>{_M}|may)\b{_Y}"), _month),
    (lazy(r"\b(?P<which>this|last|next|the current|the past|the coming) (?P<unit>weekend|week|month"
        r"|year)\b"), _period),
    (lazy(rf"(?:{_PREPOSED})(?P<year>(?:19|20)\d\d)\b(?! ?(?:€|eur|[a-z]))"), _year),
)  # fmt: skip
