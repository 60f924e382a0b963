# ruff: noqa: E501, RUF001  # tables: one case a line, and things are counted with a multiplication sign
"""Follow-ups: other things, other values, and what words like "there", "both" and "those" stand for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.embedded.talking import outcome, talks

OTHERS = """
> where is A-1042
< A-1042 is with the carrier ParcelFox, status: in transit, expected in 2 days.
and A-1043? => shipping.track(order_id=A-1043)

> track A-1043
< A-1043 is with the carrier ParcelFox.
show me order A-1042 => order.get(order_id=A-1042)

> track A-1043
< A-1043 is with the carrier ParcelFox.
A-1042 too please => shipping.track(order_id=A-1042)

> show my shipped orders
< - A-6120: 1 × rain jacket, €79.00, shipped, placed 6 days ago\\n- A-6127: 1 × umbrella, €18.50, shipped, placed 3 days ago
where's the jacket => shipping.track(order_id=A-6120)

> show my shipped orders
< - A-6120: 1 × rain jacket, €79.00, shipped, placed 6 days ago\\n- A-6127: 1 × umbrella, €18.50, shipped, placed 3 days ago
when does the umbrella arrive? => shipping.estimate_delivery(order_id=A-6127)

> show my shipped orders
< - A-6120: 1 × rain jacket, €79.00, shipped, placed 6 days ago\\n- A-6127: 1 × umbrella, €18.50, shipped, placed 3 days ago
> where's the jacket
< A-6120 is with NordPost, status: at the depot, expected tomorrow.
ok and the other one? => shipping.track(order_id=A-6127)

> list my pending orders
< - B-4410: 1 × duvet, €95.00, pending, placed 2 days ago\\n- B-4417: 2 × pillow, €38.00, pending, placed 1 day ago
> cancel B-4410
< Order B-4410 is cancelled.
same for the other => order.cancel(order_id=B-4417)

> list my pending orders
< - B-4410: 1 × duvet, €95.00, pending, placed 2 days ago\\n- B-4417: 2 × pillow, €38.00, pending, placed 1 day ago
> where is B-4410
< B-4410 is at the depot.
and the pillows? => shipping.track(order_id=B-4417)

> list my pending orders
< - B-4410: 1 × duvet, €95.00, pending, placed 2 days ago\\n- B-4417: 2 × pillow, €38.00, pending, placed 1 day ago
cancel the older one => order.cancel(order_id=B-4410)

> list my pending orders
< - B-4410: 1 × duvet, €95.00, pending, placed 2 days ago\\n- B-4417: 2 × pillow, €38.00, pending, placed 1 day ago
The trip is off. Cancel both of them please => order.cancel(order_id=B-4410) + order.cancel(order_id=B-4417)

> list my pending orders
< - B-4410: 1 × duvet, €95.00, pending, placed 2 days ago\\n- B-4417: 2 × pillow, €38.00, pending, placed 1 day ago\\n- B-4420: 1 × sheet, €20.00, pending, placed 1 day ago
cancel all of them => order.cancel(order_id=B-4410) + order.cancel(order_id=B-4417) + order.cancel(order_id=B-4420)

> list my pending orders
< - B-4410: 1 × duvet, €95.00, pending, placed 2 days ago\\n- B-4417: 2 × pillow, €38.00, pending, placed 1 day ago
cancel both except the duvet => order.cancel(order_id=B-4417)

> list my pending orders
< - B-4410: 1 × duvet, €95.00, pending, placed 2 days ago\\n- B-4417: 2 × pillow, €38.00, pending, placed 1 day ago
cancel both but not what my wife wants => ask

> list my pending orders
< - B-4410: 1 × duvet, €95.00, pending, placed 2 days ago\\n- B-4417: 2 × pillow, €38.00, pending, placed 1 day ago
cancel the pillows, not the duvet => order.cancel(order_id=B-4417)

> list my pending orders
< - B-4410: 1 × duvet, €95.00, pending, placed 2 days ago\\n- B-4417: 2 × pillow, €38.00, pending, placed 1 day ago
cancel it pls => ask order_id

> list my pending orders
< - B-4410: 1 × duvet, €95.00, pending, placed 2 days ago
cancel it => order.cancel(order_id=B-4410)

> Invoice for A-1034 please
< Invoice for A-1034: €15.20 in all, dated 3 March.
sorry, I meant A-1044 => invoice.get(order_id=A-1044)

> Invoice for A-1034 please
< Invoice for A-1034: €15.20 in all, dated 3 March.
A-1044, not A-1034 => invoice.get(order_id=A-1044)

> show order A-7218
< Order A-7218 is delivered: 1 × toaster and 1 × bread bin, €88.00 in all, placed 20 days ago.
right, thx. and its invoice too => invoice.get(order_id=A-7218)

> show order A-4815
< Order A-4815 is pending: 1 × bar stool, €64.00 in all, placed 9 days ago.
Cancel it then. => order.cancel(order_id=A-4815)
"""

VALUES = """
> change the delivery address of A-1866 to Hafenweg 17, 24103 Kiel
< Done: A-1866 now goes to Hafenweg 17, 24103 Kiel.
oh dear, I mistyped, the house number is 19 not 17. Can you put that right? => shipping.change_address(address=Hafenweg 19, 24103 Kiel, order_id=A-1866)

> change the delivery address of A-1866 to Hafenweg 17, 24103 Kiel
< Done: A-1866 now goes to Hafenweg 17, 24103 Kiel.
it should be 19 instead of 17 => shipping.change_address(address=Hafenweg 19, 24103 Kiel, order_id=A-1866)

> change the delivery address of A-1866 to Hafenweg 17, 24103 Kiel
< Done: A-1866 now goes to Hafenweg 17, 24103 Kiel.
not 17 but 19, sorry => shipping.change_address(address=Hafenweg 19, 24103 Kiel, order_id=A-1866)

> change my address to 41 Rue Pasteur, 69007 Lyon
< Done: the address of your account is now 41 Rue Pasteur, 69007 Lyon.
Great. A-2255 hasn't gone out yet, so have that one delivered there as well please => shipping.change_address(address=41 Rue Pasteur, 69007 Lyon, order_id=A-2255)

> change my address to 41 Rue Pasteur, 69007 Lyon
< Done: the address of your account is now 41 Rue Pasteur, 69007 Lyon.
deliver A-2255 there too => shipping.change_address(address=41 Rue Pasteur, 69007 Lyon, order_id=A-2255)

> show order A-2929
< Order A-2929 is delivered: 1 × desk fan, €34.50 in all, placed 12 days ago.
Love that thing. Order me another one of those, it's for the bedroom => order.create(quantity=1, sku=desk fan)

> show order A-2929
< Order A-2929 is delivered: 1 × desk fan, €34.50 in all, placed 12 days ago.
order 2 more of them => order.create(quantity=2, sku=desk fan)

> show order A-2929
< Order A-2929 is delivered: 1 × desk fan, €34.50 in all, placed 12 days ago.
can I get another one? => order.create(quantity=1, sku=desk fan)

> show order A-2929
< Order A-2929 is delivered: 1 × desk fan and 2 × fuse, €34.50 in all, placed 12 days ago.
order another one of those => ask sku

> show order A-2929
< Order A-2929 is delivered: 1 × desk fan, €34.50 in all, placed 12 days ago.
order some more of those => ask quantity

> show me my pending orders
< - A-9713: 1 × hammock, €54.00, pending, placed 2 days ago
how about the ones that were delivered => order.list(status=DELIVERED)
"""

ENDINGS = """
> when will A-6688 arrive
< A-6688 should be delivered in 3 days.
perfect thats all i needed, have a nice evening => refuse chatter

> cancel A-6688
< Order A-6688 is cancelled.
ok thanks => refuse chatter

> cancel A-6688
< Order A-6688 is cancelled. Anything else?
no, that's all => refuse chatter

> cancel A-6688
< Order A-6688 is cancelled.
no! => refuse chatter
"""


@pytest.mark.parametrize(("earlier", "text", "expected"), talks(OTHERS))
async def test_words_stand_for_things_that_were_shown(
    earlier: tuple[tuple[str, str], ...], text: str, expected: str
) -> None:
    assert await outcome(earlier, text) == expected


@pytest.mark.parametrize(("earlier", "text", "expected"), talks(VALUES))
async def test_values_of_the_turn_before_are_taken_up_and_mended(
    earlier: tuple[tuple[str, str], ...], text: str, expected: str
) -> None:
    assert await outcome(earlier, text) == expected


@pytest.mark.parametrize(("earlier", "text", "expected"), talks(ENDINGS))
async def test_thanks_and_farewells_repeat_nothing(
    earlier: tuple[tuple[str, str], ...], text: str, expected: str
) -> None:
    assert await outcome(earlier, text) == expected


_LIST = (
    "- B-4410: 1 × duvet, €95.00, pending, placed 2 days ago\n- B-4417: 2 × pillow, €38.00, pending, placed 1 day ago"
)
_EARLIER = [
    (("list my pending orders", _LIST),),
    (("cancel my order", f"Which one?\n{_LIST}"),),
    (("cancel B-4410", "Should I cancel order B-4410?"),),
    (("change it to 5 Elm Road, 1234 Ghent", "Should I change the address of your account, or of order B-4410?"),),
    (("change my address to 5 Elm Road, 1234 Ghent", "Done."),),
]
_SALAD = """
yes no both all the other one second newer first not instead of and also if it has shipped but only A-1042 B-4417 duvet
pillows cancel show my there too another those more 2 19 17 same for what about . , ? never mind neither account
"""
_WORDS = st.sampled_from(_SALAD.split())


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(_EARLIER), st.lists(_WORDS, min_size=1, max_size=10))
async def test_no_salad_of_words_raises_in_a_conversation(
    earlier: tuple[tuple[str, str], ...], said: list[str]
) -> None:
    assert await outcome(earlier, " ".join(said))
