"""What an endpoint understands beyond messages: learned from its refusals, so that each is met only once.

OpenAI-compatible endpoints differ in `response_format` (JSON schema, plain JSON, nothing) and in a few optional fields.
The prompt describes the answer in words in any case, so that its prefix is the same whatever is understood.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

OPTIONAL_FIELDS = ("temperature", "stream_options")
SCHEMA_WORDS = ("response_format", "json_schema", "json_object", "structured output", "schema", "grammar")


class Format(IntEnum):
    """How strictly the endpoint can be bound to the shape of the answer; each step asks for less."""

    SCHEMA = 0
    JSON = 1
    WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A 400, 404 or 422. `is_first` says that this kind of request was never accepted before."""

    status: int
    code: str
    text: str
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What is sent: the format of answers, and optional fields but those `dropped`."""

    format: Format = Format.SCHEMA
    dropped: frozenset[str] = frozenset()

    def fields(self, schema: Mapping[str, Any] | None, *, is_stream: bool, temperature: float) -> dict[str, Any]:
        """The fields of a request beside model and messages. Without `schema` the answer is free text."""
        fields: dict[str, Any] = {"temperature": temperature}
        if is_stream:
            fields |= {"stream": True, "stream_options": {"include_usage": True}}
        if schema is not None:
            fields |= self._response_format(schema)
        return {name: value for name, value in fields.items() if name not in self.dropped}

    def after(self, refusal: Refusal, sent: Mapping[str, Any]) -> "Dialect | None":
        """The dialect to try next; None when the refusal is not about what was asked for beyond messages."""
        text = refusal.text.lower()
        if refusal.code in ("context_length_exceeded", "model_not_found"):
            return None
        named = next((name for name in OPTIONAL_FIELDS if name in sent and name in text), None)
        if named is not None:
            return replace(self, dropped=self.dropped | {named})
        if "response_format" in sent and _is_about_format(refusal, text):
            return replace(self, format=Format(self.format + 1))
        return None

    def _response_format(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        if self.format is Format.WORDS:
            return {}
        if self.format is Format.JSON:
            return {"response_format": {"type": "json_object"}}
        named = {"name": "plan", "strict": True, "schema": schema}
        return {"response_format": {"type": "json_schema", "json_schema": named}}


def _is_about_format(refusal: Refusal, text: str) -> bool:
    """Some endpoints refuse with a bare 400; on first contact that is taken for the format."""
    return any(word in text for word in SCHEMA_WORDS) or (refusal.is_first and refusal.status == 400)
