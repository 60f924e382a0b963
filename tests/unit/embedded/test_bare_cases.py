# ruff: noqa: E501  # tables: one case a line
"""Conditions that are said without a plain "if": as cases before a sign, as limits named before, as numbers that vary."""

import pytest

from orchestrator_server.plan import Clarify
from tests.unit.embedded.asking import decide, line

CASES = """
A-1042: still pending = cancel it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
A-1042, pending means cancel it, delivered means return the mug | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + order.return_items(items=[mug], order_id=A-1042) if has(s1.order.delivered_at)
A-1042 open -> cancel, on the way -> tell me where it is | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
A-1042 pending: cancel, shipped: where is it, delivered: show me the invoice | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + shipping.track(order_id=A-1042) if s1.order.status == SHIPPED + invoice.get(order_id=A-1042) if s1.order.status == DELIVERED
check A-1042, over 50 euros = cancel, 50 or less = keep it | order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.total) && money(s1.order.total) > 50.0
What's my membership? Gold, then order one teapot | user.get_profile() + order.create(quantity=1, sku=teapot) if s1.profile.membership == GOLD
am I gold yet? gold = order a teapot, silver = order nothing | user.get_profile() + order.create(quantity=1, sku=teapot) if s1.profile.membership == GOLD
When did I order A-1042? Today, then cancel it. Before today, leave it | order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.placed_at) && s1.order.placed_at >= timestamp("2026-11-22T00:00:00Z") && s1.order.placed_at < timestamp("2026-11-23T00:00:00Z")
how long ago did I place A-1042? more than 10 days: cancel it | order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.placed_at) && now - s1.order.placed_at > days(10)
When will A-1042 get here? After Friday, then cancel it. | shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-28T00:00:00Z")
how many days is A-1042 away? 5 or more and you can cancel it | shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left >= 5
I need A-1042 within 3 days. Any longer and you can cancel it. | shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 3
A-1042 here by Friday? Good, keep it. Any later and I want it cancelled. | shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-28T00:00:00Z")
has A-1042 been delivered? yes, then send me the invoice; no, then cancel it | order.get(order_id=A-1042) + invoice.get(order_id=A-1042) if has(s1.order.delivered_at) + order.cancel(order_id=A-1042) if !has(s1.order.delivered_at)
Costs more than 80 euros? Cancel A-1042. | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.total) && money(s1.order.total) > 80.0
If 80+ euros cancel A-1042 | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.total) && money(s1.order.total) >= 80.0
With more than 3 orders pending, cancel A-1042 please | ~order.list() + order.cancel(order_id=A-1042) if size(s1.orders.filter(x, x.status == PENDING)) > 3
With fewer than 100 points the newsletter is no use to me, so take me off it | ~loyalty.get_points() + newsletter.unsubscribe() if s1.points < 100
Let's say A-1042 cost more than 40 euros. Then cancel it. | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.total) && money(s1.order.total) > 40.0
Cancel A-1042 subject to it being still pending | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
Pending permitting, cancel A-1042 | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
No cancelling A-1042 unless it is still pending | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
Cancel A-1042. Pending only. | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
cancel A-1042 (pending only) | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
order a teapot, only as gold member | ~user.get_profile() + order.create(quantity=1, sku=teapot) if s1.profile.membership == GOLD
cancel A-1042, except it's on its way already | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
cancel A-1042 if, and only if, it is pending | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
cancel A-1042 or, where it has shipped, tell me where it is | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
Either A-1042 is here by tomorrow or you cancel it. | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 1
A-1042 has to arrive within 4 days, else cancel it | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 4
look whether A-1042 is pending, then cancel it | order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
My limit is 90 euros. Should A-1042 be above that, cancel it. | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.total) && money(s1.order.total) > 90.0
I fly out in 6 days. If A-1042 takes longer than that, cancel it | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 6
I leave in 4 days, cancel A-1042 if it's not here by then | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 4
Of A-1042 and A-1043, cancel whichever is still pending, both if need be. | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + ~order.get(order_id=A-1043) + order.cancel(order_id=A-1043) if s3.order.status == PENDING
A-1042 or A-1043, whichever is still open, cancel it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + ~order.get(order_id=A-1043) + order.cancel(order_id=A-1043) if s3.order.status == PENDING
A-1042 and A-1043, same rule for each: not shipped = cancel that one, shipped = let it come | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + ~order.get(order_id=A-1043) + order.cancel(order_id=A-1043) if !has(s3.order.shipped_at)
Order me 2 mugs if I'm gold and just 1 if I'm not. | ~user.get_profile() + order.create(quantity=2, sku=mug) if s1.profile.membership == GOLD + order.create(quantity=1, sku=mug) if s1.profile.membership != GOLD
Order one mug, or two if I'm gold | ~user.get_profile() + order.create(quantity=2, sku=mug) if s1.profile.membership == GOLD + order.create(quantity=1, sku=mug) if s1.profile.membership != GOLD
please order 4 candles if my points are over 300, else 2 | ~loyalty.get_points() + order.create(quantity=4, sku=candle) if s1.points > 300 + order.create(quantity=2, sku=candle) if s1.points <= 300
cancel A-1042 if A-1042 is pending, and whether or not that's the case show me my points | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + loyalty.get_points()
"""
REASONS = """
A-1042 was more than 100 euros, cancel it please, too expensive
I've waited more than 3 weeks for A-1042, cancel it
I ordered A-1042 today, cancel it please
yesterday's order A-1042: cancel it
Too late now: cancel A-1042
Still not here, my A-1042. Cancel it!
less talk, more action: cancel A-1042
"""
UNREAD = """
For a total over 80 euros I want A-1042 cancelled
Without a delivery before Friday I'd like A-1042 cancelled
cancel A-1042 should Friday come and go without it
Deliver A-1042 by Friday or cancel it
with enough points (500) order a teapot
80 max for A-1042, else cancel it
"""


@pytest.mark.parametrize(("text", "expected"), [case.split(" | ") for case in CASES.strip().splitlines()])
async def test_a_bare_case_is_a_condition_of_what_follows_it(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected


@pytest.mark.parametrize("text", REASONS.strip().splitlines())
async def test_a_reason_is_no_case(text: str) -> None:
    assert line(await decide(text)).endswith("order.cancel(order_id=A-1042)")


@pytest.mark.parametrize("text", UNREAD.strip().splitlines())
async def test_a_case_that_nobody_reads_is_asked_about(text: str) -> None:
    assert isinstance(await decide(text), Clarify)
