# ruff: noqa: E501, RUF001  # tables: one case a line
"""Requests in passing: behind an answer, after a list, by the noun for the deed, with what goes back."""

import pytest

from tests.unit.embedded.asking import cases, decide, line
from tests.unit.embedded.talking import Talk, outcome, talks

SAID = """
Register the kettle from B-4410 as a return. | order.return_items(items=[kettle], order_id=B-4410)
please log B-4410 as a cancellation | order.cancel(order_id=B-4410)
Show me B-4410. Then book the kettle from it in as a return, it leaks. | order.get(order_id=B-4410) + order.return_items(items=[kettle], order_id=B-4410)
The kettle and the tray from B-4410 are both going straight back to you | order.return_items(items=[kettle; tray], order_id=B-4410)
B-4410 came today. The kettle is going back, please. | order.return_items(items=[kettle], order_id=B-4410)
I must know which day B-4410 comes and which day B-4411 comes. | shipping.estimate_delivery(order_id=B-4410) + shipping.estimate_delivery(order_id=B-4411)
what's the address you have stored for me? | user.get_profile()
My pending orders, please, plus the number of points I have. | order.list(status=PENDING) + loyalty.get_points()
b4410 cancel, and my number's 030 5550122 now | order.cancel(order_id=B-4410) + user.update_phone(phone=030 5550122)
while you're there, cancel B-4410 | order.cancel(order_id=B-4410)
If B-4410 has shipped, nothing needs changing and I only want to know where it is. If it's pending, cancel it. | ~order.get(order_id=B-4410) + shipping.track(order_id=B-4410) if has(s1.order.shipped_at) + order.cancel(order_id=B-4410) if s1.order.status == PENDING
if the total of B-4410 is anything other than 20.50 show me the invoice | ~order.get(order_id=B-4410) + invoice.get(order_id=B-4410) if has(s1.order.total) && money(s1.order.total) != 20.5
"""
TALKS = """
> I want to change my phone number
< What is the new phone number?
030 5550122, and while you're in there newsletter off too => user.update_phone(phone=030 5550122) + newsletter.unsubscribe()

> I want to change my phone number
< What is the new phone number?
030 5550122 and my points please => user.update_phone(phone=030 5550122) + loyalty.get_points()

> show my pending orders
< Your pending orders:\\n- B-4410: 1 × kettle, €20.00, pending, placed 3 days ago\\n- B-4411: 1 × tray, €9.00, pending, placed 1 day ago
the second one, cancel it => order.cancel(order_id=B-4411)

> what was in B-4410
< Order B-4410 is delivered: 1 × kettle, 1 × tray, €29.00 in all, placed 12 days ago, delivered 8 days ago.
the tray goes back to you please => order.return_items(items=[tray], order_id=B-4410)

> what was in B-4410
< Order B-4410 is delivered: 1 × hand soap, €9.00 in all, placed 12 days ago, delivered 8 days ago.
Lovely stuff. Please order it again, but 3 of them this time. => order.create(quantity=3, sku=hand soap)
"""


@pytest.mark.parametrize(("said", "expected"), cases(SAID))
async def test_what_is_said_in_passing_is_planned(said: str, expected: str) -> None:
    assert line(await decide(said)) == expected


@pytest.mark.parametrize("talk", talks(TALKS), ids=lambda talk: talk[1])
async def test_what_is_said_in_passing_after_a_turn_is_planned(talk: Talk) -> None:
    earlier, text, expected = talk
    assert await outcome(earlier, text) == expected
