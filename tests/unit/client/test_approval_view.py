"""How what waits for a yes looks, at 100 and at 60 columns."""

import io
from dataclasses import replace
from datetime import datetime

import pytest
from rich.console import Console

from client.approval_view import render_approval
from client.events import ApprovalAsked, Effect, Generation
from client.glyphs import FANCY, PLAIN, Glyphs
from client.tidy import Tidy

LONG = "12 Rue de la Paix, 75002 Paris, France, Europe, Earth, the Milky Way"
SEND = Effect(
    step_id="s4",
    intent="shipping.change_address",
    description="Send order A-1042 elsewhere",
    arguments=(("order_id", "A-1042"), ("address", LONG)),
    server="shipping",
    generation=Generation.MODERN,
)
CANCEL = Effect(
    step_id="s2",
    intent="order.cancel",
    description="cancel order [red]A-1",
    arguments=(("order_id", "A-1"),),
    server="order",
    generation=Generation.LEGACY,
    condition="it hasn't shipped",
    seen=(("s1.order.status", "PENDING"), ("s1.order.placed_at", "6 November")),
)
ASKED = ApprovalAsked(plan_id="p1", effects=(SEND,), question="Shall I?", expires_at=datetime(2026, 1, 1, 14, 2))  # noqa: DTZ001


def drawn(asked: ApprovalAsked, width: int = 100, glyphs: Glyphs = FANCY) -> str:
    out = Console(file=io.StringIO(), width=width, highlight=False)
    out.print(Tidy(render_approval(asked, glyphs=glyphs)))
    return str(out.file.getvalue())  # type: ignore[attr-defined]


def test_a_single_effect_is_asked_with_its_question_and_shown_exactly() -> None:
    assert drawn(ASKED) == (
        "Shall I?\n"
        "shipping.change_address on shipping · modern\n"
        "  order_id  A-1042\n"
        f"  address   {LONG}\n"
        "A yes is accepted until 14:02.\n"
    )


def test_a_condition_is_told_once() -> None:
    line = "\u201cit hasn't shipped\u201d holds (status: PENDING, placed at: 6 November)"
    assert line in drawn(replace(ASKED, effects=(CANCEL,)))
    told = replace(ASKED, effects=(CANCEL,), question=f"I am about to cancel it, since {line}. Shall I?")
    assert drawn(told, 200).count("hasn't shipped") == 1


def test_several_are_numbered_with_who_would_act_and_why_they_are_due() -> None:
    assert drawn(replace(ASKED, effects=(CANCEL, SEND))) == (
        "These 2 changes wait for your yes:\n"
        "1. cancel order [red]A-1\n"
        "   order.cancel on order · legacy: order_id A-1\n"
        "   \u201cit hasn't shipped\u201d holds (status: PENDING, placed at: 6 November)\n"
        "2. Send order A-1042 elsewhere\n"
        "   shipping.change_address on shipping · modern\n"
        "     order_id  A-1042\n"
        f"     address   {LONG}\n"
        "A yes is accepted until 14:02.\n"
    )


def test_what_came_out_different_says_that_it_is_asked_again() -> None:
    assert drawn(replace(ASKED, is_changed=True)).splitlines()[0] == (
        "This came out different since your yes, so it is asked again."
    )


@pytest.mark.parametrize("width", [30, 60])
def test_nothing_is_lost_on_a_narrow_terminal(width: int) -> None:
    text = drawn(replace(ASKED, effects=(CANCEL, SEND) * 6), width)
    assert max(len(line) for line in text.splitlines()) <= width
    words = " ".join(text.split())
    assert all(part in words for part in ("12.", "Milky Way", "PENDING", "modern", "legacy"))


def test_a_terminal_without_unicode_gets_plain_signs() -> None:
    assert drawn(ASKED, glyphs=PLAIN).isascii()
