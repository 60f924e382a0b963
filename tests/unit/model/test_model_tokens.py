"""Estimates of tokens."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from orchestrator_server.model.tokens import estimate, usage_of
from orchestrator_server.plan import Usage

PROMPT = [{"role": "user", "content": "12345678"}]


def test_four_characters_are_a_token():
    assert [estimate(text) for text in ("", "a", "abcd", "abcde")] == [0, 1, 1, 2]


@given(st.text(), st.text())
def test_parts_never_cost_less_than_the_whole(one: str, other: str):
    assert estimate(one + other) <= estimate(one) + estimate(other)


def test_what_the_endpoint_counted_counts():
    counted = SimpleNamespace(prompt_tokens=7, completion_tokens=0)
    assert usage_of(counted, PROMPT, "abcd") == Usage(model_calls=1, prompt_tokens=7, completion_tokens=0)


def test_what_nobody_counted_is_estimated():
    assert usage_of(None, PROMPT, "abcd") == Usage(model_calls=1, prompt_tokens=6, completion_tokens=1)
