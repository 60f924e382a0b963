# ruff: noqa: E501, RUF001  # tables: one case a line, and things are counted with a multiplication sign
"""Answers: to what the planner asked, and to what the assistant asked in its own words."""

import pytest

from tests.unit.embedded.talking import outcome, talks

VALUES = """
> cancel my order
a-3307 => order.cancel(order_id=A-3307)

> cancel my order
It's A-3307, thanks! => order.cancel(order_id=A-3307)

> cancel my order
the number is A-3307 => order.cancel(order_id=A-3307)

> change my phone number
+351 912 555 018 => user.update_phone(phone=+351 912 555 018)

> change the delivery address of A-9054
Ulica Długa 27/3, 31-147 Kraków => shipping.change_address(address=Ulica Długa 27/3, 31-147 Kraków, order_id=A-9054)

> change the delivery address of A-9054
to my office please => ask address

> order desk lamps
two please => order.create(quantity=2, sku=desk lamp)

> order desk lamps
just one => order.create(quantity=1, sku=desk lamp)

> return something from A-5531
< What would you like to return from A-5531? It holds 1 × lamp and 1 × wall clock.
the lamp => order.return_items(items=[lamp], order_id=A-5531)

> return something from A-5531
< What would you like to return from A-5531? It holds 1 × lamp and 1 × wall clock.
both of them => order.return_items(items=[lamp; wall clock], order_id=A-5531)

> return something from A-5531
< What would you like to return from A-5531? It holds 1 × lamp and 1 × wall clock.
the wall clock, it does not tick => order.return_items(items=[wall clock], order_id=A-5531)

> cancel my order
A-1042 but only if it has not shipped yet => ~order.get(order_id=A-1042) + order.cancel(order_id=A-1042) if !has(s1.order.shipped_at)

> cancel my order
it's A-1042. and what is the phone number you have for me? => order.cancel(order_id=A-1042) + user.get_profile()

> cancel my order
A-1042 and A-1043 => order.cancel(order_id=A-1042) + order.cancel(order_id=A-1043)

> cancel my order
where is A-1044? => shipping.track(order_id=A-1044)

> cancel my order
how many points do I have => loyalty.get_points()

> cancel my order
no thanks, I'll keep it after all => refuse chatter

> cancel my order
forget it => refuse chatter

> cancel my order
no idea, I don't have the number => order.list()

> cancel my order
I forgot which one => order.list()

> cancel my order
neither of them => refuse chatter
"""

LISTED = """
> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
the second => order.cancel(order_id=A-2306)

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
the first one please => order.cancel(order_id=A-2301)

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
the newer one => order.cancel(order_id=A-2306)

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
the cheaper one => order.cancel(order_id=A-2301)

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
the yoga mat => order.cancel(order_id=A-2301)

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
bottles => order.cancel(order_id=A-2306)

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
both => order.cancel(order_id=A-2301) + order.cancel(order_id=A-2306)

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
the latter => order.cancel(order_id=A-2306)

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
not the mat, the other one => order.cancel(order_id=A-2306)

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
not the first one, the second => order.cancel(order_id=A-2306)

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
the bottles, not the mat => order.cancel(order_id=A-2306)

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
all but the mat => order.cancel(order_id=A-2306)

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
both except the thing I need => ask order_id

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
the two of them => order.cancel(order_id=A-2301) + order.cancel(order_id=A-2306)

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
neither => refuse chatter

> please cancel my order
< Which order do you mean?\\n- A-2301: 1 × yoga mat, €24.90, pending, placed 1 day ago\\n- A-2306: 2 × water bottle, €31.00, pending, placed 4 hours ago
the pending one => ask order_id
"""

PROPOSED = """
> cancel the hose order
< You have two pending orders:\\n- A-6012: 1 × garden hose, €29.00, pending, placed 2 days ago\\n- A-6013: 1 × hose reel, €49.00, pending, placed 2 days ago\\nDo you want me to cancel A-6012?
no, the other one => order.cancel(order_id=A-6013)

> cancel the hose order
< You have two pending orders:\\n- A-6012: 1 × garden hose, €29.00, pending, placed 2 days ago\\n- A-6013: 1 × hose reel, €49.00, pending, placed 2 days ago\\nDo you want me to cancel A-6012?
yes please => order.cancel(order_id=A-6012)

> cancel the hose order
< You have two pending orders:\\n- A-6012: 1 × garden hose, €29.00, pending, placed 2 days ago\\n- A-6013: 1 × hose reel, €49.00, pending, placed 2 days ago\\nDo you want me to cancel A-6012?
no, the reel => order.cancel(order_id=A-6013)

> cancel the hose order
< You have two pending orders:\\n- A-6012: 1 × garden hose, €29.00, pending, placed 2 days ago\\n- A-6013: 1 × hose reel, €49.00, pending, placed 2 days ago\\nDo you want me to cancel A-6012?
no, A-6013 => order.cancel(order_id=A-6013)

> cancel the hose order
< You have two pending orders:\\n- A-6012: 1 × garden hose, €29.00, pending, placed 2 days ago\\n- A-6013: 1 × hose reel, €49.00, pending, placed 2 days ago\\nDo you want me to cancel A-6012?
no => refuse chatter

> can you get me the invoice for the bookshelf
< Do you mean A-8080: 1 × bookshelf, €129.00, delivered, placed 14 days ago?
Yes, that one. => invoice.get(order_id=A-8080)

> can you get me the invoice for the bookshelf
< Do you mean A-8080: 1 × bookshelf, €129.00, delivered, placed 14 days ago?
exactly! => invoice.get(order_id=A-8080)

> I think I want to get rid of A-5150
< Should I cancel order A-5150?
yes but only if it has not shipped yet => ~order.get(order_id=A-5150) + order.cancel(order_id=A-5150) if !has(s1.order.shipped_at)

> I think I want to get rid of A-5150
< Should I cancel order A-5150?
yes, cancel it => order.cancel(order_id=A-5150)

> I think I want to get rid of A-5150
< Should I cancel order A-5150?
yes, unless my cat agrees => ask

> I think I want to get rid of A-5150
< Should I cancel order A-5150?
yes and also tell me my points => order.cancel(order_id=A-5150) + loyalty.get_points()

> I think I want to get rid of A-5150
< Should I cancel order A-5150?
yes, and A-5151 too => order.cancel(order_id=A-5150) + order.cancel(order_id=A-5151)

> I think I want to get rid of A-5150
< Should I cancel order A-5150?
no, just show me the invoice => invoice.get(order_id=A-5150)

> cancel A-2675
< A-2675 (1 × wok, €42.00, pending, placed yesterday). Should I cancel it?
wait no dont cancel, when will it arrive? => shipping.estimate_delivery(order_id=A-2675)

> cancel A-2675
< A-2675 (1 × wok, €42.00, pending, placed yesterday). Should I cancel it?
no, A-2676 => order.cancel(order_id=A-2676)

> cancel A-2675 and A-2676
< Should I cancel A-2675 and A-2676?
ok but only one of them, whichever => ask

> order 2 desk lamps
< Should I order 2 × desk lamp?
no, make it 3 => order.create(quantity=3, sku=desk lamp)

> cancel A-2675
< Order A-2675 is cancelled. Is there anything else I can do for you?
yes => refuse chatter
"""

OFFERED = """
> Please change the address to 8 Harbour Row, Galway
< Should I change the address of your account, or the delivery address of one pending order?
the account => user.update_address(address=8 Harbour Row, Galway)

> Please change the address to 8 Harbour Row, Galway
< Should I change the address of your account, or the delivery address of one pending order?
the former => user.update_address(address=8 Harbour Row, Galway)

> Please change the address to 8 Harbour Row, Galway
< Should I change the address of your account, or the delivery address of one pending order?
the second => ask order_id

> Please change the address to 8 Harbour Row, Galway
< Should I change the address of your account, or the delivery address of one pending order?
the delivery address of A-1044 => shipping.change_address(address=8 Harbour Row, Galway, order_id=A-1044)

> stop it
< Should I unsubscribe you from the newsletter, or cancel your pending order A-7033 (1 × tea tin, €11.90)?
both!! => newsletter.unsubscribe() + order.cancel(order_id=A-7033)

> stop it
< Should I unsubscribe you from the newsletter, or cancel your pending order A-7033 (1 × tea tin, €11.90)?
the newsletter => newsletter.unsubscribe()

> stop it
< Should I unsubscribe you from the newsletter, or cancel your pending order A-7033 (1 × tea tin, €11.90)?
cancel the order => order.cancel(order_id=A-7033)

> stop it
< Should I unsubscribe you from the newsletter, or cancel your pending order A-7033 (1 × tea tin, €11.90)?
neither => refuse chatter
"""

INQUIRED = """
> my boss wants the invoice
< Which order do you mean? (for example A-1042)
a-3307 => invoice.get(order_id=A-3307)

> A-9054 has to go somewhere else, I won't be home
< Which address should A-9054 go to?
Ulica Długa 27/3, 31-147 Kraków => shipping.change_address(address=Ulica Długa 27/3, 31-147 Kraków, order_id=A-9054)

> I've got a new number
< What is your new phone number?
+351 912 555 018 => user.update_phone(phone=+351 912 555 018)

> order a salad bowl
< How many of the salad bowl would you like?
two please => order.create(quantity=2, sku=salad bowl)

> I have to give back two things
< Which order are they from, and which items would you like to return?
From A-7720, is the teapot and the sugar bowl. Both was broken when I open. => order.return_items(items=[teapot; sugar bowl], order_id=A-7720)
"""


@pytest.mark.parametrize(("earlier", "text", "expected"), talks(VALUES))
async def test_value_completes_what_was_asked(earlier: tuple[tuple[str, str], ...], text: str, expected: str) -> None:
    assert await outcome(earlier, text) == expected


@pytest.mark.parametrize(("earlier", "text", "expected"), talks(LISTED))
async def test_words_point_at_one_of_the_listed_things(
    earlier: tuple[tuple[str, str], ...], text: str, expected: str
) -> None:
    assert await outcome(earlier, text) == expected


@pytest.mark.parametrize(("earlier", "text", "expected"), talks(PROPOSED))
async def test_proposal_is_taken_changed_or_refused(
    earlier: tuple[tuple[str, str], ...], text: str, expected: str
) -> None:
    assert await outcome(earlier, text) == expected


@pytest.mark.parametrize(("earlier", "text", "expected"), talks(OFFERED))
async def test_one_or_both_of_two_offers_are_taken(
    earlier: tuple[tuple[str, str], ...], text: str, expected: str
) -> None:
    assert await outcome(earlier, text) == expected


@pytest.mark.parametrize(("earlier", "text", "expected"), talks(INQUIRED))
async def test_question_in_other_words_is_answered_all_the_same(
    earlier: tuple[tuple[str, str], ...], text: str, expected: str
) -> None:
    assert await outcome(earlier, text) == expected
