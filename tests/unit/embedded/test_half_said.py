# ruff: noqa: E501, RUF001  # tables: one case a line; the sign of times as the shop writes it
"""What is said by half, wavered about or no longer true is asked about, and never guessed or refused."""

import pytest

from orchestrator_server.plan import Clarify, Plan, Refuse
from tests.unit.embedded.asking import decide, line
from tests.unit.embedded.talking import outcome, talks

HALF_SAID = """
could you look after A-1001, I have no need for it now | intent | order.cancel order.return_items
I would like to be refunded for A-1001 | intent | order.cancel order.return_items
I expect my money back for A-1001 | intent | order.cancel order.return_items
my contact data has changed, please correct it | intent | user.update_address user.update_phone
I want to update our account details | intent | user.update_address user.update_phone
please quit sending me all that stuff | intent | newsletter.unsubscribe order.cancel
how many have I got so far? | intent | loyalty.get_points order.list
the mobile number in my profile is out of date, please update it | phone | user.update_phone
our account address needs correcting, we live elsewhere | address | user.update_address
A-1001 should come to my parents' house | address | shipping.change_address
A-1001 has to go to my office instead of my flat | address | shipping.change_address
our parcel needs to go to 9 New Road, York and not to our house | order_id | shipping.change_address
an invoice is all I need | order_id | invoice.get
it's the invoice I am after | order_id | invoice.get
one of my orders needs stopping | order_id | order.cancel
a thing I bought has to go back | order_id items | order.return_items
"""

WAVERED = """
Send A-1001 to 4 Elm Road, Leeds or perhaps 6 Elm Road, Leeds | address | shipping.change_address
Send A-1001 to 4 Elm Road, Leeds or to my mother | address | shipping.change_address
save 0660 5550112 as my phone. Or was it 0660 5550121? | phone | user.update_phone
please order candles, 4 or maybe 6 | quantity | order.create
I need between 4 and 6 wine glasses, please order them | quantity | order.create
order at least 3 candles | quantity | order.create
stop A-1001 or A-1002, one of them is the wrong one | order_id | order.cancel
I'd like one of A-1001 and A-1002 cancelled | order_id | order.cancel
A-1001: cancel it? Or send back the toaster? Haven't decided | intent | order.cancel order.return_items
"""

NO_LONGER_TRUE = """
My account still has my old place, 4 Old Road, Hull is no longer right, my address has to be changed | address | user.update_address
please update my address, we have moved out of 4 Old Road, Hull | address | user.update_address
A-1001 is going to 4 Old Road, Hull, which is the wrong address, please change it | address | shipping.change_address
I no longer use 0660 5550112, please change my phone number | phone | user.update_phone
"""

REPLACED = """
I don't live at 4 Old Road, Hull any more but at 9 New Road, York. Please update my account. | user.update_address(address=9 New Road, York)
0660 5550112 is dead, my number is 0660 5550121 now | user.update_phone(phone=0660 5550121)
replace 0660 5550112 by 0660 5550121 in my account please | user.update_phone(phone=0660 5550121)
deliver A-1001 to 9 New Road, York, not to 4 Old Road, Hull | shipping.change_address(address=9 New Road, York, order_id=A-1001)
Please cancel A-1001, someone else is already buying it | order.cancel(order_id=A-1001)
I typed in my ex's address for A-1001, please change it to 9 New Road, York | shipping.change_address(address=9 New Road, York, order_id=A-1001)
"""

NOT_ON_OFFER = """
a plumber is all I need
my password needs changing
my credit card details have changed, update them
my name has changed, please update it
something I wrote needs to go back to my teacher
how many do you sell a year
different question: who won the match
show me what someone else has bought
which orders did my flatmate place
cancel my brother's order A-1001
"""

MAYBE = """
maybe cancel A-1001
Cancel A-1001, or should I?
cancel A-1001? Let me think
"""

TALKS = """
> please cancel my order
< Which order do you mean? (for example A-1042)
Sorry, how silly of me. B-3341. => order.cancel(order_id=B-3341)

> I want to send something back
< Which order do you mean? (for example A-1042)
Ah, skip that. How many points do I have? => loyalty.get_points()

> where is A-1001
< Order A-1001 is with NordPost: in transit.
fine. different question, what membership do I have => user.get_profile()

> change my address to 9 New Road, York
< Do you mean the address of an order, or the address in your account?
the one in my account => user.update_address(address=9 New Road, York)

> A-1001 should go to 9 New Road, York
< Shall I change the delivery address of A-1001 to 9 New Road, York?
Almost! It is 19 New Road, York. => shipping.change_address(address=19 New Road, York, order_id=A-1001)

> what is pending
< - A-2001: 1 × bench, €89.00, pending, placed 4 days ago\\n- A-2002: 1 × cushion, €14.00, pending, placed 1 day ago
cancel the expensive one => order.cancel(order_id=A-2001)

> what is pending
< - A-2001: 1 × bench, €89.00, pending, placed 4 days ago\\n- A-2002: 1 × cushion, €14.00, pending, placed 1 day ago\\nShall I cancel A-2001?
no, the cheaper one => order.cancel(order_id=A-2002)

> order candles
< How many pieces? (for example 2)
a pair => order.create(quantity=2, sku=candle)

> change my phone number
< What is the new phone number?
0660 5550112. sorry, typed too fast: 0660 5550121 => user.update_phone(phone=0660 5550121)
"""

OPEN_TALKS = """
> order candles
< How many pieces? (for example 2)
3 or maybe 5 => ask

> change my phone number
< What is the new phone number?
0660 5550112 or 0660 5550121, not sure => ask

> redirect A-1001 please
< What is the new delivery address?
4 Elm Road, Leeds or 6 Elm Road, Leeds => ask
"""


def _asked(table: str) -> list[tuple[str, set[str], set[str]]]:
    rows = (row.rsplit(" | ", 2) for row in table.splitlines() if row)
    return [(text, set(missing.split()), set(intents.split())) for text, missing, intents in rows]


def _rows(table: str) -> list[tuple[str, str]]:
    said = (row.rpartition(" | ") for row in table.strip().splitlines())
    return [(text, expected) for text, _, expected in said]


@pytest.mark.parametrize(("text", "missing", "intents"), _asked(HALF_SAID + WAVERED + NO_LONGER_TRUE))
async def test_what_is_open_is_asked_and_nothing_else(text: str, missing: set[str], intents: set[str]) -> None:
    decision = await decide(text)
    assert isinstance(decision, Clarify)
    assert decision.partial is not None
    assert {step.intent for step in decision.partial.steps if not step.is_supporting} == intents
    assert decision.missing
    assert set(decision.missing) <= missing


@pytest.mark.parametrize(("text", "expected"), _rows(REPLACED))
async def test_the_value_that_holds_is_taken(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected


@pytest.mark.parametrize("text", NOT_ON_OFFER.strip().splitlines())
async def test_what_only_sounds_like_something_on_offer_stays_refused(text: str) -> None:
    assert isinstance(await decide(text), Refuse)


@pytest.mark.parametrize("text", MAYBE.strip().splitlines())
async def test_what_is_not_decided_yet_is_not_done(text: str) -> None:
    assert not isinstance(await decide(text), Plan)


@pytest.mark.parametrize(("earlier", "text", "expected"), talks(TALKS))
async def test_an_answer_in_other_words_completes_the_request(
    earlier: tuple[tuple[str, str], ...], text: str, expected: str
) -> None:
    assert await outcome(earlier, text) == expected


@pytest.mark.parametrize(("earlier", "text", "expected"), talks(OPEN_TALKS))
async def test_an_answer_between_two_values_is_asked_again(
    earlier: tuple[tuple[str, str], ...], text: str, expected: str
) -> None:
    assert (await outcome(earlier, text)).startswith(expected)
