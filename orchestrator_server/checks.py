"""Checks a plan like a compiler would, before anything runs: every fault by itself, worded so that it can be mended."""

from collections.abc import Iterator

from google.protobuf import json_format

from orchestrator_server.catalogue import Catalogue, Intent, wire_form
from orchestrator_server.expressions import ExpressionError, Expressions
from orchestrator_server.plan import EACH, Fault, Plan, Reference, Step
from orchestrator_server.scope import Scope, scope_of

MAX_STEPS = 12


def check(plan: Plan, catalogue: Catalogue, expressions: Expressions, allowed: frozenset[str]) -> tuple[Fault, ...]:
    """What is wrong with `plan`; empty when it may run. `allowed` names the intents that the user may call."""
    if not plan.steps:
        return (Fault(reason="NO_STEPS", step_id="", message="The plan has no steps."),)
    if len(plan.steps) > MAX_STEPS:
        return (Fault(reason="TOO_MANY_STEPS", step_id="", message=f"A plan has at most {MAX_STEPS} steps."),)
    scopes = scope_of(plan, catalogue, expressions)
    return tuple(
        fault
        for index, step in enumerate(plan.steps)
        for fault in _step_faults(step, plan.steps[:index], scopes[step.id], catalogue, expressions, allowed)
    )


def missing(plan: Plan, catalogue: Catalogue) -> Iterator[tuple[Step, str]]:
    """Every required parameter that a step has no value for."""
    for step in plan.steps:
        intent = catalogue.intents.get(step.intent)
        for parameter in intent.askable if intent else ():
            if parameter.is_required and parameter.name not in step.arguments:
                yield step, parameter.name


def _step_faults(
    step: Step,
    before: tuple[Step, ...],
    scope: Scope,
    catalogue: Catalogue,
    expressions: Expressions,
    allowed: frozenset[str],
) -> Iterator[Fault]:
    if any(other.id == step.id for other in before):
        yield _fault(step, "DUPLICATE_STEP", f"two steps are called {step.id}")
    if step.intent not in catalogue.intents or step.intent not in allowed:
        yield _fault(step, "UNKNOWN_INTENT", f"there is no intent {step.intent!r}")
        return
    intent = catalogue.intents[step.intent]
    yield from _argument_faults(step, intent, catalogue)
    yield from _expression_faults(step, scope, intent, expressions)


def _argument_faults(step: Step, intent: Intent, catalogue: Catalogue) -> Iterator[Fault]:
    literals = {name: value for name, value in step.arguments.items() if not isinstance(value, Reference)}
    for name in step.arguments:
        if intent.parameter(name) is None:
            known = ", ".join(parameter.name for parameter in intent.askable) or "none"
            yield _fault(step, "UNKNOWN_PARAMETER", f"{step.intent} has no parameter {name!r}; it has: {known}")
            literals.pop(name, None)
    try:
        json_format.ParseDict(wire_form(literals, intent), catalogue.message_class(intent.offers[0].request_type)())
    except json_format.ParseError as error:
        yield _fault(step, "WRONG_TYPE", f"the arguments do not fit: {error}")


def _expression_faults(step: Step, scope: Scope, intent: Intent, expressions: Expressions) -> Iterator[Fault]:
    if step.for_each is not None:
        try:
            expressions.element_type(expressions.compile(step.for_each, scope.types).type_name)
        except ExpressionError as error:
            yield _fault(step, "FOR_EACH_WRONG", f"for_each `{step.for_each}`: {error}")
    if step.condition is not None:
        yield from _condition_faults(step, scope, expressions)
    for name, value in step.arguments.items():
        if isinstance(value, Reference) and intent.parameter(name) is not None:
            try:
                expressions.compile(value.expression, scope.element_types)
            except ExpressionError as error:
                yield _fault(step, "REFERENCE_WRONG", f"{name} from `{value.expression}`: {error}")


def _condition_faults(step: Step, scope: Scope, expressions: Expressions) -> Iterator[Fault]:
    assert step.condition is not None
    text = step.condition.expression
    try:
        compiled = expressions.compile(text, scope.element_types)
    except ExpressionError as error:
        yield _fault(step, "CONDITION_WRONG", f"the condition `{text}`: {error}")
        return
    if compiled.type_name != "BOOL":
        yield _fault(
            step, "CONDITION_NOT_BOOL", f"the condition `{text}` yields {compiled.type_name}, not true or false"
        )
    elif not compiled.uses - {EACH} and not (step.for_each and EACH in compiled.uses):
        yield _fault(step, "CONDITION_SEES_NOTHING", f"the condition `{text}` looks at no response")


def _fault(step: Step, reason: str, message: str) -> Fault:
    return Fault(reason=reason, step_id=step.id, message=f"Step {step.id}: {message}.")
