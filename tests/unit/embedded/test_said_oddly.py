"""Wishes with words that are lacking, spare or odd, and words that sound like a wish and are none."""

import pytest

from orchestrator_server.plan import Plan
from tests.unit.embedded.asking import decide, line

WISHES = """
me want how many points | loyalty.get_points()
would love to order 3 rain barrels | order.create(quantity=3, sku=rain barrel)
4x rain barrel | order.create(quantity=4, sku=rain barrel)
i buy 5 rain barrels | order.create(quantity=5, sku=rain barrel)
please add three rain barrels to a new order | order.create(quantity=3, sku=rain barrel)
two rain barrels please (not three like last time) | order.create(quantity=2, sku=rain barrel)
I do not want three rain barrels, I only want one rain barrel | order.create(quantity=1, sku=rain barrel)
We'd be delighted to have 6 of your rain barrels | order.create(quantity=6, sku=rain barrel)
weeks left until B-4410 is here? | shipping.estimate_delivery(order_id=B-4410)
will B-4410 make it by Monday? | shipping.estimate_delivery(order_id=B-4410)
could somebody please stop the newsletter | newsletter.unsubscribe()
we want off the newsletter list | newsletter.unsubscribe()
no newsletter for us in future please | newsletter.unsubscribe()
delete 030 5550122 and put in 030 5550177 | user.update_phone(phone=030 5550177)
We keep the saucers from B-4410 but the teapot goes back. | order.return_items(items=[teapot], order_id=B-4410)
B-4410, teapot, return | order.return_items(items=[teapot], order_id=B-4410)
The teapot from B-4410 goes back and the rug from B-4411 stays. | order.return_items(items=[teapot], order_id=B-4410)
return the saucers & milk jug from B-4410 | order.return_items(items=[saucers; milk jug], order_id=B-4410)
My aunt's B-4411 stays of course, B-4410 please cancel | order.cancel(order_id=B-4410)
"""
NO_WISHES = """
delete my phone number 030 5550122
please remove the address 5 Quay Street, Derry BT48 7EA from my profile
We live at 5 Quay Street, Derry BT48 7EA, are there shops near here?
I might cancel B-4410
I'd cancel B-4410 but it is probably too late
send the invoice for B-4410 to 5 Quay Street, Derry BT48 7EA
order 2 rain barrels, one green and one grey
stop the newsletter from ending up in spam
send me back my teapot from B-4410
we buy two rain barrels every spring
I unsubscribed last month but still get it
"""


@pytest.mark.parametrize("row", WISHES.strip().splitlines())
async def test_an_odd_wording_is_planned_like_a_plain_one(row: str) -> None:
    said, expected = row.split(" | ")
    decision = await decide(said)
    assert isinstance(decision, Plan), decision
    assert line(decision) == expected


@pytest.mark.parametrize("said", NO_WISHES.strip().splitlines())
async def test_what_only_sounds_like_a_wish_has_no_effect(said: str) -> None:
    decision = await decide(said)
    assert not isinstance(decision, Plan), decision
