"""The monolith's things as they cross the wire."""

from llm_orchestrator.legacy.v1 import legacy_pb2

from legacy_server.store.customers import Customer
from legacy_server.store.orders import Order
from legacy_server.store.parcels import Invoice, Shipment
from service_kit.times import to_timestamp

STATUS_PREFIX = "ORDER_STATUS_"


def status_of(status: legacy_pb2.OrderStatus.ValueType) -> str | None:
    """The stage asked for; None where it is unset."""
    if status == legacy_pb2.ORDER_STATUS_UNSPECIFIED:
        return None
    return legacy_pb2.OrderStatus.Name(status).removeprefix(STATUS_PREFIX)


def profile_message(customer: Customer) -> legacy_pb2.Profile:
    """The customer's profile as a message."""
    return legacy_pb2.Profile(
        email=customer.email,
        name=customer.name,
        phone=customer.phone,
        address=customer.address,
        membership=legacy_pb2.Membership.Value("MEMBERSHIP_" + customer.membership),
        member_since=to_timestamp(customer.member_since),
    )


def order_message(order: Order) -> legacy_pb2.Order:
    """The order as a message."""
    return legacy_pb2.Order(
        id=order.id,
        status=_status(order.status),
        total=_money(order.total_minor, order.currency),
        placed_at=to_timestamp(order.placed_at),
        shipped_at=to_timestamp(order.shipped_at),
        delivered_at=to_timestamp(order.delivered_at),
        items=[legacy_pb2.Item(sku=item.sku, name=item.name, quantity=item.quantity) for item in order.items],
    )


def shipment_message(shipment: Shipment) -> legacy_pb2.Shipment:
    """The shipment as a message."""
    return legacy_pb2.Shipment(
        order_id=shipment.order_id,
        status=_status(shipment.status),
        carrier=shipment.carrier,
        tracking_number=shipment.tracking_number,
        shipped_at=to_timestamp(shipment.shipped_at),
        delivered_at=to_timestamp(shipment.delivered_at),
        estimated_delivery_at=to_timestamp(shipment.expected_at),
    )


def invoice_message(invoice: Invoice) -> legacy_pb2.Invoice:
    """The invoice as a message."""
    return legacy_pb2.Invoice(
        number=invoice.number,
        order_id=invoice.order_id,
        total=_money(invoice.total_minor, invoice.currency),
        issued_at=to_timestamp(invoice.issued_at),
        billed_to=invoice.billed_to,
    )


def _status(status: str) -> legacy_pb2.OrderStatus.ValueType:
    return legacy_pb2.OrderStatus.Value(STATUS_PREFIX + status)


def _money(amount_minor: int, currency: str) -> legacy_pb2.Money:
    return legacy_pb2.Money(amount_minor=amount_minor, currency=currency)
