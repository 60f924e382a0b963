# ruff: noqa: E501  # tables: one case a line
"""Conditions in a sentence of their own and in other words than "if", and shapes that let no effect stand alone."""

import pytest

from orchestrator_server.plan import Plan
from tests.unit.embedded.asking import cases, decide, line, shop

CONDITIONS = """
Cancel C-8120 where the total exceeds 80 euros. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) > 80.0
C-8120 is to be cancelled where, and only where, it has not been shipped. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if !has(s1.order.shipped_at)
Cancel C-8120, save where it has already been shipped. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if !has(s1.order.shipped_at)
Cancel C-8120 with one caveat: it must not have shipped. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if !has(s1.order.shipped_at)
There is only one case in which you may cancel C-8120: it is still pending. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if s1.order.status == PENDING
Cancel C-8120 if it cost over 80 euros. In every other case send me the invoice of C-8120. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) > 80.0 + invoice.get(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) <= 80.0
C-8120 still pending? Cancel it. Anything else? Leave it. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if s1.order.status == PENDING
C-8120: up to 80 euros, invoice. 80 and up, cancel. | ~order.get(order_id=C-8120) + invoice.get(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) <= 80.0 + order.cancel(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) >= 80.0
C-8120 must be here by Friday. Can't make it? Cancel it. | ~shipping.estimate_delivery(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-28T00:00:00Z")
C-8120 has to come Friday at the latest, otherwise cancel. | ~shipping.estimate_delivery(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-28T00:00:00Z")
I need C-8120 by tomorrow. If that's not possible, cancel it. | ~shipping.estimate_delivery(order_id=C-8120) + order.cancel(order_id=C-8120) if !has(s1.delivered_at) && s1.days_left > 1
C-8120 within 5 days or cancel it. | ~shipping.estimate_delivery(order_id=C-8120) + order.cancel(order_id=C-8120) if !has(s1.delivered_at) && s1.days_left > 5
C-8120 costs under 80 euros or you cancel it. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) >= 80.0
80 euros is the max for C-8120. A single cent more and it gets cancelled. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) > 80.0
I can wait 6 days for C-8120, not a day longer. Cancel if it takes longer. | ~shipping.estimate_delivery(order_id=C-8120) + order.cancel(order_id=C-8120) if !has(s1.delivered_at) && s1.days_left > 6
Friday is the last good day for C-8120, cancel if it's later. | ~shipping.estimate_delivery(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-28T00:00:00Z")
80 euros is my limit. If C-8120 is dearer, please cancel it. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) > 80.0
I'd accept C-8120 if it comes within 3 days. Afterwards I don't want it, then cancel please. | ~shipping.estimate_delivery(order_id=C-8120) + order.cancel(order_id=C-8120) if !has(s1.delivered_at) && s1.days_left > 3
C-8120: anything above 80 euros was a mistake and must be cancelled. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) > 80.0
Is C-8120 still pending? Cancel it. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if s1.order.status == PENDING
Is A-1042 still pending? Cancel. Not pending? Invoice please. | ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if s1.order.status == PENDING + invoice.get(order_id=A-1042) if s1.order.status != PENDING
Do I have 500 points? Order a picnic rug. | ~loyalty.get_points() + order.create(quantity=1, sku=picnic rug) if s1.points >= 500
C-8120 takes longer than a week? No thanks, cancel. | ~shipping.estimate_delivery(order_id=C-8120) + order.cancel(order_id=C-8120) if !has(s1.delivered_at) && s1.days_left > 7
Make sure C-8120 hasn't shipped, then cancel it. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if !has(s1.order.shipped_at)
Check whether C-8120 is over 80 euros and cancel it. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) > 80.0
If C-8120 is still pending, and if it is over 80 euros, cancel it. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if (s1.order.status == PENDING) && (has(s1.order.total) && money(s1.order.total) > 80.0)
If C-8120 exceeds 80 euros, our rules forbid it; please cancel it accordingly. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) > 80.0
C-8120 might still be pending, in which case cancel it. | order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if s1.order.status == PENDING
Berta says C-8120 cost over 80 euros. If she's right, cancel it. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) > 80.0
Still with you: cancel C-8120. Already shipped: tell me where C-8120 is. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if !has(s1.order.shipped_at) + shipping.track(order_id=C-8120) if has(s1.order.shipped_at)
Cancel C-8120 if it's over 80 euros, that was our limit. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) > 80.0
If C-8120 has arrived, I return the picnic rug. | ~order.get(order_id=C-8120) + order.return_items(items=[picnic rug], order_id=C-8120) if has(s1.order.delivered_at)
C-8120: under 20 euros? cancel. Over 80? cancel too. | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if (has(s1.order.total) && money(s1.order.total) < 20.0) || (has(s1.order.total) && money(s1.order.total) > 80.0)
lol if C-8120 is over 80 euros then cancel it | ~order.get(order_id=C-8120) + order.cancel(order_id=C-8120) if has(s1.order.total) && money(s1.order.total) > 80.0
item one: cancel C-8120, item two: order a picnic rug | order.cancel(order_id=C-8120) + order.create(quantity=1, sku=picnic rug)
"""
LIMITS = """
C-8120 only makes sense before Friday. Cancel.
After Friday C-8120 is useless to me, so cancel.
Come Friday, cancel C-8120.
Hold C-8120 until Friday, then cancel it.
C-8120 gets 5 more days, then cancel.
Up to 80 euros I can live with C-8120. Above, well, cancel it.
Three things in C-8120 are fine, four are a mistake: cancel then.
C-8120 within 2 days yes, later no, cancel then.
C-8120: shipped, cancel.
C-8120: pending, invoice; shipped, cancel
Cancel C-8120 given a total above 80.
Cancel C-8120 pending its status being open.
Cancel C-8120, that is above 80 euros.
Cancel C-8120 on any other day.
Say C-8120 is over 80, cancel it.
Were C-8120 over 80, I'd want it cancelled.
Too late for Saturday, C-8120? Cancel.
No 100 points yet? Unsubscribe me from the newsletter.
Did C-8120 go out already, no? Cancel.
C-8120 and C-8121: cancel the dearer one.
Any later than Friday and I do not need C-8120. Cancel.
With the restriction that nobody has touched it, cancel C-8120.
"""
FREE = """
Cancel C-8120 if you still can. | order.cancel(order_id=C-8120)
The last one was dented, so cancel C-8120 please. | order.cancel(order_id=C-8120)
Ok then, cancel C-8120. | order.cancel(order_id=C-8120)
We are off soon, so please order 2 picnic rugs. | order.create(quantity=2, sku=picnic rug)
Where is C-8121? And cancel C-8120. | shipping.track(order_id=C-8121) + order.cancel(order_id=C-8120)
I hereby request that C-8120 be cancelled. | order.cancel(order_id=C-8120)
I kindly ask for the cancellation of C-8120. | order.cancel(order_id=C-8120)
You are to cancel C-8120 at once. | order.cancel(order_id=C-8120)
"""


@pytest.mark.parametrize(("text", "expected"), cases(CONDITIONS))
async def test_a_condition_in_other_words_governs_what_it_is_said_of(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected


@pytest.mark.parametrize("text", LIMITS.strip().splitlines())
async def test_no_effect_stands_alone_beside_a_limit(text: str) -> None:
    decision = await decide(text)
    steps = decision.steps if isinstance(decision, Plan) else ()
    assert not [s for s in steps if shop().intents[s.intent].has_effect and s.condition is None], decision


@pytest.mark.parametrize(("text", "expected"), cases(FREE))
async def test_what_limits_nothing_asks_nothing(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected
