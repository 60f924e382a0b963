# ruff: noqa: E501  # tables: one case a line
"""Which condition governs which request, in the many ways in which people order them; none is ever dropped."""

import pytest

from orchestrator_server.plan import Plan
from tests.unit.embedded.asking import decide, line, shop

GET = "~order.get(order_id=A-1042) + "
TABLE = """
cancel A-1042, but only if it is pending, otherwise I'll just live with it | order.cancel(order_id=A-1042) if s1.order.status == PENDING
return the rug from A-1042, but only if it came less than 9 days ago, otherwise I keep it | order.return_items(items=[rug], order_id=A-1042) if has(s1.order.delivered_at) && now - s1.order.delivered_at < days(9)
leave A-1042 if it has shipped, cancel it if not | order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
keep A-1042 if it's pending, cancel it otherwise | order.cancel(order_id=A-1042) if s1.order.status != PENDING
keep A-1042 if it's pending, otherwise cancel it | order.cancel(order_id=A-1042) if s1.order.status != PENDING
cancel A-1042. leave it if it has shipped though | order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
cancel A-1042 if it hasn't shipped, if it's newer than a week leave it | order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
Don't cancel A-1042 if it has already shipped, but if it hasn't, do. | order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
cancel A-1042 unless it has shipped, in which case track it | order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + shipping.track(order_id=A-1042) if has(s1.order.shipped_at)
Cancel A-1042. That is, unless it has shipped. | order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
Cancel A-1042. Only do that if it hasn't shipped. | order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)
cancel A-1042 (only if it hasn't shipped) and track A-1043 | order.cancel(order_id=A-1042) if !has(s1.order.shipped_at) + shipping.track(order_id=A-1043)
A-1042: placed over three weeks ago and still not shipped? Then cancel it. | order.cancel(order_id=A-1042) if (has(s1.order.placed_at) && now - s1.order.placed_at > days(21)) && (!has(s1.order.shipped_at))
A-1042 - if the total is above 120 cancel it | order.cancel(order_id=A-1042) if has(s1.order.total) && money(s1.order.total) > 120.0
cancel A-1042 if it was placed more than 10 days ago or if it's over 200 € | order.cancel(order_id=A-1042) if (has(s1.order.placed_at) && now - s1.order.placed_at > days(10)) || (has(s1.order.total) && money(s1.order.total) > 200.0)
"""
ROWS = [tuple(part.strip() for part in row.split(" | ")) for row in TABLE.strip().splitlines()]
OTHERS = [
    (
        "Tell me my points balance please. Fewer than 500 and you can cancel A-1042",
        "loyalty.get_points() + order.cancel(order_id=A-1042) if s1.points < 500",
    ),
    (
        "if I have zero points left unsubscribe me from the newsletter",
        "~loyalty.get_points() + newsletter.unsubscribe() if s1.points == 0",
    ),
    (
        "if A-1042 has been sent out cancel A-1043",
        "~order.get(order_id=A-1042) + order.cancel(order_id=A-1043) if has(s1.order.shipped_at)",
    ),
]
UNREAD = [
    "As soon as A-1042 is delivered, cancel A-1043",
    "once A-1042 has been delivered cancel A-1043",
    "cancel A-1042. Depends if it shipped though",
    "A-1042 is a present. won't be here by then? then cancel it",
    "How many lamps are blue? If it's more than three cancel A-1042",
    "cancel A-1042 if it is late (but only on Sundays)",
    "If it is late I'm sad. Cancel A-1042.",
    "cancel A-1042 if the refund has arrived",
    "if the replacement has shipped cancel A-1042",
    "cancel A-1042 if it rains tomorrow",
    "cancel A-1042 if my wife hasn't already",
    "If A-1042 has not shipped by tomorrow, cancel it",
    "if A-1042 gets here before A-1043 cancel A-1043",
    "cancel A-1042 if it costs more than A-1043",
    "cancel A-1042 as soon as it's no longer pending",
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
async def test_every_condition_governs_its_request(text: str, expected: str) -> None:
    assert line(await decide(text)) == GET + expected


@pytest.mark.parametrize(("text", "expected"), OTHERS, ids=[text for text, _ in OTHERS])
async def test_condition_is_about_what_was_spoken_of(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected


@pytest.mark.parametrize("text", UNREAD)
async def test_condition_that_is_not_understood_keeps_the_effect_from_happening(text: str) -> None:
    decision = await decide(text)
    steps = decision.steps if isinstance(decision, Plan) else ()
    assert not [step.intent for step in steps if shop().intents[step.intent].has_effect]
