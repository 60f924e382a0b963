"""Checks a plan like a compiler would, before anything runs: every fault by itself, worded so that it can be mended."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestrator_server.catalogue import Catalogue, Intent, Parameter
from orchestrator_server.expressions import ExpressionError, Expressions
from orchestrator_server.fitting import misfit
from orchestrator_server.json_message import read_message
from orchestrator_server.json_scalars import JsonMessageError
from orchestrator_server.plan import EACH, NOW, Fault, Plan, Reference, Step
from orchestrator_server.references import wrong_reference
from orchestrator_server.scope import Scope, scope_of

MAX_STEPS = 12
TOO_MANY_STEPS = "TOO_MANY_STEPS"
STEP_ID = re.compile(r"[a-z][a-z0-9_]{0,31}")
CEL_WORDS = re.compile(
    r"true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void"
    r"|while|bool|bytes|double|dyn|google|u?int|list|map|null_type|string|type|duration|timestamp|has|size|all|exists"
    r"|exists_one|filter|matches|contains|days|hours|money"
)
"""Means something in expressions, so no step can be called so."""


def check(
    plan: Plan, catalogue: Catalogue, expressions: Expressions, allowed: frozenset[str], max_steps: int = MAX_STEPS
) -> tuple[Fault, ...]:
    """What is wrong with `plan`; empty when it may run. `allowed` names the intents that the user may call."""
    if not plan.steps:
        return (Fault(reason="NO_STEPS", step_id="", message="The plan has no steps."),)
    if len(plan.steps) > max_steps:
        return (Fault(reason=TOO_MANY_STEPS, step_id="", message=f"A plan has at most {max_steps} steps."),)
    if wrong_ids := tuple(_id_faults(plan, catalogue)):
        return wrong_ids  # expressions name steps, so nothing else can be told until the ids are right
    around = _Around(plan=plan, catalogue=catalogue, expressions=expressions, allowed=allowed)
    scopes = scope_of(plan, catalogue, expressions)
    return tuple(fault for step in plan.steps for fault in _step_faults(step, scopes[step.id], around))


def missing(plan: Plan, catalogue: Catalogue) -> Iterator[tuple[Step, str]]:
    """Every required parameter that a step has no value for."""
    for step in plan.steps:
        intent = catalogue.intents.get(step.intent)
        for parameter in intent.askable if intent else ():
            if parameter.is_required and parameter.name not in step.arguments:
                yield step, parameter.name


def missing_faults(plan: Plan, catalogue: Catalogue) -> Iterator[Fault]:
    """The same for a planner that is asked again; otherwise it leads to a question, not to a repair."""
    for step, name in missing(plan, catalogue):
        yield _fault(step, "MISSING_PARAMETER", f"{step.intent} needs {name}; write null if the user did not say it")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What a step is checked against."""

    plan: Plan
    catalogue: Catalogue
    expressions: Expressions
    allowed: frozenset[str]

    def names_each(self, text: str) -> bool:
        """Is the element of `for_each` named in `text`?"""
        return EACH in self.expressions.mentioned(text)

    def fault(self, step: Step, what: str, error: ExpressionError) -> Fault:
        """What is wrong with an expression; an unknown name is looked for among the other steps."""
        if not error.name:
            return _fault(step, error.reason, f"{what}: {error}")
        wrong = wrong_reference(self.plan, step, error.name, self.expressions)
        return _fault(step, wrong.reason, f"{what}: {wrong.message}")


def _id_faults(plan: Plan, catalogue: Catalogue) -> Iterator[Fault]:
    packages = {name.partition(".")[0] for name in catalogue.response_types.values()}
    seen: set[str] = set()
    for step in plan.steps:
        if not STEP_ID.fullmatch(step.id) or CEL_WORDS.fullmatch(step.id) or step.id in {EACH, NOW, *packages}:
            yield _fault(step, "BAD_STEP_ID", f"{step.id!r} cannot name a step; name them s1, s2, s3 ...")
        if step.id in seen:
            yield _fault(step, "DUPLICATE_STEP", f"two steps are called {step.id}")
        seen.add(step.id)


def _step_faults(step: Step, scope: Scope, around: _Around) -> Iterator[Fault]:
    intent = around.catalogue.intents.get(step.intent)
    if intent is None or step.intent not in around.allowed:
        yield _fault(step, "UNKNOWN_INTENT", f"there is no intent {step.intent!r}")
        return
    yield from _argument_faults(step, intent, around.catalogue)
    yield from _expression_faults(step, scope, intent, around)


def _argument_faults(step: Step, intent: Intent, catalogue: Catalogue) -> Iterator[Fault]:
    literals = {name: value for name, value in step.arguments.items() if not isinstance(value, Reference)}
    for name in step.arguments:
        if intent.parameter(name) is None:
            known = ", ".join(parameter.name for parameter in intent.askable) or "none"
            yield _fault(step, "UNKNOWN_PARAMETER", f"{step.intent} has no parameter {name!r}; it has: {known}")
            literals.pop(name, None)
    try:
        read_message(literals, catalogue.message_class(intent.offers[0].request_type), is_whole=False)
    except JsonMessageError as error:
        yield _fault(step, "WRONG_TYPE", f"the arguments do not fit: {error}")


def _expression_faults(step: Step, scope: Scope, intent: Intent, around: _Around) -> Iterator[Fault]:
    """Of `for_each`, the condition and the arguments. Where `for_each` is wrong, what names `each` cannot be told."""
    if step.for_each is not None:
        yield from _for_each_faults(step, step.for_each, scope, around)
    is_known = step.for_each is None or EACH in scope.element_types
    if step.condition is not None and step.condition.judged_over:
        yield from _judged_faults(step, step.condition.judged_over, scope, around)
    elif step.condition is not None and (is_known or not around.names_each(step.condition.expression)):
        yield from _condition_faults(step, step.condition.expression, scope, around)
    for name, value in step.arguments.items():
        parameter = intent.parameter(name)
        if isinstance(value, Reference) and parameter and (is_known or not around.names_each(value.expression)):
            yield from _reference_faults(step, parameter, value.expression, scope, around)


def _for_each_faults(step: Step, text: str, scope: Scope, around: _Around) -> Iterator[Fault]:
    try:
        compiled = around.expressions.compile(text, scope.types)
        around.expressions.element_type(compiled.type_name)
    except ExpressionError as error:
        yield around.fault(step, f"for_each `{text}`", error)
        return
    if compiled.enum is not None:
        yield _fault(step, "ENUM_BY_NUMBER", f"for_each `{text}` goes over bare constants; go over what has them")


def _condition_faults(step: Step, text: str, scope: Scope, around: _Around) -> Iterator[Fault]:
    try:
        compiled = around.expressions.compile(text, scope.element_types)
    except ExpressionError as error:
        yield around.fault(step, f"the condition `{text}`", error)
        return
    if compiled.type_name != "BOOL":
        said = f"the condition `{text}` yields {compiled.type_name}, not true or false; compare it with something"
        yield _fault(step, "CONDITION_NOT_BOOL", said)
    elif not compiled.uses - {EACH} and not (step.for_each and EACH in compiled.uses):
        yield _fault(step, "CONDITION_SEES_NOTHING", f"the condition `{text}` looks at no response")


def _judged_faults(step: Step, names: Sequence[str], scope: Scope, around: _Around) -> Iterator[Fault]:
    """A condition that a language model judges looks at responses that are there by then."""
    for name in names:
        if name not in scope.element_types:
            wrong = wrong_reference(around.plan, step, name, around.expressions)
            yield _fault(step, wrong.reason, f"the condition judged over {name}: {wrong.message}")


def _reference_faults(step: Step, parameter: Parameter, text: str, scope: Scope, around: _Around) -> Iterator[Fault]:
    try:
        compiled = around.expressions.compile(text, scope.element_types)
    except ExpressionError as error:
        yield around.fault(step, f"{parameter.name} from `{text}`", error)
        return
    if wrong := misfit(compiled, parameter, around.catalogue):
        yield _fault(step, "WRONG_TYPE", f"{parameter.name} from `{text}` {wrong}")


def _fault(step: Step, reason: str, message: str) -> Fault:
    return Fault(reason=reason, step_id=step.id, message=f"Step {step.id}: {message}.")
