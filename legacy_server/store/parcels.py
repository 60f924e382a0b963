"""What goes with an order once it has shipped: the shipment and the invoice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlite_utils

from legacy_server.store.orders import get_order
from service_kit.errors import FailedPrecondition
from service_kit.times import from_text

USUAL_DAYS = timedelta(days=5)
"""From placing to arrival, where nobody estimated better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """The parcel of one order. Carrier and tracking number are empty before it has left; times are aware UTC."""

    order_id: str
    status: str
    carrier: str
    tracking_number: str
    shipped_at: datetime | None
    delivered_at: datetime | None
    expected_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """The invoice of one order."""

    number: str
    order_id: str
    total_minor: int
    currency: str
    issued_at: datetime
    billed_to: str


def get_shipment(db: sqlite_utils.Database, email: str, order_id: str) -> Shipment:
    """The parcel of the customer's order. Raises NotFound (`ORDER_NOT_FOUND`)."""
    order = get_order(db, email, order_id)
    (row,) = db.query("SELECT * FROM orders LEFT JOIN shipments ON order_id = id WHERE id = ?", [order_id])
    return Shipment(
        order_id=order_id,
        status=order.status,
        carrier=row["carrier"] or "",
        tracking_number=row["tracking_number"] or "",
        shipped_at=order.shipped_at,
        delivered_at=order.delivered_at,
        expected_at=_expected_at(row),
    )


def get_invoice(db: sqlite_utils.Database, email: str, order_id: str) -> Invoice:
    """The invoice of the customer's order.

    Raises NotFound (`ORDER_NOT_FOUND`) and FailedPrecondition (`INVOICE_NOT_YET_ISSUED`).
    """
    order = get_order(db, email, order_id)
    for row in db.table("invoices").rows_where("order_id = ?", [order_id]):
        return Invoice(
            number=row["number"],
            order_id=order_id,
            total_minor=row["total_minor"],
            currency=row["currency"],
            issued_at=datetime.fromisoformat(row["issued_at"]),
            billed_to=row["billed_to"],
        )
    said = f"There is no invoice for order {order_id} yet; it is issued when the order ships."
    if order.status == "CANCELLED":
        said = f"There is no invoice for order {order_id}, because it was cancelled before it shipped."
    raise FailedPrecondition("INVOICE_NOT_YET_ISSUED", said, order_id=order_id, status=order.status)


def _expected_at(row: dict[str, Any]) -> datetime | None:
    """None unless the order is still to arrive."""
    if row["status"] not in ("PENDING", "SHIPPED"):
        return None
    return from_text(row["estimated_delivery_at"]) or datetime.fromisoformat(row["placed_at"]) + USUAL_DAYS
