"""Which of several things is meant: by its turn, by what it holds, by what was said of the others, or by nothing."""

import pytest

from orchestrator_server.plan import Plan
from tests.unit.embedded.asking import cases, decide, line

POINTED_OUT = """
I have two orders, B-4410 and B-4411. Cancel the second, invoice for the first please. \
| order.cancel(order_id=B-4411) + invoice.get(order_id=B-4410)
B-4410 and B-4411: keep the former, cancel the latter | order.cancel(order_id=B-4411)
B-4410, B-4411 and B-4412: cancel the first two | order.cancel(order_id=B-4410) + order.cancel(order_id=B-4411)
Got three orders, B-4410, B-4411, B-4412. Keep the first and cancel the other two. \
| order.cancel(order_id=B-4411) + order.cancel(order_id=B-4412)
keep B-4410, cancel B-4411, and email the invoice for the one I'm keeping \
| order.cancel(order_id=B-4411) + invoice.get(order_id=B-4410)
B-4410, B-4411, B-4412: cancel them all apart from B-4411 \
| order.cancel(order_id=B-4410) + order.cancel(order_id=B-4412)
the rug is B-4410, the teapot is B-4411. cancel the rug and tell me where the teapot is \
| order.cancel(order_id=B-4410) + shipping.track(order_id=B-4411)
cancel that rug B-4410 and tell me when the teapot's coming, that's B-4411 \
| order.cancel(order_id=B-4410) + shipping.estimate_delivery(order_id=B-4411)
B-4410 cancel B-4411 track | order.cancel(order_id=B-4410) + shipping.track(order_id=B-4411)
where is my stuff?? B-4410 AND B-4411. been ages | shipping.track(order_id=B-4410) + shipping.track(order_id=B-4411)
"""
LEFT_OUT = """
change my account address to 5 Quay Street, Derry BT48 7EA - but NOT for order B-4410, that one goes to the old place \
| user.update_address(address=5 Quay Street, Derry BT48 7EA)
change my account address to 5 Quay Street, Derry BT48 7EA (don't touch B-4410) and where is B-4411? \
| user.update_address(address=5 Quay Street, Derry BT48 7EA) + shipping.track(order_id=B-4411)
Change delivery address of B-4411 to 5 Quay Street, Derry BT48 7EA, not that of B-4410 \
| shipping.change_address(address=5 Quay Street, Derry BT48 7EA, order_id=B-4411)
please cancel B-4410 now that B-4411 has arrived | order.cancel(order_id=B-4410)
Not happy with B-4410 so return the rug, happy with B-4411 | order.return_items(items=[rug], order_id=B-4410)
don't track B-4410, cancel it. And B-4411, don't cancel, track it. \
| order.cancel(order_id=B-4410) + shipping.track(order_id=B-4411)
B-4410 must go to a different address, namely 5 Quay Street, Derry BT48 7EA \
| shipping.change_address(address=5 Quay Street, Derry BT48 7EA, order_id=B-4410)
before you cancel B-4410 (yes I do want that) send me its invoice \
| invoice.get(order_id=B-4410) + order.cancel(order_id=B-4410)
return the rug from B-4410. And could you do the same with the teapot from B-4411? \
| order.return_items(items=[rug], order_id=B-4410) + order.return_items(items=[teapot], order_id=B-4411)
"""
OPEN = """
B-4410 and B-4411 look the same, cancel the other one
cancel B-4410, B-4411 and the one I placed yesterday
please cancel B-4410 through B-4415
please cancel the rug order (B-4410) but not the one with the teapot (B-4411)
change my account address to 5 Quay Street, Derry BT48 7EA, B-4410 excluded
"""


@pytest.mark.parametrize(("text", "expected"), cases(POINTED_OUT))
async def test_words_for_one_of_several_mean_its_id(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected


@pytest.mark.parametrize(("text", "expected"), cases(LEFT_OUT))
async def test_what_is_left_out_is_no_target(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected


@pytest.mark.parametrize("text", OPEN.strip().splitlines())
async def test_it_is_asked_which_is_meant_where_nobody_can_say(text: str) -> None:
    assert not isinstance(await decide(text), Plan)


async def test_a_question_about_another_thing_hangs_on_no_condition() -> None:
    decision = await decide("If B-4410 is still pending cancel it, and where is B-4411?")
    assert isinstance(decision, Plan)
    asked = {step.intent: step.condition for step in decision.steps if not step.is_supporting}
    assert asked["order.cancel"] is not None
    assert asked["shipping.track"] is None
