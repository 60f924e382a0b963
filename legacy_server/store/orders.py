"""Orders: list, show, cancel, create."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlite_utils

from legacy_server.store.customers import get_customer
from legacy_server.store.products import find_product, take_from_stock
from service_kit.errors import FailedPrecondition, NotFound, NotYours
from service_kit.times import from_text, to_text

DEFAULT_LIMIT = 20

_NOT_CANCELLABLE = {
    "SHIPPED": "has already shipped, so it can no longer be cancelled; you can return it once it has arrived",
    "DELIVERED": "has already been delivered, so it can no longer be cancelled; you can return it instead",
    "CANCELLED": "is already cancelled; there is nothing left to do",
    "RETURNED": "has already been returned, so it can no longer be cancelled",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of an order."""

    sku: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order with its lines; `status` is one of the schema's. Times are aware UTC."""

    id: str
    status: str
    total_minor: int
    currency: str
    placed_at: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None
    items: tuple[Item, ...]


def list_orders(db: sqlite_utils.Database, email: str, status: str | None, limit: int | None) -> list[Order]:
    """The customer's orders, newest first, at most `limit` (20 where None), only those in `status` where given."""
    rows = db.query(
        "SELECT * FROM orders WHERE customer = ? AND (? IS NULL OR status = ?)"
        " ORDER BY placed_at DESC, rowid DESC LIMIT ?",
        [email, status, status, DEFAULT_LIMIT if limit is None else limit],
    )
    return _with_items(db, list(rows))


def get_order(db: sqlite_utils.Database, email: str, order_id: str) -> Order:
    """The customer's order. Raises NotFound (`ORDER_NOT_FOUND`)."""
    for row in db.table("orders").rows_where("id = ?", [order_id]):
        if row["customer"] != email:
            raise _no_order(NotYours, order_id)
        (order,) = _with_items(db, [row])
        return order
    raise _no_order(NotFound, order_id)


def cancel_order(db: sqlite_utils.Database, email: str, order_id: str, reason: str, now: datetime) -> Order:
    """The order, called off, its pieces back in stock. Raises FailedPrecondition (`ORDER_ALREADY_<STAGE>`)."""
    order = get_order(db, email, order_id)
    if order.status != "PENDING":
        said = f"Order {order_id} {_NOT_CANCELLABLE[order.status]}."
        raise FailedPrecondition(f"ORDER_ALREADY_{order.status}", said, order_id=order_id, status=order.status)
    cancelled_at = to_text(max(now, order.placed_at))
    changes = {"status": "CANCELLED", "cancel_reason": reason, "cancelled_at": cancelled_at}
    db.table("orders").update(order_id, changes)
    for item in order.items:
        db.execute("UPDATE products SET stock = stock + ? WHERE sku = ?", [item.quantity, item.sku])
    return get_order(db, email, order_id)


def create_order(db: sqlite_utils.Database, email: str, said: str, quantity: int, now: datetime) -> Order:
    """A new order of one product, which goes to the customer's address.

    Raises NotFound (`CUSTOMER_NOT_FOUND`, `PRODUCT_NOT_FOUND`) and FailedPrecondition (`ADDRESS_MISSING`,
    `OUT_OF_STOCK`).
    """
    customer = get_customer(db, email)
    if not customer.address:
        missing = "There is no address in your profile to send an order to; add one first."
        raise FailedPrecondition("ADDRESS_MISSING", missing)
    product = find_product(db, said)
    take_from_stock(db, product, quantity)
    (number,) = db.query("UPDATE order_numbers SET last = last + 1 RETURNING last")
    order_id = f"A-{number['last']}"
    db.execute(
        "INSERT INTO orders (id, customer, status, total_minor, currency, address, placed_at)"
        " VALUES (?, ?, 'PENDING', ?, ?, ?, ?)",
        [order_id, email, quantity * product.price_minor, product.currency, customer.address, to_text(now)],
    )
    db.execute(
        "INSERT INTO order_items (order_id, line, sku, quantity, unit_price_minor) VALUES (?, 1, ?, ?, ?)",
        [order_id, product.sku, quantity, product.price_minor],
    )
    return get_order(db, email, order_id)


def _no_order(kind: type[NotFound], order_id: str) -> NotFound:
    return kind("ORDER_NOT_FOUND", f"You have no order {order_id}.", order_id=order_id)


def _with_items(db: sqlite_utils.Database, rows: Sequence[dict[str, Any]]) -> list[Order]:
    """The orders of `rows` with their lines, which one query fetches for all of them."""
    lines = list(
        db.query(
            "SELECT order_id, sku, name, quantity FROM order_items JOIN products USING (sku)"
            " WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY line",
            [json.dumps([row["id"] for row in rows])],
        )
    )
    return [_order(row, [line for line in lines if line["order_id"] == row["id"]]) for row in rows]


def _order(row: dict[str, Any], lines: Sequence[dict[str, Any]]) -> Order:
    return Order(
        id=row["id"],
        status=row["status"],
        total_minor=row["total_minor"],
        currency=row["currency"],
        placed_at=datetime.fromisoformat(row["placed_at"]),
        shipped_at=from_text(row["shipped_at"]),
        delivered_at=from_text(row["delivered_at"]),
        items=tuple(Item(sku=line["sku"], name=line["name"], quantity=line["quantity"]) for line in lines),
    )
