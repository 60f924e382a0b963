"""Wishes that are withdrawn, deeds that are told or only head a question, and lists under one case."""

import pytest

from orchestrator_server.plan import Clarify, Plan
from tests.unit.embedded.asking import cases, decide, line, shop

WITHDRAWN = """
Disregard my request to cancel B-4410.
Please forget my wish to return the kettle from B-4410
scrap my earlier request to unsubscribe from the newsletter
cancel B-4410? never!
cancel B-4410? no way, that one is for my mum
stop the newsletter? I would never
B-4410 was returned and B-4411 cancelled, please confirm
B-4410 has been delivered and B-4411 cancelled, am I right?
cancellation of B-4410: when do I get my money?
Cancellation of my order B-4410: has it gone through?
return of the kettle from B-4410, when will I hear from you?
"""
UNDER_A_CASE = """
Ignore my request to cancel B-4410 if it has shipped | !has(s1.order.shipped_at)
Ignore my request to cancel B-4410 unless it is pending | s1.order.status == PENDING
you have not sent B-4410 out yet? cancel it | !has(s1.order.shipped_at)
So you have shipped B-4410 already? Send me the invoice then. | has(s1.order.shipped_at)
"""
LISTED = (
    "If B-4410 is pending: (1) cancel it (2) take me off the newsletter",
    "if B-4410 is still pending then please do the following:\n1) cancel it.\n2) take me off the newsletter.\nThanks",
    "When B-4410 is pending:\n- cancel it\n- take me off the newsletter",
)
ASKED = """
cancel B-4410? has it shipped?
return the kettle from B-4410? is that possible?
I'm only home on Fridays so any other day cancel B-4410
I have B-4410 and B-4411. Any of them but B-4410 can go. cancel them
"""


@pytest.mark.parametrize("said", WITHDRAWN.strip().splitlines())
async def test_what_is_withdrawn_or_told_has_no_effect(said: str) -> None:
    decision = await decide(said)
    plan = decision if isinstance(decision, Plan) else Plan(id="none", steps=(), planner="none")
    assert not any(shop().intents[step.intent].has_effect for step in plan.steps), line(decision)


@pytest.mark.parametrize(("said", "condition"), cases(UNDER_A_CASE))
async def test_what_is_withdrawn_in_one_case_is_done_in_the_other(said: str, condition: str) -> None:
    decision = await decide(said)
    assert line(decision).endswith(f" if {condition}")


@pytest.mark.parametrize("said", LISTED)
async def test_all_of_a_list_is_done_in_its_case_alone(said: str) -> None:
    in_that_case = "if s1.order.status == PENDING"
    assert line(await decide(said)) == (
        f"~order.get(order_id=B-4410) + order.cancel(order_id=B-4410) {in_that_case}"
        f" + newsletter.unsubscribe() {in_that_case}"
    )


async def test_all_but_one_of_many_are_stopped_whatever_stands_before_it() -> None:
    decision = await decide("Any of my pending orders but B-4410 can be cancelled")
    assert line(decision).endswith('for each s1.orders.filter(o, o.id != "B-4410")')


@pytest.mark.parametrize("said", ASKED.strip().splitlines())
async def test_what_is_asked_in_the_same_breath_is_not_decided_yet(said: str) -> None:
    assert isinstance(await decide(said), Clarify)
