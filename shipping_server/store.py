"""Shipments in the shop's database. The order of another customer is exactly like one that does not exist."""

from datetime import datetime

import sqlite_utils

from service_kit.errors import NotFound, NotYours
from service_kit.times import from_text
from shipping_server.shipment import Shipment, Status, check_redirectable


def get_shipment(db: sqlite_utils.Database, email: str, order_id: str) -> Shipment:
    """The parcel of the customer's order. Raises NotFound (`ORDER_NOT_FOUND`)."""
    for row in db.query("SELECT * FROM orders LEFT JOIN shipments ON order_id = id WHERE id = ?", [order_id]):
        if row["customer"] != email:
            raise _no_order(NotYours, order_id)
        return Shipment(
            order_id=row["id"],
            status=Status(row["status"]),
            carrier=row["carrier"] or "",
            tracking_number=row["tracking_number"] or "",
            note=row["note"] or "",
            address=row["address"],
            placed_at=datetime.fromisoformat(row["placed_at"]),
            shipped_at=from_text(row["shipped_at"]),
            delivered_at=from_text(row["delivered_at"]),
            estimate=from_text(row["estimated_delivery_at"]),
        )
    raise _no_order(NotFound, order_id)


def change_address(db: sqlite_utils.Database, email: str, order_id: str, address: str) -> Shipment:
    """The shipment after its order got another address. Raises NotFound, and as `check_redirectable` does."""
    check_redirectable(get_shipment(db, email, order_id))
    db.table("orders").update(order_id, {"address": address})
    return get_shipment(db, email, order_id)


def _no_order(kind: type[NotFound], order_id: str) -> NotFound:
    return kind("ORDER_NOT_FOUND", f"You have no order {order_id}.", order_id=order_id)
