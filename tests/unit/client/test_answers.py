"""What may be answered where something waits for a yes."""

import pytest

from client.answers import Decision, NoSuchNumber, Words, question_for, read_answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("y", Decision(True)),
        (" YES ", Decision(True)),
        ("n", Decision(False)),
        ("", Decision(False)),
        ("2", Decision(True, (2,))),
        ("1 and 3", Decision(True, (1, 3))),
        ("3, 1,1", Decision(True, (1, 3))),
        ("1 2 3", Decision(True, (1, 2, 3))),
        ("0", NoSuchNumber(3)),
        ("1, 4", NoSuchNumber(3)),
        ("all but 2", Words("all but 2")),
        ("yes to 1", Words("yes to 1")),
        ("only the first", Words("only the first")),
        ("1-3", Words("1-3")),
        ("1, and", Words("1, and")),
        ("²", Words("²")),
    ],
)
def test_yes_no_and_numbers_are_read_and_the_rest_is_said_as_it_is(text: str, answer: object) -> None:
    assert read_answer(text, 3) == answer


def test_a_single_change_has_no_numbers() -> None:
    assert read_answer("1", 1) == Words("1")
    assert read_answer("y", 1) == Decision(True)


def test_the_question_offers_what_is_read() -> None:
    assert question_for(1) == "Go ahead? [y/N]"
    assert question_for(2) == "Go ahead? [y/N, 1 or 2]"
    assert question_for(5, "dana@example.com") == "Go ahead, for dana@example.com? [y/N, or some: 1, 3]"
    assert question_for(1, "dana@example.com", is_narrow=True) == "Acting for dana@example.com.\n  Go ahead? [y/N]"
