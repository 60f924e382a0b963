"""The steps of a plan for other things, and side by side with another plan's."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.plan import Json, Plan, Reference, Step


def subject_of(index: Index, plan: Plan) -> tuple[str, str] | None:
    """The shape and the value of the id that the plan's last step with one is about."""
    for step in reversed(plan.steps):
        profile = index.by_name.get(step.intent)
        for parameter in profile.required if profile else ():
            value = step.arguments.get(parameter.name)
            if parameter.pattern in index.ids and isinstance(value, str):
                return parameter.pattern, value
    return None


def repeated(plan: Plan, plan_id: str, old: str, targets: Sequence[str]) -> Plan:
    """The steps about `old`, with the reads that they need, once for each of `targets`."""
    kept = [step for step in plan.steps if old in step.arguments.values() or _is_needed(step, plan)]
    steps: list[Step] = []
    for target in targets:
        steps += renamed([replace(s, arguments=swapped(s.arguments, old, target)) for s in kept], len(steps))
    return Plan(id=plan_id, steps=tuple(steps), planner=plan.planner)


def for_each_of(plan: Plan, step: Step, name: str, values: Sequence[str]) -> Plan:
    """The plan with `step`, and all that lacks the same parameter, once for each of `values`."""
    alike = [s for s in plan.steps if s.id == step.id or (s.is_supporting and name not in s.arguments)]
    others = [s for s in plan.steps if s not in alike]
    steps = renamed(others, 0)
    for value in values:
        steps += renamed([replace(s, arguments={**s.arguments, name: value}) for s in alike], len(steps))
    return replace(plan, steps=tuple(steps))


def joined(plan: Plan, more: Plan) -> Plan:
    """Both plans in one, without what is there already."""
    beyond = [s for s in more.steps if not any(replace(s, id=own.id) == own for own in plan.steps)]
    if any(s.condition or s.for_each or any(isinstance(v, Reference) for v in s.arguments.values()) for s in beyond):
        beyond = list(more.steps)  # its expressions need the reads before them
    return replace(plan, steps=(*plan.steps, *renamed(beyond, len(plan.steps))))


def needed(plan: Plan) -> Plan:
    """The plan without reads that no other step needs."""
    return replace(plan, steps=tuple(step for step in plan.steps if not step.is_supporting or _is_needed(step, plan)))


def swapped(arguments: Mapping[str, Json | Reference], old: str, new: str) -> dict[str, Json | Reference]:
    """The arguments with another value in the place of `old`."""
    return {name: new if value == old else value for name, value in arguments.items()}


def renamed(steps: Sequence[Step], offset: int) -> list[Step]:
    """The steps numbered anew from `offset`, in their expressions too."""
    names = {step.id: f"s{offset + number}" for number, step in enumerate(steps, start=1)}
    return [_renamed(step, names) for step in steps]


def _renamed(step: Step, names: Mapping[str, str]) -> Step:
    condition = step.condition
    return replace(
        step,
        id=names[step.id],
        arguments={name: _reread(value, names) for name, value in step.arguments.items()},
        condition=replace(condition, expression=_rewritten(condition.expression, names)) if condition else None,
        for_each=None if step.for_each is None else _rewritten(step.for_each, names),
    )


def _reread(value: Json | Reference, names: Mapping[str, str]) -> Json | Reference:
    return Reference(expression=_rewritten(value.expression, names)) if isinstance(value, Reference) else value


def _is_needed(step: Step, plan: Plan) -> bool:
    used = [
        expression
        for other in plan.steps
        for expression in (other.condition.expression if other.condition else "", other.for_each or "")
    ]
    return step.is_supporting and any(re.search(rf"\b{step.id}\b", expression) for expression in used)


def _rewritten(expression: str, names: Mapping[str, str]) -> str:
    return re.sub(r"(?<![\w.])s\d+\b", lambda found: names.get(found[0], found[0]), expression)
