"""The values of earlier responses, each with the fields that it stands in: what "the second one" can stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message

from orchestrator_server.catalogue import Catalogue, Intent, Parameter
from orchestrator_server.message_fields import is_map
from orchestrator_server.plan import Json, Outcome, PastTurn
from orchestrator_server.sources import corresponds
from orchestrator_server.stored_responses import UnreadableResponse, read_response

MAX_DEPTH = 6
MAX_VALUES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedValue:
    """One text or number, whole, with the names on the way to it, its own field last (`orders`, `id`)."""

    value: str | int | float
    names: tuple[str, ...]

    def fits(self, value: Json, parameter: Parameter) -> bool:
        """Is this that very value, in a field that goes by the parameter's name?"""
        return str(self.value) == str(value) and corresponds(parameter.name, self.names)


def typed_values(turns: Sequence[PastTurn], catalogue: Catalogue) -> tuple[TypedValue, ...]:
    """What earlier turns were answered, as far as it can still be read; within bounds, the newest first."""
    found = [one for turn in reversed(turns) for one in _of_turn(turn, catalogue)]
    return tuple(found[:MAX_VALUES])


def response_of(outcome: Outcome, intent: Intent | None, catalogue: Catalogue) -> Message | None:
    """The stored response of a call; None where there is none or it cannot be read any more."""
    if outcome.response is None or intent is None:
        return None
    try:
        return read_response(outcome.response, intent, catalogue)
    except UnreadableResponse:
        return None


def _of_turn(turn: PastTurn, catalogue: Catalogue) -> Iterator[TypedValue]:
    intents = {step.id: catalogue.intents.get(step.intent) for step in turn.plan.steps} if turn.plan else {}
    for outcome in turn.outcomes:
        message = response_of(outcome, intents.get(outcome.step_id), catalogue)
        if message is not None:
            yield from _of_message(message, (), MAX_DEPTH)


def _of_message(message: Message, names: tuple[str, ...], depth: int) -> Iterator[TypedValue]:
    for field, value in message.ListFields():
        if is_map(field):
            continue
        for element in value if field.is_repeated else [value]:
            yield from _of_value(element, (*names, field.name), depth)


def _of_value(value: Any, names: tuple[str, ...], depth: int) -> Iterator[TypedValue]:
    if isinstance(value, Message):
        yield from _of_message(value, names, depth - 1) if depth else ()
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield TypedValue(value=value, names=names)
