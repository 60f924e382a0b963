# ruff: noqa: E501  # tables: one case a line
"""Conditions on a state that are said of another thing, in a sentence of their own, or as an exception."""

import pytest

from orchestrator_server.plan import Plan
from tests.unit.embedded.asking import decide, line

TABLE = """
If B-4410 is under way, show me the tracking of it. If B-4411 isn't, cancel that one. | ~order.get(order_id=B-4410) + shipping.track(order_id=B-4410) if s1.order.status == SHIPPED + ~order.get(order_id=B-4411) + order.cancel(order_id=B-4411) if !has(s3.order.shipped_at)
B-4410: if it has left, track it. B-4411: if not, cancel it. | ~order.get(order_id=B-4410) + shipping.track(order_id=B-4410) if has(s1.order.shipped_at) + ~order.get(order_id=B-4411) + order.cancel(order_id=B-4411) if !has(s3.order.shipped_at)
Track B-4410 if it is in transit; cancel B-4411 if it hasn't left. | ~order.get(order_id=B-4410) + shipping.track(order_id=B-4410) if s1.order.status == SHIPPED + ~order.get(order_id=B-4411) + order.cancel(order_id=B-4411) if !has(s3.order.shipped_at)
Is B-4410 still pending? If so, cancel it. What about B-4411? If it is, cancel it too. | order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if s1.order.status == PENDING + order.get(order_id=B-4411) + order.cancel(order_id=B-4411) if s3.order.status == PENDING
If B-4410 has arrived and B-4411 hasn't, cancel B-4411. | ~order.get(order_id=B-4410) + ~order.get(order_id=B-4411) + order.cancel(order_id=B-4411) if (has(s1.order.delivered_at)) && (!has(s2.order.delivered_at))
Order 2 rain barrels if B-4410 was called off while B-4411 is still pending. | ~order.get(order_id=B-4410) + ~order.get(order_id=B-4411) + order.create(quantity=2, sku=rain barrel) if (s1.order.status == CANCELLED) && (s2.order.status == PENDING)
Cancel B-4410 and B-4411 if neither of them has left. | ~order.get(order_id=B-4410) + ~order.get(order_id=B-4411) + order.cancel(order_id=B-4410) if (!has(s1.order.shipped_at)) && (!has(s2.order.shipped_at)) + order.cancel(order_id=B-4411) if (!has(s1.order.shipped_at)) && (!has(s2.order.shipped_at))
If either B-4410 or B-4411 has shipped, leave both, otherwise cancel both. | ~order.get(order_id=B-4410) + ~order.get(order_id=B-4411) + order.cancel(order_id=B-4410) if (!has(s1.order.shipped_at)) && (!has(s2.order.shipped_at)) + order.cancel(order_id=B-4411) if (!has(s1.order.shipped_at)) && (!has(s2.order.shipped_at))
Return the teapot from B-4410 if it has arrived, and cancel B-4411 unless this is shipped. | ~order.get(order_id=B-4410) + order.return_items(items=[teapot], order_id=B-4410) if has(s1.order.delivered_at) + ~order.get(order_id=B-4411) + order.cancel(order_id=B-4411) if !has(s3.order.shipped_at)
Change the address of B-4410 to 5 Quay Street, Derry BT48 7EA, except if it's with the courier. | ~order.get(order_id=B-4410) + shipping.change_address(address=5 Quay Street, Derry BT48 7EA, order_id=B-4410) if !has(s1.order.shipped_at)
Send B-4410 to 5 Quay Street, Derry BT48 7EA instead, assuming it is still pending | ~order.get(order_id=B-4410) + shipping.change_address(address=5 Quay Street, Derry BT48 7EA, order_id=B-4410) if s1.order.status == PENDING
Cancel B-4410, the only exception being if it has shipped. | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if !has(s1.order.shipped_at)
Cancel B-4410, barring it having left already. | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if !has(s1.order.shipped_at)
Cancel B-4410 subject to it not having left. | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if !has(s1.order.shipped_at)
Get me 2 rain barrels. This only counts if B-4410 was called off though, we don't want four. | ~order.get(order_id=B-4410) + order.create(quantity=2, sku=rain barrel) if s1.order.status == CANCELLED
Stop the newsletter. Only do so if you people have cancelled B-4410 again, because then we are through. | ~order.get(order_id=B-4410) + newsletter.unsubscribe() if s1.order.status == CANCELLED
Please cancel B-4410. My request is void if it has left. | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if !has(s1.order.shipped_at)
I want to return the teapot, order B-4410. That's if it has arrived, we are away. | ~order.get(order_id=B-4410) + order.return_items(items=[teapot], order_id=B-4410) if has(s1.order.delivered_at)
Show me the invoice for B-4410. If it was called off I don't need it. | ~order.get(order_id=B-4410) + invoice.get(order_id=B-4410) if s1.order.status != CANCELLED
Cancel B-4410 unless it has left, then leave it. | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if !has(s1.order.shipped_at)
Cancel B-4410 or track it if it has left. | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if !has(s1.order.shipped_at) + shipping.track(order_id=B-4410) if has(s1.order.shipped_at)
Track B-4410 if it has left or cancel it if it is pending. | ~order.get(order_id=B-4410) + shipping.track(order_id=B-4410) if has(s1.order.shipped_at) + order.cancel(order_id=B-4410) if s1.order.status == PENDING
Not if it has left, but otherwise cancel B-4410. | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if !has(s1.order.shipped_at)
If B-4410 is still pending cancel it, and where is B-4411? | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if s1.order.status == PENDING + shipping.track(order_id=B-4411)
If B-4410 was delivered less than 5 days ago return the teapot, otherwise show me the invoice. | ~order.get(order_id=B-4410) + order.return_items(items=[teapot], order_id=B-4410) if has(s1.order.delivered_at) && now - s1.order.delivered_at < days(5) + invoice.get(order_id=B-4410) if !(has(s1.order.delivered_at) && now - s1.order.delivered_at < days(5))
Return the teapot from B-4410 unless it's still on its way. | ~order.get(order_id=B-4410) + order.return_items(items=[teapot], order_id=B-4410) if s1.order.status != SHIPPED
Cancel B-4410 if it hasn't left or whatever, cheers mate | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if !has(s1.order.shipped_at)
My aunt believes B-4410 arrived. If she is right, return the teapot. | ~order.get(order_id=B-4410) + order.return_items(items=[teapot], order_id=B-4410) if has(s1.order.delivered_at)
Cancel B-4410 unless shipped, delivered or returned. | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if ((!has(s1.order.shipped_at)) && (!has(s1.order.delivered_at))) && (s1.order.status != RETURNED)
Order 2 rain barrels. But wait, first check that B-4410 was called off. | ~order.get(order_id=B-4410) + order.create(quantity=2, sku=rain barrel) if s1.order.status == CANCELLED
Order 2 rain barrels. B-4410 must have been called off for that. | ~order.get(order_id=B-4410) + order.create(quantity=2, sku=rain barrel) if s1.order.status == CANCELLED
"""
ASKED = """
Cancel B-4411 if B-4410 has arrived and it is still pending.
Track B-4410 if it has left, cancel B-4411 if not.
Cancel B-4410 if it has left. I also bought B-4411. If it hasn't, cancel that too.
Cancel B-4410. Unless it has left, leave it.
Order 2 rain barrels unless B-4410 is still coming.
Send B-4410 to 5 Quay Street, Derry BT48 7EA, depending on whether it has left
"""


@pytest.mark.parametrize("row", TABLE.strip().splitlines())
async def test_a_condition_is_tested_on_the_thing_that_it_is_said_of(row: str) -> None:
    said, expected = row.split(" | ")
    decision = await decide(said)
    assert isinstance(decision, Plan), decision
    assert line(decision) == expected


@pytest.mark.parametrize("said", ASKED.strip().splitlines())
async def test_what_cannot_be_told_is_asked_about(said: str) -> None:
    decision = await decide(said)
    assert not isinstance(decision, Plan), decision
