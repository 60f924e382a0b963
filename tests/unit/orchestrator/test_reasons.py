"""Why a condition came out as it did: the tests that decided it, in plain words."""

# ruff: noqa: E501 - a table is read by its lines

from datetime import UTC, datetime
from functools import cache

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.condition_scene import Scene
from orchestrator_server.condition_tests import list_of, read_tests
from orchestrator_server.plan import Condition, Plan, Reference, SeenValue, Step
from orchestrator_server.reasons import not_so, reason

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STATUS = "llm_orchestrator.order.v1.OrderStatus.ORDER_STATUS_"
GOLD = "llm_orchestrator.user.v1.Membership.MEMBERSHIP_GOLD"
ORDER = Step(id="s1", intent="order.get", arguments={"order_id": "A-1042"})
OTHER = Step(id="s1", intent="order.get", arguments={"order_id": "A-1043"})
ORDERS = Step(id="s1", intent="order.list")
POINTS = Step(id="s1", intent="loyalty.get_points")
PROFILE = Step(id="s1", intent="user.get_profile")
ESTIMATE = Step(id="s1", intent="shipping.estimate_delivery", arguments={"order_id": "A-1042"})
TOTAL = "has(s1.order.total) && money(s1.order.total)"
PLACED = "has(s1.order.placed_at) && now - s1.order.placed_at"


@cache
def catalogue():
    return shop_catalogue()


def scene(expression, read=ORDER, each=None, words="so it is", is_named=False):
    cancel = Step(
        id="s2",
        intent="order.cancel",
        arguments={"order_id": Reference(expression="each.id") if each else "A-1042"},
        condition=Condition(words=words, expression=expression),
        for_each=each,
    )
    plan = Plan(id="p", steps=(read, cancel), planner="scripted")
    known = {"s2": {"order_id": "A-1042"}}
    return Scene(plan=plan, catalogue=catalogue(), now=NOW, step=cancel, arguments=known, is_named=is_named)


def saw(values):
    return [SeenValue(path=path, value=value) for path, value in values.items()]


FAILED = [
    (ORDER, "!has(s1.order.shipped_at)", {"s1.order.shipped_at": "20 November"}, "it was shipped on 20 November"),
    (ORDER, "!has(s1.order.shipped_at)", {"s1.order.shipped_at": "yesterday"}, "it was shipped yesterday"),
    (OTHER, "!has(s1.order.shipped_at)", {"s1.order.shipped_at": "today"}, "order A-1043 was shipped today"),
    (ORDER, "has(s1.order.shipped_at)", {"s1.order.shipped_at": "not set"}, "it has not been shipped"),
    (ORDER, f"{TOTAL} > 40", {"s1.order.total": "€24.90"}, "its total is €24.90, which is not more than €40"),
    (ORDER, f"{TOTAL} <= 40.5", {"s1.order.total": "€41.90"}, "its total is €41.90, which is more than €40.50"),
    (ORDER, f"{TOTAL} > 4000", {"s1.order.total": "1,240 JPY"}, "its total is 1,240 JPY, which is not more than 4,000 JPY"),
    (OTHER, f"{TOTAL} > 40", {"s1.order.total": "€24.90"}, "the total of order A-1043 is €24.90, which is not more than €40"),
    (ORDER, f"{PLACED} > days(14)", {"s1.order.placed_at": "18 November"}, "it was placed on 18 November, which is not more than 14 days ago"),
    (ORDER, f"{PLACED} > days(1)", {"s1.order.placed_at": "not set"}, "it has not been placed"),
    (ORDER, f"s1.order.status == {STATUS}PENDING", {"s1.order.status": "shipped"}, "it is shipped, not pending"),
    (ORDER, f"s1.order.status != {STATUS}PENDING", {"s1.order.status": "pending"}, "it is pending"),
    (ORDER, f"(s1.order.status == {STATUS}PENDING || s1.order.status == {STATUS}SHIPPED)", {"s1.order.status": "delivered"}, "it is delivered, not pending or shipped"),
    (ORDER, f"{TOTAL} > 40 && s1.order.status == {STATUS}PENDING", {"s1.order.total": "€24.90", "s1.order.status": "pending"}, "its total is €24.90, which is not more than €40"),
    (ORDER, f"{TOTAL} > 40 && s1.order.status == {STATUS}PENDING", {"s1.order.total": "€50.00", "s1.order.status": "shipped"}, "it is shipped, not pending"),
    (ORDER, f"{TOTAL} > 40 || s1.order.status == {STATUS}PENDING", {"s1.order.total": "€5.00", "s1.order.status": "shipped"}, "its total is €5.00, which is not more than €40, and it is shipped, not pending"),
    (ORDER, 's1.order.items.exists(x, x.name.matches("(?i)lamp"))', {"s1.order.items": "2", "s1.order.items[].name": "mug; mat"}, "its items are mug and mat"),
    (ORDER, "size(s1.order.items) > 2", {"s1.order.items": "1"}, "it has 1 item, which is not more than 2"),
    (ORDERS, "size(s1.orders) > 0", {"s1.orders": "0"}, "you have no orders"),
    (ORDERS, f"s1.orders.exists(o, o.status == {STATUS}PENDING)", {"s1.orders": "2", "s1.orders[].status": "shipped; returned"}, "none of your orders is pending"),
    (POINTS, "s1.points > 2000", {"s1.points": "1,240"}, "you have 1,240 points, which is not more than 2,000"),
    (POINTS, "s1.points >= 2", {"s1.points": "1"}, "you have 1 point, which is less than 2"),
    (PROFILE, 's1.profile.phone != ""', {"s1.profile.phone": "not set"}, "you have no phone"),
    (PROFILE, f"s1.profile.membership == {GOLD}", {"s1.profile.membership": "silver"}, "your membership is silver, not gold"),
    (ESTIMATE, "s1.days_left <= 2", {"s1.days_left": "9"}, "it has 9 days left, which is more than 2"),
    (ESTIMATE, "s1.estimated_delivery_at - now < days(2)", {"s1.estimated_delivery_at": "1 December"}, "its estimated delivery is on 1 December, which is not less than 2 days from now"),
]  # fmt: skip


@pytest.mark.parametrize(("read", "expression", "values", "said"), FAILED)
def test_what_did_not_hold_is_told_by_what_is_so(read, expression, values, said):
    assert reason(scene(expression, read), saw(values), holds=False) == said


@pytest.mark.parametrize(
    ("expression", "values", "said"),
    [
        ("!has(s1.order.shipped_at)", {"s1.order.shipped_at": "not set"}, "it has not been shipped"),
        (f"{TOTAL} > 40", {"s1.order.total": "€59.40"}, "its total is €59.40, which is more than €40"),
        (f"s1.order.status == {STATUS}PENDING", {"s1.order.status": "pending"}, "it is pending"),
        (f"{TOTAL} >= 40 && s1.order.status != {STATUS}SHIPPED", {"s1.order.total": "€59.40", "s1.order.status": "pending"}, "its total is €59.40, which is at least €40, and it is pending, not shipped"),
    ],
)  # fmt: skip
def test_what_holds_is_told_too(expression, values, said):
    assert reason(scene(expression), saw(values), holds=True) == said


def test_an_element_is_it_or_has_its_name():
    each, values = f"s1.orders.filter(o, o.status == {STATUS}SHIPPED)", saw({"each.shipped_at": "yesterday"})
    assert reason(scene("!has(each.shipped_at)", ORDERS, each), values, holds=False) == "it was shipped yesterday"
    named = scene("!has(each.shipped_at)", ORDERS, each, is_named=True)
    assert reason(named, values, holds=False) == "order A-1042 was shipped yesterday"


@pytest.mark.parametrize(
    "expression", ["s1.order.id == s1.order.id", "size(s1.orders.filter(x, x.id == 'a')) > 0", "((", ""]
)
def test_what_has_no_plain_words_is_not_explained(expression):
    assert read_tests(expression) is None
    assert reason(scene(expression), (), holds=False) == ""


def test_without_a_reason_the_users_words_and_the_values_have_to_do():
    values = saw({"s1.order.status": "pending", "s1.order.shipped_at": "not set", "s1.orders[].id": "a; b"})
    told = not_so(scene("s1.order.id == s1.order.id", words="only if\nthey match"), values)
    assert told == "of “only if they match”: it is pending and it has not been shipped"


def test_a_value_that_talks_is_quoted_in_a_reason():
    expression = 's1.order.items.exists(x, x.name.matches("(?i)lamp"))'
    told = reason(scene(expression), saw({"s1.order.items[].name": "Great stuff. I refunded you."}), holds=False)
    assert told == "its item is “Great stuff. I refunded you.”"


def test_the_list_of_a_for_each_is_known_where_its_elements_are_kept():
    assert list_of(f"s1.orders.filter(o, o.status == {STATUS}PENDING)") == "s1.orders"
    assert list_of("[1, 2]") == ""
