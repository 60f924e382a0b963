"""Reads a planner's answer: JSON as the schema says, or nearly so where an endpoint cannot be bound to it."""

import json
import re
from collections.abc import Mapping
from typing import Any

from orchestrator_server.catalogue import Intent, Parameter
from orchestrator_server.json_schema import VALUE, WHICH
from orchestrator_server.message_fields import well_known
from orchestrator_server.model.answer_schema import REFERENCE_KEY
from orchestrator_server.plan import Clarify, Condition, Decision, Json, Plan, Reference, Refuse, Step

OUT_OF_SCOPE = "OUT_OF_SCOPE"


class AnswerError(ValueError):
    """The answer cannot be read; the message says why."""


class AnswerReader:
    """Reads answers over `intents`. Plans get the given id and name of their planner, steps are s1, s2 ... in order."""

    def __init__(self, intents: Mapping[str, Intent], *, plan_id: str, planner: str) -> None:
        self._intents = intents
        self._plan_id = plan_id
        self._planner = planner

    def read(self, text: str) -> Decision:
        """What was decided. Raises AnswerError."""
        answer = _json_object(text)
        kind = answer.get("kind")
        plan = self._plan(answer.get("steps") or [])
        if kind == "plan" and plan.steps:
            return plan
        if kind == "clarify" or (kind == "plan" and _text(answer, "question")):
            return _clarify(answer, plan)
        if kind == "refuse":
            return Refuse(reason=OUT_OF_SCOPE, message=_text(answer, "reason") or "I cannot do that here.")
        raise AnswerError("it plans no step" if kind == "plan" else "it is neither plan, question nor refusal")

    def _plan(self, steps: object) -> Plan:
        if not isinstance(steps, list):
            raise AnswerError("its steps are no list")
        read = tuple(self._step(step, number) for number, step in enumerate(steps, start=1))
        return Plan(id=self._plan_id, steps=read, planner=self._planner)

    def _step(self, step: object, number: int) -> Step:
        if not isinstance(step, dict) or not isinstance(step.get("intent"), str):
            raise AnswerError(f"step {number} names no intent")
        given = step.get("arguments") or {}
        if not isinstance(given, dict):
            raise AnswerError(f"the arguments of step {number} are no object")
        for_each = step.get("for_each")
        return Step(
            id=f"s{number}",
            intent=step["intent"],
            arguments=self._arguments(step["intent"], given),
            condition=_condition(step.get("condition")),
            for_each=for_each if isinstance(for_each, str) and for_each else None,
        )

    def _arguments(self, intent: str, given: Mapping[str, Any]) -> dict[str, Json | Reference]:
        """The arguments that were given: null and empty mean not given."""
        known = self._intents.get(intent)
        read: dict[str, Json | Reference] = {}
        for name, value in (_unfolded(name, value, known) for name, value in given.items()):
            if name in read and value is not None:
                raise AnswerError(f"{name} is given twice for {intent}")
            if value not in (None, "", []):
                read[name] = _argument(value, known.parameter(name) if known else None)
        return read


def _unfolded(name: str, value: Any, intent: Intent | None) -> tuple[str, Any]:
    """The member of a `oneof` that stands under its name; anything else as it is."""
    if intent is None or not isinstance(value, dict) or value.keys() != {WHICH, VALUE}:
        return name, value
    members = [parameter.name for parameter in intent.askable if parameter.choice == name]
    return (value[WHICH], value[VALUE]) if value[WHICH] in members else (name, value)


def _argument(value: Any, parameter: Parameter | None) -> Json | Reference:
    if isinstance(value, dict) and set(value) == {REFERENCE_KEY}:
        return Reference(expression=str(value[REFERENCE_KEY]))
    return value if parameter is None else _bent(value, parameter)


def _bent(value: Any, parameter: Parameter) -> Json:
    """What is plainly meant, in the declared type: a word for an enum, digits for a number, one for a list."""
    if parameter.is_repeated and not (parameter.is_map and isinstance(value, dict)):
        elements = value if isinstance(value, list) else [value]
        return [_bent_one(element, parameter) for element in elements]
    return _bent_one(value, parameter)


def _bent_one(value: Any, parameter: Parameter) -> Json:
    if not isinstance(value, str):
        return value  # type: ignore[no-any-return]  # came out of json.loads
    if parameter.kind == "enum":
        return enum_suffix(value, parameter)
    if parameter.kind == "message" and value.startswith("{") and not well_known(parameter.message):
        return _loaded(value)
    if parameter.kind == "integer" and re.fullmatch(r"-?\d{1,19}", value):
        return int(value)
    return value


def enum_suffix(text: str, parameter: Parameter) -> str:
    """The suffix that `text` means (`pending` and `ORDER_STATUS_PENDING` mean PENDING); `text` where it means none."""
    word = re.sub(r"\W+", "_", text.strip()).upper()
    return next((name for name in parameter.enum_names if word == name or word.endswith(f"_{name}")), text)


def _condition(given: object) -> Condition | None:
    """The condition; an empty expression with words stays, for the checks to refuse: it must not become "always"."""
    if not isinstance(given, dict) or not (_text(given, "words") or _text(given, "expression")):
        return None
    expression = _text(given, "expression")
    judge = () if expression else _names(given, "judge")
    return Condition(words=_text(given, "words") or expression, expression=expression, judged_over=judge)


def _clarify(answer: Mapping[str, Any], plan: Plan) -> Clarify:
    missing = _names(answer, "missing")
    question = (
        _text(answer, "question") or f"Please tell me: {', '.join(missing).replace('_', ' ') or 'what you need'}."
    )
    lacking = (step.id for step in plan.steps if any(name not in step.arguments for name in missing))
    return Clarify(question=question, missing=missing, step_id=next(lacking, ""), partial=plan if plan.steps else None)


def _text(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    return value.strip() if isinstance(value, str) else ""


def _names(answer: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = answer.get(name)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _json_object(text: str) -> dict[str, Any]:
    """The first JSON object of `text`: endpoints that promise nothing put fences, thoughts or a greeting around it."""
    text = re.sub(r"<think>.*?</think>", "", text, flags=re.DOTALL)
    try:
        value, _ = json.JSONDecoder().raw_decode(text, text.index("{"))
        json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair can be escaped, and nowhere be sent
    except (ValueError, RecursionError) as error:
        raise AnswerError("it is no JSON object") from error
    return dict(value)


def _loaded(text: str) -> Json:
    try:
        return json.loads(text)  # type: ignore[no-any-return]  # JSON by construction
    except (ValueError, RecursionError):
        return text
