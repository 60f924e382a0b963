"""Plans and the verdict on each: those that may run, and every way of being wrong.

A verdict lists what is found, each reason with its step. What does not count as given (NOT_GROUNDED, PATTERN_NOT_MET
...) stands beside what is missing because of it (MISSING_PARAMETER).
"""

# ruff: noqa: E501  # one plan, one row

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.checks import MAX_STEPS, check, missing_faults
from orchestrator_server.dropping import dropped
from orchestrator_server.expressions import Expressions
from orchestrator_server.grounding import Ground
from orchestrator_server.normalising import normalised
from orchestrator_server.plan import Clarify, Condition, Plan, Request, Step
from orchestrator_server.planning import Planning
from tests.fakes import ScriptedPlanner, plan, ref, step

SAID = (
    "cancel A-1042 and A-1043, my e-mail is dana.fields@example.com, order two desk lamps, return the mug,"
    " show A1042 or 5, move it to 5 Elm Road, 1234 Ghent, call me on +49 30 5550199"
)
STATUS = "llm_orchestrator.order.v1.OrderStatus.ORDER_STATUS"
SHIPPING = "llm_orchestrator.shipping.v1.OrderStatus.ORDER_STATUS"

GET = step("s1", "order.get", order_id="A-1042")
LIST = step("s1", "order.list")
POINTS = step("s1", "loyalty.get_points")
TRACK = step("s1", "shipping.track", order_id="A-1042")


def cancel(when: str | None = None, **more: object) -> Step:
    return step("s2", "order.cancel", when=when, **{"order_id": "A-1042", **more})


def each(elements: str, when: str | None = None, order_id: object = None) -> Step:
    return step("s2", "order.cancel", each=elements, when=when, order_id=order_id or ref("each.id"))


def judged(*over: str) -> Step:
    return replace(cancel(), condition=Condition(words="if it sounds angry", judged_over=over))


FINE = [
    ("a read", plan(GET)),
    ("a read without arguments", plan(LIST)),
    ("two reads that know nothing of each other", plan(GET, step("s2", "order.list"))),
    ("a list in one stage", plan(step("s1", "order.list", status="PENDING"))),
    ("an optional number", plan(step("s1", "order.list", limit=5))),
    ("an effect with all it needs", plan(step("s1", "order.create", sku="desk lamp", quantity=2))),
    ("a repeated parameter", plan(step("s1", "order.return_items", order_id="A-1042", items=["mug"]))),
    ("an argument from an earlier response", plan(GET, step("s2", "shipping.track", order_id=ref("s1.order.id")))),
    ("an argument out of a list", plan(LIST, step("s2", "order.get", order_id=ref("s1.orders[0].id")))),
    ("an argument of a filtered list", plan(LIST, cancel(order_id=ref("s1.orders.filter(o, o.id != 'x')[0].id")))),
    ("a text put together", plan(GET, cancel(reason=ref("s1.order.id + ' came too late'")))),
    ("a stage handed on", plan(GET, step("s2", "order.list", status=ref("s1.order.status")))),
    ("a stage of another server with the same names", plan(TRACK, step("s2", "order.list", status=ref("s1.shipment.status")))),
    ("a list handed on", plan(GET, step("s2", "order.return_items", order_id="A-1042", items=ref("s1.order.items.map(i, i.name)")))),
    ("only if it has not shipped", plan(GET, cancel("!has(s1.order.shipped_at)"))),
    ("a stage by name", plan(GET, cancel(f"s1.order.status == {STATUS}_PENDING"))),
    ("a stage by name, turned round", plan(GET, cancel(f"{STATUS}_PENDING == s1.order.status"))),
    ("any of two stages", plan(GET, cancel(f"s1.order.status in [{STATUS}_PENDING, {STATUS}_SHIPPED]"))),
    ("either stage by choice", plan(GET, cancel(f"s1.order.status == (size(s1.order.items) > 1 ? {STATUS}_PENDING : {STATUS}_SHIPPED)"))),
    ("an amount with a point", plan(GET, cancel("money(s1.order.total) > 40.0"))),
    ("an amount as people say it", plan(GET, cancel("money(s1.order.total) > 40"))),
    ("an amount between two", plan(GET, cancel("40 < money(s1.order.total) && money(s1.order.total) <= 100"))),
    ("amounts worked with", plan(GET, cancel("money(s1.order.total) * 2 - 10 > 40"))),
    ("amounts compared with one another", plan(GET, cancel("s1.order.items.all(i, money(i.unit_price) < money(s1.order.total))"))),
    ("a currency", plan(GET, cancel("s1.order.total.currency == 'EUR'"))),
    ("an age", plan(GET, cancel("now - s1.order.placed_at > days(14)"))),
    ("an age under has()", plan(GET, cancel("has(s1.order.placed_at) && now - s1.order.placed_at > days(14)"))),
    ("an age or nothing", plan(GET, cancel("!has(s1.order.placed_at) || now - s1.order.placed_at > hours(6)"))),
    ("an age by choice", plan(GET, cancel("has(s1.order.placed_at) ? now - s1.order.placed_at > days(1) : false"))),
    ("a date", plan(GET, cancel("s1.order.placed_at < timestamp('2026-11-01T00:00:00Z')"))),
    ("a year", plan(GET, cancel("s1.order.placed_at.getFullYear() == 2026"))),
    ("a count", plan(GET, cancel("s1.order.items.size() > 2"))),
    ("a bare number of the contract", plan(POINTS, cancel("s1.points >= 300"))),
    ("something in a list", plan(GET, cancel("s1.order.items.exists(i, i.name == 'Desk Lamp')"))),
    ("a short pattern", plan(GET, cancel("s1.order.items.exists(i, i.name.matches('(?i)lamp'))"))),
    ("a text among texts", plan(GET, cancel("s1.order.id in ['A-1042', 'A-1043']"))),
    ("each element of a list", plan(LIST, each("s1.orders"))),
    ("each element that is left", plan(LIST, each(f"s1.orders.filter(o, o.status == {STATUS}_PENDING && now - o.placed_at > days(14))"))),
    ("each element, with a condition of its own", plan(LIST, each("s1.orders", "!has(each.shipped_at)"))),
    ("each text of a list", plan(LIST, each("s1.orders.map(o, o.id)", "each != 'A-1042'", ref("each")))),
    ("each of a list that stands there", plan(each("['A-1042', 'A-1043']", order_id=ref("each")))),
    ("a condition on a step before the one before", plan(GET, cancel("!has(s1.order.shipped_at)"), step("s3", "shipping.track", order_id="A-1042", when="has(s1.order.shipped_at)"))),
    ("a condition that a model judges", plan(GET, judged("s1"))),
    ("as many steps as there may be", plan(*[step(f"s{n}", "order.list") for n in range(MAX_STEPS)])),
]  # fmt: skip

WRONG = [
    # The plan as a whole
    ("nothing to do", plan(), "NO_STEPS"),
    ("too much to do", plan(*[step(f"s{n}", "order.list") for n in range(MAX_STEPS + 1)]), "TOO_MANY_STEPS"),
    ("two steps of one name", plan(GET, LIST), "DUPLICATE_STEP s1"),
    ("a step called now", plan(step("now", "order.list")), "BAD_STEP_ID now"),
    ("a step called each", plan(step("each", "order.list")), "BAD_STEP_ID each"),
    ("a step called like a word of CEL", plan(step("in", "order.list")), "BAD_STEP_ID in"),
    ("a step called like a type of CEL", plan(step("map", "order.list")), "BAD_STEP_ID map"),
    ("a step called like a package", plan(step("llm_orchestrator", "order.list")), "BAD_STEP_ID llm_orchestrator"),
    ("a step that cannot be named", plan(step("step-1", "order.list")), "BAD_STEP_ID step-1"),
    # Intents and parameters
    ("an intent that does not exist", plan(step("s1", "order.fly")), "UNKNOWN_INTENT s1"),
    ("an intent that the caller may not use", plan(step("s1", "newsletter.unsubscribe")), "UNKNOWN_INTENT s1"),
    ("a parameter that does not exist", plan(step("s1", "order.list", colour="red")), "UNKNOWN_PARAMETER s1"),
    ("a missing parameter", plan(step("s1", "order.get")), "MISSING_PARAMETER s1"),
    ("a parameter of null", plan(step("s1", "order.get", order_id=None)), "MISSING_PARAMETER s1"),
    ("two missing parameters", plan(step("s1", "order.create")), "MISSING_PARAMETER s1, MISSING_PARAMETER s1"),
    ("an id that nobody said", plan(step("s1", "order.get", order_id="A-7777")), "NOT_GROUNDED s1, MISSING_PARAMETER s1"),
    ("an id cut short", plan(step("s1", "order.get", order_id="A-104")), "NOT_GROUNDED s1, MISSING_PARAMETER s1"),
    ("a number that nobody said", plan(step("s1", "order.list", limit=77)), "NOT_GROUNDED s1"),
    ("a quantity that nobody said", plan(step("s1", "order.create", sku="desk lamp", quantity=7)), "NOT_GROUNDED s1, MISSING_PARAMETER s1"),
    ("one of several that nobody said", plan(step("s1", "order.return_items", order_id="A-1042", items=["mug", "kettle"])), "NOT_GROUNDED s1, MISSING_PARAMETER s1"),
    ("an id of another shape", plan(step("s1", "order.get", order_id="A1042")), "PATTERN_NOT_MET s1, MISSING_PARAMETER s1"),
    ("a number out of range", plan(step("s1", "order.list", limit=1042)), "PATTERN_NOT_MET s1"),
    ("a stage that does not exist", plan(step("s1", "order.list", status="FLYING")), "UNKNOWN_VALUE s1"),
    ("a list for one value", plan(step("s1", "order.get", order_id=["A-1042"])), "WRONG_TYPE s1, MISSING_PARAMETER s1"),
    # What an argument takes from a response
    ("a number for a text", plan(POINTS, cancel(order_id=ref("s1.points"))), "WRONG_TYPE s2"),
    ("a message for a text", plan(GET, cancel(order_id=ref("s1.order"))), "WRONG_TYPE s2"),
    ("a list for a text", plan(LIST, cancel(order_id=ref("s1.orders.map(o, o.id)"))), "WRONG_TYPE s2"),
    ("a text for a list", plan(GET, step("s2", "order.return_items", order_id="A-1042", items=ref("s1.order.items[0].name"))), "WRONG_TYPE s2"),
    ("a text for a number", plan(GET, step("s2", "order.list", limit=ref("s1.order.id"))), "WRONG_TYPE s2"),
    ("a fraction for a number", plan(GET, step("s2", "order.list", limit=ref("money(s1.order.total)"))), "WRONG_TYPE s2"),
    ("a stage for a text", plan(GET, cancel(reason=ref("s1.order.status"))), "WRONG_TYPE s2"),
    ("a number for a stage", plan(POINTS, step("s2", "order.list", status=ref("s1.points"))), "WRONG_TYPE s2"),
    ("a membership for a stage", plan(step("s1", "user.get_profile"), step("s2", "order.list", status=ref("s1.profile.membership"))), "WRONG_TYPE s2"),
    ("a moment for a text", plan(GET, cancel(reason=ref("s1.order.placed_at"))), "WRONG_TYPE s2"),
    # Steps that name each other
    ("a step that does not exist", plan(GET, cancel("s9.order.id == 'x'")), "UNKNOWN_STEP s2"),
    ("an argument of a step that does not exist", plan(cancel(order_id=ref("s9.order.id"))), "UNKNOWN_STEP s2"),
    ("elements of a step that does not exist", plan(each("s9.orders")), "UNKNOWN_STEP s2"),
    ("a step that comes later", plan(step("s1", "order.get", order_id=ref("s2.orders[0].id")), step("s2", "order.list")), "FORWARD_REFERENCE s1"),
    ("a condition on what comes later", plan(step("s1", "order.list", when="has(s2.order.placed_at)"), step("s2", "order.get", order_id="A-1042")), "FORWARD_REFERENCE s1"),
    ("a step that names itself", plan(step("s1", "order.get", order_id=ref("s1.order.id"))), "CYCLE s1"),
    ("two steps that name each other", plan(step("s1", "order.get", order_id=ref("s2.order.id")), step("s2", "order.get", order_id=ref("s1.order.id"))), "CYCLE s1"),
    ("three steps in a circle", plan(step("s1", "order.get", order_id=ref("s3.order.id")), step("s2", "order.get", order_id=ref("s1.order.id")), step("s3", "order.get", order_id=ref("s2.order.id"))), "CYCLE s1"),
    ("a step that runs once for each", plan(LIST, each("s1.orders"), step("s3", "order.get", order_id=ref("s2.order.id"))), "FAN_OUT_REFERENCE s3"),
    ("each without for_each", plan(LIST, cancel(order_id=ref("each.id"))), "EACH_WITHOUT_FOR_EACH s2"),
    ("judged over a step that does not exist", plan(GET, judged("s9")), "UNKNOWN_STEP s2"),
    ("judged over what comes later", plan(judged("s1"), GET), "FORWARD_REFERENCE s2"),
    ("judged over itself", plan(GET, judged("s2")), "CYCLE s2"),
    ("judged over what waits for it", plan(judged("s3"), step("s3", "shipping.track", order_id=ref("s2.order.id"))), "CYCLE s2"),
    # Conditions and elements
    ("a field that does not exist", plan(GET, cancel("s1.order.colour == 'red'")), "UNKNOWN_FIELD s2"),
    ("an argument from such a field", plan(GET, cancel(order_id=ref("s1.order.number"))), "UNKNOWN_FIELD s2"),
    ("a field of elements that does not exist", plan(LIST, each("s1.orders.filter(o, o.colour == 'red')")), "UNKNOWN_FIELD s2"),
    ("has() of such a field", plan(GET, cancel("has(s1.order.paid_at)")), "UNKNOWN_FIELD s2"),
    ("a field of a list", plan(LIST, cancel("s1.orders.id == 'x'")), "UNKNOWN_FIELD s2"),
    ("a text as a condition", plan(GET, cancel("s1.order.id")), "CONDITION_NOT_BOOL s2"),
    ("an amount as a condition", plan(GET, cancel("money(s1.order.total)")), "CONDITION_NOT_BOOL s2"),
    ("a message as a condition", plan(GET, cancel("s1.order")), "CONDITION_NOT_BOOL s2"),
    ("a condition on nothing", plan(GET, cancel("1 == 1")), "CONDITION_SEES_NOTHING s2"),
    ("one element instead of a list", plan(GET, each("s1.order", order_id="A-1042")), "FOR_EACH_NOT_LIST s2"),
    ("a count instead of a list", plan(LIST, each("s1.orders.size()", order_id="A-1042")), "FOR_EACH_NOT_LIST s2"),
    # What plain CEL lets through
    ("a stage as a number", plan(GET, cancel("s1.order.status == 1")), "ENUM_BY_NUMBER s2"),
    ("a stage that is less than another", plan(GET, cancel(f"s1.order.status < {STATUS}_SHIPPED")), "ENUM_BY_NUMBER s2"),
    ("a stage worked with", plan(GET, cancel("s1.order.status + 1 == 2")), "ENUM_BY_NUMBER s2"),
    ("a stage as an int", plan(GET, cancel("int(s1.order.status) == 1")), "ENUM_BY_NUMBER s2"),
    ("a stage among numbers", plan(GET, cancel("s1.order.status in [1, 2]")), "ENUM_BY_NUMBER s2"),
    ("a stage of elements as a number", plan(LIST, each("s1.orders.filter(o, o.status == 1)")), "ENUM_BY_NUMBER s2"),
    ("a constant of another server", plan(GET, cancel(f"s1.order.status == {SHIPPING}_PENDING")), "ENUM_MIXED s2"),
    ("a constant as unset", plan(GET, cancel(f"s1.order.status == {STATUS}_UNSPECIFIED")), "ENUM_UNSET s2"),
    ("a stage as a text", plan(GET, cancel("s1.order.status == 'PENDING'")), "TYPES_DIFFER s2"),
    ("a constant by its short name", plan(GET, cancel("s1.order.status == ORDER_STATUS_PENDING")), "UNKNOWN_NAME s2"),
    ("a constant that does not exist", plan(GET, cancel(f"s1.order.status == {STATUS}_FLYING")), "UNKNOWN_NAME s2"),
    ("a moment against null", plan(GET, cancel("s1.order.shipped_at == null")), "NULL_COMPARED s2"),
    ("cents", plan(GET, cancel("s1.order.total.amount_minor > 4000")), "MONEY_IN_MINOR_UNITS s2"),
    ("cents divided", plan(GET, cancel("s1.order.total.amount_minor / 100 > 40")), "MONEY_IN_MINOR_UNITS s2"),
    ("money() of what is no money", plan(GET, cancel("money(s1.order.id) > 40")), "TYPES_DIFFER s2"),
    ("a duration as a text", plan(GET, cancel("now - s1.order.placed_at > duration('14d')")), "DURATION_AS_TEXT s2"),
    ("an age as a number", plan(GET, cancel("now - s1.order.placed_at > 14")), "TYPES_DIFFER s2"),
    ("a date as people say it", plan(GET, cancel("s1.order.placed_at < timestamp('two weeks ago')")), "TIMESTAMP_WRONG s2"),
    ("a date without a time", plan(GET, cancel("s1.order.placed_at < timestamp('2026-11-01')")), "TIMESTAMP_WRONG s2"),
    ("a date that does not exist", plan(GET, cancel("s1.order.placed_at < timestamp('2026-02-31T00:00:00Z')")), "TIMESTAMP_WRONG s2"),
    ("a moment as seconds", plan(GET, cancel("s1.order.placed_at < timestamp(0)")), "TIMESTAMP_WRONG s2"),
    ("a pattern that is too long", plan(GET, cancel(f"s1.order.id.matches('{'a' * 201}')")), "PATTERN_WRONG s2"),
    ("a pattern that is none", plan(GET, cancel("s1.order.id.matches('(')")), "PATTERN_WRONG s2"),
    ("a pattern out of a response", plan(GET, cancel("s1.order.id.matches(s1.order.id)")), "PATTERN_WRONG s2"),
    ("types put aside", plan(GET, cancel("dyn(s1.order.id) == 1")), "TYPE_ESCAPED s2"),
    ("types asked for", plan(GET, cancel("type(s1.order.id) == string")), "TYPE_ESCAPED s2"),
    ("a message made up", plan(GET, cancel("s1.order == llm_orchestrator.order.v1.Order{id: 'A-1042'}")), "MESSAGE_BUILT s2"),
    ("a list of this and that", plan(GET, cancel("s1.order.id in ['A-1042', 1]")), "MIXED_LIST s2"),
    ("a function that does not exist", plan(GET, cancel("now - s1.order.placed_at > weeks(2)")), "UNKNOWN_FUNCTION s2"),
    ("words instead of signs", plan(GET, cancel("has(s1.order.id) and true")), "SYNTAX_WRONG s2"),
    ("half an expression", plan(GET, cancel("s1.order.id ==")), "SYNTAX_WRONG s2"),
    ("an expression without an end", plan(GET, cancel(" || ".join(["s1.order.id == 'A-1042'"] * 100))), "EXPRESSION_WRONG s2"),
    # Several at once
    ("each fault by itself", plan(GET, cancel("s1.order.status == 1", order_id=ref("s1.order.number"), colour="red")), "UNKNOWN_PARAMETER s2, ENUM_BY_NUMBER s2, UNKNOWN_FIELD s2"),
]  # fmt: skip


@cache
def catalogue() -> Catalogue:
    return shop_catalogue()


@cache
def expressions() -> Expressions:
    return Expressions(catalogue())


def asked(text: str) -> Request:
    return Request(text=text, email="dana.fields@example.com", now=datetime(2026, 11, 22, 12, tzinfo=UTC))


def verdict(made: Plan) -> str:
    ground = Ground(asked(SAID))
    kept = normalised(made, catalogue(), ground)
    allowed = frozenset(catalogue().intents) - {"newsletter.unsubscribe"}
    lost = [one.fault for one in dropped(made, catalogue(), ground)]
    faults = [*lost, *check(kept, catalogue(), expressions(), allowed), *missing_faults(kept, catalogue())]
    return ", ".join(f"{fault.reason} {fault.step_id}".strip() for fault in faults)


def named(rows: list) -> list:
    return [pytest.param(*row[1:], id=row[0]) for row in rows]


@pytest.mark.parametrize("made", named(FINE))
def test_a_plan_that_may_run_has_no_fault(made):
    assert verdict(made) == ""


@pytest.mark.parametrize(("made", "expected"), named(WRONG))
def test_every_way_of_being_wrong_has_its_own_reason(made, expected):
    assert verdict(made) == expected


def test_the_table_is_as_long_as_it_claims():
    assert len(FINE) + len(WRONG) >= 120
    assert len({reason for _, _, text in WRONG for reason in text.replace(",", "").split() if reason.isupper()}) >= 30


@pytest.mark.parametrize(
    ("when", "instead"),
    [
        ("s1.order.status == 1", f"write s1.order.status == {STATUS}_PENDING"),
        ("s1.order.status == PENDING", f"written in full: {STATUS}_PENDING"),
        ("s1.order.items.exists(i, i.colour == 'red')", "Item has: sku, name, quantity, unit_price"),
        ("s1.order.shipped_at == null", "!has("),
        ("s1.order.total.amount_minor > 4000", "write money(s1.order.total)"),
        ("now - s1.order.placed_at > duration('2w')", "written days(14)"),
        ("now - s1.order.placed_at > duration('36h')", "written hours(36)"),
        ("now - s1.order.placed_at > 14", "write days(14)"),
        ("s1.order.placed_at < timestamp('yesterday')", "timestamp('2026-01-31T00:00:00Z')"),
        ("now - s1.order.placed_at > weeks(2)", "days()"),
        ("s9.order.id == 'x'", "it may use: s1, now"),
        ("s1.order.id.matches('(')", "contains('...')"),
    ],
)
def test_a_fault_says_what_to_write_instead(when, instead):
    (fault,) = check(plan(GET, cancel(when)), catalogue(), expressions(), frozenset(catalogue().intents))
    assert instead in fault.message


def test_what_was_dropped_is_told_with_the_reason():
    made = plan(step("s1", "order.get", order_id="A-7777"), step("s2", "order.list", status="FLYING", limit=1042))
    told = {one.parameter: one.fault.message for one in dropped(made, catalogue(), Ground(asked(SAID)))}
    assert "was not said" in told["order_id"]
    assert "none of PENDING, SHIPPED" in told["status"]
    assert "does not match [1-9][0-9]?|100, as 5 does" in told["limit"]


async def test_the_question_says_that_what_was_given_does_not_fit():
    planner = ScriptedPlanner(plan(step("s1", "order.get", order_id="A1042")))
    proposal = await Planning(planner=planner).decide(
        asked("show A1042"), catalogue(), expressions(), frozenset({"customer"})
    )
    assert isinstance(proposal.decision, Clarify)
    assert proposal.decision.question.endswith("(for example A-1042). “A1042” does not look like one.")


async def test_a_planner_that_is_asked_again_hears_what_was_dropped_and_what_is_missing():
    wrong = plan(step("s1", "order.get", order_id="A-7777", colour="red"))
    planner = ScriptedPlanner(wrong, plan(step("s1", "order.get", order_id="A-1042")))
    await Planning(planner=planner).decide(asked(SAID), catalogue(), expressions(), frozenset({"customer"}))
    assert [fault.reason for fault in planner.faults[1]] == ["UNKNOWN_PARAMETER", "NOT_GROUNDED", "MISSING_PARAMETER"]
