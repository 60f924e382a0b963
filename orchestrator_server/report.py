"""What a composer is told: the steps of a plan in words, what became of them, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.plan import Json, Outcome, OutcomeStatus, Plan, Reference, SeenValue, Step
from orchestrator_server.stored_responses import UnreadableResponse, read_response
from orchestrator_server.values import display
from orchestrator_server.wording import effect_words, plain_words


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReport:
    """One call. `words` say what it does (`cancel order A-1042`), `response` holds its values formatted for people."""

    intent: Intent
    step_id: str
    words: str
    status: OutcomeStatus
    is_supporting: bool
    condition: str
    seen: tuple[SeenValue, ...]
    reason: str
    message: str
    server: str
    response: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a reply may draw from: what the user said, when, and the steps in the plan's order."""

    text: str
    now: datetime
    steps: tuple[StepReport, ...]


def make_report(text: str, now: datetime, plan: Plan, outcomes: Sequence[Outcome], catalogue: Catalogue) -> Report:
    """The report of a plan that has run as far as it could."""
    by_step = {step.id: [outcome for outcome in outcomes if outcome.step_id == step.id] for step in plan.steps}
    steps = [
        _step_report(step, outcome, catalogue, now)
        for step in plan.steps
        if step.intent in catalogue.intents
        for outcome in sorted(by_step[step.id], key=lambda o: o.index)
    ]
    return Report(text=text, now=now, steps=tuple(steps))


def response_values(outcome: Outcome, intent: Intent, catalogue: Catalogue, now: datetime) -> dict[str, Any]:
    """The response of `outcome` formatted for people; empty where there is none or it cannot be read any more."""
    if outcome.response is None:
        return {}
    try:
        return dict(display(read_response(outcome.response, intent, catalogue), now))
    except UnreadableResponse:
        return {}


def step_words(step: Step, intent: Intent, resolved: Mapping[str, Json]) -> str:
    """What a step does, in words. Arguments from earlier responses are left open where they are not resolved."""
    literal = {name: value for name, value in step.arguments.items() if not isinstance(value, Reference)}
    known = {**literal, **resolved}
    if len(known) < len(step.arguments):
        return plain_words(intent, known)
    return effect_words(intent, known)


def _step_report(step: Step, outcome: Outcome, catalogue: Catalogue, now: datetime) -> StepReport:
    intent = catalogue.intents[step.intent]
    return StepReport(
        intent=intent,
        step_id=step.id,
        words=step_words(step, intent, outcome.arguments),
        status=outcome.status,
        is_supporting=step.is_supporting,
        condition=step.condition.words if step.condition and outcome.reason == "CONDITION_FALSE" else "",
        seen=outcome.seen,
        reason=outcome.reason,
        message=outcome.message,
        server=outcome.server,
        response=response_values(outcome, intent, catalogue, now),
    )
