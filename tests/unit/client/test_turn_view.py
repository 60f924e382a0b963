"""The fold from events to what a turn looks like."""

from dataclasses import replace
from functools import reduce

from client.events import (
    ApprovalAsked,
    CallChanged,
    Delta,
    Done,
    Effect,
    Event,
    LinkLost,
    Planned,
    PlannedStep,
    Replied,
    ReplyKind,
    Reset,
    StepState,
    Waiting,
)
from client.turn_view import TurnView, begin, begin_with_words, fold

PLAN = Planned(
    plan_id="p1", steps=(PlannedStep(id="s1", intent="order.get"), PlannedStep(id="s2", intent="order.cancel"))
)


def folded(*events: Event, start: TurnView | None = None) -> TurnView:
    return reduce(fold, events, start or begin())


def call(step_id: str, state: StepState, index: int = 0, server: str = "") -> CallChanged:
    return CallChanged(plan_id="p1", step_id=step_id, index=index, state=state, server=server)


def test_a_step_goes_from_waiting_over_running_to_done() -> None:
    seen = [folded(PLAN).steps[0].state]
    seen.append(folded(PLAN, call("s1", StepState.RUNNING)).steps[0].state)
    seen.append(folded(PLAN, call("s1", StepState.RUNNING), call("s1", StepState.DONE)).steps[0].state)
    assert seen == [StepState.WAITING, StepState.RUNNING, StepState.DONE]


def test_an_outcome_that_names_no_server_keeps_the_one_that_was_asked() -> None:
    view = folded(PLAN, call("s1", StepState.RUNNING, server="order_server"), call("s1", StepState.FAILED))
    assert view.steps[0].calls[0].server == "order_server"


def test_a_repeated_step_counts_its_calls_and_tells_the_worst() -> None:
    events = [call("s1", StepState.RUNNING, index) for index in range(5)]
    view = folded(PLAN, *events, call("s1", StepState.DONE, 0), call("s1", StepState.FAILED, 3))
    assert (view.steps[0].over, view.steps[0].total, view.steps[0].state) == (2, 5, StepState.RUNNING)
    view = folded(*(call("s1", StepState.DONE, index) for index in (1, 2, 4)), start=view)
    assert (view.steps[0].over, view.steps[0].state) == (5, StepState.FAILED)


def test_an_approval_tells_how_many_calls_to_expect_and_the_next_turn_keeps_the_plan() -> None:
    effects = tuple(Effect(step_id="s2", intent="", description="", arguments=(), server="") for _ in range(3))
    asked = ApprovalAsked(plan_id="p1", effects=effects, question="?", expires_at=None)
    after = begin(folded(PLAN, call("s1", StepState.DONE), asked, Done()))
    assert [(step.planned.intent, step.state, step.total) for step in after.steps] == [
        ("order.get", StepState.DONE, 1),
        ("order.cancel", StepState.WAITING, 3),
    ]


def test_the_server_tells_how_many_calls_there_will_be_from_the_first() -> None:
    view = folded(PLAN, replace(call("s1", StepState.RUNNING, 3), total=5))
    assert (view.steps[0].over, view.steps[0].total) == (0, 5)
    view = folded(call("s1", StepState.DONE, 3), start=view)
    assert (view.steps[0].over, view.steps[0].total) == (1, 5)


def test_a_turn_that_resumes_counts_on_from_what_was_over_before_it() -> None:
    effects = tuple(
        Effect(step_id="s2", index=index, intent="", description="", arguments=(), server="") for index in (1, 2, 4)
    )
    asked = ApprovalAsked(plan_id="p1", effects=effects, question="?", expires_at=None)
    left_out = (call("s2", StepState.SKIPPED, 0), call("s2", StepState.SKIPPED, 3))
    asking = folded(PLAN, *left_out, asked, Done())
    assert (asking.steps[1].state, asking.steps[1].over, asking.steps[1].total) == (StepState.WAITING, 2, 5)
    view = begin(asking)
    assert (view.steps[1].state, view.steps[1].over, view.steps[1].total) == (StepState.WAITING, 2, 5)
    for index in (1, 2, 4):
        started = replace(call("s2", StepState.RUNNING, index), total=5)
        view = folded(started, call("s2", StepState.DONE, index), start=view)
    assert (view.steps[1].state, view.steps[1].over, view.steps[1].total) == (StepState.DONE, 5, 5)
    assert [known.index for known in view.steps[1].known] == [0, 1, 2, 3, 4]


def test_what_settles_a_whole_step_is_not_one_of_its_elements() -> None:
    view = folded(PLAN, replace(call("s2", StepState.SKIPPED), is_whole_step=True))
    assert (view.steps[1].state, view.steps[1].over, view.steps[1].total) == (StepState.SKIPPED, 0, 0)


def test_a_step_that_was_announced_and_then_left_out_as_a_whole_does_not_wait_for_ever() -> None:
    effect = Effect(step_id="s2", intent="", description="", arguments=(), server="")
    asked = ApprovalAsked(plan_id="p1", effects=(effect,), question="?", expires_at=None)
    left_out = replace(call("s2", StepState.SKIPPED), is_whole_step=True)
    view = folded(left_out, Done(), start=begin(folded(PLAN, asked, Done())))
    assert view.steps[1].state is StepState.SKIPPED


def test_a_turn_that_resumes_nothing_begins_empty() -> None:
    assert begin(folded(PLAN, Done())) == TurnView()


def test_pieces_add_up_a_reset_voids_them_and_the_whole_replaces_them() -> None:
    assert folded(Delta("You "), Delta("have")).reply == "You have"
    assert folded(Delta("You "), Reset(), Delta("Yo")).reply == "Yo"
    assert folded(Delta("You "), Replied("All of it.", ReplyKind.ANSWER)).reply == "All of it."


def test_what_is_passing_passes_with_the_next_event() -> None:
    assert folded(Waiting(2)).ahead == 2
    assert folded(Waiting(2), PLAN).ahead == 0
    assert folded(PLAN, LinkLost()).is_link_lost
    assert not folded(PLAN, LinkLost(), Delta("x")).is_link_lost


def test_a_call_of_an_unknown_plan_is_shown_by_its_id() -> None:
    assert folded(call("s9", StepState.DONE)).steps[0].planned.intent == "s9"


def asked(*step_ids: str) -> ApprovalAsked:
    effects = tuple(
        Effect(step_id=step_id, intent="order.cancel", description="", arguments=(), server="order")
        for step_id in step_ids
    )
    return ApprovalAsked(plan_id="p1", effects=effects, question="", expires_at=None)


def test_words_that_resume_the_plan_that_waits_show_its_steps() -> None:
    waiting = folded(PLAN, call("s1", StepState.DONE), asked("s2"))
    resumed = folded(call("s2", StepState.RUNNING), start=begin_with_words(waiting))
    assert [step.planned.intent for step in resumed.steps] == ["order.get", "order.cancel"]
    assert [step.state for step in resumed.steps] == [StepState.DONE, StepState.RUNNING]


def test_words_about_something_else_show_nothing_of_the_plan_that_waits() -> None:
    waiting = folded(PLAN, asked("s2"))
    assert begin_with_words(waiting).steps == ()
    other = Planned(plan_id="p2", steps=(PlannedStep(id="s1", intent="loyalty.get_points"),))
    view = folded(other, CallChanged(plan_id="p2", step_id="s1", state=StepState.DONE), start=begin_with_words(waiting))
    assert [step.planned.intent for step in view.steps] == ["loyalty.get_points"]
    assert begin_with_words(folded(PLAN)) == TurnView()
