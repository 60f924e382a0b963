"""Orders in the shop's database. Reads want no transaction; what changes something runs inside the caller's.

An order of another customer is exactly like one that does not exist.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlite_utils

from order_server.order import Item, Money, Order, Status, check_cancellable, returned_now
from order_server.products import find_product, put_back, take_from_stock
from service_kit.errors import FailedPrecondition, NotFound, NotYours
from service_kit.times import from_text, to_text

DEFAULT_LIMIT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """An order after a return, and the names of what came back with it."""

    order: Order
    returned: tuple[str, ...]


def list_orders(db: sqlite_utils.Database, email: str, status: Status | None, limit: int | None) -> list[Order]:
    """The customer's orders, newest first, at most `limit` (20 where None)."""
    where, values = ("customer = ?", [email]) if status is None else ("customer = ? AND status = ?", [email, status])
    rows = db.table("orders").rows_where(
        where, values, order_by="placed_at DESC, rowid DESC", limit=DEFAULT_LIMIT if limit is None else limit
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
    """The order after it was called off and its pieces went back to the stock. Raises as `check_cancellable` does."""
    order = get_order(db, email, order_id)
    check_cancellable(order)
    changes = {"status": Status.CANCELLED, "cancel_reason": reason, "cancelled_at": to_text(max(now, order.placed_at))}
    db.table("orders").update(order_id, changes)
    for item in order.items:
        put_back(db, item.sku, item.quantity)
    return get_order(db, email, order_id)


def create_order(db: sqlite_utils.Database, email: str, said: str, quantity: int, now: datetime) -> Order:
    """A new order of one product, which goes to the address of the customer's profile.

    Raises NotFound (`CUSTOMER_NOT_FOUND`, `PRODUCT_NOT_FOUND`) and FailedPrecondition (`ADDRESS_MISSING`,
    `OUT_OF_STOCK`).
    """
    address = _address(db, email)
    product = find_product(db, said)
    take_from_stock(db, product, quantity)
    order_id = _next_id(db)
    row = {
        "id": order_id,
        "customer": email,
        "status": Status.PENDING,
        "total_minor": quantity * product.price.amount_minor,
        "currency": product.price.currency,
        "address": address,
        "placed_at": to_text(now),
    }
    db.table("orders").insert(row)
    line = {"order_id": order_id, "line": 1, "sku": product.sku, "quantity": quantity}
    db.table("order_items").insert(line | {"unit_price_minor": product.price.amount_minor})
    return get_order(db, email, order_id)


def return_items(db: sqlite_utils.Database, email: str, order_id: str, names: Sequence[str]) -> Return:
    """The order after whole lines of it came back; RETURNED once every line has. Raises as `returned_now` does.

    The stock stays as it is: what comes back is looked at before it is sold again.
    """
    order = get_order(db, email, order_id)
    items = returned_now(order, list(names))
    for item in items:
        db.execute("UPDATE order_items SET returned = quantity WHERE order_id = ? AND sku = ?", [order_id, item.sku])
    db.execute(
        "UPDATE orders SET status = ? WHERE id = ?"
        " AND NOT EXISTS (SELECT 1 FROM order_items WHERE order_id = orders.id AND returned < quantity)",
        [Status.RETURNED, order_id],
    )
    return Return(order=get_order(db, email, order_id), returned=tuple(item.name for item in items))


def _no_order(kind: type[NotFound], order_id: str) -> NotFound:
    return kind("ORDER_NOT_FOUND", f"You have no order {order_id}.", order_id=order_id)


def _address(db: sqlite_utils.Database, email: str) -> str:
    for row in db.query("SELECT address FROM customers WHERE email = ?", [email]):
        if not row["address"]:
            said = "There is no address in your profile to send an order to; add one first."
            raise FailedPrecondition("ADDRESS_MISSING", said)
        return str(row["address"])
    raise NotFound("CUSTOMER_NOT_FOUND", "There is no customer with your e-mail in the shop.")


def _next_id(db: sqlite_utils.Database) -> str:
    (row,) = db.query("UPDATE order_numbers SET last = last + 1 RETURNING last")
    return f"A-{row['last']}"


def _with_items(db: sqlite_utils.Database, rows: Sequence[dict[str, Any]]) -> list[Order]:
    """The orders of `rows` with their lines, which one query fetches for all of them."""
    lines = list(
        db.query(
            "SELECT order_items.*, name FROM order_items JOIN products USING (sku)"
            " WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY line",
            [json.dumps([row["id"] for row in rows])],
        )
    )
    return [_order(row, (line for line in lines if line["order_id"] == row["id"])) for row in rows]


def _order(row: dict[str, Any], lines: Iterable[dict[str, Any]]) -> Order:
    currency = row["currency"]
    return Order(
        id=row["id"],
        status=Status(row["status"]),
        total=Money(amount_minor=row["total_minor"], currency=currency),
        placed_at=datetime.fromisoformat(row["placed_at"]),
        shipped_at=from_text(row["shipped_at"]),
        delivered_at=from_text(row["delivered_at"]),
        items=tuple(
            Item(
                sku=line["sku"],
                name=line["name"],
                quantity=line["quantity"],
                returned=line["returned"],
                unit_price=Money(amount_minor=line["unit_price_minor"], currency=currency),
            )
            for line in lines
        ),
    )
