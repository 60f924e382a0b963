"""shipping_server/shipment.py: when a parcel is expected and whether it can go elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest

from service_kit.errors import FailedPrecondition
from shipping_server.shipment import Shipment, Status, check_redirectable, estimate_of

NOW = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)


def shipment(
    status: Status, placed_days_ago: float = 1, estimate: datetime | None = None, delivered: datetime | None = None
) -> Shipment:
    return Shipment(
        order_id="A-1",
        status=status,
        carrier="",
        tracking_number="",
        note="",
        address="",
        placed_at=NOW - timedelta(days=placed_days_ago),
        shipped_at=None,
        delivered_at=delivered,
        estimate=estimate,
    )


@pytest.mark.parametrize("status", [Status.PENDING, Status.SHIPPED])
def test_without_an_estimate_it_is_five_days_from_placing(status):
    estimate = estimate_of(shipment(status, placed_days_ago=2), NOW)
    assert estimate.expected_at == NOW + timedelta(days=3)
    assert estimate.days_left == 3


def test_the_stored_estimate_counts_and_days_are_those_of_the_calendar():
    soon = NOW + timedelta(hours=1)
    estimate = estimate_of(shipment(Status.SHIPPED, estimate=soon), NOW)
    assert (estimate.expected_at, estimate.days_left) == (soon, 1)


def test_an_overdue_order_has_no_days_left_and_never_fewer():
    assert estimate_of(shipment(Status.SHIPPED, placed_days_ago=30), NOW).days_left == 0


def test_a_delivered_order_tells_when_it_arrived_and_expects_nothing():
    arrived = NOW - timedelta(days=1)
    estimate = estimate_of(shipment(Status.DELIVERED, delivered=arrived, estimate=NOW), NOW)
    assert (estimate.delivered_at, estimate.expected_at, estimate.days_left) == (arrived, None, 0)


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.RETURNED])
def test_nothing_is_estimated_for_what_is_not_under_way(status):
    with pytest.raises(FailedPrecondition) as refusal:
        estimate_of(shipment(status), NOW)
    assert refusal.value.reason == "ORDER_NOT_UNDER_WAY"


def test_a_pending_order_can_go_elsewhere():
    check_redirectable(shipment(Status.PENDING))


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.PENDING])
def test_any_other_cannot_and_the_reason_names_the_stage(status):
    with pytest.raises(FailedPrecondition) as refusal:
        check_redirectable(shipment(status))
    assert refusal.value.reason == f"ORDER_ALREADY_{status}"
