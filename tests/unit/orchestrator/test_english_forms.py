"""Plurals, past tenses, lists and the ends of sentences."""

# ruff: noqa: E501 - a table is read by its lines

import pytest

from orchestrator_server.english_forms import bounded, closed, counted_noun, listed, opened, past, plural, singular


@pytest.mark.parametrize(
    ("one", "several"),
    [("point", "points"), ("copy", "copies"), ("day", "days"), ("box", "boxes"), ("class", "classes"), ("match", "matches"), ("person", "people"), ("child", "children")],
)  # fmt: skip
def test_singular_and_plural_are_each_others_opposite(one, several):
    assert (plural(one), singular(several), singular(one)) == (several, one, one)


@pytest.mark.parametrize("word", ["status", "address", "bus", "access", "series", "basis"])
def test_what_only_looks_like_a_plural_stays(word):
    assert singular(word) == word


@pytest.mark.parametrize(
    ("verb", "said"),
    [("cancel", "cancelled"), ("send", "sent"), ("resend", "resent"), ("change", "changed"), ("stop", "stopped"), ("apply", "applied"), ("pay", "paid"), ("open", "opened"), ("visit", "visited"), ("add", "added"), ("submit", "submitted"), ("renew", "renewed"), ("put", "put"), ("book", "booked"), ("unsubscribe", "unsubscribed"), ("undo", "undid")],
)  # fmt: skip
def test_what_was_done_stands_in_the_past(verb, said):
    assert past(verb) == said


def test_lists_read_like_spoken():
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
    assert listed(["a, or so", "b"]) == "a, or so, and b"
    assert listed(bounded(["a", "b", "c", "d"], 2)) == "a, b and 2 more"


def test_counts_agree_with_their_noun():
    assert [counted_noun(number, "open loans") for number in (0, 1, 2)] == [
        "0 open loans",
        "1 open loan",
        "2 open loans",
    ]


def test_sentences_begin_and_end_as_they_should():
    assert closed("It is done") == "It is done."
    assert closed("Is it?") == "Is it?"
    assert closed("It says “no.”") == "It says “no.”"
    assert opened("iPhone case") == "iPhone case"
    assert opened("the loan") == "The loan"
