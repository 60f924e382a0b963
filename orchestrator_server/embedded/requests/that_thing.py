"""Requests about "that file" where the message names one thing alone: read as if it stood there by its id."""

from collections.abc import Sequence
from itertools import pairwise

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.choosing import choose
from orchestrator_server.embedded.words.text import Token

_POINTING = frozenset(["that", "this"])


def about_that_thing(
    message: Message, choice: Choice, tokens: Sequence[Token]
) -> tuple[Choice, tuple[Token, ...]] | None:
    """The read of the one thing that is meant, where the words without its id gave no read of a thing."""
    if choice.verdict not in (Verdict.NOTHING, Verdict.CHOSEN) or any(token.shape for token in tokens):
        return None
    if choice.verdict is Verdict.CHOSEN and (choice.best.profile.intent.has_effect or _takes(message, choice)):
        return None
    named = _with_id(message, tokens)
    found = choose(message.index, named) if named else None
    is_read = found is not None and found.verdict is Verdict.CHOSEN and not found.best.profile.intent.has_effect
    return (found, named) if found is not None and is_read and _takes(message, found) else None


def _takes(message: Message, choice: Choice) -> bool:
    return any(parameter.pattern in message.index.ids for parameter in choice.best.profile.required)


def _with_id(message: Message, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """With the only id of the message for "that file"; empty where there are several or none, or nothing points."""
    index = message.index
    things = index.things | {"one"}
    at = next(
        (at for at, (one, two) in enumerate(pairwise(tokens)) if one.norm in _POINTING and two.stem in things), None
    )
    if at is None:
        return ()
    ids = {token.value: token for token in message.tokens if token.shape in index.ids}
    return (*tokens[:at], next(iter(ids.values())), *tokens[at + 2 :]) if len(ids) == 1 else ()
