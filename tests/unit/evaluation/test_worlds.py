"""Worlds: what facts tell becomes the responses that conditions read, for every kind of response of the shop."""

from typing import Any

import pytest

from evaluation.guises import Guise, guises
from evaluation.notes import notes
from evaluation.responses import respond
from evaluation.telling import number
from orchestrator_server.expressions import ExpressionError
from orchestrator_server.plan import Call
from tests.fakes import step
from tests.unit.evaluation.judged import NOW, label, theatre, wanted, world

SMALL, LARGE = Guise(stage="pending", is_large=False), Guise(stage="pending", is_large=True)
STATUS = "llm_orchestrator.order.v1.OrderStatus.ORDER_STATUS_"
SHIPPING_STATUS = "llm_orchestrator.shipping.v1.OrderStatus.ORDER_STATUS_"
GOLD = "llm_orchestrator.user.v1.Membership.MEMBERSHIP_GOLD"

TOLD: list[tuple[str, dict[str, Any], str]] = [
    ("order.get", {"status": "pending"}, f"r.order.id == 'A-1' && r.order.status == {STATUS}PENDING"),
    ("order.get", {"status": "ORDER_STATUS_SHIPPED"}, f"r.order.status == {STATUS}SHIPPED && has(r.order.shipped_at)"),
    ("order.get", {"status": "Called off"}, f"r.order.status == {STATUS}CANCELLED"),
    ("order.get", {"status": "canceled"}, f"r.order.status == {STATUS}CANCELLED"),
    ("order.get", {"delivered_days_ago": 3}, f"r.order.status == {STATUS}DELIVERED && has(r.order.shipped_at)"),
    ("order.get", {"status": "pending"}, "!has(r.order.shipped_at) && !has(r.order.delivered_at)"),
    ("order.get", {"status": "delivered", "delivered_days_ago": 14}, "now - r.order.delivered_at == days(14)"),
    ("order.get", {"status": "delivered", "delivered_days_ago": 14}, "now - r.order.placed_at >= days(14)"),
    ("order.get", {"placed_days_ago": 2.5}, "now - r.order.placed_at == hours(60)"),
    ("order.get", {"placed_weeks_ago": 2}, "now - r.order.placed_at == days(14)"),
    ("order.get", {"placed_at": "2026-11-01T10:00:00Z"}, "r.order.placed_at == timestamp('2026-11-01T10:00:00Z')"),
    ("order.get", {"placed_at": "2026-11-01T10:00:00+02:00"}, "r.order.placed_at == timestamp('2026-11-01T08:00:00Z')"),
    ("order.get", {"placed": "2026-11-01"}, "r.order.placed_at == timestamp('2026-11-01T12:00:00Z')"),
    ("order.get", {"shipped_at": None}, "!has(r.order.shipped_at)"),
    ("order.get", {"total": 40}, "money(r.order.total) == 40.0"),
    ("order.get", {"total": "€1,240.50"}, "money(r.order.total) == 1240.5"),
    ("order.get", {"items": ["cup", "pan"]}, "r.order.items.size() == 2 && r.order.items.exists(i, i.name == 'pan')"),
    ("order.get", {"items": ["cup"]}, "r.order.items[0].quantity == 1"),
    ("order.get", {"items": [{"name": "cup", "quantity": 3, "price": 5}]}, "r.order.items[0].quantity == 3"),
    ("order.get", {"items": [{"name": "cup", "price": 5}]}, "money(r.order.items[0].unit_price) == 5.0"),
    ("order.get", {"item_count": 4}, "r.order.items.size() == 4"),
    ("order.get", {"items": []}, "r.order.items.size() == 0"),
    ("shipping.track", {"status": "shipped", "carrier": "DHL"}, f"r.shipment.status == {SHIPPING_STATUS}SHIPPED"),
    ("shipping.track", {"status": "shipped", "carrier": "DHL"}, "r.shipment.carrier == 'DHL'"),
    ("shipping.track", {"estimated_delivery_in_days": 6}, "r.shipment.estimated_delivery_at - now == days(6)"),
    ("shipping.track", {"address": "1 Elm Road"}, "r.shipment.address == '1 Elm Road'"),
    ("shipping.estimate_delivery", {"estimated_delivery_in_days": 6}, "r.days_left == 6 && r.order_id == 'A-1'"),
    ("shipping.estimate_delivery", {"estimated_delivery_in_days": 0.5}, "r.days_left <= 1"),
    ("shipping.estimate_delivery", {"estimated_delivery": "2026-11-25"}, "r.days_left == 3"),
    ("shipping.estimate_delivery", {"days_left": 4}, "r.estimated_delivery_at - now == days(4)"),
    ("shipping.estimate_delivery", {"status": "delivered"}, "has(r.delivered_at) && !has(r.estimated_delivery_at)"),
    ("invoice.get", {"total": 99.5, "issued_days_ago": 3}, "money(r.invoice.total) == 99.5"),
    ("invoice.get", {"total": 99.5, "issued_days_ago": 3}, "now - r.invoice.issued_at == days(3)"),
    ("order.cancel", {"status": "cancelled"}, f"r.order.status == {STATUS}CANCELLED"),
]
TOLD_OF_THE_USER: list[tuple[str, dict[str, Any], str]] = [
    ("user.get_profile", {"membership": "gold"}, f"r.profile.membership == {GOLD}"),
    ("user.get_profile", {"membership": "MEMBERSHIP_GOLD"}, f"r.profile.membership == {GOLD}"),
    ("user.get_profile", {"phone": None}, "r.profile.phone == ''"),
    ("user.get_profile", {"member_since_days_ago": 400}, "now - r.profile.member_since == days(400)"),
    ("loyalty.get_points", {"points": 500}, "r.points == 500"),
    ("loyalty.get_points", {"points": "1,200"}, "r.points == 1200"),
    ("newsletter.unsubscribe", {"newsletter": True}, "r.was_subscribed"),
    ("newsletter.unsubscribe", {"newsletter": False}, "!r.was_subscribed"),
]


def holds(intent: str, facts: dict[str, Any], test: str, guise: Guise, **arguments: Any) -> bool:
    call = Call(step=step("r", intent), index=0, arguments=arguments, key="k", has_effect=False)
    response = respond(call, facts, guise, theatre().catalogue, NOW)
    type_name = theatre().catalogue.intents[intent].response_type
    return theatre().expressions.compile(test, {"r": type_name}).holds({"r": response, "now": NOW})


@pytest.mark.parametrize("guise", [SMALL, LARGE])
@pytest.mark.parametrize(("intent", "about", "test"), TOLD)
def test_facts_of_a_thing_stand_in_the_responses(intent: str, about: dict[str, Any], test: str, guise: Guise):
    assert holds(intent, {"A-1": about, "A-2": {}}, test, guise, order_id="a-1")


@pytest.mark.parametrize("guise", [SMALL, LARGE])
@pytest.mark.parametrize(("intent", "about", "test"), TOLD_OF_THE_USER)
def test_facts_of_the_user_stand_in_the_responses(intent: str, about: dict[str, Any], test: str, guise: Guise):
    assert holds(intent, {"user": about, "A-2": {}}, test, guise)


ORDERS = {
    "user": {},
    "A-1": {"status": "pending", "placed_days_ago": 9},
    "A-2": {"status": "shipped", "placed_days_ago": 5},
    "A-3": {"status": "pending", "placed_days_ago": 1},
    "A-4": None,
}


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ({}, "['A-3', 'A-2', 'A-1']"),
        ({"status": "PENDING"}, "['A-3', 'A-1']"),
        ({"status": "ORDER_STATUS_SHIPPED"}, "['A-2']"),
        ({"limit": 2}, "['A-3', 'A-2']"),
    ],
)
def test_a_list_shows_the_things_newest_first_as_far_as_it_is_asked_to(arguments: dict[str, Any], ids: str):
    assert holds("order.list", ORDERS, f"r.orders.map(o, o.id) == {ids}", SMALL, **arguments)


def test_what_is_told_not_to_exist_is_not_found():
    call = Call(step=step("r", "order.get"), index=0, arguments={"order_id": "A-4"}, key="k", has_effect=False)
    assert respond(call, ORDERS, SMALL, theatre().catalogue, NOW) is None


def test_what_is_not_told_differs_from_guise_to_guise():
    for test in (
        "money(r.order.total) > 100.0",
        "r.order.items.size() > 2",
        "now - r.order.placed_at > days(300)",
        "money(r.order.items[0].unit_price) > 10.0",
    ):
        seen = {_holds_or_fails(test, guise) for guise in guises({"A-1": {"status": "pending"}}, NOW)}
        assert seen == {True, False}, test


def _holds_or_fails(test: str, guise: Guise) -> bool:
    try:
        return holds("order.get", {"A-1": {"status": "pending"}}, test, guise, order_id="A-1")
    except ExpressionError:
        return False


def test_a_thing_whose_stage_nothing_tells_is_played_in_every_stage():
    assert {one.stage for one in guises({"A-1": {"total": 5}}, NOW)} == {"pending", "shipped", "delivered"}
    assert {one.stage for one in guises({"A-1": {"status": "returned"}}, NOW)} == {"pending"}


@pytest.mark.parametrize(
    ("said", "value"),
    [
        (41, 41),
        ("41.00", 41),
        ("€1,240.50", 1240.5),
        ("12,50 EUR", 12.5),
        ({"amount": 3}, 3),
        ({"amount_minor": 350}, 3.5),
    ],
)
def test_amounts_are_read_in_the_ways_that_people_write_them(said: Any, value: float):
    assert number(said) == value


def test_what_nobody_knows_of_a_label_is_noted():
    one = label(
        wanted("order.track", order_id="A-1"),
        wanted("order.get", id="A-1"),
        missing=(frozenset({"order"}),),
        worlds=(world([], A_1={"totl": 5, "status": "lost", "placed_days_ago": 3}, user={"points": 3}),),
    )
    assert notes([one, one], theatre().catalogue) == [
        "x: there is no intent 'order.track'",
        "x: order.get takes no 'id'",
        "x: no step takes the missing 'order'",
        "x: no response tells 'totl' of a thing",
        "x: 'status' is never 'lost'",
    ]
