# tables: one wording a line
"""Hundreds of sentences put together from conditions, shapes and requests: all are safe, and nearly all are right."""

from collections.abc import Iterator
from typing import Any

from evaluation.catalogues import shop_catalogue
from evaluation.labels import Facts, Label
from tests.unit.embedded.combined import ORDER, Case, Shape, rotated, several, step
from tests.unit.embedded.scored import scored, share, told, unsafe

LEAST_CONDITIONAL = 90.0
LEAST_SEVERAL = 93.0
"""Percent; above what was reached when the tables were written, less a little."""
SHAPES_EACH = 7

POSITIVE = """
cancel {id} if {c}
if {c}, cancel {id}
Cancel {id}, but only if {c}.
{id}: if {c} cancel it
Please check {id}. If {c}, cancel it, otherwise leave it.
only cancel {id} if {c}
{id} - {c}? Then cancel it.
if {c} i don't need {id} any more so cancel it please
I want {id} cancelled provided {c}
hi, about {id}. in case {c}, please cancel it. thanks!
{id}: cancel as long as {c}
please cancel {id} (only if {c})
I think {c}. If that's right, please cancel {id}.
Check whether {c}. If yes, cancel {id}.
cancel {id} if and only if {c}
In the event that {c}, I would like to have {id} cancelled.
assuming {c}, cancel {id} pls
{id} should be cancelled if {c}
could you cancel {id} for me if {c}?
would you please check if {c} and in that case cancel {id}
I bought the wrong thing, sorry. If {c}, please cancel {id}.
i want to cancel {id} but only when {c}
if it turns out that {c}, cancel {id}
{id} can go if {c}
Cancel {id} on condition that {c}
Cancel {id}. But only if {c}!
Please cancel {id}. Only if {c} though.
Cancel {id}. This only applies if {c}.
I want to cancel {id}. That's if {c}.
Cancel {id} - obviously only if {c}.
Cancel {id}, if and when {c}
cancel {id} but just in case {c}
Hi, is it right that {c}? If so, please cancel {id}
Do you see that {c}? Then please cancel {id}.
My husband ordered the wrong thing ({id}). If {c}, cancel it please, he'd be relieved.
{id} is a mistake. Cancel it if {c}. Thanks a lot and have a nice day!
if, and only if, {c}, cancel {id}
if {c}, then I'd like {id} to be cancelled
what about {id}? if {c} just cancel it
I'd be happy to have {id} cancelled if {c}
cancel {id} if you see that {c}
cancel {id} if your system says {c}
cancel {id} if it's true that {c}
supposing {c}, cancel {id}
cancel {id}, presuming {c}
{c}? cancel {id}
Cancel {id} now, provided {c}. Otherwise do nothing.
Cancel {id} if {c}; if not, forget it.
If {c} -> cancel {id}
{id}: cancel, if {c}
cancel please {id} if {c} thx
so if {c} then cancel {id} ok
plz cancl {id} if {c}
kindly cancel my order {id} if {c}, else ignore this message
It would be great if you could cancel {id} if {c}.
I need you to check if {c} and cancel {id} if that is the case
Cancel {id} on the assumption that {c}
I hope {c}. If so cancel {id}.
Hopefully {c}, in which case please cancel {id}.
Unless I'm wrong {c}. If that's correct, cancel {id}.
Cancel {id} if (and only if) {c}
Cancel {id} so long as {c}
"""
NEGATIVE = """
cancel {id} unless {c}
unless {c}, cancel {id}
if {c} leave {id} alone, otherwise cancel it
{id}: if {c} keep it, if not cancel it
don't cancel {id} if {c}, otherwise do
leave {id} as it is if {c}, else cancel
I'm keeping {id} if {c}. If not, cancel it.
cancel {id} except if {c}
Cancel {id}. Not if {c} though.
Cancel {id}. But not if {c}!
Please don't cancel {id} if {c}. Otherwise cancel it.
cancel {id} except when {c}
cancel {id}, excepting the case that {c}
If {c} I'll keep {id}. Otherwise, cancel.
unless {c} you can cancel {id}
cancel {id}. if {c}, leave it.
cancel {id}, but leave it if {c}
Cancel {id}. If {c}, then don't.
Cancel {id}, though not if {c}
{id} can be cancelled, unless {c}
I'm fine with {id} if {c}, otherwise cancel it
As long as {c} keep {id}, otherwise cancel
Cancel {id} (not if {c}).
only keep {id} if {c}, otherwise cancel it
if {c}, great. if not, cancel {id}
If {c} fine, else cancel {id}.
cancel {id} if it isn't so that {c}
"""


def shapes() -> list[Shape]:
    rows = [(text, True) for text in POSITIVE.strip().split("\n")]
    rows += [(text, False) for text in NEGATIVE.strip().split("\n")]
    return [Shape(text=text, is_positive=is_positive) for text, is_positive in rows]


def order(**facts: Any) -> Facts:
    return {ORDER: {"status": "pending", **facts}}


def user(**facts: Any) -> Facts:
    return {"user": facts, ORDER: {"status": "pending"}}


def case(holds: list[Facts], fails: list[Facts], wordings: str, read: str = "order.get") -> Case:
    return Case(wordings=tuple(wordings.strip().split("\n")), holds=tuple(holds), fails=tuple(fails), read=read)


PENDING = order(placed_days_ago=3)
SHIPPED = order(status="shipped", shipped_days_ago=1, placed_days_ago=3)
DELIVERED = order(status="delivered", shipped_days_ago=3, delivered_days_ago=1, placed_days_ago=6)


def cost(total: float) -> Facts:
    return order(total=total, placed_days_ago=2)


def holding(*names: str) -> Facts:
    return order(items=list(names), item_count=len(names))


CASES = (
    case(
        [PENDING],
        [SHIPPED, DELIVERED],
        """
{it} is still pending
{it} hasn't shipped yet
{it} has not left the warehouse yet
{it} is still open
{it} has yet to be dispatched
you haven't sent {it} yet
{it} hasn't gone out
the status of {it} is still pending
nothing of {it} has been shipped yet
{it} is not on its way yet
{it} still hasn't left
""",
    ),
    case(
        [SHIPPED],
        [PENDING],
        """
{it} has shipped
{it} is already on its way
{it} has been sent
you've already sent {it}
{it} is in transit
{it} went out already
{it} isn't pending any more
""",
    ),
    case(
        [PENDING, SHIPPED],
        [DELIVERED],
        """
{it} hasn't been delivered
{it} hasn't arrived yet
I haven't received {it} yet
{it} still hasn't come
{it} has not reached me
""",
    ),
    case(
        [cost(50.01)],
        [cost(50.0), cost(20.0)],
        """
{it} costs more than 50 euros
{it} is over 50 euros
the total of {it} is more than 50
{it} came to more than 50 euros
I paid more than 50 for {it}
the amount of {it} exceeds 50 euros
{it} is dearer than 50 euros
{it} cost me over 50
i spent more than 50 on {it}
""",
    ),
    case(
        [cost(49.99)],
        [cost(50.0), cost(70.0)],
        """
{it} costs less than 50 euros
{it} is under 50 euros
{it} is cheaper than 50 euros
{it} is not even 50 euros
{it} came to less than 50 euros
""",
    ),
    case(
        [cost(50.0), cost(51.0)],
        [cost(49.99)],
        """
{it} is at least 50 euros
{it} costs 50 or more
{it} isn't under 50 euros
{it} is no less than 50 euros
""",
    ),
    case(
        [cost(50.0), cost(20.0)],
        [cost(50.01)],
        """
{it} is at most 50 euros
{it} is 50 euros or less
{it} isn't more than 50 euros
{it} doesn't cost more than 50 euros
""",
    ),
    case(
        [order(placed_days_ago=9)],
        [order(placed_days_ago=3)],
        """
{it} is older than 5 days
I placed {it} more than 5 days ago
I ordered {it} over 5 days ago
{it} has been pending for more than 5 days
more than five days have passed since I ordered {it}
I've been waiting more than 5 days for {it}
""",
    ),
    case(
        [order(placed_days_ago=3)],
        [order(placed_days_ago=9)],
        """
{it} is less than 5 days old
I placed {it} less than 5 days ago
I ordered {it} within the last 5 days
{it} isn't older than 5 days
""",
    ),
    case(
        [holding("desk lamp", "mug")],
        [holding("mug")],
        """
there's a desk lamp in {it}
{it} contains a desk lamp
{it} has got a desk lamp in it
the desk lamp is in {it}
{it} includes a desk lamp
""",
    ),
    case(
        [holding("mug")],
        [holding("desk lamp", "mug")],
        """
there's no desk lamp in {it}
{it} doesn't contain a desk lamp
the desk lamp isn't in {it}
there isn't a desk lamp in {it}
""",
    ),
    case(
        [holding("a", "b", "c", "d", "e")],
        [holding("a", "b", "c")],
        """
{it} has more than 3 items
there are more than 3 things in {it}
{it} contains more than three items
""",
    ),
    case(
        [user(membership="gold")],
        [user(membership="silver"), user(membership="basic")],
        """
I'm gold
I'm a gold member
my membership is gold
I've got gold status
I have reached gold
you have me down as gold
""",
        read="user.get_profile",
    ),
    case(
        [user(membership="basic"), user(membership="silver")],
        [user(membership="gold")],
        """
I'm not gold
I don't have gold
I'm no longer gold
""",
        read="user.get_profile",
    ),
    case(
        [user(points=501)],
        [user(points=500), user(points=20)],
        """
I have more than 500 points
my points are above 500
I've collected more than 500 points
there are more than 500 points on my account
""",
        read="loyalty.get_points",
    ),
    case(
        [user(points=10)],
        [user(points=500)],
        """
I have less than 500 points
I don't have 500 points
I haven't got 500 points yet
""",
        read="loyalty.get_points",
    ),
    case(
        [order(estimated_delivery_in_days=9)],
        [order(estimated_delivery_in_days=3), order(estimated_delivery_in_days=5)],
        """
{it} takes longer than 5 days
{it} is due in more than 5 days
{it} won't be here within 5 days
{it} needs more than 5 days to get here
{it} arrives in more than 5 days
I'd have to wait more than 5 days for {it}
""",
        read="shipping.estimate_delivery",
    ),
    case(
        [order(estimated_delivery_in_days=3)],
        [order(estimated_delivery_in_days=9)],
        """
{it} is due within 5 days
{it} will be here within 5 days
{it} arrives in less than 5 days
""",
        read="shipping.estimate_delivery",
    ),
)

JOINTS = (
    " and ", ", also ", ". Also, ", ". ", "\n", "; ", " plus ", ", then ", ". Oh and ", ", oh and ", "! ", ", ",
    ". After that ", ". And ", " and also ", " & ", ". Secondly, ", ". PS: ", " as well as ", " + ",
)  # fmt: skip
PLACE, PHONE = "12 Mill Lane, York YO1 7AA", "+44 7700 900123"
REQUESTS = f"""
what's in A-1001 | order.get | order_id=A-1001
give me the details of A-1001 | order.get | order_id=A-1001
list my orders | order.list |
show me my pending orders | order.list | status=pending
cancel A-1002 | order.cancel | order_id=A-1002
A-1002 can be cancelled | order.cancel | order_id=A-1002
I don't need A-1002 any more, cancel it | order.cancel | order_id=A-1002
order two desk lamps | order.create | sku=desk lamp; quantity=2
I'd like a yoga mat | order.create | sku=yoga mat; quantity=1
put 3 garden chairs on order | order.create | sku=garden chair; quantity=3
3 umbrellas please | order.create | sku=umbrella; quantity=3
return the toaster from A-1003 | order.return_items | order_id=A-1003; items=[toaster]
the kettle from A-1003 goes back | order.return_items | order_id=A-1003; items=[kettle]
the blue vase in A-1003 is broken, I want to return it | order.return_items | order_id=A-1003; items=[blue vase]
where is A-1004 | shipping.track | order_id=A-1004
track A-1004 | shipping.track | order_id=A-1004
when will A-1005 arrive | shipping.estimate_delivery | order_id=A-1005
tell me when A-1005 is coming | shipping.estimate_delivery | order_id=A-1005
send A-1006 to {PLACE} | shipping.change_address | order_id=A-1006; address={PLACE}
A-1006 should go to {PLACE} | shipping.change_address | order_id=A-1006; address={PLACE}
what's my membership level | user.get_profile |
change my phone number to {PHONE} | user.update_phone | phone={PHONE}
my new phone number is {PHONE} | user.update_phone | phone={PHONE}
update my account address to {PLACE} | user.update_address | address={PLACE}
my new address is {PLACE} | user.update_address | address={PLACE}
how many points do I have | loyalty.get_points |
tell me my points | loyalty.get_points |
stop the newsletter | newsletter.unsubscribe |
take me off the newsletter | newsletter.unsubscribe |
send me the invoice for A-1007 | invoice.get | order_id=A-1007
get me the bill for A-1007 | invoice.get | order_id=A-1007
"""


def value(text: str) -> Any:
    if text.startswith("["):
        return [text[1:-1]]
    return int(text) if text.isdigit() else text


def pairs() -> Iterator[Label]:
    """Each request before seven others of other intents, and some of them with a third."""
    rows = [[part.strip() for part in row.split("|")] for row in REQUESTS.strip().split("\n")]
    wanted = [
        (text, step(intent, {n: value(v) for n, v in (p.split("=") for p in given.split("; ") if p)}))
        for text, intent, given in rows
    ]
    at = 0
    for first in range(len(wanted)):
        for apart in (1, 4, 7, 10, 13, 17, 22):
            chosen = [wanted[first], wanted[(first + apart) % len(wanted)]]
            if at % 3 == 0:
                chosen.append(wanted[(first + apart + 5) % len(wanted)])
            joints = [JOINTS[(at + number) % len(JOINTS)] for number in range(len(chosen) - 1)]
            at += 1
            if len({own.intents[0] for _, own in chosen}) == len(chosen):
                yield several(chosen, joints)


async def test_effects_run_in_those_worlds_alone_where_their_condition_holds() -> None:
    results = await scored(list(rotated(CASES, shapes(), SHAPES_EACH)), shop_catalogue())
    assert unsafe(results) == []
    assert share(results) >= LEAST_CONDITIONAL, told(results)


async def test_requests_beside_one_another_are_all_planned() -> None:
    results = await scored(list(pairs()), shop_catalogue())
    assert unsafe(results) == []
    assert share(results) >= LEAST_SEVERAL, told(results)
