# ruff: noqa: E501  # tables: one wording a line
"""Several requests side by side: one for each thing with its own values, and nothing that is wished is dropped."""

import pytest

from orchestrator_server.plan import Clarify, Plan
from tests.unit.embedded.asking import cases, decide, line

PLANNED = """
D-4101 n D-4102 n D-4103 cancel all 3 of em | order.cancel(order_id=D-4101) + order.cancel(order_id=D-4102) + order.cancel(order_id=D-4103)
D-4101 plus D-4102 - cancel the lot | order.cancel(order_id=D-4101) + order.cancel(order_id=D-4102)
The vest from D-4101 is too tight, the cap in D-4102 is too wide. Take both back please. | order.return_items(items=[vest], order_id=D-4101) + order.return_items(items=[cap], order_id=D-4102)
return: vest from D-4101, cap from D-4102 | order.return_items(items=[vest], order_id=D-4101) + order.return_items(items=[cap], order_id=D-4102)
The vest from D-4101 is going back, and so is the cap from D-4102. Please arrange that. | order.return_items(items=[vest], order_id=D-4101) + order.return_items(items=[cap], order_id=D-4102)
send back the vest from D-4101, same for the cap from D-4102 | order.return_items(items=[vest], order_id=D-4101) + order.return_items(items=[cap], order_id=D-4102)
return the vest from D-4101, not the cap from D-4102 | order.return_items(items=[vest], order_id=D-4101)
The vest from D-4101 is going back, the cap from D-4102 I'll keep | order.return_items(items=[vest], order_id=D-4101)
vest from D-4101 rustles like a tent. return it | order.return_items(items=[vest], order_id=D-4101)
I need 4 tumblers 4 saucers and a jug | order.create(quantity=4, sku=tumbler) + order.create(quantity=4, sku=saucer) + order.create(quantity=1, sku=jug)
cancel D-4101 order a jug tell me my points | order.cancel(order_id=D-4101) + order.create(quantity=1, sku=jug) + loyalty.get_points()
step one cancel D-4101, step two order a jug, step three show me my points | order.cancel(order_id=D-4101) + order.create(quantity=1, sku=jug) + loyalty.get_points()
firstly cancel D-4101, secondly where is D-4102 | order.cancel(order_id=D-4101) + shipping.track(order_id=D-4102)
do cancel D-4101 and do tell me where D-4102 is | order.cancel(order_id=D-4101) + shipping.track(order_id=D-4102)
I want D-4101 cancelled and a jug ordered | order.cancel(order_id=D-4101) + order.create(quantity=1, sku=jug)
switch your newsletter off and tell me my points | newsletter.unsubscribe() + loyalty.get_points()
I am doing my books: invoices for D-4101 and D-4102 please | invoice.get(order_id=D-4101) + invoice.get(order_id=D-4102)
show my shipped orders n my returned ones | order.list(status=SHIPPED) + order.list(status=RETURNED)
D-4101: where is it, and what did I order | shipping.track(order_id=D-4101) + order.get(order_id=D-4101)
cancel D-4101. I was going to cancel D-4102 too but I'll keep it | order.cancel(order_id=D-4101)
Oh, and the return for D-4101: it's the vest and the cap. | order.return_items(items=[vest; cap], order_id=D-4101)
leave D-4101 alone, where is D-4102? | shipping.track(order_id=D-4102)
"""
SHOWN = """
D-4101 and D-4102 were cancelled | order.get(order_id=D-4101) + order.get(order_id=D-4102)
D-4101, D-4102 and D-4103 are cancelled already, right? | order.get(order_id=D-4101) + order.get(order_id=D-4102) + order.get(order_id=D-4103)
D-4101 and D-4102 cancelled yet? | order.get(order_id=D-4101) + order.get(order_id=D-4102)
"""
ASKED = """
get me three more of em
i want 4 of dem
make me a fresh order of face cloths; not too many
where is D-4101? zap that newsletter of yours
cancel D-4101, plop a jug on my next order please
return the vest from D-4101. same for D-4102
"""


@pytest.mark.parametrize(("said", "expected"), cases(PLANNED))
async def test_each_of_several_requests_keeps_its_own_values(said: str, expected: str) -> None:
    decision = await decide(said)
    assert isinstance(decision, Plan), decision
    assert line(decision) == expected


@pytest.mark.parametrize(("said", "expected"), cases(SHOWN))
async def test_what_is_told_of_several_things_is_no_wish_for_it(said: str, expected: str) -> None:
    assert line(await decide(said)) == expected


@pytest.mark.parametrize("said", ASKED.strip().splitlines())
async def test_what_no_request_took_up_is_asked_about(said: str) -> None:
    assert isinstance(await decide(said), Clarify)
