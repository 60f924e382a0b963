"""Plans, questions and outcomes as JSON, for memory. Reads back exactly what was written."""

import base64
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from orchestrator_server.plan import (
    Clarify,
    Condition,
    Json,
    Outcome,
    OutcomeStatus,
    Plan,
    Reference,
    SeenValue,
    Step,
    StoredResponse,
)

EXPRESSION = "$expression"
"""Marks a reference among arguments; no JSON value of a contract is an object with this one key."""


def dump_plan(plan: Plan) -> str:
    """A plan as JSON text."""
    return json.dumps({"id": plan.id, "planner": plan.planner, "steps": [_step(step) for step in plan.steps]})


def load_plan(text: str) -> Plan:
    """The plan of `dump_plan`."""
    found = json.loads(text)
    return Plan(id=found["id"], planner=found["planner"], steps=tuple(_load_step(step) for step in found["steps"]))


def dump_question(question: Clarify) -> str:
    """An open question as JSON text."""
    return json.dumps(
        {
            "question": question.question,
            "missing": question.missing,
            "step_id": question.step_id,
            "partial": question.partial and dump_plan(question.partial),
        }
    )


def load_question(text: str) -> Clarify:
    """The question of `dump_question`."""
    found = json.loads(text)
    return Clarify(
        question=found["question"],
        missing=tuple(found["missing"]),
        step_id=found["step_id"],
        partial=load_plan(found["partial"]) if found["partial"] else None,
    )


def dump_outcome(outcome: Outcome) -> str:
    """An outcome as JSON text."""
    response = outcome.response
    return json.dumps(
        {
            "step_id": outcome.step_id,
            "index": outcome.index,
            "status": outcome.status.name,
            "server": outcome.server,
            "is_modern": outcome.is_modern,
            "reason": outcome.reason,
            "message": outcome.message,
            "arguments": dict(outcome.arguments),
            "seen": [[seen.path, seen.value] for seen in outcome.seen],
            "elapsed": outcome.elapsed.total_seconds(),
            "response": response
            and [base64.b64encode(response.content).decode(), response.type_name, response.catalogue_etag],
        }
    )


def load_outcome(text: str) -> Outcome:
    """The outcome of `dump_outcome`."""
    found = json.loads(text)
    response = found.pop("response")
    return Outcome(
        **{
            **found,
            "status": OutcomeStatus[found["status"]],
            "seen": tuple(SeenValue(path=path, value=value) for path, value in found["seen"]),
            "elapsed": timedelta(seconds=found["elapsed"]),
            "response": response
            and StoredResponse(
                content=base64.b64decode(response[0]), type_name=response[1], catalogue_etag=response[2]
            ),
        }
    )


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "intent": step.intent,
        "arguments": {name: _argument(value) for name, value in step.arguments.items()},
        "condition": step.condition and _condition(step.condition),
        "for_each": step.for_each,
        "is_supporting": step.is_supporting,
    }


def _condition(condition: Condition) -> list[Json]:
    return [condition.words, condition.expression, list(condition.judged_over)]


def _load_step(found: Mapping[str, Any]) -> Step:
    condition = found["condition"]
    return Step(
        id=found["id"],
        intent=found["intent"],
        arguments={name: _load_argument(value) for name, value in found["arguments"].items()},
        condition=condition and Condition(words=condition[0], expression=condition[1], judged_over=tuple(condition[2])),
        for_each=found["for_each"],
        is_supporting=found["is_supporting"],
    )


def _argument(value: Json | Reference) -> Json:
    return {EXPRESSION: value.expression} if isinstance(value, Reference) else value


def _load_argument(value: Any) -> Json | Reference:
    if isinstance(value, dict) and set(value) == {EXPRESSION}:
        return Reference(expression=value[EXPRESSION])
    found: Json = value
    return found
