"""How an opened turn looks, at 100 and at 60 columns."""

import io

import pytest
from rich.console import Console

from client.details_view import render_details
from client.events import (
    ApprovalAsked,
    CallChanged,
    Done,
    Effect,
    Event,
    Failed,
    Generation,
    Planned,
    PlannedStep,
    StepState,
)
from client.glyphs import FANCY, PLAIN, Glyphs
from client.tidy import Tidy
from client.turn_view import TurnView, begin, fold

LATE = "they are more than a week late"
PLAN = Planned(
    plan_id="p1",
    steps=(
        PlannedStep(id="s1", intent="order.list", arguments=(("status", "OPEN"),)),
        PlannedStep(
            id="s2",
            intent="order.cancel",
            arguments=(("order_id", "= each.id"),),
            condition=LATE,
            for_each="s1.orders.filter(o, o.total > 20.0)",
            has_effect=True,
        ),
    ),
)


def call(step_id: str, state: StepState, **fields: object) -> CallChanged:
    return CallChanged(plan_id="p1", step_id=step_id, state=state, **fields)  # type: ignore[arg-type]


def played(*events: Event, start: TurnView | None = None) -> TurnView:
    view = start or begin()
    for event in events:
        view = fold(view, event)
    return view


def drawn(*events: Event, width: int = 100, glyphs: Glyphs = FANCY, start: TurnView | None = None) -> str:
    out = Console(file=io.StringIO(), width=width, highlight=False)
    out.print(Tidy(render_details(played(*events, start=start), width=width, glyphs=glyphs)))
    return str(out.file.getvalue())  # type: ignore[attr-defined]


LISTED = call(
    "s1", StepState.DONE, server="legacy_server", generation=Generation.LEGACY, description="list open orders"
)
ENDS: tuple[Event, ...] = (
    call(
        "s2",
        StepState.SKIPPED,
        index=1,
        condition=LATE,
        description="cancel order A-1045",
        seen=(("each.delay", "2 d"),),
    ),
    *(
        call("s2", StepState.RUNNING, index=index, total=4, server="order_server", generation=Generation.MODERN)
        for index in (0, 2, 3)
    ),
    call("s2", StepState.DONE, index=0, description="cancel order A-1042"),
    call("s2", StepState.FAILED, index=2, description="cancel order A-1050", message="It has shipped already."),
    Done(),
)


def test_every_call_of_a_fan_out_has_its_line_and_says_why_not() -> None:
    assert drawn(PLAN, LISTED, *ENDS) == (
        "  ✓ order.list  list open orders  legacy_server · legacy\n"
        "\n"
        "  ? order.cancel 3/4\n"
        "    for each of s1.orders.filter(o, o.total > 20.0)\n"
        f"    if \u201c{LATE}\u201d\n"
        "    ✓ 1  cancel order A-1042  order_server · modern\n"
        "    \u2013 2  cancel order A-1045\n"
        "         Left out: delay is 2 d\n"
        "    ✗ 3  cancel order A-1050  order_server · modern\n"
        "         It has shipped already.\n"
        "    ? 4                       order_server · modern\n"
    )


def test_a_narrow_terminal_tells_the_side_alone() -> None:
    text = drawn(PLAN, LISTED, *ENDS, width=60)
    assert "    ✓ 1  cancel order A-1042  modern\n" in text
    assert "order_server" not in text


@pytest.mark.parametrize("width", [24, 30, 60, 72, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    wordy = call(
        "s2", StepState.UNKNOWN, index=99, description="cancel " * 30, message="Unclear. " * 30, server="x" * 9
    )
    lines = drawn(PLAN, LISTED, wordy, width=width).splitlines()
    assert max(len(line) for line in lines) <= width
    assert not any(line.endswith(" ") for line in lines)
    assert any(line.startswith("    ? 100") for line in lines)


def test_a_plain_step_tells_what_its_condition_saw_and_whole_names_where_they_are_alike() -> None:
    plan = Planned(plan_id="p1", steps=(PlannedStep(id="s1", intent="order.cancel", condition="it hasn't shipped"),))
    seen = (("s1.order.status", "PAID"), ("s2.parcel.status", "SENT"), ("s1.order.placed_at", "3 May"))
    skipped = call("s1", StepState.SKIPPED, condition="it hasn't shipped", seen=seen)
    assert drawn(plan, skipped) == (
        "  \u2013 order.cancel\n"
        "    if \u201cit hasn't shipped\u201d\n"
        "    Left out: s1.order.status is PAID, s2.parcel.status is SENT, placed at is 3 May\n"
    )


def test_who_judged_a_condition_is_said() -> None:
    plan = Planned(
        plan_id="p1", steps=(PlannedStep(id="s1", intent="order.return", condition="she is sad", is_judged=True),)
    )
    assert drawn(plan, call("s1", StepState.SKIPPED, condition="she is sad")) == (
        "  \u2013 order.return\n"
        "    if \u201cshe is sad\u201d (judged by the model)\n"
        "    Left out: the model judged that it does not hold.\n"
    )


def test_a_list_without_elements_is_told_at_its_step() -> None:
    nothing = call("s2", StepState.SKIPPED, is_whole_step=True, message="Left out: nothing matched.")
    assert drawn(PLAN, LISTED, nothing, Done()).endswith(
        f"  \u2013 order.cancel\n    for each of s1.orders.filter(o, o.total > 20.0)\n    if \u201c{LATE}\u201d\n"
        "    Left out: nothing matched.\n"
    )


def test_what_waits_for_a_yes_stands_beside_what_was_left_out_and_the_next_turn_goes_on_from_there() -> None:
    effects = tuple(
        Effect(step_id="s2", index=i, intent="order.cancel", description=f"cancel {i}", arguments=(), server="orders")
        for i in (0, 2)
    )
    asked = ApprovalAsked(plan_id="p1", effects=effects, question="?", expires_at=None)
    before = played(PLAN, LISTED, ENDS[0], asked, Done())
    waiting = "    · 1  cancel 0             orders\n    \u2013 2  cancel order A-1045\n"
    assert waiting in drawn(start=before)
    after = drawn(call("s2", StepState.DONE, index=0, description="cancel 0"), Done(), start=begin(before))
    assert after.startswith("  ✓ order.list  list open orders  legacy_server · legacy\n\n  ✓ order.cancel 2/3\n")
    assert "    ✓ 1  cancel 0\n    \u2013 2  cancel order A-1045\n         Left out: delay is 2 d\n" in after


def test_where_nothing_was_called_there_is_nothing_to_open() -> None:
    assert drawn() == drawn(Failed("X", "Broken.")) == "  The last turn had no steps.\n"


def test_a_terminal_without_unicode_gets_plain_signs() -> None:
    plan = Planned(plan_id="p1", steps=PLAN.steps[:1])
    assert drawn(plan, LISTED, glyphs=PLAIN) == "  + order.list  list open orders  legacy_server - legacy\n"
