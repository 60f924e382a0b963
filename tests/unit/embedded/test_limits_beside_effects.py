# ruff: noqa: E501  # tables: one case a line
"""Conditions around an effect: in the next sentence, behind "but", for another thing; and limits that are in none."""

import pytest

from orchestrator_server.plan import Clarify
from tests.unit.embedded.asking import decide, line

CASES = """
cancel A-1042 unless it's on its way | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
cancel A-1042 should it arrive later than the 28th | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-29T00:00:00Z")
A-1042 shipped already? If so invoice please. If not so cancel please. | ~order.get(order_id=A-1042) + invoice.get(order_id=A-1042) if has(s1.order.shipped_at) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
cancel A-1042 if it's not been 5 days yet since I ordered it | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.placed_at) && now - s1.order.placed_at < days(5)
cancel A-1042 unless it arrives tomorrow | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 1
if A-1042 isn't coming on Monday, cancel it | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-24T00:00:00Z")
cancel A-1042 (if it's still possible, i.e. pending) | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
order a teapot - if, that is, I'm gold | ~user.get_profile() + order.create(quantity=1, sku=teapot) if s1.profile.membership == GOLD
cancel A-1042 if it's older than two weeks but hasn't shipped | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if (has(s1.order.placed_at) && now - s1.order.placed_at > days(14)) && (!has(s1.order.shipped_at))
Cancel A-1042. Shipped already? Tell me where it is then. | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
700 points = order a teapot | ~loyalty.get_points() + order.create(quantity=1, sku=teapot) if s1.points >= 700
A-1042: 4 items = cancel | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if ((size(s1.order.items) > 0 ? s1.order.items[0].quantity : 0) + (size(s1.order.items) > 1 ? s1.order.items[1].quantity : 0) + (size(s1.order.items) > 2 ? s1.order.items[2].quantity : 0) + (size(s1.order.items) > 3 ? s1.order.items[3].quantity : 0) + (size(s1.order.items) > 4 ? s1.order.items[4].quantity : 0)) == 4
cancel A-1042 whilst it's still pending | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING
cancel A-1042 when more than 3 weeks old | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.placed_at) && now - s1.order.placed_at > days(21)
cancel A-1042 if it takes more than, say, nine days | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 9
points > 900 ? order a teapot : unsubscribe me | ~loyalty.get_points() + order.create(quantity=1, sku=teapot) if s1.points > 900 + newsletter.unsubscribe() if s1.points <= 900
cancel A-1042 in case it takes more than a week; same with A-1043 | ~shipping.estimate_delivery(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.delivered_at) && s1.days_left > 7 + ~shipping.estimate_delivery(order_id=A-1043) + order.cancel(order_id=A-1043) if !has(s3.delivered_at) && s3.days_left > 7
cancel A-1042 if it's pending or over 50 euros | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if (s1.order.status == PENDING || (has(s1.order.total) && money(s1.order.total) > 50.0))
cancel A-1042 unless it's pending or under 50 euros | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status != PENDING && (has(s1.order.total) && money(s1.order.total) >= 50.0)
order a teapot if I'm gold, otherwise a mug | ~user.get_profile() + order.create(quantity=1, sku=teapot) if s1.profile.membership == GOLD + order.create(quantity=1, sku=mug) if s1.profile.membership != GOLD
with 800 points or more order a teapot, else just two mugs | ~loyalty.get_points() + order.create(quantity=1, sku=teapot) if s1.points >= 800 + order.create(quantity=2, sku=mug) if s1.points < 800
No newsletter any more please, and order two teapots if I've got at least 500 points | newsletter.unsubscribe() + ~loyalty.get_points() + order.create(quantity=2, sku=teapot) if s2.points >= 500
About A-1042: cancel it if it's pending, and order a teapot | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + order.create(quantity=1, sku=teapot)
unsubscribe me, and if A-1042 is pending cancel it | newsletter.unsubscribe() + ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s2.order.status == PENDING
if A-1042 has been returned, give me the invoice; if it's been delivered, return the mug | ~order.get(order_id=A-1042) + invoice.get(order_id=A-1042) if s1.order.status == RETURNED + order.return_items(items=[mug], order_id=A-1042) if s1.order.status == DELIVERED
cancel A-1042 if it hasn't shipped by 20 November 2025 | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if (!has(s1.order.shipped_at) || s1.order.shipped_at >= timestamp("2025-11-21T00:00:00Z"))
if I have at least 300 points order a teapot, if not just tell me how many I have | ~loyalty.get_points() + order.create(quantity=1, sku=teapot) if s1.points >= 300 + loyalty.get_points() if s1.points < 300
show me my points and if they're above 500 order a teapot | loyalty.get_points() + order.create(quantity=1, sku=teapot) if s1.points > 500
cancel A-1042 if it's over 1.000 euros | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if has(s1.order.total) && money(s1.order.total) > 1000.0
A-1042 shipped already? no → cancel | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
Has A-1042 shipped? No: cancel it. Yes: tell me when it comes. | order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + shipping.estimate_delivery(order_id=A-1042) if has(s1.order.shipped_at)
If A-1042 hasn't shipped cancel it, same for A-1043 | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + ~order.get(order_id=A-1043) + order.cancel(order_id=A-1043) if !has(s3.order.shipped_at)
cancel A-1042 and A-1043 but only those that are pending | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + ~order.get(order_id=A-1043) + order.cancel(order_id=A-1043) if s3.order.status == PENDING
order one more teapot if A-1042 has been delivered | ~order.get(order_id=A-1042) + order.create(quantity=1, sku=teapot) if has(s1.order.delivered_at)
"""
LIMITS = """
There's no point in A-1042 if it comes after Friday. Cancel it then.
A-1042 is ok up to 40 euros, over that cancel it
cancel A-1042 if it takes until December
if my address is in Berlin cancel A-1042
in case A-1042 hasn't been delivered by the 25th cancel it
cancel A-1042, but only with a full refund
wait until Monday and then cancel A-1042
cancel A-1042 except for the mug
stop everything
with no delivery by Friday, cancel A-1042
no delivery by then? cancel A-1042
No word on A-1042 by Friday and I want it cancelled.
A-1042 isn't coming before Friday? Cancel.
A-1042 arrives after Friday -> cancel; before -> keep
Had I known, I'd have cancelled A-1042. If you still can, and it's cheap, do it
A-1042: cancel. A-1043: only if pending.
A-1042 costs more than A-1043, so cancel it
cancel neither A-1042 nor A-1043 if they are shipped
cancel A-1042 and if it's shipped A-1043
cancel A-1042 and A-1043 unless one of them has shipped
cancel all my pending orders only if there are more than 3
order 3 mugs, or 5 with 1000 points
order a mug for every 100 points I have
order 2 mugs at no more than 10 euros
cancel A-1042 (pending?)
cancel A-1042 the moment it's late
Cancel A-1042 but not before you've told me the refund
Is A-1042 still pending, cancel it
My friend says A-1042 cost 210, I say less. If he's right, or it's even more than he thinks, cancel it.
cancel A-1042 if it pleases the courier
whatever is still pending out of A-1042, A-1043 and A-1044, cancel it
cancel the pending ones of A-1042 and A-1043
no idea whether I put a mug in A-1042. if there is one in there cancel it
"""
PLAIN = """
cancel A-1042 if that is alright with you
cancel A-1042 if it isn't too much trouble
if I may, cancel A-1042
Could someone cancel A-1042? The delivery takes far too long for me.
"""


@pytest.mark.parametrize(("text", "expected"), [case.split(" | ") for case in CASES.strip().splitlines()])
async def test_a_condition_governs_what_it_is_said_of(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected


@pytest.mark.parametrize("text", LIMITS.strip().splitlines())
async def test_a_limit_in_no_condition_is_asked_about(text: str) -> None:
    assert isinstance(await decide(text), Clarify)


@pytest.mark.parametrize("text", PLAIN.strip().splitlines())
async def test_politeness_and_complaints_are_no_conditions(text: str) -> None:
    assert line(await decide(text)) == "order.cancel(order_id=A-1042)"
