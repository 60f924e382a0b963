"""legacy_server/schema.py: what the tables themselves refuse, and that migrating is repeatable."""

import sqlite3

import pytest

from legacy_server.schema import MIGRATIONS, SHOP
from service_kit.migrations import migrate, pending
from service_kit.shared_schema import applied_version


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO customers (email, name, member_since) VALUES ('Big@example.com', 'Big', '2026')",
        "UPDATE customers SET membership = 'PLATINUM'",
        "UPDATE customers SET points = -1",
        "UPDATE products SET stock = -1",
        "UPDATE products SET name = 'DESK LAMP' WHERE sku = 'MOUSE-01'",
        "UPDATE products SET sku = 'lamp-01' WHERE sku = 'MOUSE-01'",
        "UPDATE orders SET customer = 'nobody@example.com'",
        "UPDATE orders SET status = 'LOST'",
        "UPDATE orders SET status = 'SHIPPED' WHERE id = 'A-1042'",
        "UPDATE orders SET delivered_at = NULL WHERE id = 'A-1046'",
        "UPDATE orders SET shipped_at = '2001-01-01' WHERE id = 'A-1043'",
        "UPDATE orders SET status = 'CANCELLED' WHERE id = 'A-1042'",
        "UPDATE order_items SET returned = quantity + 1",
        "UPDATE order_items SET sku = 'GONE-01'",
        "INSERT INTO customer_roles VALUES ('dana.fields@example.com', 'king')",
        "INSERT INTO order_numbers VALUES (2, 1)",
        "INSERT INTO invoices VALUES ('X', 'A-9999', 1, 'EUR', '2026', 'Nobody')",
        "DELETE FROM products WHERE sku = 'LAMP-01'",
    ],
)
def test_the_tables_refuse_what_cannot_be(shop, change):
    with pytest.raises(sqlite3.IntegrityError):
        shop.execute(change)


def test_migrating_again_changes_nothing(shop):
    migrate(shop, MIGRATIONS)
    assert pending(shop, MIGRATIONS) == []
    assert applied_version(shop) == SHOP.version == len(MIGRATIONS)


def test_migrations_are_numbered_in_order():
    assert [int(migration.__name__[1:4]) for migration in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))
