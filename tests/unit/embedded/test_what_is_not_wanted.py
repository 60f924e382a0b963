# ruff: noqa: E501, RUF001  # tables: one case a line, and things are counted with a multiplication sign
"""What must not be done or never was wanted, wishes that are given up, and questions that ask for nothing."""

import pytest

from orchestrator_server.plan import Clarify, Plan, Refuse
from tests.unit.embedded.asking import decide, line
from tests.unit.embedded.talking import Talk, outcome, talks

NOT_DONE = """
do whatever you like except cancel B-4410. when does it get here? | shipping.estimate_delivery(order_id=B-4410)
anything but cancelling B-4410 please! where is it | shipping.track(order_id=B-4410)
the one thing you must never do is cancel B-4410. its invoice please | invoice.get(order_id=B-4410)
the last thing we want is B-4410 cancelled, just tell us where it is | shipping.track(order_id=B-4410)
the worst you could do is cancel B-4410. where is it? | shipping.track(order_id=B-4410)
on no account cancel B-4410, send me the invoice of B-4410 instead | invoice.get(order_id=B-4410)
we don't want B-4410 to be cancelled, where is it? | shipping.track(order_id=B-4410)
B-4410 is not to be cancelled! Where is it? | shipping.track(order_id=B-4410)
I want neither of B-4410 and B-4411 cancelled. Invoice of B-4411 please | invoice.get(order_id=B-4411)
don't you dare cancel B-4410. where is it | shipping.track(order_id=B-4410)
as if I would cancel B-4410. When will it arrive? | shipping.estimate_delivery(order_id=B-4410)
I didn't say cancel B-4410, I said track B-4410 | shipping.track(order_id=B-4410)
please refrain from cancelling B-4410, and when does it arrive? | shipping.estimate_delivery(order_id=B-4410)
neither cancel nor return B-4410, just send its invoice | invoice.get(order_id=B-4410)
B-4410 was never meant to be cancelled, where is it? | shipping.track(order_id=B-4410)
whoever told you to cancel B-4410 was wrong. where is it | shipping.track(order_id=B-4410)
my phone number got changed to 030 5550122 by somebody. which number do you have for me? | user.get_profile()
cancel my newsletter, not my order | newsletter.unsubscribe()
"""
GIVEN_UP = """
was gonna have you cancel B-4410 but scratch that. just show me where it is | shipping.track(order_id=B-4410)
I was going to ask you to return the rug from B-4410, but forget it. Its invoice please. | invoice.get(order_id=B-4410)
i meant to cancel B-4410, nvm, when does B-4411 come? | shipping.estimate_delivery(order_id=B-4411)
"""
ASKED = """
B-4410. When it will arrive? | shipping.estimate_delivery(order_id=B-4410)
is b-4410 gonna be here by friday or nah | shipping.estimate_delivery(order_id=B-4410)
trying to remember what was in B-4410 | order.get(order_id=B-4410)
B-4410 got cancelled without asking me. can you look that order up for me? | order.get(order_id=B-4410)
the sticker said 'return to sender' for B-4410. show me that order | order.get(order_id=B-4410)
I wrote you a mail on Monday, no answer. cancel B-4410 | order.cancel(order_id=B-4410)
order three rain barrels, actually just one | order.create(quantity=1, sku=rain barrel)
"""
IN_GENERAL = """
how does returning something work here? do I need the box?
if someone cancels do they lose their points?
I'm only curious: how would changing an address work?
does it cost anything to cancel?
"""
ANSWERS = """
> I want to send things back from B-4410
< Order B-4410 is delivered: 1 × floor lamp, 2 × tea towel, €47.80 in all, delivered 4 days ago. Shall I return the floor lamp and the tea towel?
the floor lamp yes, the tea towel no => order.return_items(items=[floor lamp], order_id=B-4410)

> I want to send things back from B-4410
< Order B-4410 is delivered: 1 × floor lamp, 2 × tea towel, €47.80 in all, delivered 4 days ago. Shall I return the floor lamp and the tea towel?
yes to the towel, no to the lamp => order.return_items(items=[tea towel], order_id=B-4410)

> I want to send things back from B-4410
< Order B-4410 is delivered: 1 × floor lamp, 2 × tea towel, €47.80 in all, delivered 4 days ago. Shall I return the floor lamp and the tea towel?
the floor lamp, not the towel please => order.return_items(items=[floor lamp], order_id=B-4410)

> I want to send things back from B-4410
< Order B-4410 is delivered: 1 × floor lamp, 2 × tea towel, €47.80 in all, delivered 4 days ago. Which items do you want to return?
everything except the floor lamp => order.return_items(items=[tea towel], order_id=B-4410)

> I want to send things back from B-4410
< Order B-4410 is delivered: 1 × floor lamp, 2 × tea towel, €47.80 in all, delivered 4 days ago. Which items do you want to return?
keep the lamp, the rest goes back => order.return_items(items=[tea towel], order_id=B-4410)

> I do not need B-4410 and B-4411 any more
< Shall I cancel B-4410 and B-4411?
B-4411 yes, B-4410 no => order.cancel(order_id=B-4411)

> I do not need B-4410 and B-4411 any more
< Shall I cancel B-4410 and B-4411?
yes except B-4411 => order.cancel(order_id=B-4410)

> I do not need B-4410 and B-4411 any more
< Shall I cancel B-4410 and B-4411?
B-4410 yes. B-4411 only if it is still pending, else keep it => order.cancel(order_id=B-4410) + ~order.get(order_id=B-4411) + order.cancel(order_id=B-4411) if s2.order.status == PENDING

> please cancel B-4410
< Done: order B-4410 is cancelled.
merci, the same for B-4411 => order.cancel(order_id=B-4411)

> I'd like to order rain barrels
< How many rain barrels would you like?
4. no sorry, make that 6 => order.create(quantity=6, sku=rain barrel)
"""


@pytest.mark.parametrize("row", [*NOT_DONE.strip().splitlines(), *GIVEN_UP.strip().splitlines()])
async def test_what_is_ruled_out_or_given_up_is_not_done(row: str) -> None:
    text, expected = row.split(" | ")
    decision = await decide(text)
    assert isinstance(decision, Plan), decision
    assert line(decision) == expected


@pytest.mark.parametrize("row", ASKED.strip().splitlines())
async def test_a_question_in_odd_words_is_answered_like_a_plain_one(row: str) -> None:
    text, expected = row.split(" | ")
    decision = await decide(text)
    assert isinstance(decision, Plan), decision
    assert line(decision) == expected


@pytest.mark.parametrize("text", IN_GENERAL.strip().splitlines())
async def test_a_question_about_how_things_go_asks_for_nothing(text: str) -> None:
    assert isinstance(await decide(text), Refuse)


@pytest.mark.parametrize("text", ["cancel it, and i mean the order, not the newsletter", "cancel one order, not all"])
async def test_what_says_which_kind_of_thing_is_meant_is_no_request_of_its_own(text: str) -> None:
    decision = await decide(text)
    assert isinstance(decision, Clarify)
    assert decision.partial is not None
    assert [step.intent for step in decision.partial.steps] == ["order.cancel"]


@pytest.mark.parametrize("talk", talks(ANSWERS), ids=lambda talk: talk[1])
async def test_what_is_said_of_each_thing_holds_for_that_thing(talk: Talk) -> None:
    earlier, text, expected = talk
    assert await outcome(earlier, text) == expected
