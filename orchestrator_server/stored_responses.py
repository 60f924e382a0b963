"""Responses that were stored, as messages of the catalogue at hand, also where the contracts changed since.

A response is kept as bytes, and bytes say nothing without the contract that they were written under. Under another one
they are read with the old contract and transcoded by name; where that is impossible they are refused, not guessed.
"""

from collections.abc import Iterable

from google.protobuf.message import DecodeError, Message

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.compatibility import contradictions
from orchestrator_server.message_fields import type_of
from orchestrator_server.plan import Outcome, Plan, StoredResponse
from orchestrator_server.transcode import transcode


class UnreadableResponse(Exception):
    """The stored response cannot be read any more; the message says why."""


def read_response(stored: StoredResponse, intent: Intent, catalogue: Catalogue) -> Message:
    """The response as the canonical message of `intent` in `catalogue`. Raises UnreadableResponse."""
    target = catalogue.message_class(intent.response_type)
    message = _as_written(stored, intent, catalogue)
    if contradictions(type_of(target), type_of(message)):
        raise UnreadableResponse(f"what {intent.name} answers has changed since")
    return transcode(message, target)


def unreadable(plan: Plan, outcomes: Iterable[Outcome], catalogue: Catalogue) -> tuple[str, ...]:
    """Why stored responses of `plan` cannot be used with `catalogue`, which knows its intents; empty when all can."""
    intents = {step.id: catalogue.intents[step.intent] for step in plan.steps}
    found = (_fault(outcome.response, intents[outcome.step_id], catalogue) for outcome in outcomes)
    return tuple(fault for fault in found if fault)


def _as_written(stored: StoredResponse, intent: Intent, catalogue: Catalogue) -> Message:
    known = catalogue if stored.catalogue_etag == catalogue.etag else catalogue.earlier.get(stored.catalogue_etag)
    if known is None:
        raise UnreadableResponse(f"what {intent.name} answered was stored under a contract that is not known any more")
    try:
        return known.message_class(stored.type_name).FromString(stored.content)
    except (KeyError, DecodeError) as error:
        raise UnreadableResponse(f"what {intent.name} answered cannot be read") from error


def _fault(stored: StoredResponse | None, intent: Intent, catalogue: Catalogue) -> str:
    if stored is None:
        return ""
    try:
        read_response(stored, intent, catalogue)
    except UnreadableResponse as error:
        return str(error)
    return ""
