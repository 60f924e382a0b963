"""Lays a plan's steps beside those of its label.

A step of the plan stands for one of the label, the likeliest first. Only reads are shared: one that is shown may answer
two steps of the label that it fits. What is done for each thing may be planned thing by thing. There may be more reads
that feed expressions than the label says. Such a read stands for one that was asked for too, as its step tells what it
saw, but never for one under a condition: that must be shown.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.labels import LabelledStep
from evaluation.matching import Matching
from orchestrator_server.plan import Plan, Reference, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A labelled step (by its index) and the step that stands for it. `fits`: with the same values."""

    at: int
    one: LabelledStep
    step: Step
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """What stands for what; `lacking` are labelled steps that nothing stands for, `beyond` steps that nobody wants."""

    pairs: tuple[Pair, ...]
    lacking: tuple[LabelledStep, ...]
    beyond: tuple[Step, ...]


def pair(plan: Plan, matching: Matching) -> Pairing:
    """The steps of `plan` beside those of the label."""
    found: dict[int, Pair] = {}
    taken: set[str] = set()
    for one in sorted(_possible(plan, matching), key=lambda one: _unlikeliness(one, plan)):
        if one.at not in found and one.step.id not in taken:
            found[one.at] = one
            taken.add(one.step.id)
    free = [one for one in _possible(plan, matching) if one.step.id not in taken]
    more = [one for one in free if one.one.is_fan and one.fits]
    taken |= {one.step.id for one in more}
    steps = list(enumerate(matching.label.steps))
    shared = [share for at, _ in steps if at not in found and (share := _shared(at, plan, matching)) is not None]
    pairs = sorted([*found.values(), *more, *shared], key=lambda one: one.at)
    covered = {one.at for one in pairs}
    return Pairing(
        pairs=tuple(pairs),
        lacking=tuple(one for at, one in steps if at not in covered and not one.is_optional),
        beyond=tuple(step for step in plan.steps if step.id not in taken and not _is_feeding(step, plan, matching)),
    )


def is_read_by_others(step: Step, plan: Plan) -> bool:
    """Do expressions of other steps need this one?"""
    texts = [text for other in plan.steps if other is not step for text in _expressions(other)]
    return any(re.search(rf"(?<![\w.]){re.escape(step.id)}\b", text) for text in texts)


def _possible(plan: Plan, matching: Matching) -> list[Pair]:
    return [
        Pair(at=at, one=one, step=step, fits=matching.fits(one, step.intent, step.arguments))
        for at, one in enumerate(matching.label.steps)
        for step in plan.steps
        if step.intent in one.intents and not (step.is_supporting and one.is_conditional)
    ]


def _unlikeliness(one: Pair, plan: Plan) -> tuple[object, ...]:
    """What pairs are chosen by: the same values, conditions alike, shown or not alike, the best intent, the order."""
    is_conditional = one.step.condition is not None
    return (
        not one.fits,
        one.one.is_conditional != is_conditional,
        one.one.is_optional != one.step.is_supporting,
        one.one.intents.index(one.step.intent),
        one.at,
        plan.steps.index(one.step),
    )


def _shared(at: int, plan: Plan, matching: Matching) -> Pair | None:
    one = matching.label.steps[at]
    for step in plan.steps:
        is_shown_read = not step.is_supporting and not matching.has_effect(step.intent)
        if is_shown_read and step.intent in one.intents and matching.fits(one, step.intent, step.arguments):
            return Pair(at=at, one=one, step=step, fits=True)
    return None


def _is_feeding(step: Step, plan: Plan, matching: Matching) -> bool:
    """Is it a read for the expressions of others?"""
    return not matching.has_effect(step.intent) and (step.is_supporting or is_read_by_others(step, plan))


def _expressions(step: Step) -> Sequence[str]:
    values = [value.expression for value in step.arguments.values() if isinstance(value, Reference)]
    judged = step.condition.judged_over if step.condition else ()
    return [*values, *judged, step.for_each or "", step.condition.expression if step.condition else ""]
