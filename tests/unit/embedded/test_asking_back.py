# ruff: noqa: E501, RUF001  # tables: one case a line; the sign of times as the shop writes it
"""What only tells of a need is asked about, and answers are taken as they are meant: corrected, limited or given up."""

import pytest

from orchestrator_server.plan import Clarify
from tests.unit.embedded.asking import decide, line
from tests.unit.embedded.talking import outcome, talks

TOLD = """
hello, we moved last month | address | user.update_address
I have put in an incorrect phone number | phone | user.update_phone
our package was headed to a wrong place | order_id address | shipping.change_address
please fix where my parcel is going | order_id address | shipping.change_address
hi, could I have three more please | sku | order.create
these trousers need to go back | order_id | order.return_items
we expect a refund | intent | order.cancel order.return_items
all my account data is wrong | intent | user.update_address user.update_phone
has my parcel been shipped yet? | order_id | shipping.track
has it been sent yet | order_id | order.get
have they been delivered yet? | order_id | shipping.track
we've moved house, please update | address | user.update_address
please have my parcel sent to a different place | order_id address | shipping.change_address
A-1001 needs to be delivered somewhere else pls | address | shipping.change_address
"""

IN_PART = """
Cancel A-1001, but only the shade
cancel A-1001 partly
a part of A-1001 should be cancelled
cancel A-1001 and A-1002, not both of them though
please stop the newsletter for a month
Remind me to cancel A-1001
Set my address to 3 Mill Lane, Bath and 9 Oak Street, Hull
"""

TALKS = """
> I want to cancel an order
not A-1001, A-1002 => order.cancel(order_id=A-1002)

> I want to cancel an order
A-1001... oh no, sorry, A-1002 => order.cancel(order_id=A-1002)

> I want to cancel an order
A-1002, I need to keep A-1001 => order.cancel(order_id=A-1002)

> I want to order lamps
not two, four => order.create(quantity=4, sku=lamp)

> Send A-1001 to another address
not to 5 Mill Lane, Bath but to 9 Oak Street, Hull => shipping.change_address(address=9 Oak Street, Hull, order_id=A-1001)

> I want to cancel an order
A-1001 but leave A-1002 => order.cancel(order_id=A-1001)

> I want to cancel an order
it's a 1001 => order.cancel(order_id=A-1001)

> I want to cancel an order
what are the options? => order.list()

> return something from A-1001
not the shade, the lamp => order.return_items(items=[lamp], order_id=A-1001)

> return something from A-1001
the shade, sorry, the lamp => order.return_items(items=[lamp], order_id=A-1001)

> my orders please
< - A-1001: 1 × tent, €120.00, pending, placed 2 days ago\\n- A-1002: 1 × stove, €45.00, pending, placed 6 days ago\\n- A-1003: 1 × kettle, €30.00, pending, placed 9 days ago
cancel the last two => order.cancel(order_id=A-1002) + order.cancel(order_id=A-1003)

> my orders please
< - A-1001: 1 × tent, €120.00, pending, placed 2 days ago\\n- A-1002: 1 × stove, €45.00, pending, placed 6 days ago\\n- A-1003: 1 × kettle, €30.00, pending, placed 9 days ago
track the first and the third => shipping.track(order_id=A-1001) + shipping.track(order_id=A-1003)

> my orders please
< - A-1001: 1 × tent, €120.00, pending, placed 2 days ago\\n- A-1002: 1 × stove, €45.00, pending, placed 6 days ago
send the tent to 9 Oak Street, Hull => shipping.change_address(address=9 Oak Street, Hull, order_id=A-1001)

> my orders please
< - A-1001: 1 × tent, €120.00, pending, placed 2 days ago\\n- A-1002: 1 × stove, €45.00, pending, placed 6 days ago
cancel A-1001 and track the other one => order.cancel(order_id=A-1001) + shipping.track(order_id=A-1002)
"""

OPEN = """
> I want to cancel an order
A-1001 or A-1002, I am not sure

> I want to cancel an order
what do you mean?

> I want to cancel an order
everything but A-1001

> return something from A-1001
all but the lamp

> I want to order lamps
perhaps two or four
"""


@pytest.mark.parametrize("row", [row for row in TOLD.splitlines() if row])
async def test_need_that_is_only_told_is_asked_about(row: str) -> None:
    text, missing, intents = (part.strip() for part in row.split("|"))
    found = await decide(text)
    assert isinstance(found, Clarify), line(found)
    assert found.partial is not None
    assert {step.intent for step in found.partial.steps} == set(intents.split())
    assert set(missing.split()) <= set(found.missing)


@pytest.mark.parametrize("text", [row for row in IN_PART.splitlines() if row])
async def test_effect_that_is_wanted_in_part_is_asked_about(text: str) -> None:
    assert isinstance(await decide(text), Clarify)


@pytest.mark.parametrize(("earlier", "text", "expected"), talks(TALKS))
async def test_answer_is_taken_as_it_is_meant(earlier: tuple[tuple[str, str], ...], text: str, expected: str) -> None:
    assert await outcome(earlier, text) == expected


@pytest.mark.parametrize(("earlier", "text", "expected"), talks(OPEN))
async def test_answer_that_leaves_it_open_is_asked_about_again(
    earlier: tuple[tuple[str, str], ...], text: str, expected: str
) -> None:
    assert (await outcome(earlier, text)).startswith("ask"), expected
