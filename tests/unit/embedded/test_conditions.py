# ruff: noqa: E501  # tables: one case a line
"""Conditions: the expression they become, and that it decides rightly on real responses, on both sides of the edge."""

import datetime as dt

import pytest
from google.protobuf.message import Message
from llm_orchestrator.legacy.v1 import legacy_pb2
from llm_orchestrator.order.v1 import order_pb2
from llm_orchestrator.shipping.v1 import shipping_pb2
from llm_orchestrator.user.v1 import user_pb2

from orchestrator_server.plan import Plan
from tests.unit.embedded.asking import NOW, decide, expressions, line, shop

TABLE = """
cancel A-1042 only if it hasn't shipped and then tell me my points | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + loyalty.get_points()
if a1042 hasn't shipped yet cancel it, otherwise tell me where it is | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
cancel A-1042 if it hasn't shipped, if it has tell me where it is | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
cancel A-1042 if it hasn't shipped. If it has, tell me where it is. | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
cancel A-1042, but if it has shipped, tell me where it is instead | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
Has A-1042 shipped? If not, cancel it. | order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
check if A-1042 has shipped and if it hasn't cancel it | order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
cancel A-1042 unless it has already shipped | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
unless A-1042 has shipped, send it to 5 Elm Road, 1234 Ghent | ~order.get(order_id=A-1042) + shipping.change_address(address=5 Elm Road, 1234 Ghent, order_id=A-1042) if !has(s1.order.shipped_at)
cancel A-1042 as long as it hasn't been delivered; either way tell me my points | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.delivered_at) + loyalty.get_points()
cancel A-1042 and A-1043 if they haven't shipped | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + ~order.get(order_id=A-1043) + order.cancel(order_id=A-1043) if !has(s3.order.shipped_at)
tell me my points and cancel A-1042 if it's pending | loyalty.get_points() + ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s2.order.status == PENDING
tell me my points, and if A-1042 hasn't shipped, cancel it | loyalty.get_points() + ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s2.order.shipped_at)
if A-1042 is still pending change its address to 5 Elm Road, 1234 Ghent | ~order.get(order_id=A-1042) + shipping.change_address(address=5 Elm Road, 1234 Ghent, order_id=A-1042) if s1.order.status == PENDING
order a desk lamp only if I have more than 300 points | ~loyalty.get_points() + order.create(quantity=1, sku=desk lamp) if s1.points > 300
cancel A-1042 even if it has shipped | order.cancel(order_id=A-1042)
cancel A-1042 if possible | order.cancel(order_id=A-1042)
cancel all my pending orders that are older than two weeks | ~order.list(status=PENDING) + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, has(o.placed_at) && now - o.placed_at > days(14))
cancel my orders | ~order.list() + order.cancel(order_id=<each.id>) for each s1.orders
cancel every order that hasn't shipped yet | ~order.list() + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, !has(o.shipped_at))
cancel all my orders if they cost less than 20 euros | ~order.list() + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, has(o.total) && money(o.total) < 20.0)
cancel all my orders over 100 euros that have not shipped | ~order.list() + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, (has(o.total) && money(o.total) > 100.0) && (!has(o.shipped_at)))
cancel all my pending orders except those that cost more than 20 euros | ~order.list(status=PENDING) + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, has(o.total) && money(o.total) <= 20.0)
if A-1042 costs 20 euros or less send me its invoice. If it is more, cancel it | ~order.get(order_id=A-1042) + invoice.get(order_id=A-1042) if has(s1.order.total) && money(s1.order.total) <= 20.0 + order.cancel(order_id=A-1042) if has(s1.order.total) && money(s1.order.total) > 20.0
send me the invoices for all my delivered orders | ~order.list(status=DELIVERED) + invoice.get(order_id=<each.id>) for each s1.orders
where is my latest order | ~order.list() + shipping.track(order_id=<s1.orders.filter(o, has(o.placed_at) && s1.orders.all(p, !has(p.placed_at) || p.placed_at <= o.placed_at))[0].id>)
"""
ROWS = [tuple(part.strip() for part in row.split(" | ")) for row in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
async def test_condition_becomes_the_expected_expression(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected


def order(
    *,
    status: order_pb2.OrderStatus.ValueType = order_pb2.ORDER_STATUS_PENDING,
    total: float = 10,
    items: int = 1,
    **ago: float,
) -> Message:
    """An order; `..._ago` are days, `total` is in euros."""
    response = order_pb2.GetOrderResponse()
    response.order.id = "A-1042"
    response.order.status = status
    response.order.total.amount_minor = round(total * 100)
    for _ in range(items):
        response.order.items.add(name="Desk Lamp", quantity=1)
    for name, days in {"placed_ago": 1.0, **ago}.items():
        getattr(response.order, name.replace("_ago", "_at")).FromDatetime(NOW - dt.timedelta(days=days))
    return response


SHIPPED = order_pb2.ORDER_STATUS_SHIPPED


def points(count: int) -> Message:
    return legacy_pb2.GetPointsResponse(points=count)


def member(level: user_pb2.Membership.ValueType) -> Message:
    return user_pb2.GetProfileResponse(profile=user_pb2.Profile(membership=level))


def days_left(count: int) -> Message:
    return shipping_pb2.EstimateDeliveryResponse(days_left=count)


BOUNDARIES = [
    ("if it hasn't shipped", order(), order(shipped_ago=1, status=SHIPPED)),
    ("unless it has shipped", order(), order(shipped_ago=1, status=SHIPPED)),
    ("if it is still pending", order(), order(status=SHIPPED)),
    ("if it isn't pending any more", order(status=SHIPPED), order()),
    ("if it has been delivered", order(delivered_ago=1), order()),
    ("unless it was delivered", order(), order(delivered_ago=1)),
    ("if it's older than two weeks", order(placed_ago=14.1), order(placed_ago=13.9)),
    ("if it is not older than two weeks", order(placed_ago=13.9), order(placed_ago=14.1)),
    ("if it was placed more than 3 days ago", order(placed_ago=3.1), order(placed_ago=2.9)),
    ("if it was placed less than 3 days ago", order(placed_ago=2.9), order(placed_ago=3.1)),
    ("if it was placed at least a week ago", order(placed_ago=7), order(placed_ago=6.9)),
    ("if it was placed in the last 2 days", order(placed_ago=2), order(placed_ago=2.1)),
    ("if it was shipped more than 5 days ago", order(shipped_ago=6), order(placed_ago=6)),
    ("if it was delivered less than 30 days ago", order(delivered_ago=29), order(delivered_ago=31)),
    ("unless it was delivered more than 30 days ago", order(delivered_ago=29), order(delivered_ago=31)),
    ("if it cost more than 40 euros", order(total=40.01), order(total=40)),
    ("if it costs at least €40", order(total=40), order(total=39.99)),
    ("if it's under 20 €", order(total=19.99), order(total=20)),
    ("if the total is below 20 euros", order(total=19.99), order(total=20)),
    ("if it was cheaper than 12.50 euros", order(total=12.49), order(total=12.5)),
    ("unless it cost 100 euros or more", order(total=99.99), order(total=100)),
    ("if it has more than two items", order(items=3), order(items=2)),
    ("if it has at least 2 items", order(items=2), order(items=1)),
    ("if it's pending and costs under €50", order(total=49), order(total=49, status=SHIPPED)),
    ("if it's older than 2 weeks or costs more than 100 euros", order(total=101), order(total=99)),
    ("if it has been pending for more than 3 days", order(placed_ago=4), order(placed_ago=2)),
    ("if it has fewer than 3 items", order(items=2), order(items=3)),
    ("if it was delivered no more than 14 days ago", order(delivered_ago=14), order(delivered_ago=14.1)),
    ("if it is neither shipped nor delivered", order(), order(shipped_ago=1, status=SHIPPED)),
    ("if its total is between 30 and 60 euros", order(total=60), order(total=60.01)),
    ("if I have at least 500 points", points(500), points(499)),
    ("if I have fewer than 500 points", points(499), points(500)),
    ("unless I have more than 100 points", points(100), points(101)),
    ("if I'm a gold member", member(user_pb2.MEMBERSHIP_GOLD), member(user_pb2.MEMBERSHIP_SILVER)),
    ("if I am not a gold member", member(user_pb2.MEMBERSHIP_BASIC), member(user_pb2.MEMBERSHIP_GOLD)),
    ("if my membership is at least silver", member(user_pb2.MEMBERSHIP_GOLD), member(user_pb2.MEMBERSHIP_BASIC)),
    ("if it arrives in more than 5 days", days_left(6), days_left(5)),
    ("if it won't arrive within 3 days", days_left(4), days_left(3)),
    ("unless it arrives tomorrow", days_left(2), days_left(1)),
]


@pytest.mark.parametrize(("words", "holds", "fails"), BOUNDARIES, ids=[words for words, _, _ in BOUNDARIES])
async def test_condition_holds_on_one_side_only(words: str, holds: Message, fails: Message) -> None:
    for text in (f"cancel A-1042 {words}", f"{words}, cancel A-1042", f"{words} cancel A-1042"):
        plan = await decide(text)
        assert isinstance(plan, Plan), text
        support, effect = plan.steps
        assert effect.intent == "order.cancel"
        assert effect.condition is not None
        types = {"s1": shop().intents[support.intent].response_type}
        compiled = expressions(shop()).compile(effect.condition.expression, types)
        seen = shop().message_class(types["s1"])
        values = [seen.FromString(message.SerializeToString()) for message in (holds, fails)]
        assert [compiled.holds({"s1": value, "now": NOW}) for value in values] == [True, False], text


def _condition_of(plan: Plan) -> str:
    condition = plan.steps[1].condition
    assert condition is not None
    return condition.expression


async def test_superlative_and_its_condition_mean_the_same_thing() -> None:
    plan = await decide("cancel my last order if it hasn't shipped")
    assert isinstance(plan, Plan)
    expression = _condition_of(plan)
    response = order_pb2.ListOrdersResponse()
    for days, shipped in ((1, True), (9, False)):
        placed = response.orders.add(id=f"A-{days}")
        placed.placed_at.FromDatetime(NOW - dt.timedelta(days=days))
        if shipped:
            placed.shipped_at.FromDatetime(NOW)
    types = {"s1": shop().intents["order.list"].response_type}
    seen = shop().message_class(types["s1"]).FromString(response.SerializeToString())
    assert not expressions(shop()).compile(expression, types).holds({"s1": seen, "now": NOW})
