"""Replies without a model: what a report says, grouped, in order, each thing once, in plain words."""

# ruff: noqa: E501 - a table is read by its lines

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.composer import MOST_LINES, TemplateComposer, report_lines
from orchestrator_server.plan import Condition, Outcome, OutcomeStatus, Plan, Reference, SeenValue, Step
from orchestrator_server.report import Report, StepReport, make_report

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DONE, SKIPPED, FAILED = OutcomeStatus.SUCCEEDED, OutcomeStatus.SKIPPED, OutcomeStatus.FAILED
UNKNOWN, CANCELLED = OutcomeStatus.UNKNOWN, OutcomeStatus.CANCELLED


@cache
def catalogue():
    return shop_catalogue()


def told(intent, words, status=DONE, **changes):
    """A step of a report, about the shop unless `intent` says otherwise."""
    found = catalogue().intents[intent] if isinstance(intent, str) else intent
    plain = StepReport(
        intent=found,
        step_id="s1",
        words=words,
        status=status,
        is_supporting=False,
        condition="",
        seen=(),
        reason="",
        message="",
        server="",
        response={},
    )
    return replace(plain, **changes)


def cancel(order, status=DONE, **changes):
    response = {"order": {"id": order, "items": [{"quantity": "1", "name": "mug"}], "total": "€9.00"}}
    given = {"response": response if status is DONE else {}, "things": "orders", **changes}
    return told("order.cancel", f"cancel order {order}", status, **given)


def left(order, because, named=""):
    named = named or because.replace("it ", f"order {order} ", 1)
    return cancel(order, SKIPPED, reason="CONDITION_FALSE", condition="so", because=because, because_named=named)


def unlike(intent, **changes):
    return replace(catalogue().intents[intent], **changes)


def lines(*steps):
    return list(report_lines(Report(text="", now=NOW, steps=steps)))


LIBRARY = unlike("order.get", name="loan.renew", reply_template="", approval_template="", has_effect=True, access=2)
POINTS = told("loyalty.get_points", "get points", response={"points": "1"})
STOP = told("newsletter.unsubscribe", "unsubscribe you from the newsletter", SKIPPED, step_id="s2")


def test_one_is_singular():
    assert lines(POINTS) == ["You have 1 loyalty point."]


def test_one_effect_is_told_in_the_servers_words():
    assert lines(cancel("A-1")) == ["Order A-1 (1 \u00d7 mug, €9.00) is cancelled."]


def test_effects_of_one_kind_are_told_in_one_sentence():
    assert lines(cancel("A-1"), cancel("A-2"), cancel("A-3")) == ["I cancelled orders A-1, A-2 and A-3."]


def test_what_went_wrong_with_one_stands_behind_what_went_well():
    broken = cancel("A-2", FAILED, message="Order A-2 has already shipped")
    assert lines(cancel("A-1"), broken, cancel("A-3"), POINTS) == [
        "I cancelled orders A-1 and A-3.",
        "Order A-2 has already shipped.",
        "You have 1 loyalty point.",
    ]


def test_many_effects_are_named_within_bounds():
    said = lines(*(cancel(f"A-{number}") for number in range(14)))
    assert said == ["I cancelled orders A-0, A-1, A-2, A-3, A-4, A-5, A-6, A-7, A-8, A-9 and 4 more."]


def test_answers_come_in_the_order_of_the_questions_and_supporting_reads_are_silent():
    read = told("order.get", "get order A-9", is_supporting=True, response={"order": {"id": "A-9"}})
    assert lines(read, POINTS, cancel("A-1"), replace(POINTS, step_id="s5", response={"points": "2"})) == [
        "You have 1 loyalty point.",
        "Order A-1 (1 \u00d7 mug, €9.00) is cancelled.",
        "You have 2 loyalty points.",
    ]


def test_a_condition_that_did_not_hold_is_told_by_what_is_so():
    assert lines(left("A-1", "it was shipped yesterday")) == [
        "I did not cancel order A-1, because it was shipped yesterday."
    ]


def test_several_effects_behind_one_condition_are_left_out_in_one_sentence():
    one = replace(left("A-1", "it was shipped yesterday"), things="")
    other = replace(STOP, reason="CONDITION_FALSE", condition="so", because_named=one.because_named, because="-")
    assert lines(one, other) == [
        "I did not cancel order A-1 or unsubscribe you from the newsletter, because order A-1 was shipped yesterday."
    ]


def test_elements_left_out_for_one_reason_are_told_together():
    assert lines(left("A-1", "it is shipped"), cancel("A-2"), left("A-3", "it is shipped"), left("A-4", "it has no items")) == [
        "I did not cancel orders A-1 or A-3, because they are shipped.",
        "Order A-2 (1 \u00d7 mug, €9.00) is cancelled.",
        "I did not cancel order A-4, because it has no items.",
    ]  # fmt: skip


def test_many_reasons_are_bounded():
    said = lines(*(left(f"A-{number}", f"its total is €{number}") for number in range(9)))
    assert len(said) == 6
    assert said[0] == "I did not cancel order A-0, because its total is €0."
    assert said[-1] == "I did not cancel orders A-5, A-6, A-7 or A-8 either."


def test_a_condition_without_a_reason_is_told_in_the_users_words():
    judged = replace(left("A-1", ""), condition="only if\nthe note sounds angry")
    assert lines(judged) == ["I did not cancel order A-1, because of “only if the note sounds angry”."]


def test_nothing_matched_says_what_was_looked_for():
    nothing = told("order.cancel", "cancel order", SKIPPED, reason="NOTHING_MATCHED", things="orders")
    assert lines(nothing) == ["I found no matching orders, so there was nothing to cancel."]
    read = told("shipping.track", "track shipping", SKIPPED, reason="NOTHING_MATCHED", things="orders")
    assert lines(read) == ["I found no matching orders."]


def test_what_hangs_on_something_left_out_says_on_what():
    blocked = replace(STOP, reason="DEPENDS_ON_SKIPPED", blocked_by="cancel order A-1")
    assert lines(blocked) == ["I did not unsubscribe you from the newsletter, because I did not cancel order A-1."]
    nameless = replace(blocked, blocked_by="")
    assert lines(nameless) == [
        "I did not unsubscribe you from the newsletter, because it needs something that was left out."
    ]


def test_a_failed_read_is_told_once_with_the_effects_that_hung_on_it():
    down = "The order service does not answer right now; please try again later."
    read = told("order.get", "get order A-1", FAILED, is_supporting=True, message=down)
    hung = cancel("A-1", FAILED, message=down, reason="DEPENDS_ON_FAILED")
    other = replace(STOP, status=FAILED, message=down, reason="DEPENDS_ON_FAILED")
    assert lines(read, hung, other) == [f"{down} So I did not cancel order A-1 or unsubscribe you from the newsletter."]
    assert lines(replace(hung, reason="")) == [f"I could not cancel order A-1. {down}"]


def test_a_failure_that_names_the_thing_is_enough():
    missing = "You have no order A-1."
    read = told("order.get", "get order A-1", FAILED, is_supporting=True, message=missing)
    assert lines(read, cancel("A-1", FAILED, message=missing, reason="DEPENDS_ON_FAILED")) == [missing]
    sent = told("order.cancel", "send order A-1043 to 12 Harbour Street", FAILED, message="Order A-1043 has shipped.")
    assert lines(sent) == ["Order A-1043 has shipped."]


@pytest.mark.parametrize(
    ("reason", "condition", "said"),
    [
        ("NOT_ALLOWED", "", "You may not cancel order A-1."),
        ("CONDITION_FAILED", "if it is old", "I could not tell whether “if it is old” holds, so I did not cancel order A-1."),
        ("ARGUMENT_FAILED", "", "I could not cancel order A-1, because something that it needs was not there."),
        ("FOR_EACH_FAILED", "", "I could not tell what to cancel, because something that it needs was not there."),
    ],
)  # fmt: skip
def test_what_went_wrong_within_is_told_without_internal_names(reason, condition, said):
    broken = cancel("A-1", FAILED, message="s1.order.total is not set", reason=reason, condition=condition)
    assert lines(broken) == [said]


def test_what_nobody_knows_is_told_as_such():
    lost = cancel("A-1", UNKNOWN, message="The order service did not answer in time.")
    assert lines(lost) == [
        "I tried to cancel order A-1, and I do not know whether it happened. The order service did not answer in time. Please check before you ask for it again."
    ]


def test_a_no_to_some_leaves_the_others():
    assert lines(cancel("A-1"), cancel("A-2", CANCELLED), cancel("A-3", CANCELLED)) == [
        "Order A-1 (1 \u00d7 mug, €9.00) is cancelled.",
        "I did not cancel orders A-2 or A-3.",
    ]
    assert lines(cancel("A-1", CANCELLED), replace(STOP, status=CANCELLED)) == [
        "I did not cancel order A-1 or unsubscribe you from the newsletter."
    ]


def test_an_empty_list_is_told_by_its_template_or_its_name():
    assert lines(told("order.list", "list order")) == ["You have no such orders."]
    bare = unlike("order.list", reply_template="")
    assert lines(told(bare, "list order", empty=("orders",))) == ["You have no orders."]
    assert lines(told(unlike("order.get", reply_template=""), "get order")) == ["I found nothing."]


@pytest.mark.parametrize("template", ["", "{{#order}}", "{{nothing}}"])
def test_without_a_template_that_works_the_answer_is_a_sentence(template):
    read = told(
        unlike("order.get", reply_template=template),
        "get order A-1",
        response={"order": {"id": "A-1", "status": "pending"}},
    )
    assert lines(read) == ["The order A-1 is pending."]


def test_an_effect_without_a_template_says_what_was_done_and_what_came_of_it():
    renewed = told(LIBRARY, "renew loan L-7", response={"loan": {"id": "L-7", "renewals": "1"}})
    assert lines(renewed) == ["I renewed loan L-7. The loan L-7 has 1 renewal."]
    assert lines(replace(renewed, response={})) == ["I renewed loan L-7."]
    assert lines(replace(renewed, words="Renewal of L-7", response={})) == ["Done: Renewal of L-7."]


def test_what_is_said_twice_is_said_once_and_nothing_is_said_as_such():
    assert lines(POINTS, replace(POINTS, step_id="s2")) == ["You have 1 loyalty point."]
    assert lines() == ["There was nothing to do."]


def test_many_answers_of_one_question_are_bounded():
    reads = [told("loyalty.get_points", "get points", response={"points": str(number)}) for number in range(30)]
    said = lines(*reads)
    assert (len(said), said[-1]) == (MOST_LINES + 1, "… and 10 more")


def test_the_message_of_a_server_begins_no_line_of_its_own():
    assert lines(cancel("A-1", FAILED, message="No.\n\nI cancelled order A-1 instead")) == [
        "No. I cancelled order A-1 instead."
    ]


async def test_the_reply_streams_line_by_line():
    report = Report(text="", now=NOW, steps=(POINTS, cancel("A-1")))
    pieces = [piece async for piece in TemplateComposer().compose(report, lambda _: None)]
    assert pieces == ["You have 1 loyalty point.", "\nOrder A-1 (1 \u00d7 mug, €9.00) is cancelled."]


def test_a_plan_that_ran_is_told_with_its_reasons():
    """The way from a plan and its outcomes: a reason, what hangs on it, and the list of a `for_each`."""
    status = "llm_orchestrator.order.v1.OrderStatus.ORDER_STATUS_PENDING"
    steps = (
        Step(id="s1", intent="order.get", arguments={"order_id": "A-1"}, is_supporting=True),
        Step(
            id="s2",
            intent="order.cancel",
            arguments={"order_id": "A-1"},
            condition=Condition(words="if it is pending", expression=f"s1.order.status == {status}"),
        ),
        Step(id="s3", intent="invoice.get", arguments={"order_id": Reference(expression="s2.order.id")}),
        Step(id="s4", intent="order.list", is_supporting=True),
        Step(id="s5", intent="order.cancel", arguments={"order_id": Reference(expression="each.id")}, for_each="s4.orders"),
    )  # fmt: skip
    saw = (SeenValue(path="s1.order.status", value="shipped"),)
    outcomes = (
        Outcome(step_id="s1", status=DONE),
        Outcome(step_id="s2", status=SKIPPED, reason="CONDITION_FALSE", arguments={"order_id": "A-1"}, seen=saw),
        Outcome(step_id="s3", status=SKIPPED, reason="DEPENDS_ON_SKIPPED"),
        Outcome(step_id="s4", status=DONE),
        Outcome(step_id="s5", status=SKIPPED, reason="NOTHING_MATCHED"),
    )
    report = make_report("", NOW, Plan(id="p", steps=steps, planner="scripted"), outcomes, catalogue())
    assert list(report_lines(report)) == [
        "I did not cancel order A-1, because it is shipped, not pending.",
        "I did not get invoice, because I did not cancel order A-1.",
        "I found no matching orders, so there was nothing to cancel.",
    ]
