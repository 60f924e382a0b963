"""Conditions in words of many people: said in a roundabout way, pointing back, or standing in no condition at all."""

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.plan import Clarify
from tests.unit.embedded.asking import cases, decide, line
from tests.unit.embedded.combined import rotated
from tests.unit.embedded.scored import scored, share, told, unsafe
from tests.unit.embedded.test_combinations import PENDING, SHIPPED, case, cost, holding, order, shapes, user

LEAST = 90.0
"""Percent; above what was reached when the table was written, less a little."""
SHAPES_EACH = 4

CONDITIONS = """
cancel C-7031 if the total tops 60 euros | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if has(s1.order.total) && money(s1.order.total) > 60.0
cancel C-7031 if it's at or over 60 | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if has(s1.order.total) && money(s1.order.total) >= 60.0
cancel C-7031 if it fell short of 60 euros | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if has(s1.order.total) && money(s1.order.total) < 60.0
My limit is 60 euros. If C-7031 goes beyond that, cancel it. | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if has(s1.order.total) && money(s1.order.total) > 60.0
I can pay 60 euros. If C-7031 is dearer, cancel it. | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if has(s1.order.total) && money(s1.order.total) > 60.0
C-7031: under 20? Cancel. Over 60? Cancel it too. | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if (has(s1.order.total) && money(s1.order.total) < 20.0) || (has(s1.order.total) && money(s1.order.total) > 60.0)
if I've slid back to basic, stop the newsletter | ~user.get_profile() + newsletter.unsubscribe() if s1.profile.membership == BASIC
unless they've bumped me up to silver, stop the newsletter | ~user.get_profile() + newsletter.unsubscribe() if s1.profile.membership != SILVER && s1.profile.membership != GOLD
stop the newsletter if I'm not even silver | ~user.get_profile() + newsletter.unsubscribe() if s1.profile.membership == BASIC
If I'm gold keep C-7031. If I'm anything lower, cancel it. | ~user.get_profile() + order.cancel(order_id=C-7031) if (s1.profile.membership == BASIC || s1.profile.membership == SILVER)
order a cake tin once my points have reached 700, if they have | ask
order a cake tin provided my points have reached 700 | ~loyalty.get_points() + order.create(quantity=1, sku=cake tin) if s1.points >= 700
cancel C-7031 if it still hasn't moved off pending | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if s1.order.status == PENDING
order 2 rugs if C-7031 shows up as returned | ~order.get(order_id=C-7031) + order.create(quantity=2, sku=rug) if s1.order.status == RETURNED
provided nothing's been sent, cancel C-7031 | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if !has(s1.order.shipped_at)
cancel C-7031 save where it has been dispatched | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if !has(s1.order.shipped_at)
cancel C-7031 if the whisk's not among the things in it | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if !s1.order.items.exists(x, x.name.matches("(?i)\\\\bwhisk(?:e?s)?\\\\b"))
if C-7031 has neither whisk nor bowl in it, cancel it | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if (!s1.order.items.exists(x, x.name.matches("(?i)\\\\bwhisk(?:e?s)?\\\\b"))) && (!s1.order.items.exists(x, x.name.matches("(?i)\\\\bbowl(?:e?s)?\\\\b")))
cancel C-7031 if it's my only pending order | ~order.list() + order.cancel(order_id=C-7031) if size(s1.orders.filter(x, x.status == PENDING)) == 1
cancel C-7031 if I've been waiting for more than 9 days | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if has(s1.order.placed_at) && now - s1.order.placed_at > days(9)
would C-7031 be younger than a week? If so, cancel it. | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if has(s1.order.placed_at) && now - s1.order.placed_at < days(7)
cancel C-7031 if I placed it any day before yesterday | ~order.get(order_id=C-7031) + order.cancel(order_id=C-7031) if has(s1.order.placed_at) && s1.order.placed_at < timestamp("2026-11-21T00:00:00Z")
return the whisk from C-7031 if it's over 14 days after delivery | ~order.get(order_id=C-7031) + order.return_items(items=[whisk], order_id=C-7031) if has(s1.order.delivered_at) && now - s1.order.delivered_at > days(14)
cancel C-7031 if it comes the day after tomorrow | ~shipping.estimate_delivery(order_id=C-7031) + order.cancel(order_id=C-7031) if !has(s1.delivered_at) && s1.days_left == 2
C-7031 within 3 days is fine. Any longer, cancel it. | ~shipping.estimate_delivery(order_id=C-7031) + order.cancel(order_id=C-7031) if !has(s1.delivered_at) && s1.days_left > 3
I can wait until Friday for C-7031, not a day more. Cancel it if it is due later. | ~shipping.estimate_delivery(order_id=C-7031) + order.cancel(order_id=C-7031) if has(s1.estimated_delivery_at) && !has(s1.delivered_at) && s1.estimated_delivery_at >= timestamp("2026-11-28T00:00:00Z")
"""  # noqa: E501
ASKED = """
I'd scrap C-7031 at anything above 60 euros
check C-7031 hasn't gone, then cancel it
cancel C-7031 after making sure that it's still pending
verify that C-7031 is pending before you cancel it
cancel C-7031 (verify pending)
cancel C-7031, though only after it shows as pending
Whisk in C-7031? Good. No whisk? Cancel.
C-7031 has a whisk: keep. Hasn't: cancel.
C-7031 in the next 3 days, please. Later I don't accept, then cancel.
Cancel C-7031. It must be over 60 though.
cancel C-7031 if pending. and over 60.
cancel C-7031 if pending, C-7032 regardless
cancel C-7031 anyway, but C-7032 only if it's pending
cancel C-7031 and C-7032 if their total is over 90
cancel all my pending orders, C-7031 excluded
cancel all my pending orders, keep C-7031
if it arrives by Friday keep C-7031, later, cancel it
if I'm gold cancel C-7031, silver, stop the newsletter
stop the newsletter as a basic member
order 2 rugs, but if I'm basic just 1
change my number to +49 30 5550188 from Monday
cancel C-7031 if the total without tax is over 60
cancel C-7031 if it's hardly over 60
cancel C-7031 if shipping costs more than 6
cancel C-7031 if it comes within 9 days of ordering
stop the newsletter if I'm about to be gold
return the whisk from C-7031 if I've had it for under 14 days
"""

ROUNDABOUT = (
    case(
        [PENDING],
        [SHIPPED],
        """
nobody has sent {it} yet
{it} has not moved off pending
{it} still hasn't got past pending
{it} shows up as pending
{it} is down as pending
{it} is flagged as pending
{it} reads pending
{it} isn't anything but pending
{it} went back to pending
""",
    ),
    case(
        [SHIPPED],
        [PENDING],
        """
{it} has moved on from pending
{it} is anything but pending
{it} is something other than pending
{it} shows as shipped
{it} has changed to shipped
""",
    ),
    case(
        [cost(50.01)],
        [cost(50.0), cost(20.0)],
        """
{it} tops 50 euros
{it} goes over 50 euros
{it} goes beyond 50
{it} is north of 50 euros
{it} comes out at more than 50
{it} adds up to more than 50 euros
{it} runs to more than 50 euros
{it} set me back more than 50 euros
{it} is pricier than 50 euros
the price tag of {it} is over 50
{it} exceeds EUR 50.00
""",
    ),
    case(
        [cost(50.0), cost(60)],
        [cost(49.99)],
        """
{it} is at or over 50 euros
{it} comes out at 50 or higher
{it} comes to 50 euros or more
{it} comes to at least 50 euros
{it} does not stay under 50
{it} doesn't fall short of 50 euros
{it} has reached 50 euros
{it} isn't under 50
""",
    ),
    case(
        [cost(49.99)],
        [cost(50.0), cost(60)],
        """
{it} is not even 50 euros
{it} falls short of 50 euros
{it} stays under 50 euros
{it} is south of 50 euros
{it} isn't at least 50 euros
{it} doesn't come to 50 euros
{it} hasn't reached 50 euros
{it} doesn't add up to 50 euros
{it} remains below 50 euros
""",
    ),
    case(
        [cost(50.0), cost(20)],
        [cost(50.01)],
        """
{it} is at or under 50 euros
{it} does not top 50 euros
{it} doesn't go over 50 euros
{it} isn't pricier than 50 euros
{it} is 50 at the most
""",
    ),
    case(
        [holding("desk lamp", "mug")],
        [holding("mug")],
        """
there's a desk lamp among the things in {it}
the desk lamp is among the items of {it}
the desk lamp made it into {it}
a desk lamp ended up in {it}
the desk lamp is one of the things in {it}
""",
    ),
    case(
        [holding("mug")],
        [holding("desk lamp", "mug")],
        """
the desk lamp is missing from {it}
the desk lamp's missing from {it}
the desk lamp's not part of {it}
the desk lamp isn't among the things in {it}
the desk lamp has not made it into {it}
there's no desk lamp in {it}
""",
    ),
    case(
        [holding("mug")],
        [holding("desk lamp", "mug"), holding("vase"), holding("vase", "desk lamp")],
        """
neither a desk lamp nor a vase is in {it}
{it} has neither a desk lamp nor a vase in it
{it} contains neither desk lamp nor vase
""",
    ),
    case(
        [holding("vase", "desk lamp")],
        [holding("desk lamp", "mug"), holding("vase"), holding("mug")],
        """
both a desk lamp and a vase are in {it}
{it} has both a desk lamp and a vase in it
""",
    ),
    case(
        [holding("desk lamp", "mug")],
        [holding("desk lamp", "vase"), holding("vase"), holding("mug")],
        """
{it} has a desk lamp but no vase
""",
    ),
    case(
        [user(membership="basic")],
        [user(membership="silver"), user(membership="gold")],
        """
I've slid back to basic
I have dropped to basic
my membership has fallen back to basic
I'm not even silver
I haven't climbed to silver
I haven't made it up to silver
""",
        "user.get_profile",
    ),
    case(
        [user(membership="silver"), user(membership="gold")],
        [user(membership="basic")],
        """
I've climbed to silver
I have been bumped up to silver
I've been promoted to silver
I've worked my way up to silver
""",
        "user.get_profile",
    ),
    case(
        [user(points=500), user(points=600)],
        [user(points=499)],
        """
my points have reached 500
I've reached 500 points
my points have hit 500
my points run to 500
my points add up to 500 or more
I have 500 points to my name
""",
        "loyalty.get_points",
    ),
    case(
        [user(points=499)],
        [user(points=500)],
        """
my points haven't reached 500
my points fall short of 500
my points have not hit 500
I haven't even got 500 points
I haven't got 500 points to show for it
""",
        "loyalty.get_points",
    ),
    case(
        [order(placed_days_ago=11)],
        [order(placed_days_ago=9)],
        """
it's been more than 10 days
I've been waiting for more than 10 days
I have been waiting longer than 10 days for {it}
it's more than 10 days that I ordered {it}
I've waited over 10 days
more than 10 days have gone by since I ordered {it}
""",
    ),
    case(
        [order(placed_days_ago=9)],
        [order(placed_days_ago=11)],
        """
it's been less than 10 days
it hasn't been more than 10 days
I haven't been waiting for more than 10 days
{it} isn't even 10 days old
not even 10 days have passed since I ordered {it}
{it} is younger than 10 days
""",
    ),
    case(
        [order(placed_days_ago=2)],
        [order(placed_days_ago=1), order(placed_days_ago=0)],
        """
I placed {it} any day before yesterday
{it} was ordered earlier than yesterday
""",
    ),
    case(
        [order(estimated_delivery_in_days=2)],
        [order(estimated_delivery_in_days=1), order(estimated_delivery_in_days=3)],
        """
{it} comes the day after tomorrow
{it} is due the day after tomorrow
{it} arrives on the day after tomorrow
""",
        "shipping.estimate_delivery",
    ),
    case(
        [order(estimated_delivery_in_days=6), order(estimated_delivery_in_days=7)],
        [order(estimated_delivery_in_days=5)],
        """
{it} arrives on day 6 or later
{it} is at least 6 days away
{it} is 6 days off or more
{it} is 6 days away at least
""",
        "shipping.estimate_delivery",
    ),
    case(
        [order(estimated_delivery_in_days=4)],
        [order(estimated_delivery_in_days=5)],
        """
{it} is 4 days off at most
{it} will be at my door within 4 days
{it} will be with me in 4 days or sooner
{it} takes no more than 4 days from today
""",
        "shipping.estimate_delivery",
    ),
    case(
        [order(status="delivered", delivered_days_ago=15, placed_days_ago=20)],
        [order(status="delivered", delivered_days_ago=13, placed_days_ago=20)],
        """
{it} is over 14 days after delivery
it's more than 14 days from delivery
{it} was delivered and that's over 14 days ago
""",
    ),
)


@pytest.mark.parametrize(("text", "expected"), cases(CONDITIONS))
async def test_a_condition_is_understood_in_roundabout_words(text: str, expected: str) -> None:
    assert line(await decide(text)).replace("~order.get", "order.get").replace("~shipping", "shipping") == (
        expected.replace("~order.get", "order.get").replace("~shipping", "shipping")
    )


@pytest.mark.parametrize("text", ASKED.strip().splitlines())
async def test_what_limits_an_effect_and_is_read_nowhere_is_asked_about(text: str) -> None:
    decision = await decide(text)
    assert isinstance(decision, Clarify), line(decision)


async def test_what_is_said_in_a_roundabout_way_holds_in_the_right_worlds() -> None:
    results = await scored(list(rotated(ROUNDABOUT, shapes(), SHAPES_EACH)), shop_catalogue())
    assert unsafe(results) == []
    assert share(results) >= LEAST, told(results)
