# tables: one case a line
"""Calendar dates: the days that words stand for, before or after today, and what is no date or could be two."""

import datetime as dt

import pytest

from orchestrator_server.embedded.conditions.dates import days_in

SUNDAY = dt.date(2026, 11, 22)
WEDNESDAY = dt.date(2026, 11, 25)

TABLE = """
placed before november 1          | past  | 2026-11-01 | 2026-11-02
the 1st of november               | past  | 2026-11-01 | 2026-11-02
nov 1st                           | past  | 2026-11-01 | 2026-11-02
before 24 december                | ahead | 2026-12-24 | 2026-12-25
by december 5 , 2027              | past  | 2027-12-05 | 2027-12-06
january 3                         | ahead | 2027-01-03 | 2027-01-04
after last friday                 | past  | 2026-11-20 | 2026-11-21
friday                            | past  | 2026-11-20 | 2026-11-21
by friday                         | ahead | 2026-11-27 | 2026-11-28
next friday                       | ahead | 2026-11-27 | 2026-11-28
since the 3rd                     | past  | 2026-11-03 | 2026-11-04
before the 3rd                    | ahead | 2026-12-03 | 2026-12-04
the 31st                          | past  | 2026-10-31 | 2026-11-01
yesterday                         | past  | 2026-11-21 | 2026-11-22
the day before yesterday          | past  | 2026-11-20 | 2026-11-21
tomorrow                          | ahead | 2026-11-23 | 2026-11-24
2026-11-01                        | past  | 2026-11-01 | 2026-11-02
24/12                             | ahead | 2026-12-24 | 2026-12-25
12/24                             | ahead | 2026-12-24 | 2026-12-25
24.12.2026                        | past  | 2026-12-24 | 2026-12-25
this month                        | past  | 2026-11-01 | 2026-12-01
last month                        | past  | 2026-10-01 | 2026-11-01
this week                         | past  | 2026-11-16 | 2026-11-23
next week                         | ahead | 2026-11-23 | 2026-11-30
this year                         | past  | 2026-01-01 | 2027-01-01
in october                        | past  | 2026-10-01 | 2026-11-01
in december                       | past  | 2025-12-01 | 2026-01-01
in january                        | ahead | 2027-01-01 | 2027-02-01
since september 2025              | past  | 2025-09-01 | 2025-10-01
before 2026                       | past  | 2026-01-01 | 2027-01-01
in may                            | past  | 2026-05-01 | 2026-06-01
by christmas                      | ahead | 2026-12-25 | 2026-12-26
"""
ROWS = [tuple(part.strip() for part in row.split("|")) for row in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("text", "tense", "first", "end"), ROWS, ids=[f"{row[0]} ({row[1]})" for row in ROWS])
def test_words_stand_for_days(text: str, tense: str, first: str, end: str) -> None:
    days = days_in(text, SUNDAY, is_ahead=tense == "ahead")
    assert days is not None
    assert (str(days.first), str(days.end)) == (first, end)


@pytest.mark.parametrize("text", ["before 3/4", "before 4.3.2026", "on sunday", "31 november"])
def test_what_could_be_two_days_or_none_has_no_days(text: str) -> None:
    days = days_in(text, SUNDAY, is_ahead=False)
    assert days is not None
    assert days.first is None


def test_next_weekday_is_clear_only_where_both_readings_agree() -> None:
    days = days_in("next friday", WEDNESDAY, is_ahead=True)
    assert days is not None
    assert days.first is None


@pytest.mark.parametrize(
    "text", ["it may ship", "only one", "it sat there", "more than 40 euros", "2 lamps", "at least 500 points"]
)
def test_other_words_are_no_date(text: str) -> None:
    assert days_in(text, SUNDAY, is_ahead=False) is None
