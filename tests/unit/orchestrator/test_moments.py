"""Dates and spans as people say them, alone and within a sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from orchestrator_server.moments import moment, read_moment, span

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "alone", "said"),
    [
        (0, "today", "today"),
        (-1, "yesterday", "yesterday"),
        (1, "tomorrow", "tomorrow"),
        (3, "25 November", "in 3 days"),
        (6, "28 November", "in 6 days"),
        (7, "29 November", "on 29 November"),
        (-2, "20 November", "on 20 November"),
        (-326, "31 December 2025", "on 31 December 2025"),
        (40, "1 January 2027", "on 1 January 2027"),
    ],
)
def test_a_date_is_called_by_its_nearest_name(days, alone, said):
    when = moment(NOW + timedelta(days=days), NOW)
    assert (str(when), when.said, when.days) == (alone, said, days)


@pytest.mark.parametrize("days", [-400, -30, -1, 0, 1, 5, 30, 400])
def test_what_was_written_can_be_read(days):
    written = moment(NOW + timedelta(days=days), NOW)
    read = read_moment(str(written), NOW)
    assert read is not None
    assert (str(read), read.days) == (str(written), days)


@pytest.mark.parametrize("text", ["", "soon", "31 February", "20 Nov", "not set"])
def test_no_date_is_read_where_none_is_written(text):
    assert read_moment(text, NOW) is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (timedelta(days=14), "14 days"),
        (timedelta(days=1, hours=2, minutes=5), "1 day and 2 hours"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=-36), "minus 1 day and 12 hours"),
        (timedelta(milliseconds=3), "no time"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(given, said):
    assert span(given).said == said
