"""Dialect: what is asked for beyond messages, after each refusal."""

from typing import Any

import pytest

from orchestrator_server.model.dialect import Dialect, Format, Refusal

SCHEMA: dict[str, Any] = {"type": "object"}


def refused(text: str = "", status: int = 400, code: str = "", *, is_first: bool = False) -> Refusal:
    return Refusal(status=status, code=code, text=text, is_first=is_first)


def fields(dialect: Dialect, *, schema: Any = SCHEMA, is_stream: bool = False) -> dict[str, Any]:
    return dialect.fields(schema, is_stream=is_stream, temperature=0.0)


@pytest.mark.parametrize(
    "text",
    [
        "Unknown parameter: 'response_format'",
        "This model does not support json_schema",
        "Structured outputs are not available: structured output",
        "Invalid SCHEMA",
        "failed to parse grammar",
    ],
)
def test_what_mentions_the_format_asks_for_less(text: str):
    dialect = Dialect().after(refused(text, 422), fields(Dialect()))
    assert dialect == Dialect(format=Format.JSON)


def test_less_than_words_cannot_be_asked_for():
    words = Dialect(format=Format.WORDS)
    assert words.after(refused("response_format", is_first=True), fields(words)) is None


def test_a_request_without_schema_is_never_about_its_format():
    assert Dialect().after(refused("schema", is_first=True), fields(Dialect(), schema=None)) is None


def test_a_bare_404_is_no_question_of_format():
    assert Dialect().after(refused("Not Found", 404, is_first=True), fields(Dialect())) is None


@pytest.mark.parametrize("code", ["context_length_exceeded", "model_not_found"])
def test_a_code_that_says_what_it_is_about_is_believed(code: str):
    assert Dialect().after(refused("schema", code=code, is_first=True), fields(Dialect())) is None


def test_an_optional_field_that_is_named_is_dropped_alone():
    dialect = Dialect().after(refused("'stream_options' is unknown", is_first=True), fields(Dialect(), is_stream=True))
    assert dialect == Dialect(dropped=frozenset({"stream_options"}))
    assert fields(dialect, is_stream=True).keys() == {"temperature", "stream", "response_format"}
