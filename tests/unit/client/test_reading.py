"""From the wire to values."""

from datetime import timedelta

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from llm_orchestrator.capabilities.v1 import annotations_pb2
from llm_orchestrator.orchestrator.v1 import chat_pb2, plan_pb2

from client.events import CallChanged, Generation, Planned, Said, StepState
from client.reading import read_event
from client.text import clean, how_long_ago, local_time


def test_what_steers_a_terminal_is_dropped() -> None:
    said = chat_pb2.UserMessage(text="a\x1b[2Jb\x07c\x9bd\u202ee\rf\n\tg")
    assert read_event(chat_pb2.ChatResponse(user_message=said)) == Said("a[2Jbcdef\n\tg")


def test_arguments_are_shown_as_people_write_them() -> None:
    step = plan_pb2.Step(id="s1", intent="order.create")
    step.arguments.add(name="quantity").literal.number_value = 2
    step.arguments.add(name="items").literal.list_value.extend(["a mug", "a lamp"])
    step.arguments.add(name="gift").literal.bool_value = True
    step.arguments.add(name="order_id", expression="s1.order.id")
    event = read_event(chat_pb2.ChatResponse(plan_made=chat_pb2.PlanMade(plan=plan_pb2.Plan(steps=[step]))))
    assert isinstance(event, Planned)
    assert [value for _, value in event.steps[0].arguments] == ["2", "a mug, a lamp", "true", "= s1.order.id"]


@pytest.mark.parametrize("kind", ["step_finished", "step_failed", "step_skipped"])
def test_the_outcome_decides_the_state_whatever_event_carries_it(kind: str) -> None:
    outcome = plan_pb2.Outcome(step_id="s1", index=2, status=plan_pb2.OUTCOME_STATUS_CANCELLED, reason="STOPPED")
    response = chat_pb2.ChatResponse()
    getattr(response, kind).outcome.CopyFrom(outcome)
    event = read_event(response)
    assert isinstance(event, CallChanged)
    assert (event.state, event.index, event.message) == (StepState.CANCELLED, 2, "STOPPED")


def test_a_status_that_is_not_known_is_never_taken_for_success() -> None:
    finished = chat_pb2.StepFinished(outcome=plan_pb2.Outcome(step_id="s1"))
    event = read_event(chat_pb2.ChatResponse(step_finished=finished))
    assert isinstance(event, CallChanged)
    assert event.state is StepState.UNKNOWN


def test_the_two_sides_are_told_apart() -> None:
    started = chat_pb2.StepStarted(step_id="s1", server="x", generation=annotations_pb2.GENERATION_LEGACY)
    event = read_event(chat_pb2.ChatResponse(step_started=started))
    assert isinstance(event, CallChanged)
    assert event.generation is Generation.LEGACY


def test_a_plan_tells_lists_and_conditions_for_the_model() -> None:
    step = plan_pb2.Step(id="s1", intent="order.return", for_each="s0.orders")
    step.condition.words = "she sounds unhappy"
    step.condition.judged_over.append("s0")
    event = read_event(chat_pb2.ChatResponse(plan_made=chat_pb2.PlanMade(plan=plan_pb2.Plan(steps=[step]))))
    assert isinstance(event, Planned)
    (planned,) = event.steps
    assert (planned.is_judged, planned.is_repeated, planned.for_each) == (True, True, "s0.orders")


def test_a_call_tells_how_many_there_are_and_its_outcome_what_it_does() -> None:
    started = read_event(chat_pb2.ChatResponse(step_started=chat_pb2.StepStarted(step_id="s1", index=2, total=5)))
    outcome = plan_pb2.Outcome(step_id="s1", description="cancel order A-1\x1b[2J")
    ended = read_event(chat_pb2.ChatResponse(step_finished=chat_pb2.StepFinished(outcome=outcome)))
    assert isinstance(started, CallChanged)
    assert isinstance(ended, CallChanged)
    assert (started.total, ended.description) == (5, "cancel order A-1[2J")


@pytest.mark.parametrize(
    ("reason", "message", "condition", "is_whole"),
    [
        ("CONDITION_FALSE", "", "it is late", False),
        ("NOTHING_MATCHED", "Left out: nothing matched.", "", True),
        ("DEPENDS_ON_SKIPPED", "Left out: it needs a step that was not done.", "", True),
        ("SOMETHING_NEW", "SOMETHING_NEW", "it is late", False),
    ],
)
def test_a_step_that_is_left_out_says_why_in_words(reason: str, message: str, condition: str, is_whole: bool) -> None:
    outcome = plan_pb2.Outcome(step_id="s1", status=plan_pb2.OUTCOME_STATUS_SKIPPED, reason=reason)
    skipped = chat_pb2.StepSkipped(outcome=outcome, condition="it is late")
    event = read_event(chat_pb2.ChatResponse(step_skipped=skipped))
    assert isinstance(event, CallChanged)
    assert (event.message, event.condition, event.is_whole_step) == (message, condition, is_whole)


def test_an_event_of_a_newer_server_is_passed_over() -> None:
    assert read_event(chat_pb2.ChatResponse(number=7)) is None


def test_times_are_said_as_people_say_them() -> None:
    now = local_time(Timestamp(seconds=1_780_000_000))
    assert now
    assert how_long_ago(now, now) == "just now"
    assert how_long_ago(now - timedelta(minutes=5), now) == "5 min ago"
    assert how_long_ago(now - timedelta(days=400), now).endswith("2025")
    assert how_long_ago(None, now) == ""
    assert local_time(Timestamp()) is None
    assert clean("ok") == "ok"
