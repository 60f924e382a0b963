# ruff: noqa: E501  # tables: one case a line
"""Kinds of conditions: each becomes the expected expression, read on its own and without the message around it."""

from functools import cache

import pytest

from orchestrator_server.embedded.conditions import conditions
from orchestrator_server.embedded.declared.index import Index
from tests.unit.embedded.asking import CUSTOMER, NOW, expressions, shop

READS = (
    "order.get",
    "shipping.estimate_delivery",
    "shipping.track",
    "loyalty.get_points",
    "order.list",
    "user.get_profile",
)
ROOTS = {intent: f"s{number}" for number, intent in enumerate(READS, start=1)}


@cache
def index() -> Index:
    """The index of the shop, built once."""
    return Index(list(shop().for_roles(CUSTOMER)), shop())


def read(words: str) -> conditions.Tested | None:
    """The test that `words` about one order become."""
    sources = [
        conditions.Source(
            profile=profile,
            fields=profile.fields,
            root=f"<{intent}>",
            arguments=(("order_id", "A-1042"),) if profile.required else (),
            is_near=intent == "order.get",
        )
        for intent in READS
        for profile in [index().by_name[intent]]
    ]
    return conditions.test_of(index(), index().tokens(words), sources, words, NOW.date())


def compiled(words: str) -> str:
    """The expression for `words`, which must compile; empty where they are not understood."""
    tested = read(words)
    if tested is None:
        return ""
    types = {root: shop().intents[intent].response_type for intent, root in ROOTS.items()}
    for text in (tested.positive, tested.negative):
        for intent, root in ROOTS.items():
            text = text.replace(f"<{intent}>", root)
        expressions(shop()).compile(text, types)
    said = tested.positive
    for intent, root in ROOTS.items():
        said = said.replace(f"<{intent}>", root)
    return said.replace("llm_orchestrator.order.v1.OrderStatus.ORDER_STATUS_", "").replace(
        "llm_orchestrator.user.v1.Membership.MEMBERSHIP_", ""
    )


TABLE = """
it was placed before November 1                | has(s1.order.placed_at) && s1.order.placed_at < timestamp("2026-11-01T00:00:00Z")
it was placed on or before November 1          | has(s1.order.placed_at) && s1.order.placed_at < timestamp("2026-11-02T00:00:00Z")
it was placed after last Friday                | has(s1.order.placed_at) && s1.order.placed_at >= timestamp("2026-11-21T00:00:00Z")
it was placed since the 3rd                    | has(s1.order.placed_at) && s1.order.placed_at >= timestamp("2026-11-03T00:00:00Z")
it was placed before 2026-11-01                | has(s1.order.placed_at) && s1.order.placed_at < timestamp("2026-11-01T00:00:00Z")
it was shipped yesterday                       | has(s1.order.shipped_at) && s1.order.shipped_at >= timestamp("2026-11-21T00:00:00Z") && s1.order.shipped_at < timestamp("2026-11-22T00:00:00Z")
it was placed between November 1 and November 10 | has(s1.order.placed_at) && s1.order.placed_at >= timestamp("2026-11-01T00:00:00Z") && s1.order.placed_at < timestamp("2026-11-11T00:00:00Z")
it was delivered no more than 14 days ago      | has(s1.order.delivered_at) && now - s1.order.delivered_at <= days(14)
it was delivered not more than 14 days ago     | has(s1.order.delivered_at) && now - s1.order.delivered_at <= days(14)
it is not older than 10 days                   | has(s1.order.placed_at) && now - s1.order.placed_at <= days(10)
it is no older than 10 days                    | has(s1.order.placed_at) && now - s1.order.placed_at <= days(10)
it is older than two months                    | has(s1.order.placed_at) && now - s1.order.placed_at > days(60)
it was placed less than or exactly 3 days ago  | has(s1.order.placed_at) && now - s1.order.placed_at <= days(3)
it will be delivered after December 1          | has(s2.estimated_delivery_at) && !has(s2.delivered_at) && s2.estimated_delivery_at >= timestamp("2026-12-02T00:00:00Z")
it is delivered by Friday                      | has(s2.estimated_delivery_at) && !has(s2.delivered_at) && s2.estimated_delivery_at < timestamp("2026-11-28T00:00:00Z")
it is not expected until Saturday or later     | has(s2.estimated_delivery_at) && !has(s2.delivered_at) && s2.estimated_delivery_at >= timestamp("2026-11-28T00:00:00Z")
there are more than 5 days left                | !has(s2.delivered_at) && s2.days_left > 5
its total is between 30 and 60 euros           | has(s1.order.total) && money(s1.order.total) >= 30.0 && money(s1.order.total) <= 60.0
it is at least 60                              | has(s1.order.total) && money(s1.order.total) >= 60.0
it costs EUR 40 or less                        | has(s1.order.total) && money(s1.order.total) <= 40.0
it costs neither more than 50 nor less than 20 | (has(s1.order.total) && money(s1.order.total) <= 50.0) && (has(s1.order.total) && money(s1.order.total) >= 20.0)
it is neither shipped nor delivered            | (!has(s1.order.shipped_at)) && (!has(s1.order.delivered_at))
it isn't pending or shipped                    | (s1.order.status != PENDING) && (s1.order.status != SHIPPED)
it is pending and more than 100 euros          | (s1.order.status == PENDING) && (has(s1.order.total) && money(s1.order.total) > 100.0)
it is still not shipped                        | !has(s1.order.shipped_at)
it is still shipped                            | s1.order.status == SHIPPED
it has a blue mug in it                        | s1.order.items.exists(x, x.name.matches("(?i)\\\\bblue[ -]mug(?:e?s)?\\\\b"))
the lamp is part of it                         | s1.order.items.exists(x, x.name.matches("(?i)\\\\blamp(?:e?s)?\\\\b"))
it doesn't contain an umbrella at all          | !s1.order.items.exists(x, x.name.matches("(?i)\\\\bumbrella(?:e?s)?\\\\b"))
it has only one item                           | ((size(s1.order.items) > 0 ? s1.order.items[0].quantity : 0) + (size(s1.order.items) > 1 ? s1.order.items[1].quantity : 0)) == 1
I have more than 2 pending orders              | size(s5.orders.filter(x, x.status == PENDING)) > 2
I have no pending orders                       | size(s5.orders.filter(x, x.status == PENDING)) == 0
I have 750 points or more                      | s4.points >= 750
I have enough points: 500                      | s4.points >= 500
I don't have at least 300 points               | s4.points < 300
I'm gold or silver                             | (s6.profile.membership == GOLD) || (s6.profile.membership == SILVER)
I'm not a basic member                         | s6.profile.membership != BASIC
I'm below gold                                 | (s6.profile.membership == BASIC || s6.profile.membership == SILVER)
"""
ROWS = [tuple(part.strip() for part in row.split(" | ", 1)) for row in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("words", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_condition_is_compiled(words: str, expected: str) -> None:
    assert compiled(words) == expected


UNCLEAR = [
    "my wife agrees",
    "it is late",
    "it has a problem",
    "it was placed before 3/4",
    "it was refunded more than 3 days ago",
    "it was cancelled more than 3 days ago",
    "it may ship tomorrow",
    "it ships tomorrow",
    "it has been delivered by Friday",
    "it is more than 5 days",
    "it was almost 3 weeks ago",
    "most items are delivered",
    "it was the last one I placed",
    "the carrier is late",
    "hardly anyone has shipped it yet",
    "it costs more than 2 100 euros",
]


@pytest.mark.parametrize("words", UNCLEAR)
def test_condition_that_is_not_understood_in_full_is_left_alone(words: str) -> None:
    assert read(words) is None


def test_opposite_never_holds_where_the_date_is_missing() -> None:
    tested = read("it was delivered more than 3 days ago")
    assert tested is not None
    assert tested.positive.startswith("has(")
    assert tested.negative.startswith("has(")
