"""From the wire to values: the only file that knows both the messages and the events."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from google.protobuf import json_format
from llm_orchestrator.capabilities.v1 import annotations_pb2
from llm_orchestrator.orchestrator.v1 import chat_pb2, plan_pb2

from client.events import (
    ApprovalAsked,
    CallChanged,
    Delta,
    Done,
    Effect,
    Event,
    Failed,
    Generation,
    LinkLost,
    Planned,
    PlannedStep,
    Replied,
    ReplyKind,
    Reset,
    Said,
    StepState,
    Waiting,
)
from client.text import clean, local_time, one_line

_GENERATIONS: dict[int, Generation] = {
    annotations_pb2.GENERATION_LEGACY: Generation.LEGACY,
    annotations_pb2.GENERATION_MODERN: Generation.MODERN,
}
_STATES: dict[int, StepState] = {
    plan_pb2.OUTCOME_STATUS_SUCCEEDED: StepState.DONE,
    plan_pb2.OUTCOME_STATUS_SKIPPED: StepState.SKIPPED,
    plan_pb2.OUTCOME_STATUS_FAILED: StepState.FAILED,
    plan_pb2.OUTCOME_STATUS_CANCELLED: StepState.CANCELLED,
}
_KINDS: dict[int, ReplyKind] = {
    chat_pb2.REPLY_KIND_CLARIFICATION: ReplyKind.CLARIFICATION,
    chat_pb2.REPLY_KIND_REFUSAL: ReplyKind.REFUSAL,
    chat_pb2.REPLY_KIND_APPROVAL: ReplyKind.APPROVAL,
}
_WHOLE_STEP = {"NOTHING_MATCHED", "DEPENDS_ON_SKIPPED", "DEPENDS_ON_FAILED", "FOR_EACH_FAILED", "TOO_MANY_ELEMENTS"}
_LEFT_OUT = {
    "NOTHING_MATCHED": "Left out: nothing matched.",
    "DEPENDS_ON_SKIPPED": "Left out: it needs a step that was not done.",
    "CONDITION_FALSE": "",
}


def read_event(response: chat_pb2.ChatResponse | LinkLost) -> Event | None:
    """Reads one event; nothing for those that only the session needs, and for those of a newer server."""
    if isinstance(response, LinkLost):
        return response
    name = response.WhichOneof("event")
    reader = _READERS.get(name or "")
    return reader(getattr(response, name)) if name and reader else None


def read_generation(value: int) -> Generation:
    """Reads which side a server is on."""
    return _GENERATIONS.get(value, Generation.UNKNOWN)


def _planned(made: chat_pb2.PlanMade) -> Planned:
    steps = (
        PlannedStep(
            id=step.id,
            intent=one_line(step.intent),
            arguments=_arguments(step.arguments),
            condition=one_line(step.condition.words or step.condition.expression),
            is_judged=bool(step.condition.judged_over),
            for_each=one_line(step.for_each),
            has_effect=step.has_effect,
        )
        for step in made.plan.steps
    )
    return Planned(plan_id=made.plan.id, steps=tuple(steps))


def _started(started: chat_pb2.StepStarted) -> CallChanged:
    return CallChanged(
        plan_id=started.plan_id,
        step_id=started.step_id,
        index=started.index,
        state=StepState.RUNNING,
        server=one_line(started.server),
        generation=read_generation(started.generation),
        total=started.total,
    )


def _ended(ended: chat_pb2.StepFinished | chat_pb2.StepFailed) -> CallChanged:
    return _outcome(ended.plan_id, ended.outcome)


def _skipped(skipped: chat_pb2.StepSkipped) -> CallChanged:
    """What left a whole step out was not its condition, whatever the event says."""
    call = _outcome(skipped.plan_id, skipped.outcome)
    return call if call.is_whole_step else replace(call, condition=one_line(skipped.condition))


def _outcome(plan_id: str, outcome: plan_pb2.Outcome) -> CallChanged:
    return CallChanged(
        plan_id=plan_id,
        step_id=outcome.step_id,
        index=outcome.index,
        state=_STATES.get(outcome.status, StepState.UNKNOWN),
        server=one_line(outcome.server),
        generation=read_generation(outcome.generation),
        is_whole_step=outcome.reason in _WHOLE_STEP,
        description=one_line(outcome.description),
        message=one_line(outcome.message or _LEFT_OUT.get(outcome.reason, outcome.reason)),
        seen=_seen(outcome.seen),
    )


def _asked(asked: chat_pb2.ApprovalRequested) -> ApprovalAsked:
    effects = (
        Effect(
            step_id=effect.step_id,
            index=effect.index,
            intent=one_line(effect.intent),
            description=one_line(effect.description),
            arguments=_arguments(effect.arguments),
            server=one_line(effect.server),
            generation=read_generation(effect.generation),
            condition=one_line(effect.condition),
            seen=_seen(effect.seen),
        )
        for effect in asked.effects
    )
    return ApprovalAsked(
        plan_id=asked.plan_id,
        effects=tuple(effects),
        question=one_line(asked.question),
        expires_at=local_time(asked.expires_at),
        is_changed=asked.changed,
    )


def _seen(values: Iterable[plan_pb2.SeenValue]) -> tuple[tuple[str, str], ...]:
    return tuple((one_line(seen.path), one_line(seen.value)) for seen in values)


def _arguments(arguments: Iterable[plan_pb2.Argument]) -> tuple[tuple[str, str], ...]:
    return tuple((one_line(argument.name), _value(argument)) for argument in arguments)


def _value(argument: plan_pb2.Argument) -> str:
    if argument.WhichOneof("value") == "expression":
        return f"= {one_line(argument.expression)}"
    return _in_words(json_format.MessageToDict(argument.literal))


def _in_words(value: object) -> str:
    match value:
        case str():
            return one_line(value)
        case list():
            return ", ".join(_in_words(item) for item in value)
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return one_line(json.dumps(value, ensure_ascii=False))


_READERS: dict[str, Callable[[Any], Event]] = {
    "queued": lambda queued: Waiting(queued.ahead),
    "user_message": lambda message: Said(clean(message.text)),
    "plan_made": _planned,
    "step_started": _started,
    "step_finished": _ended,
    "step_failed": _ended,
    "step_skipped": _skipped,
    "approval_requested": _asked,
    "reply_delta": lambda delta: Delta(clean(delta.text)),
    "reply_reset": lambda _: Reset(),
    "reply": lambda reply: Replied(clean(reply.text), _KINDS.get(reply.kind, ReplyKind.ANSWER)),
    "turn_done": lambda done: Done(done.cancelled),
    "turn_failed": lambda failed: Failed(failed.reason, one_line(failed.message)),
}
