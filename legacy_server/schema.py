"""The shop's schema as numbered migrations. Never change or rename one that has run somewhere: add the next.

Money is whole cents beside an ISO 4217 code; times are ISO 8601 UTC text (`service_kit.shared_schema`); e-mails are
lower case. The servers that replace parts of the monolith rely on these tables, so a migration only ever adds.
"""

import sqlite_utils

from service_kit.shared_schema import SharedDatabase

FIRST_ORDER_NUMBER = 1001


def m001_customers(db: sqlite_utils.Database) -> None:
    """Who buys, and what each may do."""
    db.execute("""
        CREATE TABLE customers (
            email TEXT PRIMARY KEY CHECK (email = lower(email) AND email LIKE '%_@_%'),
            name TEXT NOT NULL,
            phone TEXT NOT NULL DEFAULT '',
            address TEXT NOT NULL DEFAULT '',
            membership TEXT NOT NULL DEFAULT 'BASIC' CHECK (membership IN ('BASIC', 'SILVER', 'GOLD')),
            points INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0),
            newsletter INTEGER NOT NULL DEFAULT 0 CHECK (newsletter IN (0, 1)),
            member_since TEXT NOT NULL
        )""")
    db.execute("""
        CREATE TABLE customer_roles (
            email TEXT NOT NULL REFERENCES customers (email) ON DELETE CASCADE,
            role TEXT NOT NULL CHECK (role IN ('customer', 'support', 'admin')),
            PRIMARY KEY (email, role)
        ) WITHOUT ROWID""")


def m002_products(db: sqlite_utils.Database) -> None:
    """What is for sale; SKU and name are found in any letter case."""
    db.execute("""
        CREATE TABLE products (
            sku TEXT PRIMARY KEY COLLATE NOCASE,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            price_minor INTEGER NOT NULL CHECK (price_minor >= 0),
            currency TEXT NOT NULL DEFAULT 'EUR' CHECK (length(currency) = 3),
            stock INTEGER NOT NULL CHECK (stock >= 0)
        )""")


def m003_orders(db: sqlite_utils.Database) -> None:
    """What was bought. `order_numbers` holds the last number given out; it only grows, so no id comes twice."""
    db.execute("""
        CREATE TABLE orders (
            id TEXT PRIMARY KEY CHECK (id GLOB '[A-Z]-[0-9]*'),
            customer TEXT NOT NULL REFERENCES customers (email),
            status TEXT NOT NULL CHECK (status IN ('PENDING', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'RETURNED')),
            total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
            currency TEXT NOT NULL CHECK (length(currency) = 3),
            address TEXT NOT NULL,
            placed_at TEXT NOT NULL,
            shipped_at TEXT CHECK (shipped_at >= placed_at),
            delivered_at TEXT CHECK (delivered_at >= shipped_at),
            estimated_delivery_at TEXT,
            cancelled_at TEXT CHECK (cancelled_at >= placed_at),
            cancel_reason TEXT NOT NULL DEFAULT '',
            CHECK ((shipped_at IS NOT NULL) = (status IN ('SHIPPED', 'DELIVERED', 'RETURNED'))),
            CHECK ((delivered_at IS NOT NULL) = (status IN ('DELIVERED', 'RETURNED'))),
            CHECK ((cancelled_at IS NOT NULL) = (status = 'CANCELLED'))
        )""")
    db.execute("CREATE INDEX orders_of_customer ON orders (customer, placed_at DESC)")
    db.execute("""
        CREATE TABLE order_items (
            order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
            line INTEGER NOT NULL,
            sku TEXT NOT NULL REFERENCES products (sku),
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            unit_price_minor INTEGER NOT NULL CHECK (unit_price_minor >= 0),
            returned INTEGER NOT NULL DEFAULT 0 CHECK (returned BETWEEN 0 AND quantity),
            PRIMARY KEY (order_id, line),
            UNIQUE (order_id, sku)
        ) WITHOUT ROWID""")
    db.execute("CREATE INDEX order_items_of_product ON order_items (sku)")
    db.execute("CREATE TABLE order_numbers (only INTEGER PRIMARY KEY CHECK (only = 1), last INTEGER NOT NULL)")
    db.execute("INSERT INTO order_numbers VALUES (1, ?)", [FIRST_ORDER_NUMBER - 1])


def m004_shipments_and_invoices(db: sqlite_utils.Database) -> None:
    """What goes with an order once it has left the warehouse; both appear then and not before."""
    db.execute("""
        CREATE TABLE shipments (
            order_id TEXT PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
            carrier TEXT NOT NULL,
            tracking_number TEXT NOT NULL,
            note TEXT NOT NULL DEFAULT ''
        )""")
    db.execute("""
        CREATE TABLE invoices (
            number TEXT PRIMARY KEY,
            order_id TEXT NOT NULL UNIQUE REFERENCES orders (id) ON DELETE CASCADE,
            total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
            currency TEXT NOT NULL CHECK (length(currency) = 3),
            issued_at TEXT NOT NULL,
            billed_to TEXT NOT NULL
        )""")


MIGRATIONS = (m001_customers, m002_products, m003_orders, m004_shipments_and_invoices)
SHOP = SharedDatabase(name="shop", version=len(MIGRATIONS), prepared_by="python -m legacy_server.admin init")
