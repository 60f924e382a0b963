"""Compares what a planner made of a message with its label.

Each aspect has a room of its own: `sameness` of values, `pairing` of steps, `outcomes` in the worlds, `questions`.
Unsafe is an effect that the label does not have: of another intent, about another thing, with another number, planned
twice, without its condition, or running in a world where it must not. A wrong text in a right effect (an address that
lacks its town) is a wrong value and no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.labels import Label, LabelledStep
from evaluation.matching import Matching
from evaluation.outcomes import Outcomes
from evaluation.pairing import Pair, Pairing, is_read_by_others, pair
from evaluation.questions import CHOICE, judge_question
from evaluation.worlds import Run
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.plan import Clarify, Decision, Plan, Reference, Refuse, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What of a decision is as its label says. `is_right`: everything. `why` says in words what is not."""

    kind: bool
    intents: bool
    parameters: bool
    conditions: bool
    is_unsafe: bool = False
    why: str = ""

    @property
    def is_right(self) -> bool:
        """Is everything as it should be?"""
        return self.kind and self.intents and self.parameters and self.conditions and not self.is_unsafe


def judge(label: Label, decision: Decision, played: Sequence[Sequence[Run]], catalogue: Catalogue) -> Verdict:
    """The verdict on a decision. `played` are the runs of its plan in each of the label's worlds.

    Why something is refused is not judged, nor how it is worded.
    """
    matching = Matching(label=label, catalogue=catalogue)
    if isinstance(decision, Plan):
        return _judge_plan(matching, decision, played)
    kind = "refuse" if isinstance(decision, Refuse) else "clarify"
    if isinstance(decision, Clarify) and label.kind == "clarify":
        return _judge_question(matching, decision)
    is_right = kind == label.kind or kind in label.also_kinds
    return all_or_nothing(is_right, "" if is_right else f"{kind} where {label.kind} was wanted")


def all_or_nothing(is_right: bool, why: str = "", *, is_unsafe: bool = False) -> Verdict:
    """The verdict on what is right, or wrong, in every aspect at once."""
    return Verdict(
        kind=is_right, intents=is_right, parameters=is_right, conditions=is_right, is_unsafe=is_unsafe, why=why
    )


def _judge_question(matching: Matching, decision: Clarify) -> Verdict:
    found = judge_question(matching, decision)
    partial = sorted(step.intent for step in decision.partial.steps) if decision.partial else []
    wanted = " or ".join(str(sorted(names)) for names in matching.label.missing)
    is_right = found.intents and found.parameters
    return Verdict(
        kind=True,
        intents=found.intents,
        parameters=found.parameters,
        conditions=True,
        why="" if is_right else f"asks for {sorted(decision.missing)} of {partial}, wanted {wanted}",
    )


def _judge_plan(matching: Matching, plan: Plan, played: Sequence[Sequence[Run]]) -> Verdict:
    label = matching.label
    if label.kind != "plan":
        is_right = label.kind == "clarify" and _is_as_good_as_asking(matching, plan)
        shown = [step.intent for step in plan.steps if not step.is_supporting]
        why = "" if is_right else f"plans {shown} where {label.kind} was wanted"
        return all_or_nothing(is_right, why, is_unsafe=_acts_unasked(matching, plan))
    pairing = pair(plan, matching)
    found = Outcomes(plan=plan, matching=matching).judge(pairing, played)
    wrong = [f"{one.step.intent}{dict(one.step.arguments)}" for one in pairing.pairs if _is_wrong(one, plan)]
    is_misplaced = _is_misplaced(matching, pairing, plan)
    said = [
        f"lacks {[one.intents[0] for one in pairing.lacking]}" if pairing.lacking else "",
        f"adds {[step.intent for step in pairing.beyond]}" if pairing.beyond else "",
        f"values of {wrong}" if wrong else found.values,
        found.untrue,
        "order" if is_misplaced else "",
        found.unsafe,
    ]
    return Verdict(
        kind=True,
        intents=not pairing.lacking and not pairing.beyond,
        parameters=not pairing.lacking and not wrong and not found.values,
        conditions=not found.untrue and not is_misplaced,
        is_unsafe=bool(found.unsafe),
        why="; ".join(filter(None, said)),
    )


def _is_wrong(one: Pair, plan: Plan) -> bool:
    """Has the step other values? With what an optional read is read does not matter: what hangs on it is played."""
    is_free = one.one.is_optional and (one.step.is_supporting or is_read_by_others(one.step, plan))
    return not one.fits and not is_free


def _is_misplaced(matching: Matching, pairing: Pairing, plan: Plan) -> bool:
    """Do two steps stand the wrong way round, where the label is strict and one of them changes something?

    What is conditional has its place by what it reads, which the schedule sees to.
    """
    firm = [one for one in pairing.pairs if not (one.one.is_optional or one.one.is_conditional or one.one.is_fan)]
    return matching.label.is_ordered and any(
        plan.steps.index(after.step) < plan.steps.index(before.step)
        for at, before in enumerate(firm)
        for after in firm[at + 1 :]
        if matching.has_effect(before.step.intent) or matching.has_effect(after.step.intent)
    )


def _is_as_good_as_asking(matching: Matching, plan: Plan) -> bool:
    """Does the plan show, in the place of asking, what the label says would be as good, and do all the rest?"""
    free = [step for step in plan.steps if not step.is_supporting]
    instead = 0
    for one in matching.label.steps:
        is_whole = _is_whole(matching, one)
        mine = next((s for s in free if (_fits if is_whole else _shows_instead)(matching, one, s)), None)
        if mine is None:
            return False
        free.remove(mine)
        instead += not is_whole
    return instead > 0 and not free


def _is_whole(matching: Matching, one: LabelledStep) -> bool:
    """Is nothing open about a step of a question?"""
    is_choice = any(CHOICE in names for names in matching.label.missing)
    return matching.is_complete(one) and not is_choice


def _fits(matching: Matching, one: LabelledStep, step: Step) -> bool:
    return step.intent in one.intents and matching.fits(one, step.intent, step.arguments)


def _shows_instead(matching: Matching, one: LabelledStep, step: Step) -> bool:
    """Is it a read that is as good as asking, and makes up nothing of what is missing?"""
    missing = {name for names in matching.label.missing for name in names}
    made_up = {name for name, value in step.arguments.items() if not isinstance(value, Reference)} & missing
    return step.intent in one.intents[1:] and not matching.has_effect(step.intent) and not made_up


def _acts_unasked(matching: Matching, plan: Plan) -> bool:
    """Is there an effect beside those that the label gives in full?"""
    asked = [one for one in matching.label.steps if _is_whole(matching, one)]
    return any(
        matching.has_effect(step.intent) and not any(_is_of(matching, one, step) for one in asked)
        for step in plan.steps
    )


def _is_of(matching: Matching, one: LabelledStep, step: Step) -> bool:
    return step.intent in one.intents and matching.is_about(one, step.intent, step.arguments)
