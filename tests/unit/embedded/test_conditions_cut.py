# ruff: noqa: E501  # tables: one case a line
"""Where conditions begin and end, in inverted, broken-off and elliptical sentences: none is dropped or turned round."""

import pytest

from tests.unit.embedded.asking import decide, line

TABLE = """
Should order A-1042 still be pending, please cancel it; either way, show me my points. | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + loyalty.get_points()
Should it turn out that A-1042 hasn't shipped, please cancel it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
were A-1042 to be still pending, cancel it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
cancel A-1042 if possible and it has not shipped | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
if possible and A-1042 has not shipped, cancel it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
if possible cancel A-1042 and show me my points | order.cancel(order_id=A-1042) + loyalty.get_points()
cancel A-1042 - but only if it's pending - and show me my points | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + loyalty.get_points()
A-1042: cancel if pending, track if shipped | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
A-1042 - still pending? cancel. shipped? tell me where it is. | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
A-1042 hasn't shipped? Cancel it then. | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
if pending cancel A-1042 | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
cancel A-1042 if it doesn't arrive before Friday | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-27T00:00:00Z")
cancel A-1042, if it's pending that is | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
Please cancel A-1042. However, if it has shipped, tell me where it is. | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
cancel A-1042 if it's pending, but if it costs under 20 leave it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if (s1.order.status == PENDING) && (has(s1.order.total) && money(s1.order.total) >= 20.0)
if A-1042 has shipped do nothing, if it hasn't cancel it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
if it's already on the way don't cancel A-1042, otherwise do | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
If A-1042 was shipped more than 10 days ago and still has not been delivered, tell me where it is, and show me my points whatever the outcome | ~order.get(order_id=A-1042) + shipping.track(order_id=A-1042) if (has(s1.order.shipped_at) && now - s1.order.shipped_at > days(10)) && (!has(s1.order.delivered_at)) + loyalty.get_points()
if more than 10 days have passed since I placed A-1042, cancel it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.placed_at) && now - s1.order.placed_at > days(10)
if A-1042 arrives on Friday or later then cancel it, if it comes before that no problem, keep it | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-27T00:00:00Z")
if there are 2 or more items in A-1042 something's gone wrong and I want it cancelled | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if ((size(s1.order.items) > 0 ? s1.order.items[0].quantity : 0) + (size(s1.order.items) > 1 ? s1.order.items[1].quantity : 0) + (size(s1.order.items) > 2 ? s1.order.items[2].quantity : 0)) >= 2
has A-1042 arrived? when it has not yet, tell me where it is, otherwise send me its invoice | order.get(order_id=A-1042) + shipping.track(order_id=A-1042) if !has(s1.order.delivered_at) + invoice.get(order_id=A-1042) if has(s1.order.delivered_at)
return the kettle from A-1042 but only if the whole order was 60 euros or more | ~order.get(order_id=A-1042) + order.return_items(items=[kettle], order_id=A-1042) if has(s1.order.total) && money(s1.order.total) >= 60.0
cancel A-1042 if it has not only shipped but also arrived | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if (has(s1.order.shipped_at)) && (has(s1.order.delivered_at))
cancel A-1042 unless of course it has shipped | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
if A-1042 has just one item cancel it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if ((size(s1.order.items) > 0 ? s1.order.items[0].quantity : 0) + (size(s1.order.items) > 1 ? s1.order.items[1].quantity : 0)) == 1
cancel A-1042 if poss | order.cancel(order_id=A-1042)
A-1042: when does it arrive? later than Friday and you can cancel it | shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-28T00:00:00Z")
will A-1042 be here by Friday? if not cancel it | shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-28T00:00:00Z")
had A-1042 already been shipped, just tell me where it is | ~order.get(order_id=A-1042) + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
If the estimated delivery of A-1042 is later than 30 November, cancel it. | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-12-01T00:00:00Z")
if A-1042 hasn't shipped change the address to 5 Elm Road, 1234 Ghent | ~order.get(order_id=A-1042) + shipping.change_address(address=5 Elm Road, 1234 Ghent, order_id=A-1042) if !has(s1.order.shipped_at)
A-1042: pending -> cancel, shipped -> track | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
over 50 euros: cancel A-1042 | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.total) && money(s1.order.total) > 50.0
A-1042 is shipped, isn't it? then track it | ~order.get(order_id=A-1042) + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
on the off chance A-1042 hasn't shipped yet, cancel it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
cancel A-1042 while it's still pending | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
If you see that A-1042 hasn't shipped, cancel it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
if A-1042 hasn't shipped, then please, if possible, cancel it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
first show me my points, then if A-1042 hasn't been delivered yet tell me when it will be here | loyalty.get_points() + ~order.get(order_id=A-1042) + shipping.estimate_delivery(order_id=A-1042) if !has(s2.order.delivered_at)
check A-1042 - if pending, change the delivery address to 5 Elm Road, 1234 Ghent; if shipped, track it | order.get(order_id=A-1042) + shipping.change_address(address=5 Elm Road, 1234 Ghent, order_id=A-1042) if s1.order.status == PENDING + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
"""
ROWS = [tuple(part.strip() for part in row.split(" | ")) for row in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
async def test_condition_is_cut_where_it_ends(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected
