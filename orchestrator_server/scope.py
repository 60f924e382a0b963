"""Which names a step's expressions may use, and the compiled expressions themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.expressions import Compiled, ExpressionError, Expressions
from orchestrator_server.plan import EACH, Plan, Reference, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Names and CEL types: `types` for `for_each`, `element_types` (with `each`) for everything else of the step."""

    types: Mapping[str, str]
    element_types: Mapping[str, str]


def scope_of(plan: Plan, catalogue: Catalogue, expressions: Expressions) -> dict[str, Scope]:
    """The scope of every step: the responses of the plain steps before it, and `each` within a `for_each`.

    A step sees only what stands before it, so cycles and forward references cannot be written.
    """
    scopes: dict[str, Scope] = {}
    known: dict[str, str] = {}
    for step in plan.steps:
        types = dict(known)
        scopes[step.id] = Scope(types=types, element_types={**types, **_each(step, types, expressions)})
        if step.for_each is None and step.intent in catalogue.intents:
            known[step.id] = catalogue.intents[step.intent].response_type
    return scopes


def condition_of(step: Step, scope: Mapping[str, Scope], expressions: Expressions) -> Compiled | None:
    """The compiled condition of a step, if it has one. Raises ExpressionError."""
    if step.condition is None or step.condition.judged_over:
        return None
    return expressions.compile(step.condition.expression, scope[step.id].element_types)


def expressions_of(step: Step, scope: Mapping[str, Scope], expressions: Expressions) -> dict[str, Compiled]:
    """The compiled references among a step's arguments, by parameter. Raises ExpressionError."""
    return {
        name: expressions.compile(value.expression, scope[step.id].element_types)
        for name, value in step.arguments.items()
        if isinstance(value, Reference)
    }


def uses_of(step: Step, scope: Mapping[str, Scope], expressions: Expressions) -> frozenset[str]:
    """The ids of the steps whose responses the step's expressions use. Raises ExpressionError."""
    compiled = list(expressions_of(step, scope, expressions).values())
    condition = condition_of(step, scope, expressions)
    if condition is not None:
        compiled.append(condition)
    if step.for_each is not None:
        compiled.append(expressions.compile(step.for_each, scope[step.id].types))
    judged = step.condition.judged_over if step.condition else ()
    return frozenset(name for one in compiled for name in one.uses if name in scope) | frozenset(judged)


def _each(step: Step, types: Mapping[str, str], expressions: Expressions) -> dict[str, str]:
    if step.for_each is None:
        return {}
    try:
        return {EACH: expressions.element_type(expressions.compile(step.for_each, types).type_name)}
    except ExpressionError:  # the checks say what is wrong with it; here the name just does not exist
        return {}
