"""Which calls of a plan are ready. Pure: plan + outcomes + now → calls and the outcomes that need no call.

Rules: a step waits for the steps that its expressions name. Effects keep the order of the plan; the turn runs them one
at a time. A read that stands behind an effect waits for it, so that it shows what the effect did, unless an effect
depends on the read. Nothing else orders steps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from google.protobuf.message import Message

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.condition_judge import Doubt, Opinion
from orchestrator_server.expressions import ExpressionError, Expressions
from orchestrator_server.plan import (
    EACH,
    NOW,
    Call,
    Json,
    Outcome,
    OutcomeStatus,
    Plan,
    Reference,
    SeenValue,
    Step,
    StoredResponse,
    idempotency_key,
)
from orchestrator_server.scope import condition_of, expressions_of, scope_of, uses_of
from orchestrator_server.seen import seen_values
from orchestrator_server.stored_responses import read_response
from orchestrator_server.values import display, to_json

MAX_ELEMENTS = 50
LEFT_OUT = frozenset({OutcomeStatus.SKIPPED, OutcomeStatus.CANCELLED})
WHOLE_STEP = frozenset(
    {"NOTHING_MATCHED", "DEPENDS_ON_SKIPPED", "DEPENDS_ON_FAILED", "FOR_EACH_FAILED", "TOO_MANY_ELEMENTS"}
)
"""Reasons that settle a step with all its elements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """`calls` are ready, in the plan's order; `settled` are outcomes that need no call; `doubts` must be judged first.

    All empty: nothing is left.
    """

    calls: tuple[Call, ...] = ()
    settled: tuple[Outcome, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a schedule is made against: the catalogue of the plan, its expressions, and the turn's `now`.

    `max_elements` bounds the calls of one `for_each`.
    """

    catalogue: Catalogue
    expressions: Expressions
    now: datetime
    max_elements: int = MAX_ELEMENTS


def schedule(plan: Plan, outcomes: Sequence[Outcome], world: World, opinions: Sequence[Opinion] = ()) -> Schedule:
    """What can be done now. Deterministic: a takeover with the same outcomes and `now` gets the same calls and keys.

    `opinions` are what was judged of conditions that CEL cannot say.
    """
    run = _Run(plan, outcomes, world, opinions)
    waiting = (step for step in plan.steps if not run.is_settled(step) and not run.must_wait(step))
    found = [one for step in waiting for one in run.decide(step)]
    return Schedule(
        calls=tuple(one for one in found if isinstance(one, Call)),
        settled=tuple(one for one in found if isinstance(one, Outcome)),
        doubts=tuple(one for one in found if isinstance(one, Doubt)),
    )


class _Run:
    def __init__(self, plan: Plan, outcomes: Sequence[Outcome], world: World, opinions: Sequence[Opinion]) -> None:
        self._plan = plan
        self._world = world
        self._opinions = {(opinion.step_id, opinion.index, opinion.digest): opinion.holds for opinion in opinions}
        self._outcomes: dict[str, list[Outcome]] = {step.id: [] for step in plan.steps}
        for outcome in outcomes:
            self._outcomes[outcome.step_id].append(outcome)
        self._scope = scope_of(plan, world.catalogue, world.expressions)
        self._uses = {step.id: uses_of(step, self._scope, world.expressions) for step in plan.steps}
        self._values = self._responses()

    def is_settled(self, step: Step) -> bool:
        """Has every call of the step an outcome?"""
        found = self._outcomes[step.id]
        if step.for_each is None or any(outcome.reason in WHOLE_STEP for outcome in found):
            return bool(found)
        return bool(found) and len(found) >= self._element_count(step)

    def must_wait(self, step: Step) -> bool:
        """Is something unsettled that the step comes after?"""
        if any(not self.is_settled(self._step(name)) for name in self._uses[step.id]):
            return True
        return not self._has_effect(step) and not self._feeds_an_effect(step) and self._stands_behind_an_effect(step)

    def decide(self, step: Step) -> list[Call | Outcome | Doubt]:
        """The calls of a step whose time has come, or why there are none, or what must be judged first."""
        blocked = self._blocked(step)
        if blocked is not None:
            return [blocked]
        try:
            elements = self._elements(step)
        except ExpressionError as error:
            return [_failure(step, 0, "FOR_EACH_FAILED", f"I could not tell what {step.intent} is for: {error}.")]
        if not elements:
            return [Outcome(step_id=step.id, status=OutcomeStatus.SKIPPED, reason="NOTHING_MATCHED")]
        if len(elements) > self._world.max_elements:
            most = self._world.max_elements
            message = f"That would be {len(elements)} calls at once; {most} are allowed. Narrow it down."
            return [_failure(step, 0, "TOO_MANY_ELEMENTS", message)]
        known = {outcome.index for outcome in self._outcomes[step.id]}
        ahead = [(index, element) for index, element in enumerate(elements) if index not in known]
        return [self._one(step, index, {**self._values, EACH: each}, len(elements)) for index, each in ahead]

    def _one(self, step: Step, index: int, values: Mapping[str, Any], total: int) -> Call | Outcome | Doubt:
        held_back = self._judged(step, index, values) or self._conditioned(step, index, values)
        if held_back is not None:
            return held_back
        try:
            arguments = self._arguments(step, values)
        except ExpressionError as error:
            return _failure(step, index, "ARGUMENT_FAILED", f"I could not work out what {step.intent} needs: {error}.")
        return Call(
            step=step,
            index=index,
            arguments=arguments,
            key=idempotency_key(self._plan.id, step, index),
            has_effect=self._has_effect(step),
            total=total,
            condition=step.condition.words if step.condition else "",
            seen=self._seen(step, values),
        )

    def _conditioned(self, step: Step, index: int, values: Mapping[str, Any]) -> Outcome | None:
        """Why the condition keeps the call from being made, if it does."""
        condition = condition_of(step, self._scope, self._world.expressions)
        try:
            if condition is None or condition.holds(values):
                return None
        except ExpressionError as error:
            message = f"I could not check “{step.condition and step.condition.words}”: {error}."
            return _failure(step, index, "CONDITION_FAILED", message)
        return self._skipped(step, index, values, self._seen(step, values))

    def _judged(self, step: Step, index: int, values: Mapping[str, Any]) -> Outcome | Doubt | None:
        """The same for a condition that CEL cannot say: what must be judged, or what was."""
        if step.condition is None or not step.condition.judged_over:
            return None
        names = (*step.condition.judged_over, *([EACH] if step.for_each is not None else ()))
        evidence = {name: display(values[name], self._world.now) for name in names if name in values}
        doubt = Doubt(step_id=step.id, index=index, words=step.condition.words, evidence=evidence)
        holds = self._opinions.get((step.id, index, doubt.digest))
        if holds is None:
            return doubt
        return None if holds else self._skipped(step, index, values, ())

    def _seen(self, step: Step, values: Mapping[str, Any]) -> tuple[SeenValue, ...]:
        """The values that the condition looks at; none where it is judged or there is none."""
        condition = condition_of(step, self._scope, self._world.expressions)
        return () if condition is None else seen_values(condition.reads, values, self._world.now)

    def _arguments(self, step: Step, values: Mapping[str, Any]) -> dict[str, Json]:
        compiled = expressions_of(step, self._scope, self._world.expressions)
        return {
            name: to_json(compiled[name].for_parameter(values)) if isinstance(value, Reference) else value
            for name, value in step.arguments.items()
        }

    def _skipped(self, step: Step, index: int, values: Mapping[str, Any], seen: tuple[SeenValue, ...]) -> Outcome:
        try:
            arguments = self._arguments(step, values)
        except ExpressionError:
            arguments = {}
        return Outcome(
            step_id=step.id,
            index=index,
            status=OutcomeStatus.SKIPPED,
            reason="CONDITION_FALSE",
            arguments=arguments,
            seen=seen,
        )

    def _blocked(self, step: Step) -> Outcome | None:
        """Why the step cannot run: one that it depends on was left out or failed."""
        before = [outcome for name in self._uses[step.id] for outcome in self._outcomes[name]]
        if any(outcome.status in LEFT_OUT for outcome in before):
            return Outcome(step_id=step.id, status=OutcomeStatus.SKIPPED, reason="DEPENDS_ON_SKIPPED")
        broken = next((outcome for outcome in before if outcome.status is not OutcomeStatus.SUCCEEDED), None)
        return broken and _failure(step, 0, "DEPENDS_ON_FAILED", broken.message)

    def _elements(self, step: Step) -> Sequence[Any]:
        """The elements of `for_each`; one nothing for a plain step."""
        if step.for_each is None:
            return [None]
        found = self._world.expressions.compile(step.for_each, self._scope[step.id].types).evaluate(self._values)
        return found if isinstance(found, list) else []

    def _element_count(self, step: Step) -> int:
        try:
            return len(self._elements(step))
        except ExpressionError:
            return 0

    def _responses(self) -> dict[str, Any]:
        values: dict[str, Any] = {NOW: self._world.now}
        for step in self._plan.steps:
            found = self._outcomes[step.id]
            if step.for_each is None and found and found[0].response is not None:
                values[step.id] = self._decoded(step, found[0].response)
        return values

    def _decoded(self, step: Step, response: StoredResponse) -> Message:
        return read_response(response, self._world.catalogue.intents[step.intent], self._world.catalogue)

    def _feeds_an_effect(self, step: Step) -> bool:
        """Does an effect depend on the step, directly or through other steps?"""
        users = [other for other in self._plan.steps if step.id in self._uses[other.id]]
        return any(self._has_effect(user) or self._feeds_an_effect(user) for user in users)

    def _stands_behind_an_effect(self, step: Step) -> bool:
        for other in self._plan.steps:
            if other.id == step.id:
                return False
            if self._has_effect(other) and not self.is_settled(other):
                return True
        return False

    def _has_effect(self, step: Step) -> bool:
        return self._world.catalogue.intents[step.intent].has_effect

    def _step(self, name: str) -> Step:
        return next(step for step in self._plan.steps if step.id == name)


def _failure(step: Step, index: int, reason: str, message: str) -> Outcome:
    return Outcome(step_id=step.id, index=index, status=OutcomeStatus.FAILED, reason=reason, message=message)
