"""How turns look, at 100 and at 60 columns."""

import io

import pytest
from rich.console import Console

from client.events import (
    CallChanged,
    Done,
    Event,
    Failed,
    Generation,
    LinkLost,
    Planned,
    PlannedStep,
    Replied,
    ReplyKind,
    StepState,
    Waiting,
)
from client.glyphs import FANCY, PLAIN, Glyphs, glyphs_for
from client.render import render_turn
from client.tidy import Tidy
from client.turn_view import begin, fold, stopping

LONG = "12 Rue de la Paix, 75002 Paris, France, Europe, Earth, the Milky Way"
PLAN = Planned(
    plan_id="p1",
    steps=(
        PlannedStep(id="s1", intent="order.get", arguments=(("order_id", "A-1042"),)),
        PlannedStep(id="s2", intent="order.cancel", condition="it hasn't shipped", has_effect=True),
        PlannedStep(id="s3", intent="shipping.track", arguments=(("order_id", "= each.id"),), for_each="s1.orders"),
        PlannedStep(id="s4", intent="shipping.change_address", arguments=(("address", LONG),)),
    ),
)


def call(step_id: str, state: StepState, **fields: object) -> CallChanged:
    return CallChanged(plan_id="p1", step_id=step_id, state=state, **fields)  # type: ignore[arg-type]


def drawn(
    *events: Event,
    width: int = 100,
    glyphs: Glyphs = FANCY,
    elapsed: float = 0,
    stops: bool = False,
    hints: bool = False,
) -> str:
    view = begin()
    for event in events:
        view = fold(view, event)
    out = Console(file=io.StringIO(), width=width, highlight=False)
    shown = stopping(view) if stops else view
    out.print(Tidy(render_turn(shown, width=width, glyphs=glyphs, elapsed=elapsed, has_details=hints)))
    return str(out.file.getvalue())  # type: ignore[attr-defined]


def test_a_plan_that_has_just_been_made_shows_what_will_happen() -> None:
    assert drawn(PLAN) == (
        "  · order.get                A-1042\n"
        "  · order.cancel             \u201cit hasn't shipped\u201d\n"
        "  · shipping.track (each)\n"
        "  · shipping.change_address  12 Rue de la Paix, 75002 Paris, France,…\n"
        "\n"
        "  ⠋ working · Ctrl-C stops\n"
    )


def test_a_turn_that_is_over_says_who_answered_and_why_steps_were_left_out() -> None:
    events: tuple[Event, ...] = (
        PLAN,
        call("s1", StepState.DONE, server="legacy_server", generation=Generation.LEGACY),
        call("s2", StepState.SKIPPED, condition="it hasn't shipped", seen=(("s1.order.status", "SHIPPED"),)),
        *(call("s3", StepState.RUNNING, index=index, server="shipping_server") for index in range(2)),
        call("s3", StepState.DONE, index=0, server="shipping_server", generation=Generation.MODERN),
        call("s3", StepState.FAILED, index=1, message="No such parcel."),
        Replied("It has shipped.", ReplyKind.ANSWER),
        Done(),
    )
    assert drawn(*events) == (
        "  ✓ order.get           A-1042  legacy_server · legacy\n"
        "  \u2013 order.cancel\n"
        "    Left out: \u201cit hasn't shipped\u201d\n"
        "    status: SHIPPED\n"
        "  ✗ shipping.track 2/2          shipping_server\n"
        "    1 of 2 failed: No such parcel.\n"
        "\n"
        "  It has shipped.\n"
    )


def test_a_fan_out_counts_from_its_first_call_and_hints_once_where_details_can_be_seen() -> None:
    running = (PLAN, call("s3", StepState.RUNNING, index=1, total=5), call("s3", StepState.DONE, index=1))
    assert "shipping.track 1/5" in drawn(*running)
    assert "/details" not in drawn(*running, hints=True)
    assert "/details" not in drawn(*running, Done())
    assert drawn(*running, Done(), hints=True).endswith("1/5\n    /details shows each of the 5\n")
    assert "/details" not in drawn(PLAN, call("s1", StepState.DONE), Done(), hints=True)


def test_a_condition_for_the_model_is_shown_whole_and_says_so() -> None:
    words = "the customer sounds unhappy about the delay of her order"
    plan = Planned(plan_id="p1", steps=(PlannedStep(id="s1", intent="order.return", condition=words, is_judged=True),))
    said = f"\u201c{words}\u201d (judged by the model)\n"
    assert drawn(plan).startswith(f"  · order.return\n    {said}")
    skipped = call("s1", StepState.SKIPPED, condition=words)
    assert drawn(plan, skipped).startswith(f"  \u2013 order.return\n    Left out: {said}")
    assert max(len(line) for line in drawn(plan, skipped, width=60).splitlines()) <= 60


@pytest.mark.parametrize("width", [30, 60, 72, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    done = call(
        "s4", StepState.UNKNOWN, server="shipping_server", generation=Generation.MODERN, message="Unclear. " * 9
    )
    lines = drawn(PLAN, done, Replied("Words and words. " * 20, ReplyKind.ANSWER), width=width).splitlines()
    assert max(len(line) for line in lines) <= min(width, 200)
    assert not any(line.endswith(" ") for line in lines)


def test_a_narrow_terminal_tells_the_side_and_leaves_out_the_name() -> None:
    text = drawn(PLAN, call("s1", StepState.DONE, server="order_server", generation=Generation.MODERN), width=60)
    assert "modern" in text
    assert "order_server" not in text


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ((), "planning"),
        ((Waiting(1),), "waiting for the turn before this one"),
        ((Waiting(3),), "waiting for 3 turns"),
        ((PLAN,), "working"),
        ((LinkLost(),), "the connection was lost, trying again"),
    ],
)
def test_the_last_line_says_what_is_going_on(events: tuple[Event, ...], words: str) -> None:
    assert drawn(*events).splitlines()[-1] == f"  ⠋ {words} · Ctrl-C stops"


def test_a_slow_turn_counts_seconds_and_a_stopping_one_says_so() -> None:
    assert drawn(elapsed=12.3).endswith("planning · 12 s · Ctrl-C stops\n")
    assert drawn(stops=True) == "  ⠋ stopping\n"


def test_the_ends_of_turns() -> None:
    assert drawn(Done(cancelled=True)) == "  Stopped.\n"
    assert drawn(Failed("MODEL_UNREACHABLE", "The model cannot be reached.")) == "  The model cannot be reached.\n"
    assert drawn(Failed("MODEL_UNREACHABLE", "")) == "  MODEL_UNREACHABLE\n"


def test_a_step_that_ran_when_the_turn_was_left_is_unclear() -> None:
    assert drawn(PLAN, call("s1", StepState.RUNNING), Failed("", "Left.")) == "  ? order.get  A-1042\n\n  Left.\n"


def test_a_terminal_without_unicode_gets_plain_signs() -> None:
    assert glyphs_for("ascii") is PLAIN
    assert glyphs_for("utf-8") is FANCY
    text = drawn(Planned(plan_id="p1", steps=PLAN.steps[:1]), call("s1", StepState.DONE), glyphs=PLAIN)
    assert text.isascii()
    assert text.startswith("  + order.get")
