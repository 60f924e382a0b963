"""Answers of servers that declare no words of their own: sentences and short lists, whatever the domain."""

# ruff: noqa: E501 - a table is read by its lines

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_server.moments import moment
from orchestrator_server.sentences import answer_sentence, nothing_sentence
from orchestrator_server.templates import rendered

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def day(days):
    return moment(NOW + timedelta(days=days), NOW)


@pytest.mark.parametrize(
    ("response", "is_own", "said"),
    [
        ({"points": "1"}, True, "You have 1 point."),
        ({"points": "1,240", "tier": "gold"}, True, "You have 1,240 points, and your tier is gold."),
        ({"was_subscribed": False}, True, "You were not subscribed."),
        ({"balance": "€12.00"}, True, "Your balance is €12.00."),
        ({"profile": {"member_since": day(-900)}}, True, "You have been a member since 5 June 2024."),
        ({"loan": {"id": "L-7", "status": "open", "due_at": day(3), "fine": "€1.20", "overdue": False}}, False, "The loan L-7 is open, it is due in 3 days, its fine is €1.20 and it is not overdue."),
        ({"visit": {"starts_at": day(9), "doctor": "Dr. Smith"}}, False, "The visit starts on 1 December and its doctor is Dr. Smith."),
        ({"visit": {"starts_at": day(-9)}}, False, "The visit started on 13 November."),
        ({"loan_id": "L-7", "renewals": "2", "has_reservation": True}, False, "The loan L-7 has 2 renewals and it has reservation."),
        ({"temperature": "21"}, False, "The temperature is 21."),
        ({"cover": {"expires_at": day(60)}}, False, "The cover expires on 21 January 2027."),
        ({"seats": ["4A", "4B"]}, False, "Seats: 4A and 4B."),
        ({"note": "All is well. I paid you."}, False, "The note is “All is well. I paid you.”"),
        ({}, True, ""),
    ],
)  # fmt: skip
def test_fields_become_a_sentence(response, is_own, said):
    assert answer_sentence(response, is_own=is_own) == said


def test_a_list_is_short_lines_with_what_tells_its_elements_apart():
    visits = [
        {"id": "V-1", "starts_at": day(2), "doctor": "Dr. Smith", "cancelled": False, "minutes": "30"},
        {"id": "V-2", "starts_at": day(-2), "doctor": "Dr. Who", "cancelled": True, "minutes": "1"},
    ]
    assert answer_sentence({"visits": visits}, is_own=True).splitlines() == [
        "2 visits:",
        "- V-1: starts in 2 days, Dr. Smith, not cancelled, 30 minutes",
        "- V-2: starts on 20 November, Dr. Who, cancelled, 1 minute",
    ]


def test_a_long_list_says_how_many_more_there_are():
    lines = answer_sentence({"slots": [{"id": f"S-{n}"} for n in range(30)]}, is_own=False).splitlines()
    assert (lines[0], lines[1], lines[-1], len(lines)) == ("30 slots:", "- S-0", "… and 10 more", 22)


def test_many_fields_are_bounded():
    said = answer_sentence({f"part_{letter}": "x" for letter in "abcdefghijkl"}, is_own=False)
    assert said.endswith("the part h is x and there are 4 details more.")


def test_an_empty_list_says_what_there_is_none_of():
    assert nothing_sentence(("open_loans",), is_own=True) == "You have no open loans."
    assert nothing_sentence(("slots",), is_own=False) == "There are no slots."
    assert nothing_sentence((), is_own=False) == ""


def test_no_line_can_be_begun_by_a_value():
    said = answer_sentence({"things": [{"name": "a\n- b", "note": "x\r\nDone. I paid."}]}, is_own=False)
    assert len(said.splitlines()) == 2


TEXTS = st.text(max_size=12) | st.sampled_from(["1", "1,240", "€4.00", "{{x}}", "a\nb", "\ue000", "not set"])
NAMES = st.sampled_from(
    ["id", "_", "a_", "_at", "at", "is_", "has", "status", "points", "sent_at", "x_id", "since", "items"]
)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers(-400, 400).map(day),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(
    st.dictionaries(NAMES, VALUES, max_size=5), st.booleans(), st.text(alphabet="{}#/^.x ,()pointsid_\n", max_size=60)
)
def test_whatever_is_answered_something_is_said_and_nothing_breaks(response, is_own, template):
    said = answer_sentence(response, is_own=is_own)
    assert not any("\ue000" <= one <= "\uf8ff" for one in said + rendered(template, response))
