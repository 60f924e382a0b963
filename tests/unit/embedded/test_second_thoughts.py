# ruff: noqa: E501  # tables: one case a line
"""What is taken back or put right in the same message: nothing is done that was given up, and the better value counts."""

import pytest

from orchestrator_server.plan import Clarify, Plan, Refuse
from tests.unit.embedded.asking import cases, decide, line, shop

BETTER = """
Cancel order A-1061. Sorry, A-1062 I mean. | order.cancel(order_id=A-1062)
cancel A-1061 - no wait, that's the wrong one, A-1062 | order.cancel(order_id=A-1062)
cancel A-1061. oops, A-1062 | order.cancel(order_id=A-1062)
please cancel A-1061... scratch that, A-1062. | order.cancel(order_id=A-1062)
cancel A-1061 no sorry A-1062 | order.cancel(order_id=A-1062)
cancel A-1061. wrong number, it's A-1062 | order.cancel(order_id=A-1062)
cancel A-1061, no, make that A-1062 | order.cancel(order_id=A-1062)
cancel A-1042, sorry, I mean A-1044 | order.cancel(order_id=A-1044)
cancel A-1042? no, cancel A-1044 | order.cancel(order_id=A-1044)
where's A-1061? sorry i meant A-1062 | shipping.track(order_id=A-1062)
order two umbrellas, no, three | order.create(quantity=3, sku=umbrella)
order two umbrellas. actually make it three | order.create(quantity=3, sku=umbrella)
set my phone to +44 7700 900122, sorry, +44 7700 900123 | user.update_phone(phone=+44 7700 900123)
cancel A-1062. No, leave that one, cancel A-1063 | order.cancel(order_id=A-1063)
Return the mug of A-1062. No, forget it, cancel A-1063 instead. | order.cancel(order_id=A-1063)
Should I keep A-1062? No, cancel it. | order.cancel(order_id=A-1062)
I'd like to order one yoga mat and a skipping rope. Hm, forget the rope, there's one in the attic. | order.create(quantity=1, sku=yoga mat)
Cancel A-1062. Actually no, leave it, just tell me where it is. | shipping.track(order_id=A-1062)
"""
GIVEN_UP = [
    "cancel A-1062. no, leave it.",
    "cancel A-1062... actually don't.",
    "cancel A-1062 - forget it.",
    "Cancel A-1062. Never mind, keep it.",
    "cancel a-1062. hmm, on second thought leave it as it is",
    "cancel A-1062. wait no don't cancel it",
    "please cancel A-1062, oh forget that, we'll keep it",
    "unsubscribe me from the newsletter. nah, leave it on",
    "Order two umbrellas. No, forget it.",
    "return the mug of A-1062... you know what, I'll keep it",
]
OPEN = [
    "return the kettle of A-1062, sorry, the mug",
    "order a red umbrella, no, a blue one",
    "cancel A-1062. Hmm no, where is it right now?",
]
OF_ONE = """
Cancel A-7007, A-7008 stays | order.cancel(order_id=A-7007)
Cancel A-7007, but A-7008 I still want | order.cancel(order_id=A-7007)
Cancel A-7007. hands off A-7008 | order.cancel(order_id=A-7007)
cancel A-1002 (A-1001 is okay) | order.cancel(order_id=A-1002)
cancel A-1002 (the other one, A-1001, stays) | order.cancel(order_id=A-1002)
cancel A-1002 (I'm keeping A-1001) | order.cancel(order_id=A-1002)
A-1002 is a duplicate of A-1001, cancel it | order.cancel(order_id=A-1002)
Nothing gets cancelled please, just show me A-4040 | order.get(order_id=A-4040)
show A-4040, and no cancelling though | order.get(order_id=A-4040)
"""


@pytest.mark.parametrize(("text", "expected"), cases(BETTER))
async def test_the_better_value_takes_the_place_of_the_one_before(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected


@pytest.mark.parametrize("text", GIVEN_UP)
async def test_what_is_taken_back_is_not_done(text: str) -> None:
    assert isinstance(await decide(text), Refuse)


@pytest.mark.parametrize("text", OPEN)
async def test_a_correction_that_leaves_something_open_is_asked_about(text: str) -> None:
    assert isinstance(await decide(text), Clarify)


@pytest.mark.parametrize(("text", "expected"), cases(OF_ONE))
async def test_what_is_only_named_to_say_that_it_stays_is_left_alone(text: str, expected: str) -> None:
    decision = await decide(text)
    assert isinstance(decision, Plan)
    steps = [step for step in decision.steps if shop().intents[step.intent].has_effect or len(decision.steps) == 1]
    assert line(decision) == expected
    assert len(steps) == 1


@pytest.mark.parametrize("text", ["cancel one of A-1001 and A-1002", "either A-1001 or A-1002 has to be cancelled"])
async def test_one_of_two_is_asked_about(text: str) -> None:
    assert isinstance(await decide(text), Clarify)
