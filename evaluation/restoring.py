"""Names what was decided in other words by the names that it had: intents, parameters, expressions, values."""

import re
from collections.abc import Mapping
from dataclasses import replace

from evaluation.renaming import Renaming
from orchestrator_server.plan import Clarify, Condition, Decision, Json, Plan, Reference, Step

_TEXT = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


def restored(decision: Decision, renaming: Renaming) -> Decision:
    """The decision, always another object than the one that was given."""
    if isinstance(decision, Plan):
        return _plan(decision, renaming)
    if isinstance(decision, Clarify):
        back = _back(renaming)
        partial = None if decision.partial is None else _plan(decision.partial, renaming)
        return replace(decision, missing=tuple(back.get(name, name) for name in decision.missing), partial=partial)
    return replace(decision)


def _plan(plan: Plan, renaming: Renaming) -> Plan:
    return replace(plan, steps=tuple(_step(step, renaming) for step in plan.steps))


def _step(step: Step, renaming: Renaming) -> Step:
    back, condition = _back(renaming), step.condition
    return replace(
        step,
        intent=_expression(step.intent, renaming),
        arguments={back.get(name, name): _value(value, renaming) for name, value in step.arguments.items()},
        for_each=None if step.for_each is None else _expression(step.for_each, renaming),
        condition=None if condition is None else _condition(condition, renaming),
    )


def _condition(condition: Condition, renaming: Renaming) -> Condition:
    expression = _expression(condition.expression, renaming)
    return replace(condition, words=renaming.original(condition.words), expression=expression)


def _value(value: Json | Reference, renaming: Renaming) -> Json | Reference:
    if isinstance(value, Reference):
        return Reference(expression=_expression(value.expression, renaming))
    if isinstance(value, list):
        return [renaming.original(one) if isinstance(one, str) else one for one in value]
    return renaming.original(value) if isinstance(value, str) else value


def _expression(text: str, renaming: Renaming) -> str:
    """An expression with the names that it had; what it compares with is text like any other."""
    back, pieces = _back(renaming), _TEXT.split(text)
    return "".join(
        renaming.original(piece) if at % 2 else re.sub(r"[A-Za-z_]\w*", lambda f: back.get(f[0], f[0]), piece)
        for at, piece in enumerate(pieces)
    )


def _back(renaming: Renaming) -> Mapping[str, str]:
    return {other: name for name, other in renaming.names.items()}
