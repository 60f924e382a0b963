"""Yes, no and parts in plain words. A wrong yes is the one mistake that cannot be taken back."""

import pytest

from orchestrator_server.consent import consent

ONE = ["cancel order A-1042"]
TWO = ["cancel order A-1042", "unsubscribe you from the newsletter"]
THREE = ["cancel order A-1042", "cancel order A-1043", "order 2 \u00d7 Desk lamp"]


def said(text, questions):
    found = consent(text, questions)
    return found if found is None else ("unclear" if found.is_unclear else sorted(found.approved))


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "Y",
        "Yes, go ahead!",
        "ok do it",
        "sure thing",
        "yes please do it now, thanks!",
        "Do it.",
        "yes, cancel order A-1042",
        "yep, cancel it please",
        "the first",
        "1",
        "sounds good",
    ],
)
def test_a_yes_to_the_only_question(text):
    assert said(text, ONE) == [0]


@pytest.mark.parametrize("text", ["yes?", "ok ?", "Sure?!", "no?"])
def test_a_word_that_asks_back_is_asked_about(text):
    assert said(text, ONE) == "unclear"


@pytest.mark.parametrize(
    "text",
    ["no", "N", "No thanks", "cancel that", "don't", "Please don\u2019t", "no, leave it", "stop", "nah", "never mind"],
)
def test_a_no(text):
    assert said(text, ONE) == []
    assert said(text, THREE) == []


@pytest.mark.parametrize(
    "text",
    [
        "what?",
        "yes no",
        "yes cancel A-1043",
        "yes but only if it is pending",
        "yes and order 2 lamps",
        "cancel it",
        "that one",
        "only",
        "",
        "   ",
        "yes, but first tell me what it costs",
        "no wait, cancel A-1044 instead",
        "\u0434\u0430",
    ],
)
def test_what_is_more_than_an_answer_is_none(text):
    assert said(text, ONE) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("yes", [0, 1]),
        ("both", [0, 1]),
        ("only the first", [0]),
        ("the first one", [0]),
        ("second one please", [1]),
        ("the newsletter one", [1]),
        ("just A-1042", [0]),
        ("yes, only 1042", [0]),
        ("2", [1]),
        ("1 and 2", [0, 1]),
        ("all but 2", [0]),
        ("yes but not the newsletter", [0]),
        ("everything except the newsletter", [0]),
        ("neither", []),
    ],
)
def test_a_part_of_two(text, parts):
    assert said(text, TWO) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1 and 3", [0, 2]),
        ("the first two", [0, 1]),
        ("last one", [2]),
        ("all but the last", [0, 1]),
        ("just the lamp", [2]),
        ("2nd", [1]),
        ("first and third", [0, 2]),
        ("yes to all except 2 and 3", [0]),
    ],
)
def test_a_part_of_three(text, parts):
    assert said(text, THREE) == parts


@pytest.mark.parametrize("text", ["4", "only the fifth", "not the second", "1, 2 yes 3 no", "yes 1 no 2", "0"])
def test_what_could_be_read_two_ways_is_asked_again(text):
    assert said(text, THREE) == "unclear"


@pytest.mark.parametrize("text", ["cancel the newsletter", "cancel order A-1042", "order 2 \u00d7 desk lamp", "A-1042"])
def test_naming_an_effect_is_no_yes_to_it(text):
    assert said(text, TWO if "newsletter" in text else THREE) is None
