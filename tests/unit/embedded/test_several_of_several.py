"""Several things out of several ids, places among ids, "both" and "the same", and requests that no mark sets apart."""

import pytest

from orchestrator_server.plan import Clarify, Plan
from tests.unit.embedded.asking import cases, decide, line

WHOLE = cases("""
The scarf and the hat (both in C-3001) are going back, same for the belt out of C-3002. Can you register the returns? \
| order.return_items(items=[scarf; hat], order_id=C-3001) + order.return_items(items=[belt], order_id=C-3002)
From C-3001 the scarf and the hat go back, from C-3002 only the belt \
| order.return_items(items=[scarf; hat], order_id=C-3001) + order.return_items(items=[belt], order_id=C-3002)
Return the scarf and hat, which are in C-3001, and the belt in C-3002. \
| order.return_items(items=[scarf; hat], order_id=C-3001) + order.return_items(items=[belt], order_id=C-3002)
Return the scarf from C-3001. And the hat and the belt from C-3002. \
| order.return_items(items=[scarf], order_id=C-3001) + order.return_items(items=[hat; belt], order_id=C-3002)
send back scarf of C-3001 send back belt of C-3002 \
| order.return_items(items=[scarf], order_id=C-3001) + order.return_items(items=[belt], order_id=C-3002)
Return only the scarf from C-3001, the hat stays in my wardrobe. | order.return_items(items=[scarf], order_id=C-3001)
The cups (C-3001) and bowls (C-3002) should be sent back, the jug (also C-3001) stays. \
| order.return_items(items=[cups], order_id=C-3001) + order.return_items(items=[bowls], order_id=C-3002)
C-3001, C-3002 and C-3003. Cancel the middle one, track the other two \
| order.cancel(order_id=C-3002) + shipping.track(order_id=C-3001) + shipping.track(order_id=C-3003)
Of my orders C-3001, C-3002, C-3003 and C-3004 cancel the last two \
| order.cancel(order_id=C-3003) + order.cancel(order_id=C-3004)
Among C-3001, C-3002, C-3003 please cancel number two, and where is number three? \
| order.cancel(order_id=C-3002) + shipping.track(order_id=C-3003)
Please cancel the 2nd and 3rd of these: C-3001, C-3002, C-3003. \
| order.cancel(order_id=C-3002) + order.cancel(order_id=C-3003)
C-3001, C-3002 and C-3003 - cancel them all except the middle one please \
| order.cancel(order_id=C-3001) + order.cancel(order_id=C-3003)
return the scarf from C-3001, the hat from C-3001 please not | order.return_items(items=[scarf], order_id=C-3001)
C-3001 is the bed, C-3002 is the mattress. Cancel the bed. | order.cancel(order_id=C-3001)
Only C-3001 has to be cancelled, nothing else | order.cancel(order_id=C-3001)
Could C-3001 and C-3002 be cancelled? | order.cancel(order_id=C-3001) + order.cancel(order_id=C-3002)
I want C-3001 cancelled and C-3002 and C-3003 tracked \
| order.cancel(order_id=C-3001) + shipping.track(order_id=C-3002) + shipping.track(order_id=C-3003)
cancel C-3001 please dont touch C-3002 where is C-3003 | order.cancel(order_id=C-3001) + shipping.track(order_id=C-3003)
where is C-3001 cancel C-3002 how many points do i have \
| shipping.track(order_id=C-3001) + order.cancel(order_id=C-3002) + loyalty.get_points()
C-3001 where it is, C-3002 when it come \
| shipping.track(order_id=C-3001) + shipping.estimate_delivery(order_id=C-3002)
What I need from you: cancel C-3001 | order.cancel(order_id=C-3001)
Needed: 6 x egg cup | order.create(quantity=6, sku=egg cup)
order three egg cups and the same number of saucers \
| order.create(quantity=3, sku=egg cup) + order.create(quantity=3, sku=saucer)
""")
BOTH_VALUES = """
new mobile and new flat: 0176 5550 1433, and 9 Weir Lane, Hull HU1 2AB. update both please
9 Weir Lane, Hull HU1 2AB and 0176 5550 1433, put both of them on my account
phone 0176 5550 1433 address 9 Weir Lane, Hull HU1 2AB save both
"""
SAME_PLACE = """
Only C-3001 should be sent to 9 Weir Lane, Hull HU1 2AB, and C-3002 as well, same place.
change address of C-3001 to 9 Weir Lane, Hull HU1 2AB, ditto C-3002
C-3001 and C-3002 have to go to 9 Weir Lane, Hull HU1 2AB, C-3003 not.
"""
OPEN = """
Please cancel every second one: C-3001, C-3002, C-3003, C-3004
cancel the second last of C-3001, C-3002, C-3003
Cancel the sixth of C-3001, C-3002 and C-3003
i wanna cancel smth i bought
"""


@pytest.mark.parametrize(("said", "expected"), WHOLE)
async def test_each_request_gets_the_things_that_are_meant(said: str, expected: str) -> None:
    assert line(await decide(said)) == expected


@pytest.mark.parametrize("said", BOTH_VALUES.strip().splitlines())
async def test_two_values_that_are_told_together_are_both_set(said: str) -> None:
    decision = await decide(said)
    assert isinstance(decision, Plan), decision
    arguments = {step.intent: dict(step.arguments) for step in decision.steps}
    assert arguments == {
        "user.update_phone": {"phone": "0176 5550 1433"},
        "user.update_address": {"address": "9 Weir Lane, Hull HU1 2AB"},
    }


@pytest.mark.parametrize("said", SAME_PLACE.strip().splitlines())
async def test_one_place_may_be_meant_for_two_things(said: str) -> None:
    decision = await decide(said)
    assert isinstance(decision, Plan), decision
    assert [step.intent for step in decision.steps] == ["shipping.change_address"] * 2
    assert [step.arguments["order_id"] for step in decision.steps] == ["C-3001", "C-3002"]


@pytest.mark.parametrize("said", OPEN.strip().splitlines())
async def test_which_one_is_asked_where_nobody_can_tell(said: str) -> None:
    assert isinstance(await decide(said), Clarify)
