"""What the assistant's labelled reply showed, as the results that the product would have kept beside it.

A reply of the product comes from responses, and what they hold may be pointed at later. A label has the reply alone:
the things in it, each with its id and what was in it, are put into the response of a read that lists such things.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from google.protobuf.message import Message

from evaluation.guises import Guise
from evaluation.responses import respond
from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.message_fields import type_of
from orchestrator_server.plan import Call, Outcome, OutcomeStatus, PastTurn, Plan, Step, StoredResponse

SHOWN = "shown"
_ITEM = re.compile("[0-9]+ [\u00d7x] (?P<name>[^,;()\n]+)")
_EXAMPLE = re.compile(r"\((?:for example|e\.g\.|such as)[^)]*\)")
"""Shows how a value looks, and no thing."""
_GUISE = Guise(stage="pending", is_large=False)


def with_shown(turn: PastTurn, catalogue: Catalogue, now: dt.datetime) -> PastTurn:
    """The turn with the results that its reply shows; the same where it shows no thing by its id."""
    facts = {key: {"items": items} for key, items in _things(turn.reply, catalogue)}
    intent = next(_listing(catalogue), None) if facts else None
    if intent is None:
        return turn
    step = Step(id=SHOWN, intent=intent.name, is_supporting=True)
    call = Call(step=step, index=0, arguments={}, key=SHOWN, has_effect=False)
    response = respond(call, facts, _GUISE, catalogue, now)
    assert response is not None
    plan = turn.plan or Plan(id=SHOWN, steps=(), planner="label")
    outcome = Outcome(step_id=SHOWN, status=OutcomeStatus.SUCCEEDED, response=_stored(response, intent, catalogue))
    return replace(turn, plan=replace(plan, steps=(*plan.steps, step)), outcomes=(outcome,))


def _stored(response: Message, intent: Intent, catalogue: Catalogue) -> StoredResponse:
    return StoredResponse(
        content=response.SerializeToString(), type_name=intent.response_type, catalogue_etag=catalogue.etag
    )


def _things(reply: str, catalogue: Catalogue) -> Iterator[tuple[str, list[str]]]:
    """The ids in a reply in its order, each with the items that follow it on its line."""
    patterns = {
        p.pattern for i in catalogue.intents.values() for p in i.askable if p.name.endswith("_id") and p.pattern
    }
    for line in _EXAMPLE.sub(" ", reply).splitlines():
        for pattern in patterns:
            for found in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", line):
                yield found[0], [item["name"].strip() for item in _ITEM.finditer(line, found.end())]


def _listing(catalogue: Catalogue) -> Iterator[Intent]:
    """The reads that need nothing and list things with ids."""
    for intent in catalogue.intents.values():
        if intent.has_effect or any(parameter.is_required for parameter in intent.askable):
            continue
        fields = type_of(catalogue.message_class(intent.response_type)()).fields
        if any(f.is_repeated and f.message_type is not None and "id" in f.message_type.fields_by_name for f in fields):
            yield intent
