# ruff: noqa: E501  # tables: one case a line
"""Amounts, counts, ages, days and levels in the ways people put them, and those that lean on what was said before."""

import pytest

from tests.unit.embedded.asking import decide, line

TABLE = """
cancel A-1042 if it is still pending and over 80 euros | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING && has(s1.order.total) && money(s1.order.total) > 80.0
cancel A-1042 if there is only one single item in it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if ((size(s1.order.items) > 0 ? s1.order.items[0].quantity : 0) + (size(s1.order.items) > 1 ? s1.order.items[1].quantity : 0)) == 1
if A-1042 needs more than 3 days to get here, cancel it | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 3
if A-1042 takes longer than 4 more days, cancel it | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 4
if it will be at least a week before A-1042 arrives, cancel it | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left >= 7
cancel A-1042 if it isn't due for another 6 days | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left >= 6
cancel A-1042 if it is not expected within the next 5 days | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 5
if A-1042 arrives today or tomorrow, show me my points | ~shipping.estimate_delivery(order_id=A-1042) + loyalty.get_points() if (!has(s1.delivered_at) && s1.days_left == 0) || (!has(s1.delivered_at) && s1.days_left == 1)
cancel A-1042 if it is from today | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.placed_at) && s1.order.placed_at >= timestamp("2026-11-22T00:00:00Z") && s1.order.placed_at < timestamp("2026-11-23T00:00:00Z")
cancel A-1042 if i bought it more then 14 days ago | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.placed_at) && now - s1.order.placed_at > days(14)
if 14 days haven't passed since A-1042 was delivered, return the kettle | ~order.get(order_id=A-1042) + order.return_items(items=[kettle], order_id=A-1042) if has(s1.order.delivered_at) && now - s1.order.delivered_at < days(14)
return the kettle from A-1042 if I'm still within 14 days of delivery | ~order.get(order_id=A-1042) + order.return_items(items=[kettle], order_id=A-1042) if has(s1.order.delivered_at) && now - s1.order.delivered_at <= days(14)
return the kettle from A-1042, but only if the delivery was no more than 14 days ago | ~order.get(order_id=A-1042) + order.return_items(items=[kettle], order_id=A-1042) if has(s1.order.delivered_at) && now - s1.order.delivered_at <= days(14)
cancel A-1042 if it was placed on the 10th of this month or later | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.placed_at) && s1.order.placed_at >= timestamp("2026-11-10T00:00:00Z")
cancel A-1042 if I ordered the walking poles after last Friday | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.placed_at) && s1.order.placed_at >= timestamp("2026-11-21T00:00:00Z")
if I'm still only a basic member, show me my points | ~user.get_profile() + loyalty.get_points() if s1.profile.membership == BASIC
show me my points if my status is silver or better | ~user.get_profile() + loyalty.get_points() if (s1.profile.membership == SILVER || s1.profile.membership == GOLD)
if I have been upgraded to gold, show me my points | ~user.get_profile() + loyalty.get_points() if s1.profile.membership == GOLD
if i have no pending orders atm show me my points | ~order.list() + loyalty.get_points() if size(s1.orders.filter(x, x.status == PENDING)) == 0
if I have no points left, unsubscribe me from the newsletter | ~loyalty.get_points() + newsletter.unsubscribe() if s1.points == 0
if my points are between 100 and 500, show me my profile | ~loyalty.get_points() + user.get_profile() if s1.points >= 100 && s1.points <= 500
cancel A-1042 if it has been sitting there unshipped for over a week | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING && has(s1.order.placed_at) && now - s1.order.placed_at > days(7)
Show me my pending orders. If there are more than 2 of them, cancel A-1042. | order.list(status=PENDING) + ~order.list() + order.cancel(order_id=A-1042) if size(s2.orders.filter(x, x.status == PENDING)) > 2
when will A-1042 arrive? if its longer than 6 days cancel it | shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 6
How many days until A-1042 arrives? If it's more than 4, cancel it | shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 4
I leave this friday. If A-1042 can't be here by then, cancel it | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-28T00:00:00Z")
A-1042, just a single item in there? Then cancel it. If there's more than one, show me the invoice. | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if ((size(s1.order.items) > 0 ? s1.order.items[0].quantity : 0) + (size(s1.order.items) > 1 ? s1.order.items[1].quantity : 0)) == 1 + invoice.get(order_id=A-1042) if ((size(s1.order.items) > 0 ? s1.order.items[0].quantity : 0) + (size(s1.order.items) > 1 ? s1.order.items[1].quantity : 0)) > 1
cancel A-1042 if its total is above 120. if it is 120 or below, order one bath mat | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.total) && money(s1.order.total) > 120.0 + order.create(quantity=1, sku=bath mat) if has(s1.order.total) && money(s1.order.total) <= 120.0
how much did I pay for A-1042? if less than 60 leave it, if more cancel it | order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.total) && money(s1.order.total) >= 60.0
if my points are 500 or more and A-1042 is over 80 euros, cancel A-1042 | ~loyalty.get_points() + ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if (s1.points >= 500) && (has(s2.order.total) && money(s2.order.total) > 80.0)
if points > 800 show me my profile | ~loyalty.get_points() + user.get_profile() if s1.points > 800
if A-1042 total < 50 cancel it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.total) && money(s1.order.total) < 50.0
if A-1042 isn't delivered in the next 3 days, cancel it | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 3
if you can't deliver A-1042 before friday cancel it | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-27T00:00:00Z")
when is A-1042 coming? if it's not this week cancel it | shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && (s1.estimated_delivery_at < timestamp("2026-11-16T00:00:00Z") || s1.estimated_delivery_at >= timestamp("2026-11-23T00:00:00Z"))
how long until A-1042 comes? more than 5 days and you can cancel it | shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 5
If I've been with you for over two years, show me my points | ~user.get_profile() + loyalty.get_points() if has(s1.profile.member_since) && now - s1.profile.member_since > days(730)
if I have more than one order pending, cancel A-1042 | ~order.list() + order.cancel(order_id=A-1042) if size(s1.orders.filter(x, x.status == PENDING)) > 1
once I hit 500 points I wanted a treat, so if I have at least 500 now show me my profile | ~loyalty.get_points() + user.get_profile() if s1.points >= 500
"""
ROWS = [tuple(part.strip() for part in row.split(" | ")) for row in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
async def test_measure_is_read_as_it_was_meant(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected
