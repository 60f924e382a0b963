"""Shipments as they cross the wire."""

from llm_orchestrator.shipping.v1 import shipping_pb2

from service_kit.times import to_timestamp
from shipping_server.shipment import Estimate, Shipment, Status


def shipment_message(shipment: Shipment) -> shipping_pb2.Shipment:
    """The shipment as a message."""
    return shipping_pb2.Shipment(
        order_id=shipment.order_id,
        status=_status(shipment.status),
        carrier=shipment.carrier,
        tracking_number=shipment.tracking_number,
        shipped_at=to_timestamp(shipment.shipped_at),
        delivered_at=to_timestamp(shipment.delivered_at),
        estimated_delivery_at=to_timestamp(shipment.expected_at),
        address=shipment.address,
        note=shipment.note,
    )


def estimate_message(estimate: Estimate) -> shipping_pb2.EstimateDeliveryResponse:
    """The estimate as a response."""
    return shipping_pb2.EstimateDeliveryResponse(
        order_id=estimate.order_id,
        status=_status(estimate.status),
        estimated_delivery_at=to_timestamp(estimate.expected_at),
        days_left=estimate.days_left,
        delivered_at=to_timestamp(estimate.delivered_at),
    )


def _status(status: Status) -> shipping_pb2.OrderStatus.ValueType:
    return shipping_pb2.OrderStatus.Value("ORDER_STATUS_" + status)
