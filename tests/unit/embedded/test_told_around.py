# ruff: noqa: E501  # tables: one case a line
"""What is told around a request names no thing, sets no value and asks for no effect; what is asked for is still found."""

import pytest

from orchestrator_server.plan import Plan
from tests.unit.embedded.asking import decide, line

NAMES_IN_STORIES = """
My niece got bored with the puzzle (order A-2094) after a day, so back it goes. Could you arrange the return? | order.return_items(items=[puzzle], order_id=A-2094)
My stepson tried the tent from A-5400 and it ripped. Please log a return for it. | order.return_items(items=[tent], order_id=A-5400)
Our lodger used the drill from A-4413 once and it smoked. Return please. | order.return_items(items=[drill], order_id=A-4413)
The toaster in A-1001 burns everything. Could you set up a return? | order.return_items(items=[toaster], order_id=A-1001)
In A-5400 there were a mug and a plate. The mug is cracked. I'd like to return the one that is cracked. | order.return_items(items=[mug], order_id=A-5400)
A-5400 had a blue scarf and a red scarf. Please return the blue one. | order.return_items(items=[blue scarf], order_id=A-5400)
A-5400 had a blue scarf and a red scarf. Please return the ugly one. | ask items
I got three shirts with A-7131 and want to return the one that doesn't fit. | ask items
Return the smaller of the two jackets in A-4418 | ask items
A-4419 contains a tent, a stove and a lantern. The stove hisses. Send that back please. | order.return_items(items=[stove], order_id=A-4419)
The desk lamp from last year is such a joy that we should like to order two desk lamps more for the office. | order.create(quantity=2, sku=desk lamp)
Could you put four bar stools through for me? | order.create(quantity=4, sku=bar stool)
New order - 5 paint brushes | order.create(quantity=5, sku=paint brush)
place a fresh order with 4 clay pots please | order.create(quantity=4, sku=clay pot)
"""
"""Names are read from what is asked for, and from stories only where nothing else is said of them."""

OLD_VALUES = """
My phone number was 0664 5550188. Now it is 0664 5550129. Please update. | user.update_phone(phone=0664 5550129)
0664 5550188 is not my number anymore, it's 0664 5550129 now | user.update_phone(phone=0664 5550129)
you have 0151 23455550 for me. the correct phone number is 0151 23455505 | user.update_phone(phone=0151 23455505)
The phone number you have for me is dead. Use 0176 5550148 from now on. | user.update_phone(phone=0176 5550148)
I lost the phone with 0176 5550148. Update my number please. | ask phone
My account still shows Schulweg 8, 79098 Freiburg, which is my old address. Please update it. | ask address
We used to live at 2 Oak Road, Kendal LA9 1AA. Please update my address. | ask address
B-7782 is going to Tannenweg 9, 34117 Kassel, my old flat. Please send it to Am Markt 2, 37073 Trier. | shipping.change_address(address=Am Markt 2, 37073 Trier, order_id=B-7782)
Could my profile please say 221 Rue des Lilas, 69003 Lyon from now on? | user.update_address(address=221 Rue des Lilas, 69003 Lyon)
My phone is 0176 5550148. I want to cancel A-4427. | order.cancel(order_id=A-4427)
"""
"""Of two values the one that is said to be old is never set; where it is the only one, the new one is asked for."""

ONE_OF_SEVERAL = """
A-3245 has the lamp, A-3246 the rug. Cancel the rug one. | order.cancel(order_id=A-3246)
I have A-3245 and A-3246. Cancel the cheaper one | ask order_id
A-3245 can stay. A-3246 was a mistake, cancel that one. | order.cancel(order_id=A-3246)
"""
"""One of several things is meant by what was told of it, or asked about."""

READS = """
show me everything ive ever bought w you guys | order.list()
list my orders (status returned) | order.list(status=RETURNED)
I wish I knew when A-6003 will be here | shipping.estimate_delivery(order_id=A-6003)
I have no idea any more what B-20418 was about. What is in there? | order.get(order_id=B-20418)
Before I go and cancel anything I want to see what's in A-5230. | order.get(order_id=A-5230)
I cancelled A-1671 last week and now I'm wondering where A-1688 is | shipping.track(order_id=A-1688)
how many pts do i hav | loyalty.get_points()
would you mind no longer sending me the newsletter | newsletter.unsubscribe()
Any chance of having L-4410 delivered to Via dei Tigli 9, 40121 Bologna? | shipping.change_address(address=Via dei Tigli 9, 40121 Bologna, order_id=L-4410)
"""
"""Ways of asking that go round about it."""

NO_EFFECT = """
A-4428 was cancelled by me last week
A-4428 is cancelled, right?
A-4428 will be cancelled, won't it?
A-4428 cancelled??
I wish I had cancelled A-4428
thanks for cancelling A-4428
undo the cancellation of A-4428
cancel the return of the lamp from A-4428
I tried to cancel A-4428 yesterday. Did it work?
My neighbour says I should cancel A-4428
Please send one lamp of A-4428 back to me
return label for A-4428 please
A-4427 got delivered to 5 Elm Row, Leeds LS1 2AB, that's my neighbour
please check that A-4428 goes to 5 Elm Row, Leeds LS1 2AB
my ex still lives at 5 Elm Row, Leeds LS1 2AB so take that off my account
I no longer get the newsletter, why?
My parents moved to 5 Elm Row, Leeds LS1 2AB
We will move to 5 Elm Row, Leeds LS1 2AB in May
what I don't want is to cancel A-4428
would you mind no longer cancelling my orders
I have a new landlord, 0176 5550148
I have A-3245 and A-3246. Cancel it.
collect the mug of A-4428 at 5 Elm Row, Leeds LS1 2AB
send us 2 photos of the mug
Our auditor wants to see an invoice of yours by five o'clock, so please get it to me quickly.
Send A-1177 to 12 Elm Row, Leeds or 14 Elm Row, Leeds, I am not sure which.
"""
"""What sounds like an effect and asks for none, or leaves open which."""


def cases(table: str) -> list[tuple[str, str]]:
    rows = (row.partition(" | ") for row in table.splitlines() if row)
    return [(text, expected) for text, _, expected in rows]


@pytest.mark.parametrize(("text", "expected"), cases(NAMES_IN_STORIES + OLD_VALUES + ONE_OF_SEVERAL + READS))
async def test_request_is_found_in_what_is_told_around_it(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected


@pytest.mark.parametrize("text", NO_EFFECT.strip().splitlines())
async def test_what_is_told_asks_for_no_effect(text: str) -> None:
    decision = await decide(text)
    effects = {"order.cancel", "order.create", "order.return_items", "shipping.change_address"}
    effects |= {"user.update_phone", "user.update_address", "newsletter.unsubscribe"}
    assert not (isinstance(decision, Plan) and {step.intent for step in decision.steps} & effects)
