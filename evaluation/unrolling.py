"""Writes out what a plan does for each of a list that stands in it: cancelling ['A-1', 'A-2'] is two steps."""

from collections.abc import Iterator
from dataclasses import replace

from orchestrator_server.expressions import ExpressionError, Expressions
from orchestrator_server.plan import EACH, Plan, Reference, Step


def unrolled(plan: Plan, expressions: Expressions) -> Plan:
    """The same plan, with such steps one by one."""
    return replace(plan, steps=tuple(one for step in plan.steps for one in _steps(step, expressions)))


def _steps(step: Step, expressions: Expressions) -> Iterator[Step]:
    elements = _elements(step, expressions)
    if elements is None:
        yield step
        return
    for number, element in enumerate(elements, start=1):
        arguments = {
            name: element if isinstance(value, Reference) and value.expression.strip() == EACH else value
            for name, value in step.arguments.items()
        }
        yield replace(step, id=f"{step.id}_{number}", arguments=arguments, for_each=None)


def _elements(step: Step, expressions: Expressions) -> list[str] | None:
    """The texts that stand in `for_each`; None where it must be worked out, or where more than a value hangs on it."""
    if step.for_each is None or expressions.mentioned(step.for_each) or _hangs_on_each(step, expressions):
        return None
    try:
        found = expressions.compile(step.for_each, {}).evaluate({})
    except ExpressionError:
        return None
    return found if isinstance(found, list) and all(isinstance(one, str) for one in found) else None


def _hangs_on_each(step: Step, expressions: Expressions) -> bool:
    said = [value.expression for value in step.arguments.values() if isinstance(value, Reference)]
    condition = step.condition.expression if step.condition is not None else ""
    rest = [text for text in said if text.strip() != EACH] + [condition]
    return any(EACH in expressions.mentioned(text) for text in rest if text)
