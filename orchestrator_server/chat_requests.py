"""What comes up on a chat stream: checked, and turned into values."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

from llm_orchestrator.orchestrator.v1 import chat_pb2

from orchestrator_server.settings import Limits
from orchestrator_server.turn_values import TurnStart
from service_kit.caller import Caller
from service_kit.errors import FieldViolation, InvalidArgument

ID = re.compile(r"[!-~]{1,64}")
ID_RULE = "has 1 to 64 printable ASCII characters without spaces; a UUID is best"

Requests = AsyncIterator[chat_pb2.ChatRequest]


async def first(requests: Requests) -> chat_pb2.Open:
    """The opening of a stream. Raises InvalidArgument where it begins with something else."""
    async for request in requests:
        if not request.HasField("open"):
            break
        if request.open.conversation_id and not ID.fullmatch(request.open.conversation_id):
            raise InvalidArgument("CONVERSATION_ID_WRONG", f"The conversation id cannot be taken: it {ID_RULE}.")
        return request.open
    raise InvalidArgument("OPEN_FIRST", "The first message on the stream must be open.")


def turn_start(request: chat_pb2.ChatRequest, conversation_id: str, caller: Caller, limits: Limits) -> TurnStart:
    """What a user message or an approval starts. Raises InvalidArgument with everything that is wrong with it."""
    now = datetime.now(UTC)
    if request.HasField("user_message"):
        said = request.user_message
        text = said.text.strip()
        _refuse([*_turn_id_faults(said.turn_id), *_text_faults(text, limits)])
        return TurnStart(turn_id=said.turn_id, conversation_id=conversation_id, text=text, caller=caller, now=now)
    answer = request.approval
    _refuse([*_turn_id_faults(answer.turn_id), *_approval_faults(answer, limits)])
    return TurnStart(
        turn_id=answer.turn_id,
        conversation_id=conversation_id,
        text="Yes." if answer.approved else "No.",
        caller=caller,
        now=now,
        plan_id=answer.plan_id,
        approved=answer.approved,
        only=frozenset((effect.step_id, effect.index) for effect in answer.only),
    )


def _turn_id_faults(turn_id: str) -> Iterator[FieldViolation]:
    if not ID.fullmatch(turn_id):
        yield FieldViolation(field="turn_id", description=ID_RULE)


def _text_faults(text: str, limits: Limits) -> Iterator[FieldViolation]:
    if not 0 < len(text) <= limits.message_characters:
        yield FieldViolation(field="text", description=f"has 1 to {limits.message_characters} characters")


def _approval_faults(answer: chat_pb2.Approval, limits: Limits) -> Iterator[FieldViolation]:
    most = limits.plan_steps * limits.fan_out
    if not ID.fullmatch(answer.plan_id):
        yield FieldViolation(field="plan_id", description="names the plan that waits, as approval_requested did")
    if answer.only and not answer.approved:
        yield FieldViolation(field="only", description="goes with a yes alone; a no is for all effects")
    if len(answer.only) > most:
        yield FieldViolation(field="only", description=f"names at most {most} effects")
    elif not all(ID.fullmatch(effect.step_id) and effect.index >= 0 for effect in answer.only):
        yield FieldViolation(field="only", description="names effects by step_id and index, as approval_requested did")


def _refuse(violations: list[FieldViolation]) -> None:
    if violations:
        said = "; ".join(f"{violation.field} {violation.description}" for violation in violations)
        raise InvalidArgument("MESSAGE_WRONG", f"The message cannot be taken: {said}.", violations)
