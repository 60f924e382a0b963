# ruff: noqa: E501  # tables: one case a line
"""Wishes to be rid of a thing offer both ways out of it, and what is only felt or foreseen about a deed asks for none."""

import pytest

from orchestrator_server.plan import Clarify, Plan
from tests.unit.embedded.asking import cases, decide, line

EITHER_WAY = """
kindly reverse order B-4410
B-4410 was bought by the cat, please undo it
could we undo B-4410?
how would I get rid of B-4410
B-4410: rid me of it please
I'd like to walk away from B-4410
I invoke my 14 day right of withdrawal for B-4410
we are backing out of B-4410
I want nothing more to do with order B-4410
B-4410 simply has to go, thanks
take B-4410 off my hands please
I want B-4410 gone
B-4410 undone please, wrong colour
money back for B-4410!!
arrange for my money for B-4410 to be sent back
I have lost all interest in B-4410
no longer interested in B-4410
the rug from B-4410 came yesterday and has a hole, undo it
"""
IT_CANNOT_BE_HERE = """
undo B-4410, it is still pending | order.cancel(order_id=B-4410)
get rid of B-4410 before anybody packs it | order.cancel(order_id=B-4410)
I placed B-4410 ten minutes ago, please reverse it | order.cancel(order_id=B-4410)
B-4410 has not shipped, make it go away | order.cancel(order_id=B-4410)
get rid of B-4410 if it costs more than 90 euros | ~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) if has(s1.order.total) && money(s1.order.total) > 90.0
get rid of B-4410, cancel it I mean | order.cancel(order_id=B-4410)
annul B-4410 | order.cancel(order_id=B-4410)
get rid of that newsletter | newsletter.unsubscribe()
you'd do me a huge favour by cancelling B-4410 | order.cancel(order_id=B-4410)
any chance you could cancel B-4410, if it's not too much trouble | order.cancel(order_id=B-4410)
I'd like you to have the teapot from B-4410 back | order.return_items(items=[teapot], order_id=B-4410)
"""
NO_EFFECT = """
I could cancel B-4410, but I won't
I'm not going to cancel B-4410
I refuse to cancel B-4410
I should have cancelled B-4410
it would be a shame to cancel B-4410
cancelling B-4410 would be silly
I hate that we had to cancel B-4410
please stop trying to cancel B-4410
one of these days I'll unsubscribe from your newsletter
at some point I'm going to cancel B-4410
thank you for cancelling B-4410 so quickly last week
undo the cancellation of B-4410
"""
ONLY_WHAT_IS_ASKED = """
I'm thinking about returning the teapot from B-4410. What did it cost? | order.get(order_id=B-4410)
my brother says I should cancel B-4410 but first show me what is in it | order.get(order_id=B-4410)
One day we'll move to Malta and change our address, but for now: when does B-4410 arrive? | shipping.estimate_delivery(order_id=B-4410)
"""
WHOSE_ADDRESS = """
we've moved, the new address is 5 Quay Street, Derry BT48 7EA. B-4410 is still missing
my address has changed to 5 Quay Street, Derry BT48 7EA and I have a parcel coming
I moved to 5 Quay Street, Derry BT48 7EA and I am waiting for B-4410
"""
MY_ADDRESS = """
put 5 Quay Street, Derry BT48 7EA in my profile. B-4410 is still missing by the way
we've moved, our address is now 5 Quay Street, Derry BT48 7EA
"""


@pytest.mark.parametrize("said", EITHER_WAY.strip().splitlines())
async def test_who_wants_to_be_rid_of_a_thing_is_offered_both_ways(said: str) -> None:
    decision = await decide(said)
    assert isinstance(decision, Clarify), decision
    assert decision.missing == ("intent",)
    assert decision.partial is not None
    assert {step.intent for step in decision.partial.steps} == {"order.cancel", "order.return_items"}


@pytest.mark.parametrize(("said", "expected"), [*cases(IT_CANNOT_BE_HERE), *cases(ONLY_WHAT_IS_ASKED)])
async def test_what_tells_which_way_is_planned(said: str, expected: str) -> None:
    assert line(await decide(said)) == expected


@pytest.mark.parametrize("said", NO_EFFECT.strip().splitlines())
async def test_what_is_felt_about_a_deed_plans_no_effect(said: str) -> None:
    decision = await decide(said)
    assert not isinstance(decision, Plan), decision


@pytest.mark.parametrize("said", WHOSE_ADDRESS.strip().splitlines())
async def test_a_new_address_beside_a_thing_under_way_may_be_for_either(said: str) -> None:
    decision = await decide(said)
    assert isinstance(decision, Clarify), decision
    assert decision.partial is not None
    assert {step.intent for step in decision.partial.steps} == {"shipping.change_address", "user.update_address"}


@pytest.mark.parametrize("said", MY_ADDRESS.strip().splitlines())
async def test_a_new_address_of_the_profile_is_no_question(said: str) -> None:
    assert line(await decide(said)) == "user.update_address(address=5 Quay Street, Derry BT48 7EA)"
