"""legacy_server/seed.json: the shop that demos and the README rely on."""

from collections import Counter

import pytest

from legacy_server.store import customers, orders

DANA = "dana.fields@example.com"


def rows(shop, sql):
    return list(shop.query(sql))


def test_there_is_enough_for_good_conversations(shop):
    assert shop.table("customers").count >= 20
    assert shop.table("orders").count >= 60
    assert shop.table("products").count >= 15
    assert all(row["email"].endswith(("@example.com", "@example.org")) for row in shop.table("customers").rows)


def test_every_stage_has_young_and_old_orders(shop):
    found = Counter(
        (row["status"], row["is_old"])
        for row in rows(shop, "SELECT status, placed_at < datetime('now', '-10 days') AS is_old FROM orders")
    )
    for status in ("PENDING", "SHIPPED", "DELIVERED", "CANCELLED", "RETURNED"):
        assert found[status, 0] + found[status, 1] >= 5
    for status in ("PENDING", "DELIVERED", "CANCELLED"):
        assert found[status, 0] >= 2
        assert found[status, 1] >= 2


def test_totals_are_on_both_sides_of_forty_euros_and_right_on_it(shop):
    (found,) = rows(
        shop,
        "SELECT sum(total_minor < 4000) below, sum(total_minor = 4000) even, sum(total_minor > 4000) above FROM orders",
    )
    assert min(found.values()) >= 5


def test_what_shipped_has_shipment_and_invoice_and_nothing_else_has(shop):
    for table in ("shipments", "invoices"):
        (found,) = rows(
            shop,
            f"SELECT count(*) AS wrong FROM orders LEFT JOIN {table} ON order_id = id"
            " WHERE (order_id IS NULL) = (shipped_at IS NOT NULL)",
        )
        assert found["wrong"] == 0
    assert len({row["carrier"] for row in shop.table("shipments").rows}) >= 3


def test_something_is_sold_out_and_something_nearly(shop):
    stocks = [row["stock"] for row in shop.table("products").rows]
    assert 0 in stocks
    assert 1 in stocks


@pytest.mark.parametrize("role", ["support", "admin"])
def test_there_is_staff(shop, role):
    assert rows(shop, f"SELECT 1 FROM customer_roles WHERE role = '{role}' AND email = '{role}@example.com'")


def test_dana_is_as_the_readme_says(shop, now):
    dana = customers.get_customer(shop, DANA)
    assert (dana.membership, dana.points, dana.newsletter) == ("GOLD", 1240, True)
    assert dana.phone
    assert dana.address
    mine = {order.id: order for order in orders.list_orders(shop, DANA, None, None)}
    assert {order_id: order.status for order_id, order in mine.items()} == {
        "A-1042": "PENDING",
        "A-1043": "SHIPPED",
        "A-1044": "PENDING",
        "A-1045": "PENDING",
        "A-1046": "DELIVERED",
        "A-1047": "CANCELLED",
        "A-1048": "RETURNED",
    }
    ages = {order_id: (now - mine[order_id].placed_at).days for order_id in ("A-1042", "A-1044", "A-1045")}
    assert ages == {"A-1042": 2, "A-1044": 20, "A-1045": 16} or ages == {"A-1042": 1, "A-1044": 19, "A-1045": 15}
    assert "desk lamp" in [item.name for item in mine["A-1042"].items]


def test_erik_has_a_pending_order(shop):
    assert orders.get_order(shop, "erik.holm@example.com", "A-1050").status == "PENDING"
