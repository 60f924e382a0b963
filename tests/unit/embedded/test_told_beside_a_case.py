# ruff: noqa: E501  # tables: one wording a line
"""What somebody tells, tried or wished beside a case: the case decides, and nothing is done that was only told."""

import pytest

from orchestrator_server.plan import Clarify, Plan
from tests.unit.embedded.asking import cases, decide, line

PLANNED = """
I can't get it stopped on your site. If H-4411 is still pending, cancel it for me. | ~order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if s1.order.status == PENDING
The app wouldn't let me cancel H-4411. If it hasn't shipped yet, cancel it for me please | ~order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if !has(s1.order.shipped_at)
I tried to cancel H-4411 online. If it's still pending, please cancel it for me | ~order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if s1.order.status == PENDING
We don't need H-4411 (my brother got one). If pending, cancel. | ~order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if s1.order.status == PENDING
I believe my order H-4411 got cancelled, no idea why. If it was, order me one kettle again | ~order.get(order_id=H-4411) + order.create(quantity=1, sku=kettle) if s1.order.status == CANCELLED
sent back the kettle from H-4411 last week. if it's returned send me the invoice | ~order.get(order_id=H-4411) + invoice.get(order_id=H-4411) if s1.order.status == RETURNED
I assume H-4411 is still pending, so cancel it. If I'm wrong send the invoice. | ~order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if s1.order.status == PENDING + invoice.get(order_id=H-4411) if s1.order.status != PENDING
As H-4411 is probably still pending, please cancel it. If not pending, send the invoice. | ~order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if s1.order.status == PENDING + invoice.get(order_id=H-4411) if s1.order.status != PENDING
I want to cancel H-4411. Please check first if it's shipped. If it is, send me the invoice instead. | ~order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if !has(s1.order.shipped_at) + invoice.get(order_id=H-4411) if has(s1.order.shipped_at)
Isn't H-4411 over 100 euros? If so, cancel it. | order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if has(s1.order.total) && money(s1.order.total) > 100.0
Hasn't H-4411 shipped yet? Then cancel it. | ~order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if !has(s1.order.shipped_at)
Isn't H-4411 delivered already? Return the kettle then. | ~order.get(order_id=H-4411) + order.return_items(items=[kettle], order_id=H-4411) if has(s1.order.delivered_at)
My guess is H-4411 is still pending - if so cancel it | ~order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if s1.order.status == PENDING
Cancel H-4411 if pending, same for H-4412 | ~order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if s1.order.status == PENDING + ~order.get(order_id=H-4412) + order.cancel(order_id=H-4412) if s3.order.status == PENDING
Cancel H-4411 and track H-4412 if they haven't been delivered. | ~order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if !has(s1.order.delivered_at) + ~order.get(order_id=H-4412) + shipping.track(order_id=H-4412) if !has(s3.order.delivered_at)
H-4411, if not shipped cancel, and H-4412, if delivered invoice | ~order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if !has(s1.order.shipped_at) + ~order.get(order_id=H-4412) + invoice.get(order_id=H-4412) if has(s3.order.delivered_at)
cancel H-4411, excepting the case that it has shipped | ~order.get(order_id=H-4411) + order.cancel(order_id=H-4411) if !has(s1.order.shipped_at)
"""
WITHOUT_AN_EFFECT = """
I tried to cancel H-4411 on the website. did it work?
tried to return the kettle from H-4411 in the app. Please send me the invoice.
I wanted to cancel H-4411 but then decided to keep it. where is it?
put in a return for the kettle from H-4411 last week. is it returned?
I'd like to know how to cancel H-4411
can you tell me how I can cancel H-4411
I got a new number, +49 40 654321, but don't change it yet
You sent H-4411 to 9 Mill Lane, York YO1 6AA. Why?
planning to order 2 kettles soon, how many points do I have
about to cancel H-4411, is it shipped?
Cancel H-4411. Please check first if it's shipped.
"""


@pytest.mark.parametrize(("message", "wanted"), cases(PLANNED))
async def test_the_case_decides(message: str, wanted: str) -> None:
    assert line(await decide(message)) == wanted


@pytest.mark.parametrize("message", WITHOUT_AN_EFFECT.strip().split("\n"))
async def test_nothing_is_done_that_was_only_told(message: str) -> None:
    decision = await decide(message)
    if isinstance(decision, Plan):
        assert all(step.intent.endswith((".get", ".track", ".list", ".get_points")) for step in decision.steps)
    else:
        assert isinstance(decision, Clarify) or decision.reason == "chatter"


async def test_the_words_of_a_case_turn_round_once() -> None:
    decision = await decide("Is H-4411 shipped? If not, cancel it, otherwise send me the invoice.")
    assert isinstance(decision, Plan)
    words = [step.condition.words for step in decision.steps if step.condition]
    assert words == ["otherwise, so not: Is H-4411 shipped", "Is H-4411 shipped"]
