"""The parcel of an order: when it is expected and whether it can go elsewhere. Pure: no database, no gRPC."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from service_kit.errors import FailedPrecondition

USUAL_DAYS = timedelta(days=5)
"""From placing to arrival, where nobody estimated better."""


class Status(StrEnum):
    """The stages of an order."""

    PENDING = "PENDING"
    SHIPPED = "SHIPPED"
    DELIVERED = "DELIVERED"
    CANCELLED = "CANCELLED"
    RETURNED = "RETURNED"


UNDER_WAY = frozenset({Status.PENDING, Status.SHIPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """The parcel of one order. Carrier and tracking number are empty before it has left; times are aware UTC."""

    order_id: str
    status: Status
    carrier: str
    tracking_number: str
    note: str
    address: str
    placed_at: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None
    estimate: datetime | None

    @property
    def expected_at(self) -> datetime | None:
        """When it should arrive; None unless it is still to come."""
        return (self.estimate or self.placed_at + USUAL_DAYS) if self.status in UNDER_WAY else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """When an order arrives, or arrived; one of the two times is None."""

    order_id: str
    status: Status
    expected_at: datetime | None
    days_left: int
    delivered_at: datetime | None


_NOT_REDIRECTABLE = {
    Status.SHIPPED: "has already shipped, so it can no longer be sent elsewhere",
    Status.DELIVERED: "has already been delivered, so it can no longer be sent elsewhere",
    Status.CANCELLED: "is cancelled, so it is not sent anywhere",
    Status.RETURNED: "has already been returned, so it can no longer be sent elsewhere",
}


def check_redirectable(shipment: Shipment) -> None:
    """Raises FailedPrecondition (`ORDER_ALREADY_<STAGE>`) unless the order is pending."""
    if shipment.status is not Status.PENDING:
        said = f"Order {shipment.order_id} {_NOT_REDIRECTABLE[shipment.status]}."
        raise FailedPrecondition(
            f"ORDER_ALREADY_{shipment.status}", said, order_id=shipment.order_id, status=shipment.status.value
        )


def estimate_of(shipment: Shipment, now: datetime) -> Estimate:
    """The estimate as of `now`, in whole days of the UTC calendar, an overdue one counting as today.

    Raises FailedPrecondition (`ORDER_NOT_UNDER_WAY`) for what was cancelled or returned.
    """
    order_id, status = shipment.order_id, shipment.status
    if status not in UNDER_WAY and status is not Status.DELIVERED:
        said = f"Order {order_id} is {status.lower()}, so there is no delivery to wait for."
        raise FailedPrecondition("ORDER_NOT_UNDER_WAY", said, order_id=order_id, status=status.value)
    expected = shipment.expected_at
    days_left = max(0, (expected.astimezone(UTC).date() - now.astimezone(UTC).date()).days) if expected else 0
    return Estimate(
        order_id=order_id,
        status=status,
        expected_at=expected,
        days_left=days_left,
        delivered_at=shipment.delivered_at,
    )
