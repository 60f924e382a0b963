# ruff: noqa: E501  # tables: one case a line
"""Several requests in one message: in lists, in one go, before and after each other, with a place named once."""

import pytest

from tests.unit.embedded.asking import cases, decide, line

ALL_OF_THEM = """
1) unsubscribe me from the newsletter 2) my points 3) list of returned orders | newsletter.unsubscribe() + loyalty.get_points() + order.list(status=RETURNED)
a) cancel A-1042 b) show me A-1043 | order.cancel(order_id=A-1042) + order.get(order_id=A-1043)
order ten clipboards, and then three staplers as well | order.create(quantity=10, sku=clipboard) + order.create(quantity=3, sku=stapler)
save 0655501022 as my phone stop the newsletter and give me my points | user.update_phone(phone=0655501022) + newsletter.unsubscribe() + loyalty.get_points()
stop the newsletter cancel A-1042 | newsletter.unsubscribe() + order.cancel(order_id=A-1042)
Before you cancel A-1042, get me its invoice. | invoice.get(order_id=A-1042) + order.cancel(order_id=A-1042)
Give me the invoice of A-1042 before cancelling it. | invoice.get(order_id=A-1042) + order.cancel(order_id=A-1042)
Once you've cancelled A-1042, show me my orders. | order.cancel(order_id=A-1042) + order.list()
cancel A-1042 and when that's done list my orders | order.cancel(order_id=A-1042) + order.list()
I'd like the following: where A-1042 is right now and an invoice for A-1043 | shipping.track(order_id=A-1042) + invoice.get(order_id=A-1043)
The current location of A-1042 plus an invoice copy for A-1043, many thanks in advance. | shipping.track(order_id=A-1042) + invoice.get(order_id=A-1043)
cancel A-1042. oh and A-1043 | order.cancel(order_id=A-1042) + order.cancel(order_id=A-1043)
cancel A-1042. Sorry, also A-1043. | order.cancel(order_id=A-1042) + order.cancel(order_id=A-1043)
A-1042 and A-1043: cancel both | order.cancel(order_id=A-1042) + order.cancel(order_id=A-1043)
Cancel A-1042, take me off the newsletter, and recommend an Italian restaurant if you're feeling generous | order.cancel(order_id=A-1042) + newsletter.unsubscribe()
"""
ONE_PLACE = """
Please change my account address to 5 Calle Luna, 41003 Sevilla. A-1042 should also go there. | user.update_address(address=5 Calle Luna, 41003 Sevilla) + shipping.change_address(address=5 Calle Luna, 41003 Sevilla, order_id=A-1042)
Please set my account address to 5 Calle Luna, 41003 Sevilla, and let A-1042 be delivered there as well. | user.update_address(address=5 Calle Luna, 41003 Sevilla) + shipping.change_address(address=5 Calle Luna, 41003 Sevilla, order_id=A-1042)
We moved to 5 Calle Luna, 41003 Sevilla. Save that in my account please | user.update_address(address=5 Calle Luna, 41003 Sevilla)
I have a new line, +234 802 555 0199, save it for me | user.update_phone(phone=+234 802 555 0199)
"""
ONLY_TOLD = """
let me know before you cancel A-1042 | refuse
Once A-1042 has been cancelled, show me my orders. | order.list()
Before I cancel A-1042, show it to me. | order.get(order_id=A-1042)
thanks for the great service last week! where is A-1042? | shipping.track(order_id=A-1042)
"""


@pytest.mark.parametrize(("text", "expected"), cases(ALL_OF_THEM))
async def test_every_request_is_planned_in_its_order(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected


@pytest.mark.parametrize(("text", "expected"), cases(ONE_PLACE))
async def test_a_place_that_was_named_once_is_meant_again(text: str, expected: str) -> None:
    assert line(await decide(text)) == expected


@pytest.mark.parametrize(("text", "expected"), cases(ONLY_TOLD))
async def test_what_is_only_taken_for_granted_is_no_request(text: str, expected: str) -> None:
    assert line(await decide(text)).startswith(expected)
