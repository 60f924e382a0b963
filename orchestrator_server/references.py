"""How steps name each other: why a name that an expression uses cannot be used there."""

from collections.abc import Iterator

from orchestrator_server.expressions import Expressions
from orchestrator_server.plan import EACH, Plan, Reference, Step
from orchestrator_server.problems import Problem


def wrong_reference(plan: Plan, step: Step, name: str, expressions: Expressions) -> Problem:
    """Why `step` cannot use `name`, which the compiler does not know there."""
    ids = [other.id for other in plan.steps]
    before = [other.id for other in plan.steps[: ids.index(step.id)]]
    if name == EACH:
        return Problem("EACH_WITHOUT_FOR_EACH", f"{EACH} is there only in a step with for_each")
    if name not in ids:
        return Problem("UNKNOWN_STEP", f"there is no step {name!r}; it may use: {', '.join(before) or 'none'}, now")
    if name in before:
        return Problem("FAN_OUT_REFERENCE", f"{name} runs once for each element, so it has no single response to name")
    if step.id == name or step.id in _needed(plan, name, expressions):
        return Problem("CYCLE", f"{step.id} and {name} would wait for each other; break the circle")
    return Problem("FORWARD_REFERENCE", f"{name} comes after {step.id}; put it before")


def texts_of(step: Step) -> Iterator[str]:
    """The expressions of a step."""
    if step.for_each is not None:
        yield step.for_each
    if step.condition is not None:
        yield step.condition.expression
    yield from (value.expression for value in step.arguments.values() if isinstance(value, Reference))


def _needed(plan: Plan, name: str, expressions: Expressions) -> frozenset[str]:
    """The steps that `name` waits for, directly or through others."""
    names = {step.id: _named(step, expressions) for step in plan.steps}
    found: set[str] = set()
    waiting = [name]
    while waiting:
        fresh = names.get(waiting.pop(), frozenset()) - found
        found |= fresh
        waiting += fresh
    return frozenset(found)


def _named(step: Step, expressions: Expressions) -> frozenset[str]:
    judged = step.condition.judged_over if step.condition is not None else ()
    return frozenset(name for text in texts_of(step) for name in expressions.mentioned(text)) | frozenset(judged)
