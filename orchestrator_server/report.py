"""What a composer is told: the steps of a plan in words, what became of them, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.condition_scene import Scene
from orchestrator_server.condition_tests import list_of, names_in
from orchestrator_server.plan import Json, Outcome, OutcomeStatus, Plan, Reference, SeenValue, Step
from orchestrator_server.reasons import not_so
from orchestrator_server.stored_responses import UnreadableResponse, read_response
from orchestrator_server.values import display
from orchestrator_server.wording import effect_words, plain_words

LEFT_OUT = frozenset({OutcomeStatus.SKIPPED, OutcomeStatus.CANCELLED})
BY_CONDITION = frozenset({"CONDITION_FALSE", "CONDITION_FAILED"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReport:
    """One call. `words` say what it does (`cancel order A-1042`), `response` holds its values formatted for people.

    `because` tells, of a condition that did not hold, what was so instead (`it was returned on 5 March`), and
    `because_named` the same with the thing's name in place of `it`. `blocked_by` are the words of the step without
    which this one could not run. `things` are what a `for_each` goes over, `empty` the lists that a response
    has left empty, where it holds nothing else.
    """

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
    because: str = ""
    because_named: str = ""
    blocked_by: str = ""
    things: str = ""
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a reply may draw from: what the user said, when, and the steps in the plan's order."""

    text: str
    now: datetime
    steps: tuple[StepReport, ...]


def make_report(text: str, now: datetime, plan: Plan, outcomes: Sequence[Outcome], catalogue: Catalogue) -> Report:
    """The report of a plan that has run as far as it could."""
    telling = _Telling(plan=plan, outcomes=outcomes, catalogue=catalogue, now=now)
    by_step = {step.id: [outcome for outcome in outcomes if outcome.step_id == step.id] for step in plan.steps}
    steps = [
        telling.step(step, outcome)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """What is told of each step of a plan."""

    plan: Plan
    outcomes: Sequence[Outcome]
    catalogue: Catalogue
    now: datetime

    def step(self, step: Step, outcome: Outcome) -> StepReport:
        intent = self.catalogue.intents[step.intent]
        return StepReport(
            intent=intent,
            step_id=step.id,
            words=step_words(step, intent, outcome.arguments),
            status=outcome.status,
            is_supporting=step.is_supporting,
            condition=step.condition.words if step.condition and outcome.reason in BY_CONDITION else "",
            seen=outcome.seen,
            reason=outcome.reason,
            message=outcome.message,
            server=outcome.server,
            response=response_values(outcome, intent, self.catalogue, self.now),
            because=self._because(step, outcome, is_named=False),
            because_named=self._because(step, outcome, is_named=True),
            blocked_by=self._blocked_by(step) if outcome.reason == "DEPENDS_ON_SKIPPED" else "",
            things=list_of(step.for_each).rpartition(".")[2].replace("_", " ") if step.for_each else "",
            empty=_empty_lists(intent, self.catalogue) if outcome.status is OutcomeStatus.SUCCEEDED else (),
        )

    def _because(self, step: Step, outcome: Outcome, *, is_named: bool) -> str:
        """What was so instead of the condition; what it saw where that is all that can be told."""
        if step.condition is None or outcome.reason != "CONDITION_FALSE":
            return ""
        scene = Scene(
            plan=self.plan,
            catalogue=self.catalogue,
            now=self.now,
            step=step,
            arguments={**{one.step_id: one.arguments for one in self.outcomes}, step.id: outcome.arguments},
            is_named=is_named,
        )
        return not_so(scene, outcome.seen)

    def _blocked_by(self, step: Step) -> str:
        """The step that was left out and that this one needs; empty where it is one that nobody asked for."""
        needed = names_in(step)
        for before in self.plan.steps:
            left = [one for one in self.outcomes if one.step_id == before.id and one.status in LEFT_OUT]
            if before.id in needed and left and not before.is_supporting and before.intent in self.catalogue.intents:
                return step_words(before, self.catalogue.intents[before.intent], left[0].arguments)
        return ""


def _empty_lists(intent: Intent, catalogue: Catalogue) -> tuple[str, ...]:
    """The lists that a response is made of; they are what there is none of when it holds nothing."""
    fields = catalogue.descriptor(intent.response_type).fields
    return tuple(field.name for field in fields if field.is_repeated)
