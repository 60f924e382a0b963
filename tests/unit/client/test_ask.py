"""What a script is told."""

import pytest
from llm_orchestrator.orchestrator.v1 import chat_pb2, plan_pb2

from client.ask import Answer
from client.exit_codes import ExitCode, epilog


def answer(*events: chat_pb2.ChatResponse) -> Answer:
    return Answer(conversation_id="c-1", turn_id="t-1", turns=(events,))


def reply(kind: chat_pb2.ReplyKind.ValueType) -> chat_pb2.ChatResponse:
    return chat_pb2.ChatResponse(reply=chat_pb2.Reply(text="words", kind=kind))


def outcome(status: plan_pb2.OutcomeStatus.ValueType) -> chat_pb2.ChatResponse:
    ended = plan_pb2.Outcome(step_id="s1", status=status)
    return chat_pb2.ChatResponse(step_failed=chat_pb2.StepFailed(plan_id="p1", outcome=ended))


DONE = chat_pb2.ChatResponse(turn_done=chat_pb2.TurnDone())
STOPPED = chat_pb2.ChatResponse(turn_done=chat_pb2.TurnDone(cancelled=True))
FAILED = chat_pb2.ChatResponse(turn_failed=chat_pb2.TurnFailed(reason="X"))
ASKED = chat_pb2.ChatResponse(approval_requested=chat_pb2.ApprovalRequested(plan_id="p1"))


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ((reply(chat_pb2.REPLY_KIND_ANSWER), DONE), ExitCode.ANSWERED),
        ((reply(chat_pb2.REPLY_KIND_CLARIFICATION), DONE), ExitCode.CLARIFICATION_NEEDED),
        ((reply(chat_pb2.REPLY_KIND_REFUSAL), DONE), ExitCode.REFUSED),
        ((ASKED, reply(chat_pb2.REPLY_KIND_APPROVAL), DONE), ExitCode.APPROVAL_NEEDED),
        ((outcome(plan_pb2.OUTCOME_STATUS_FAILED), reply(chat_pb2.REPLY_KIND_ANSWER), DONE), ExitCode.STEP_FAILED),
        ((outcome(plan_pb2.OUTCOME_STATUS_UNKNOWN), reply(chat_pb2.REPLY_KIND_ANSWER), DONE), ExitCode.STEP_FAILED),
        ((outcome(plan_pb2.OUTCOME_STATUS_SKIPPED), reply(chat_pb2.REPLY_KIND_ANSWER), DONE), ExitCode.ANSWERED),
        ((FAILED,), ExitCode.TURN_FAILED),
        ((STOPPED,), ExitCode.CANCELLED),
    ],
)
def test_every_end_has_its_status(events: tuple[chat_pb2.ChatResponse, ...], code: ExitCode) -> None:
    assert answer(*events).exit_code is code


def test_of_a_call_that_was_repeated_the_last_outcome_counts() -> None:
    repeated = answer(outcome(plan_pb2.OUTCOME_STATUS_FAILED), outcome(plan_pb2.OUTCOME_STATUS_SUCCEEDED), DONE)
    assert [found.status for found in repeated.outcomes] == [plan_pb2.OUTCOME_STATUS_SUCCEEDED]


def test_what_a_model_judged_is_added_up_over_the_turns() -> None:
    judged = chat_pb2.ChatResponse(turn_done=chat_pb2.TurnDone(usage=chat_pb2.TurnUsage(judged_conditions=2)))
    told = Answer(conversation_id="c-1", turn_id="t-1", turns=((judged,), (judged,))).as_json()
    assert told["usage"] == dict.fromkeys(("model_calls", "prompt_tokens", "completion_tokens", "rpc_calls"), 0) | {
        "judged_conditions": 4
    }


def test_the_help_lists_every_status_once() -> None:
    lines = epilog().splitlines()[2:]
    assert [int(line.split()[0]) for line in lines] == sorted(code.value for code in ExitCode)
