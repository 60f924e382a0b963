"""Writes a seed to the shop's database. Everything runs inside a transaction of the caller's."""

from collections.abc import Iterator
from typing import Any

import sqlite_utils

from legacy_server.seed.values import Order, Seed
from service_kit.times import to_text

TABLES = ("invoices", "shipments", "order_items", "orders", "products", "customer_roles", "customers")
"""What a seed fills, in the order in which it can be emptied."""

Row = dict[str, Any]


def is_empty(db: sqlite_utils.Database) -> bool:
    """Is there neither a customer nor a product nor an order?"""
    return all(db.table(table).count == 0 for table in TABLES)


def clear(db: sqlite_utils.Database) -> None:
    """Empties the shop. Numbers of orders go on where they were, so that none ever names two orders."""
    for table in TABLES:
        db.execute(f"DELETE FROM {table}")  # noqa: S608  # the names are ours


def load(db: sqlite_utils.Database, seed: Seed) -> None:
    """Adds everything in `seed` to an empty shop."""
    for customer in seed.customers:
        db.table("customers").insert(_columns(customer, "roles") | {"member_since": to_text(customer.member_since)})
    db.table("customer_roles").insert_all({"email": c.email, "role": role} for c in seed.customers for role in c.roles)
    db.table("products").insert_all(_columns(product) for product in seed.products)
    for order in sorted(seed.orders, key=lambda order: order.times.placed):
        _load_order(db, order)
    db.execute("UPDATE order_numbers SET last = max(last, ?)", [_last_number(seed)])


def _load_order(db: sqlite_utils.Database, order: Order) -> None:
    db.table("orders").insert(_order_row(order))
    db.table("order_items").insert_all(_item_rows(order))
    if order.parcel is None or order.times.shipped is None:
        return
    shipment = _columns(order.parcel, "invoice") | {"order_id": order.id}
    db.table("shipments").insert(shipment)
    db.execute(
        "INSERT INTO invoices SELECT ?, o.id, total_minor, currency, shipped_at, name FROM orders o"
        " JOIN customers ON email = customer WHERE o.id = ?",
        [order.parcel.invoice, order.id],
    )


def _order_row(order: Order) -> Row:
    times = {f"{name}_at": moment and to_text(moment) for name, moment in _columns(order.times).items()}
    return _columns(order, "times", "items", "parcel") | times | {"currency": "EUR"}


def _item_rows(order: Order) -> Iterator[Row]:
    for line, item in enumerate(order.items, start=1):
        yield _columns(item) | {"order_id": order.id, "line": line}


def _columns(value: Any, *without: str) -> Row:
    """The fields of a dataclass that are columns of the same name."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__ if name not in without}


def _last_number(seed: Seed) -> int:
    return max((int(order.id[2:]) for order in seed.orders if order.id.startswith("A-")), default=0)
