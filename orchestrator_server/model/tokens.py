"""What text costs, before anybody counted."""

import math
from collections.abc import Iterable, Mapping

from orchestrator_server.plan import Usage

CHARACTERS_PER_TOKEN = 4
TOKENS_PER_MESSAGE = 4


def estimate(text: str) -> int:
    """Tokens of `text`, rather too many than too few: four UTF-8 bytes each."""
    return math.ceil(len(text.encode()) / CHARACTERS_PER_TOKEN)


def estimate_messages(messages: Iterable[Mapping[str, str]]) -> int:
    """Tokens of a prompt with what surrounds each message."""
    return sum(TOKENS_PER_MESSAGE + estimate(message["content"]) for message in messages)


def usage_of(counted: object, prompt: Iterable[Mapping[str, str]], answer: str) -> Usage:
    """One model call as the endpoint counted it (`usage` of its answer); estimated where it did not."""
    prompt_tokens = getattr(counted, "prompt_tokens", None)
    completion_tokens = getattr(counted, "completion_tokens", None)
    return Usage(
        model_calls=1,
        prompt_tokens=prompt_tokens if isinstance(prompt_tokens, int) else estimate_messages(prompt),
        completion_tokens=completion_tokens if isinstance(completion_tokens, int) else estimate(answer),
    )
