"""Puts values for handles into what a planning model decided, before anybody checks it."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from orchestrator_server.model.handles import Handles, UnknownHandleError
from orchestrator_server.plan import Clarify, Condition, Decision, Json, Plan, Reference, Refuse, Step

_TEXT = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
"""A text in an expression. Elsewhere a value could become part of the code."""


def restored(decision: Decision, handles: Handles) -> Decision:
    """The decision with values. An argument with a handle that nobody gave is left out: it counts as not given."""
    match decision:
        case Plan():
            return replace(decision, steps=tuple(_step(step, handles) for step in decision.steps))
        case Clarify(partial=partial):
            whole = replace(partial, steps=tuple(_step(s, handles) for s in partial.steps)) if partial else None
            return replace(decision, question=handles.restored_as_far(decision.question), partial=whole)
        case Refuse():
            return replace(decision, message=handles.restored_as_far(decision.message))


def _step(step: Step, handles: Handles) -> Step:
    for_each = None if step.for_each is None else _expression(step.for_each, handles)
    return replace(
        step,
        arguments=_arguments(step.arguments, handles),
        condition=None if step.condition is None else _condition(step.condition, handles),
        for_each=for_each,
    )


def _arguments(arguments: Mapping[str, Json | Reference], handles: Handles) -> dict[str, Json | Reference]:
    found: dict[str, Json | Reference] = {}
    for name, value in arguments.items():
        try:
            found[name] = _argument(value, handles)
        except UnknownHandleError:
            continue
    return found


def _argument(value: Json | Reference, handles: Handles) -> Json | Reference:
    if isinstance(value, Reference):
        return Reference(expression=_expression(value.expression, handles))
    return _value(value, handles)


def _value(value: Json, handles: Handles) -> Json:
    if isinstance(value, str):
        return handles.restored(value)
    if isinstance(value, list):
        return [_value(element, handles) for element in value]
    return {key: _value(part, handles) for key, part in value.items()} if isinstance(value, dict) else value


def _condition(condition: Condition, handles: Handles) -> Condition:
    words = handles.restored_as_far(condition.words)
    return replace(condition, words=words, expression=_expression(condition.expression, handles))


def _expression(text: str, handles: Handles) -> str:
    """The expression with values within its texts; other handles stay and do not compile."""
    return _TEXT.sub(lambda found: _quoted(found[0], handles), text)


def _quoted(text: str, handles: Handles) -> str:
    try:
        return handles.restored(text, _escaped)
    except UnknownHandleError:
        return text


def _escaped(value: str) -> str:
    """As it stands between quotes of either kind."""
    return json.dumps(value)[1:-1].replace("'", "\\'")
