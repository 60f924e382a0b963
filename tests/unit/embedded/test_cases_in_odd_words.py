"""Conditions as strangers put them: told by a record, turned round, beside one another, with remarks in between."""

import pytest

from orchestrator_server.plan import Plan
from tests.unit.embedded.asking import cases, decide, line

CASES = """
if your system still has B-4410 down as pending, cancel it | ~order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if s1.order.status == PENDING
cancel B-4410 if it is showing as not shipped yet | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if
    !has(s1.order.shipped_at)
if your records list B-4410 as delivered, return the teapot from it | ~order.get(order_id=B-4410) +
    order.return_items(items=[teapot], order_id=B-4410) if has(s1.order.delivered_at)
if the invoice of B-4410 says more than 80 euros, cancel it | ~invoice.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if has(s1.invoice.total) && money(s1.invoice.total) > 80.0
only if B-4410 costs more than 80 euros do I want it cancelled | ~order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if has(s1.order.total) && money(s1.order.total) > 80.0
only when B-4410 is pending should you cancel it | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if
    s1.order.status == PENDING
Costs B-4410 more than 80 euros, then please cancel it. Otherwise it stays. | ~order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if has(s1.order.total) && money(s1.order.total) > 80.0
do not cancel B-4410 if it has shipped. Do if it hasn't | ~order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if !has(s1.order.shipped_at)
never cancel B-4410 except if it is still pending, in which case do | ~order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if s1.order.status == PENDING
cancel B-4410 only when both are true: it is pending, and it costs over 80 euros | ~order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if (s1.order.status == PENDING) && (has(s1.order.total) && money(s1.order.total) >
    80.0)
cancel B-4410 if at least one of these is true: it is older than 10 days or it costs more than 80 euros |
    ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if (has(s1.order.placed_at) && now -
    s1.order.placed_at > days(10)) || (has(s1.order.total) && money(s1.order.total) > 80.0)
cancel B-4410 if it is pending, return the teapot if it has arrived, and if it is somewhere in between track it |
    ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if s1.order.status == PENDING +
    order.return_items(items=[teapot], order_id=B-4410) if has(s1.order.delivered_at) +
    shipping.track(order_id=B-4410) if (s1.order.status != PENDING) && (!has(s1.order.delivered_at))
with gold order 3 rain barrels, without it only one rain barrel | ~user.get_profile() + order.create(quantity=3,
    sku=rain barrel) if s1.profile.membership == GOLD + order.create(quantity=1, sku=rain barrel) if
    s1.profile.membership != GOLD
I think B-4410 cost about 80 euros. If I'm wrong and it was over 90, cancel it | ~order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if has(s1.order.total) && money(s1.order.total) > 90.0
have a quick look whether B-4410 has been dispatched, and if not, cancel it | order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if !has(s1.order.shipped_at)
if B-4410 has more than 3 different products, send me the invoice | ~order.get(order_id=B-4410) +
    invoice.get(order_id=B-4410) if size(s1.order.items) > 3
Has it been 21 days or more since I placed B-4410? Then cancel it. Not 21 yet? Then I'll wait. |
    ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if has(s1.order.placed_at) && now - s1.order.placed_at
    >= days(21)
B-4410 and B-4411: cancel whichever of them is still pending (both, if both are) | ~order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if s1.order.status == PENDING + ~order.get(order_id=B-4411) +
    order.cancel(order_id=B-4411) if s3.order.status == PENDING
cancel B-4410 if it's under 30 euros, cancel B-4411 if it's over 100 | ~order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if has(s1.order.total) && money(s1.order.total) < 30.0 + ~order.get(order_id=B-4411)
    + order.cancel(order_id=B-4411) if has(s3.order.total) && money(s3.order.total) > 100.0
cancel B-4410 if it's under 30 euros, and have B-4411 cancelled no matter what | ~order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if has(s1.order.total) && money(s1.order.total) < 30.0 +
    order.cancel(order_id=B-4411)
send B-4410 to my place (5 Quay Street, Derry BT48 7EA) as long as it's pending, and cancel B-4411 as long as THAT
    one is pending | ~order.get(order_id=B-4410) + shipping.change_address(address=5 Quay Street, Derry BT48 7EA,
    order_id=B-4410) if s1.order.status == PENDING + ~order.get(order_id=B-4411) + order.cancel(order_id=B-4411) if
    s3.order.status == PENDING
if B-4410 is still pending, new address please: 5 Quay Street, Derry BT48 7EA | ~order.get(order_id=B-4410) +
    shipping.change_address(address=5 Quay Street, Derry BT48 7EA, order_id=B-4410) if s1.order.status == PENDING
Cancel B-4410. Hm, not if it has already shipped, I'd feel bad. | ~order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if !has(s1.order.shipped_at)
cancel B-4410, but only if it was over 60 euros, if it was cheaper I can live with it |
    ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if has(s1.order.total) && money(s1.order.total) > 60.0
Every pending order of mine may be cancelled, go ahead, bar the ones above 100 euros. |
    ~order.list(status=PENDING) + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, has(o.total) &&
    money(o.total) <= 100.0)
cancel every pending order placed before this month, the newer ones stay | ~order.list(status=PENDING) +
    order.cancel(order_id=<each.id>) for each s1.orders.filter(o, has(o.placed_at) && o.placed_at <
    timestamp("2026-11-01T00:00:00Z"))
cancel every pending order I placed more than 10 days ago, the fresher ones I still want |
    ~order.list(status=PENDING) + order.cancel(order_id=<each.id>) for each s1.orders.filter(o, has(o.placed_at) &&
    now - o.placed_at > days(10))
list my pending orders. If there are 5 or more I have clearly lost control, so then stop the newsletter |
    order.list(status=PENDING) + ~order.list() + newsletter.unsubscribe() if size(s2.orders.filter(x, x.status ==
    PENDING)) >= 5
B-4410: already on its way? Then tell me when it comes. Still pending? Cancel it. | ~order.get(order_id=B-4410) +
    shipping.estimate_delivery(order_id=B-4410) if s1.order.status == SHIPPED + order.cancel(order_id=B-4410) if
    s1.order.status == PENDING
track B-4410 if it's over 50 euros, otherwise if it's over 20 cancel it | ~order.get(order_id=B-4410) +
    shipping.track(order_id=B-4410) if has(s1.order.total) && money(s1.order.total) > 50.0 +
    order.cancel(order_id=B-4410) if (has(s1.order.total) && money(s1.order.total) <= 50.0) && (has(s1.order.total) &&
    money(s1.order.total) > 20.0)
if B-4410 is pending cancel it, otherwise if it's delivered return the teapot, otherwise track it |
    ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if s1.order.status == PENDING +
    order.return_items(items=[teapot], order_id=B-4410) if has(s1.order.delivered_at) +
    shipping.track(order_id=B-4410) if (s1.order.status != PENDING) && (!has(s1.order.delivered_at))
if B-4410 has been sent then fine, has it not then cancel it | ~order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if !has(s1.order.shipped_at)
is B-4410 pending? if so and it's over 50 euros, cancel it | ~order.get(order_id=B-4410) +
    order.cancel(order_id=B-4410) if (s1.order.status == PENDING) && (has(s1.order.total) && money(s1.order.total) >
    50.0)
cancel B-4410. wait, only if it's not delivered yet | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410)
    if !has(s1.order.delivered_at)
"""
"""Messages and their plans; a row goes on in the lines that are indented."""


@pytest.mark.parametrize(("said", "expected"), cases(CASES.replace("\n    ", " ")))
async def test_an_odd_condition_is_planned_like_a_plain_one(said: str, expected: str) -> None:
    decision = await decide(said)
    assert isinstance(decision, Plan), decision
    assert line(decision) == expected
