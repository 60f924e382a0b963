# ruff: noqa: E501, RUF001  # tables: one case a line; the sign of times as the shop writes it
"""What is asked for after a turn in few words: the same once more, one of two that were offered, or no more of it."""

import pytest

from orchestrator_server.plan import Refuse
from tests.unit.embedded.asking import decide
from tests.unit.embedded.talking import outcome, talks

LISTED = "- T-8801: 1 × hammock, €49.00, pending, placed 2 days ago\\n- T-8805: 1 × parasol, €72.00, pending, placed 2 days ago"
TABLE = f"""
> my open orders
< {LISTED}
> cancel the hammock
< Order T-8801 has been cancelled.
it will rain anyhow. same treatment for the other one => order.cancel(order_id=T-8805)

> my open orders
< {LISTED}
> cancel the hammock
< Order T-8801 has been cancelled.
same goes for T-8805 => order.cancel(order_id=T-8805)

> my open orders
< {LISTED}
> cancel the hammock
< Order T-8801 has been cancelled.
T-8805 likewise => order.cancel(order_id=T-8805)

> my open orders
< {LISTED}
> cancel the hammock
< Order T-8801 has been cancelled.
the other one can go too => order.cancel(order_id=T-8805)

> my open orders
< {LISTED}
I don't need the first one any longer, cancel => order.cancel(order_id=T-8801)

> my open orders
< {LISTED}
cancel number 2 and tell me when number 1 arrives => order.cancel(order_id=T-8805) + shipping.estimate_delivery(order_id=T-8801)

> show order P-3310
< Order P-3310 is pending: 1 × rug, €120.00, placed 1 day ago.
I don't want it any more, cancel => order.cancel(order_id=P-3310)

> change my address to Birkevej 16, 5009 Fjordby
< Do you mean the address of your account, or the delivery address of an order?
my account => user.update_address(address=Birkevej 16, 5009 Fjordby)

> change my address to Birkevej 16, 5009 Fjordby
< Do you mean the address of your account, or the delivery address of an order?
the account one, the orders are fine as they are => user.update_address(address=Birkevej 16, 5009 Fjordby)

> change my address to Birkevej 16, 5009 Fjordby
< Do you mean the address of your account, or the delivery address of an order?
for P-3310 only => shipping.change_address(address=Birkevej 16, 5009 Fjordby, order_id=P-3310)

> where's my stuff
< Which order do you mean? (for example A-1042)
P 3310 i think => shipping.track(order_id=P-3310)

> cancel P-3310
< Shall I cancel order P-3310?
yes go on => order.cancel(order_id=P-3310)

> cancel P-3310
< Shall I cancel order P-3310?
hang on, what's in it? => order.get(order_id=P-3310)
"""


@pytest.mark.parametrize(("earlier", "text", "expected"), talks(TABLE), ids=lambda value: str(value)[:50])
async def test_a_few_words_are_taken_with_what_was_said_before(
    earlier: tuple[tuple[str, str], ...], text: str, expected: str
) -> None:
    assert await outcome(earlier, text) == expected


@pytest.mark.parametrize("text", ["never mind, found the receipt, I'm keeping it", "never mind, found it. thanks"])
async def test_what_is_given_up_is_not_asked_for_again(text: str) -> None:
    said = await outcome((("cancel my order", "Which order do you mean? (for example A-1042)"),), text)
    assert said == "refuse chatter"


async def test_who_is_not_understood_hears_what_can_be_done_with_the_thing() -> None:
    decision = await decide("gift-wrap A-1042")
    assert isinstance(decision, Refuse)
    assert "A-1042" in decision.message
    assert "cancel a pending order" in decision.message
    assert "points" not in decision.message
