"""One question, one answer: what scripts use."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from google.protobuf import json_format
from google.protobuf.message import Message
from llm_orchestrator.orchestrator.v1 import chat_pb2, plan_pb2

from client.events import LinkLost
from client.exit_codes import ExitCode
from client.session import Session

_MOST_APPROVALS = 10
_MOST_CHANGES = 3
_UNHAPPY = {plan_pb2.OUTCOME_STATUS_FAILED, plan_pb2.OUTCOME_STATUS_UNKNOWN}
_KIND_CODES: dict[int, ExitCode] = {
    chat_pb2.REPLY_KIND_CLARIFICATION: ExitCode.CLARIFICATION_NEEDED,
    chat_pb2.REPLY_KIND_REFUSAL: ExitCode.REFUSED,
    chat_pb2.REPLY_KIND_APPROVAL: ExitCode.APPROVAL_NEEDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that came of a question, over the turns it took (more than one where a yes was given)."""

    conversation_id: str
    turn_id: str
    turns: tuple[tuple[chat_pb2.ChatResponse, ...], ...]

    @property
    def reply(self) -> chat_pb2.Reply:
        """The last reply; an empty one where none came."""
        return next((event.reply for event in reversed(self.turns[-1]) if event.HasField("reply")), chat_pb2.Reply())

    @property
    def approval(self) -> chat_pb2.ApprovalRequested | None:
        """What waits for a yes at the end."""
        asked = [event.approval_requested for event in self.turns[-1] if event.HasField("approval_requested")]
        return asked[-1] if asked else None

    @property
    def failure(self) -> chat_pb2.TurnFailed | None:
        """Why the last turn could not be answered."""
        end = self.turns[-1][-1]
        return end.turn_failed if end.HasField("turn_failed") else None

    @property
    def outcomes(self) -> list[plan_pb2.Outcome]:
        """What became of each call; of one that was repeated, the last."""
        found = {}
        for event in self._events():
            for name in ("step_finished", "step_failed", "step_skipped"):
                if event.HasField(name):
                    step = getattr(event, name)
                    found[step.plan_id, step.outcome.step_id, step.outcome.index] = step.outcome
        return list(found.values())

    @property
    def exit_code(self) -> ExitCode:
        """The exit status that tells a script how it went."""
        if self.failure:
            return ExitCode.TURN_FAILED
        if self.turns[-1][-1].turn_done.cancelled:
            return ExitCode.CANCELLED
        if self.approval:
            return ExitCode.APPROVAL_NEEDED
        if any(outcome.status in _UNHAPPY for outcome in self.outcomes):
            return ExitCode.STEP_FAILED
        return _KIND_CODES.get(self.reply.kind, ExitCode.ANSWERED)

    def as_json(self) -> dict[str, object]:
        """One object with everything; names as in the protos."""
        plans = [event.plan_made.plan for event in self._events() if event.HasField("plan_made")]
        usages = [event.turn_done.usage for event in self._events() if event.HasField("turn_done")]
        names = ("model_calls", "prompt_tokens", "completion_tokens", "rpc_calls", "judged_conditions")
        return {
            "conversation_id": self.conversation_id,
            "turn_id": self.turn_id,
            "reply": self.reply.text,
            "kind": chat_pb2.ReplyKind.Name(self.reply.kind),
            "plan": as_dict(plans[-1]) if plans else None,
            "outcomes": [as_dict(outcome) for outcome in self.outcomes],
            "usage": {name: sum(getattr(usage, name) for usage in usages) for name in names},
            "approval": as_dict(self.approval) if self.approval else None,
            "failure": as_dict(self.failure) if self.failure else None,
        }

    def _events(self) -> Iterable[chat_pb2.ChatResponse]:
        return (event for turn in self.turns for event in turn)


async def ask(session: Session, text: str, *, says_yes: bool) -> Answer:
    """Asks and waits for the answer; with `says_yes` approves what is asked about, as it is. Raises ClientError.

    What comes out different after a yes is approved again, three times at most: it might never come to rest.
    """
    await session.open()
    async for _ in session.replay():
        pass
    turns = [await _heard(session.say(text))]
    changes = 0
    while says_yes and (asked := _waiting(turns[-1])) and len(turns) <= _MOST_APPROVALS:
        changes += asked.changed
        if changes > _MOST_CHANGES:
            break
        turns.append(await _heard(session.decide(asked.plan_id, approved=True)))
    return Answer(conversation_id=session.opened.conversation_id, turn_id=session.turn_id, turns=tuple(turns))


def as_dict(message: Message) -> dict[str, object]:
    """A message as JSON has it, with the names of the protos and nothing left out."""
    return json_format.MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )


async def _heard(events: AsyncIterator[chat_pb2.ChatResponse | LinkLost]) -> tuple[chat_pb2.ChatResponse, ...]:
    return tuple([event async for event in events if isinstance(event, chat_pb2.ChatResponse)])


def _waiting(turn: tuple[chat_pb2.ChatResponse, ...]) -> chat_pb2.ApprovalRequested | None:
    return next((event.approval_requested for event in turn if event.HasField("approval_requested")), None)
