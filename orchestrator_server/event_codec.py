"""Events as messages of the chat: the one translation between the turn's values and the wire."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, assert_never

from google.protobuf import json_format, struct_pb2
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from llm_orchestrator.capabilities.v1 import annotations_pb2
from llm_orchestrator.orchestrator.v1 import chat_pb2, plan_pb2

from orchestrator_server.events import (
    ApprovalRequested,
    Event,
    PendingEffect,
    PlanMade,
    Reply,
    ReplyDelta,
    ReplyReset,
    StepEnded,
    StepStarted,
    TurnDone,
    TurnFailed,
    UserSaid,
)
from orchestrator_server.plan import Json, OutcomeStatus, Reference, SeenValue, Step, Usage


def encode(event: Event, turn_id: str) -> chat_pb2.ChatResponse:
    """The message for `event`, not numbered yet."""
    response = chat_pb2.ChatResponse(turn_id=turn_id)
    match event:
        case UserSaid():
            response.user_message.turn_id = turn_id
            response.user_message.text = event.text
        case PlanMade():
            response.plan_made.plan.CopyFrom(_plan(event))
        case StepStarted():
            response.step_started.CopyFrom(_started(event))
        case StepEnded():
            _ended(event, response)
        case ApprovalRequested():
            response.approval_requested.CopyFrom(_approval(event))
        case ReplyDelta():
            response.reply_delta.text = event.text
        case ReplyReset():
            response.reply_reset.SetInParent()
        case Reply():
            response.reply.text = event.text
            response.reply.kind = _reply_kind(event)
        case TurnDone():
            response.turn_done.usage.CopyFrom(usage_message(event.usage))
            response.turn_done.cancelled = event.is_cancelled
        case TurnFailed():
            response.turn_failed.reason = event.reason
            response.turn_failed.message = event.message
        case _:
            assert_never(event)
    return response


def timestamp(value: datetime) -> Timestamp:
    """An aware time on the wire."""
    stamp = Timestamp()
    stamp.FromDatetime(value)
    return stamp


def usage_message(usage: Usage) -> chat_pb2.TurnUsage:
    """What a turn took."""
    return chat_pb2.TurnUsage(
        model_calls=usage.model_calls,
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        rpc_calls=usage.rpc_calls,
        judged_conditions=usage.judged_conditions,
    )


def generation(is_modern: bool | None) -> annotations_pb2.Generation.ValueType:
    """The side of the strangler fig; unspecified where no server was asked."""
    if is_modern is None:
        return annotations_pb2.GENERATION_UNSPECIFIED
    return annotations_pb2.GENERATION_MODERN if is_modern else annotations_pb2.GENERATION_LEGACY


def _reply_kind(event: Reply) -> chat_pb2.ReplyKind.ValueType:
    return chat_pb2.ReplyKind.Value(f"REPLY_KIND_{event.kind.name}")


def _plan(event: PlanMade) -> plan_pb2.Plan:
    steps = [_step(step, step.id in event.effects) for step in event.plan.steps]
    return plan_pb2.Plan(id=event.plan.id, steps=steps, planner=event.plan.planner)


def _step(step: Step, has_effect: bool) -> plan_pb2.Step:
    message = plan_pb2.Step(
        id=step.id,
        intent=step.intent,
        for_each=step.for_each or "",
        has_effect=has_effect,
        arguments=_arguments(step.arguments),
    )
    if step.condition is not None:
        message.condition.words = step.condition.words
        message.condition.expression = step.condition.expression
        message.condition.judged_over.extend(step.condition.judged_over)
    return message


def _arguments(arguments: Mapping[str, Json | Reference]) -> list[plan_pb2.Argument]:
    return [
        plan_pb2.Argument(name=name, expression=value.expression)
        if isinstance(value, Reference)
        else plan_pb2.Argument(name=name, literal=_json_value(value))
        for name, value in arguments.items()
    ]


def _json_value(value: Any) -> struct_pb2.Value:
    return json_format.ParseDict(value, struct_pb2.Value())


def _started(event: StepStarted) -> chat_pb2.StepStarted:
    return chat_pb2.StepStarted(
        plan_id=event.plan_id,
        step_id=event.step_id,
        index=event.index,
        server=event.server,
        generation=generation(event.is_modern),
        total=event.total,
    )


def _ended(event: StepEnded, response: chat_pb2.ChatResponse) -> None:
    outcome = _outcome(event)
    match event.outcome.status:
        case OutcomeStatus.SUCCEEDED:
            response.step_finished.CopyFrom(chat_pb2.StepFinished(plan_id=event.plan_id, outcome=outcome))
        case OutcomeStatus.SKIPPED | OutcomeStatus.CANCELLED:
            skipped = chat_pb2.StepSkipped(
                plan_id=event.plan_id, outcome=outcome, condition=event.condition, expression=event.expression
            )
            response.step_skipped.CopyFrom(skipped)
        case OutcomeStatus.FAILED | OutcomeStatus.UNKNOWN:
            response.step_failed.CopyFrom(chat_pb2.StepFailed(plan_id=event.plan_id, outcome=outcome))


def _outcome(event: StepEnded) -> plan_pb2.Outcome:
    outcome = event.outcome
    elapsed = Duration()
    elapsed.FromTimedelta(outcome.elapsed)
    response = struct_pb2.Struct()
    response.update(dict(event.response))
    return plan_pb2.Outcome(
        step_id=outcome.step_id,
        index=outcome.index,
        status=plan_pb2.OutcomeStatus.Value(f"OUTCOME_STATUS_{outcome.status.name}"),
        server=outcome.server,
        generation=generation(outcome.is_modern),
        reason=outcome.reason,
        message=outcome.message,
        response=response,
        seen=_seen(outcome.seen),
        elapsed=elapsed,
        description=event.description,
    )


def _approval(event: ApprovalRequested) -> chat_pb2.ApprovalRequested:
    return chat_pb2.ApprovalRequested(
        plan_id=event.plan_id,
        effects=[_effect(effect) for effect in event.effects],
        question=event.question,
        expires_at=timestamp(event.expires_at),
        changed=event.is_changed,
    )


def _effect(effect: PendingEffect) -> chat_pb2.PendingEffect:
    return chat_pb2.PendingEffect(
        step_id=effect.step_id,
        index=effect.index,
        intent=effect.intent,
        description=effect.description,
        arguments=_arguments(effect.arguments),
        server=effect.server,
        generation=generation(effect.is_modern),
        condition=effect.condition,
        seen=_seen(effect.seen),
    )


def _seen(values: Sequence[SeenValue]) -> list[plan_pb2.SeenValue]:
    return [plan_pb2.SeenValue(path=seen.path, value=seen.value) for seen in values]
