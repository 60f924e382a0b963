"""One wish in the words of many people: idioms and rare verbs, and idioms that ask for nothing here."""

import pytest

from orchestrator_server.plan import Clarify, Plan
from tests.unit.embedded.asking import cases, decide, line

SAID = """
pull the plug on B-4410 | order.cancel(order_id=B-4410)
can you pull the plug on B-4410 and B-4411? | order.cancel(order_id=B-4410) + order.cancel(order_id=B-4411)
put an end to B-4410 please | order.cancel(order_id=B-4410)
I want shot of B-4410 before it leaves | order.cancel(order_id=B-4410)
make B-4410 not happen | order.cancel(order_id=B-4410)
give B-4410 the chop | order.cancel(order_id=B-4410)
please nullify B-4410 | order.cancel(order_id=B-4410)
chuck B-4410 out, will you | order.cancel(order_id=B-4410)
I'd like to back out of B-4410, it has not shipped | order.cancel(order_id=B-4410)
put a stop to B-4410 and B-4412 | order.cancel(order_id=B-4410) + order.cancel(order_id=B-4412)
I'm after 4 rain barrels | order.create(quantity=4, sku=rain barrel)
sort me out with a rain barrel | order.create(quantity=1, sku=rain barrel)
we could do with 3 rain barrels | order.create(quantity=3, sku=rain barrel)
how many more sleeps till B-4410 comes | shipping.estimate_delivery(order_id=B-4410)
fill me in on B-4410 | order.get(order_id=B-4410)
break B-4410 down for me | order.get(order_id=B-4410)
kindly state the delivery date of B-4410 | shipping.estimate_delivery(order_id=B-4410)
my accountant is after the bill for B-4410 | invoice.get(order_id=B-4410)
our bookkeeper is asking for the invoice of B-4410 | invoice.get(order_id=B-4410)
I am needing the receipt for B-4410 | invoice.get(order_id=B-4410)
grab me 2 rain barrels, ta | order.create(quantity=2, sku=rain barrel)
look up my points | loyalty.get_points()
run me through my purchases | order.list()
what stuff have you lot got on me | user.get_profile()
henceforth ring me on 030 5550177 | user.update_phone(phone=030 5550177)
henceforth we reside at 5 Quay Street, Derry BT48 7EA | user.update_address(address=5 Quay Street, Derry BT48 7EA)
quit stuffing my inbox with your deals | newsletter.unsubscribe()
which packages are on a lorry right now | order.list(status=SHIPPED)
which ones did I call off | order.list(status=CANCELLED)
"""
ASKED_ABOUT = """
call me on 030 5550177
please ring me back on 030 5550177
turn the newsletter on
stop texting me about B-4410
stop B-4410 for two weeks
withdraw my complaint about B-4410
cancel the gift wrap for B-4410
make it go away
from now on send my parcels to 5 Quay Street, Derry BT48 7EA
you can get hold of me on 030 5550177 this afternoon
"""
NOT_MEANT = """
I pulled the plug on B-4410 last week
my dog tore up B-4410
pull the plug on the radio
I'm after the truth
let me have a think
from now on my brother resides at 5 Quay Street, Derry BT48 7EA
my landlord's new SIM has the number 030 5550177
my old SIM had the number 030 5550177
my profile says 5 Quay Street, Derry BT48 7EA
these days we are living on bread
we will be living at 5 Quay Street, Derry BT48 7EA from june
"""


@pytest.mark.parametrize(("said", "expected"), cases(SAID))
async def test_an_idiom_is_planned_as_what_it_means(said: str, expected: str) -> None:
    assert line(await decide(said)) == expected


@pytest.mark.parametrize("said", ASKED_ABOUT.strip().splitlines())
async def test_what_may_mean_something_else_is_asked_about(said: str) -> None:
    assert isinstance(await decide(said), Clarify)


@pytest.mark.parametrize("said", NOT_MEANT.strip().splitlines())
async def test_an_idiom_about_something_else_has_no_effect(said: str) -> None:
    assert not isinstance(await decide(said), Plan)
