"""Orders as they cross the wire."""

from llm_orchestrator.order.v1 import order_pb2

from order_server.order import Item, Money, Order, Status
from service_kit.times import to_timestamp

PREFIX = "ORDER_STATUS_"


def status_of(status: order_pb2.OrderStatus.ValueType) -> Status | None:
    """The stage asked for; None where it is unset."""
    if status == order_pb2.ORDER_STATUS_UNSPECIFIED:
        return None
    return Status(order_pb2.OrderStatus.Name(status).removeprefix(PREFIX))


def order_message(order: Order) -> order_pb2.Order:
    """The order as a message."""
    return order_pb2.Order(
        id=order.id,
        status=order_pb2.OrderStatus.Value(PREFIX + order.status),
        total=_money(order.total),
        placed_at=to_timestamp(order.placed_at),
        shipped_at=to_timestamp(order.shipped_at),
        delivered_at=to_timestamp(order.delivered_at),
        items=[_item(item) for item in order.items],
    )


def _item(item: Item) -> order_pb2.Item:
    return order_pb2.Item(sku=item.sku, name=item.name, quantity=item.quantity, unit_price=_money(item.unit_price))


def _money(money: Money) -> order_pb2.Money:
    return order_pb2.Money(amount_minor=money.amount_minor, currency=money.currency)
