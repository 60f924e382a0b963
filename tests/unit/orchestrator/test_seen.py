"""What a condition looked at, as people read it: paths from the compiled expression, values bounded."""

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.expressions import Expressions
from orchestrator_server.seen import MAX_ELEMENTS, MAX_LENGTH, MAX_PATHS, seen_values

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STATUS = "llm_orchestrator.order.v1.OrderStatus.ORDER_STATUS"
TYPES = {
    "s1": "llm_orchestrator.order.v1.GetOrderResponse",
    "s2": "llm_orchestrator.order.v1.ListOrdersResponse",
    "each": "llm_orchestrator.order.v1.Order",
    "name": "STRING",
}


@cache
def expressions() -> Expressions:
    return Expressions(shop_catalogue())


def order(message, id, days=None, minor=4_000):
    message.id = id
    message.status = 1
    message.total.amount_minor = minor
    message.total.currency = "EUR"
    message.items.add(name="Desk Lamp", quantity=2)
    if days is not None:
        message.placed_at.FromDatetime(NOW - timedelta(days=days))
    return message


def values(orders=3):
    catalogue = shop_catalogue()
    single, several = (catalogue.message_class(TYPES[name])() for name in ("s1", "s2"))
    order(single.order, "A-1042", days=4)
    for number in range(orders):
        order(several.orders.add(), f"A-{number}", days=number or None)
    return {"s1": single, "s2": several, "each": single.order, "name": "lamp", "now": NOW}


def seen(text, given=None):
    compiled = expressions().compile(text, TYPES)
    return {one.path: one.value for one in seen_values(compiled.reads, given or values(), NOW)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"s1.order.status == {STATUS}_SHIPPED", {"s1.order.status": "pending"}),
        ("has(s1.order.shipped_at)", {"s1.order.shipped_at": "not set"}),
        ("!has(s1.order.shipped_at)", {"s1.order.shipped_at": "not set"}),
        ("now - s1.order.placed_at > days(14)", {"s1.order.placed_at": "18 November"}),
        ("has(s1.order.placed_at) && now - s1.order.placed_at > days(14)", {"s1.order.placed_at": "18 November"}),
        ("money(s1.order.total) > 40", {"s1.order.total": "€40.00"}),
        ("s1.order.total.currency == 'USD'", {"s1.order.total.currency": "EUR"}),
        ("s1.order.placed_at.getFullYear() == 2025", {"s1.order.placed_at": "18 November"}),
        ("s1.order.items.size() > 2", {"s1.order.items": "1"}),
        ("s1.order.items[0].quantity > 2", {"s1.order.items[0].quantity": "2"}),
        ("s1.order.items[4].quantity > 2", {"s1.order.items[4].quantity": "not set"}),
        ("s1.order.id == 's2.orders.size()'", {"s1.order.id": "A-1042"}),
        ("each.id == s1.order.id", {"each.id": "A-1042", "s1.order.id": "A-1042"}),
        ("name == 'desk'", {"name": "lamp"}),
        ("now > timestamp('2027-01-01T00:00:00Z')", {}),
        ("s2.orders.exists(o, o.id == 'A-9')", {"s2.orders": "3", "s2.orders[].id": "A-0; A-1; A-2"}),
        (
            "s2.orders.all(o, has(o.placed_at) && now - o.placed_at > days(1))",
            {"s2.orders": "3", "s2.orders[].placed_at": "not set; yesterday; 20 November"},
        ),
        (
            "s2.orders.filter(o, money(o.total) > 40).size() > 0",
            {"s2.orders": "3", "s2.orders[].total": "€40.00; €40.00; €40.00"},
        ),
        (
            "s2.orders.filter(o, o.id != 'A-0')[0].id == 'A-9'",
            {"s2.orders[].id": "A-0; A-1; A-2", "s2.orders": "3"},
        ),
        (
            "s2.orders.map(o, o.id).exists(i, i == s1.order.id)",
            {"s2.orders": "3", "s2.orders[].id": "A-0; A-1; A-2", "s1.order.id": "A-1042"},
        ),
        (
            "s2.orders.exists(o, o.items.exists(i, i.name == 'Mug'))",
            {
                "s2.orders": "3",
                "s2.orders[].items": "1; 1; 1",
                "s2.orders[].items[].name": "Desk Lamp; Desk Lamp; Desk Lamp",
            },
        ),
        ("{'A-1042': false}[s1.order.id]", {"s1.order.id": "A-1042"}),
    ],
)
def test_every_path_is_shown_once_with_what_stands_there(text, expected):
    assert seen(text) == expected


def test_an_empty_list_shows_that_nothing_was_there():
    assert seen("s2.orders.exists(o, o.id == 'x')", values(orders=0)) == {"s2.orders": "0", "s2.orders[].id": "none"}


def test_long_lists_are_cut():
    shown = seen("s2.orders.exists(o, o.id == 'x')", values(orders=40))["s2.orders[].id"]
    assert shown == "A-0; A-1; A-2; A-3; A-4; … (40 in all)"
    assert shown.count(";") == MAX_ELEMENTS


def test_long_texts_and_many_paths_are_cut():
    given = values()
    given["s1"].order.id = "x" * 1_000
    assert len(seen("s1.order.id == ''", given)["s1.order.id"]) == MAX_LENGTH
    assert len(seen(" && ".join(f"s2.orders[{n}].id == ''" for n in range(20)))) == MAX_PATHS
