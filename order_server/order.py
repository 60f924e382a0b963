"""An order, and what may happen to it in which stage. Pure: no database, no gRPC."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service_kit.errors import FailedPrecondition, InvalidArgument


class Status(StrEnum):
    """The stages of an order."""

    PENDING = "PENDING"
    SHIPPED = "SHIPPED"
    DELIVERED = "DELIVERED"
    CANCELLED = "CANCELLED"
    RETURNED = "RETURNED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in the smallest unit of `currency` (ISO 4217)."""

    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of an order; `returned` of its `quantity` pieces came back."""

    sku: str
    name: str
    quantity: int
    returned: int
    unit_price: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order with its lines. Times are aware UTC, None where it has not happened."""

    id: str
    status: Status
    total: Money
    placed_at: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None
    items: tuple[Item, ...]


_NOT_CANCELLABLE = {
    Status.SHIPPED: "has already shipped, so it can no longer be cancelled; you can return it once it has arrived",
    Status.DELIVERED: "has already been delivered, so it can no longer be cancelled; you can return it instead",
    Status.CANCELLED: "is already cancelled; there is nothing left to do",
    Status.RETURNED: "has already been returned, so it can no longer be cancelled",
}
_NOT_RETURNABLE = {
    Status.PENDING: "has not shipped yet, so it cannot be returned; you can cancel it instead",
    Status.SHIPPED: "is still on its way; you can return it once it has arrived",
    Status.CANCELLED: "was cancelled and never sent, so it cannot be returned",
}


def check_cancellable(order: Order) -> None:
    """Raises FailedPrecondition (`ORDER_ALREADY_<STAGE>`) unless `order` is pending."""
    if order.status is not Status.PENDING:
        said = f"Order {order.id} {_NOT_CANCELLABLE[order.status]}."
        raise FailedPrecondition(f"ORDER_ALREADY_{order.status}", said, order_id=order.id, status=order.status.value)


def returned_now(order: Order, wanted: list[str]) -> list[Item]:
    """The lines of `order` that `wanted` names by SKU or exact name in any letter case, each once.

    Raises FailedPrecondition (`ORDER_NOT_DELIVERED`, `ORDER_ALREADY_RETURNED`, `ITEM_ALREADY_RETURNED`) and
    InvalidArgument (`ITEM_NOT_IN_ORDER`).
    """
    _check_returnable(order)
    items = list({item.sku: item for item in (_named(order, name) for name in wanted)}.values())
    for item in items:
        if item.returned == item.quantity:
            raise FailedPrecondition(
                "ITEM_ALREADY_RETURNED",
                f"The {item.name} of order {order.id} has already been returned.",
                order_id=order.id,
                item=item.name,
            )
    return items


def _check_returnable(order: Order) -> None:
    if order.status is Status.DELIVERED:
        return
    if order.status is Status.RETURNED:
        said = f"Everything in order {order.id} has already been returned."
        raise FailedPrecondition("ORDER_ALREADY_RETURNED", said, order_id=order.id, status=order.status.value)
    said = f"Order {order.id} {_NOT_RETURNABLE[order.status]}."
    raise FailedPrecondition("ORDER_NOT_DELIVERED", said, order_id=order.id, status=order.status.value)


def _named(order: Order, name: str) -> Item:
    wanted = name.strip().casefold()
    for item in order.items:
        if wanted in (item.sku.casefold(), item.name.casefold()):
            return item
    there = ", ".join(item.name for item in order.items)
    raise InvalidArgument(
        "ITEM_NOT_IN_ORDER",
        f"There is no {name!r} in order {order.id}; it holds: {there}.",
        order_id=order.id,
        item=name,
    )
