# ruff: noqa: E501  # tables: one case a line
"""Conditions over several things: any, none and all of a list, the latest one, two by their ids, and requests for many."""

import pytest

from tests.unit.embedded.asking import decide, line

TABLE = """
if any of my orders has been returned, show me my points | ~order.list() + loyalty.get_points() if s1.orders.exists(e, e.status == RETURNED)
if none of my orders are pending, show me my points | ~order.list() + loyalty.get_points() if !s1.orders.exists(e, e.status == PENDING)
if all my orders have been delivered, show me my points | ~order.list() + loyalty.get_points() if !s1.orders.exists(e, !has(e.delivered_at))
if no order has shipped, show me my points | ~order.list() + loyalty.get_points() if !s1.orders.exists(e, has(e.shipped_at))
do any of my orders cost more than 100 euros? If so, show me my points | order.list() + loyalty.get_points() if s1.orders.exists(e, has(e.total) && money(e.total) > 100.0)
do I still have open orders? If not, show me my points | order.list(status=PENDING) + ~order.list() + loyalty.get_points() if !s2.orders.exists(e, e.status == PENDING)
if I have an order that is older than a month, show me my points | ~order.list() + loyalty.get_points() if s1.orders.exists(e, has(e.placed_at) && now - e.placed_at > days(30))
if any of my pending orders is older than 3 weeks, show me my points | ~order.list() + loyalty.get_points() if s1.orders.exists(e, (e.status == PENDING) && (has(e.placed_at) && now - e.placed_at > days(21)))
if I have at least 2 orders that haven't shipped, cancel A-1042 | ~order.list() + order.cancel(order_id=A-1042) if size(s1.orders.filter(e, !has(e.shipped_at))) >= 2
if any of my orders are still pending, cancel them | ~order.list() + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, o.status == PENDING)
do I have any pending orders? if so cancel them | order.list(status=PENDING) + ~order.list() + order.cancel(order_id=<each.id>) for each s2.orders.filter(o, o.status == PENDING)
if my latest order hasn't shipped, cancel it | ~order.list() + order.cancel(order_id=<s1.orders.filter(o, has(o.placed_at) && s1.orders.all(p, !has(p.placed_at) || p.placed_at <= o.placed_at))[0].id>) if !has(s1.orders.filter(o, has(o.placed_at) && s1.orders.all(p, !has(p.placed_at) || p.placed_at <= o.placed_at))[0].shipped_at)
if either A-1042 or A-1043 has been delivered, show me my points | ~order.get(order_id=A-1042) + ~order.get(order_id=A-1043) + loyalty.get_points() if (has(s1.order.delivered_at)) || (has(s2.order.delivered_at))
if both A-1042 and A-1043 are pending, show me my points | ~order.get(order_id=A-1042) + ~order.get(order_id=A-1043) + loyalty.get_points() if (s1.order.status == PENDING) && (s2.order.status == PENDING)
if A-1042 and A-1043 are still pending, cancel them | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + ~order.get(order_id=A-1043) + order.cancel(order_id=A-1043) if s3.order.status == PENDING
if neither A-1042 nor A-1043 has shipped, show me my points | ~order.get(order_id=A-1042) + ~order.get(order_id=A-1043) + loyalty.get_points() if (!has(s1.order.shipped_at)) && (!has(s2.order.shipped_at))
cancel all my orders that are still pending and cost more than 50 euros | ~order.list() + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, (o.status == PENDING) && (has(o.total) && money(o.total) > 50.0))
cancel every order of mine that is over 100 euros | ~order.list() + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, has(o.total) && money(o.total) > 100.0)
cancel everything I have with you that hasn't been shipped | ~order.list() + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, !has(o.shipped_at))
every order that has been sat there pending for over 21 days just cancel them | ~order.list() + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, o.status == PENDING && has(o.placed_at) && now - o.placed_at > days(21))
any order of mine which is sitting in pending since more than 30 days, kindly cancel the same | ~order.list() + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, o.status == PENDING && has(o.placed_at) && now - o.placed_at > days(30))
for each of my pending orders: if it is older than a week cancel it | ~order.list(status=PENDING) + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, has(o.placed_at) && now - o.placed_at > days(7))
every pending order of ours above 100 euros has to be cancelled | ~order.list(status=PENDING) + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, has(o.total) && money(o.total) > 100.0)
any pending order of mine that's over 200 euros, axe it please | ~order.list(status=PENDING) + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, has(o.total) && money(o.total) > 200.0)
"""
ROWS = [tuple(part.strip() for part in row.split(" | ")) for row in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
async def test_condition_over_several_things_is_read(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected
