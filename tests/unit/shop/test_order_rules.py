"""order_server/order.py: what may happen to an order in which stage."""

from datetime import UTC, datetime

import pytest

from order_server.order import Item, Money, Order, Status, check_cancellable, returned_now
from service_kit.errors import FailedPrecondition, InvalidArgument

EUR_1 = Money(amount_minor=100, currency="EUR")
LAMP = Item(sku="LAMP-01", name="desk lamp", quantity=2, returned=0, unit_price=EUR_1)
MOUSE = Item(sku="MOUSE-01", name="wireless mouse", quantity=1, returned=0, unit_price=EUR_1)
BACK = Item(sku="KEYS-01", name="keyboard", quantity=1, returned=1, unit_price=EUR_1)


def order(status: Status) -> Order:
    return Order(
        id="A-1",
        status=status,
        total=EUR_1,
        placed_at=datetime(2026, 1, 1, tzinfo=UTC),
        shipped_at=None,
        delivered_at=None,
        items=(LAMP, MOUSE, BACK),
    )


def test_a_pending_order_can_be_cancelled():
    check_cancellable(order(Status.PENDING))


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.PENDING])
def test_any_other_order_cannot_and_the_reason_names_the_stage(status):
    with pytest.raises(FailedPrecondition) as refusal:
        check_cancellable(order(status))
    assert refusal.value.reason == f"ORDER_ALREADY_{status}"
    assert refusal.value.metadata == {"order_id": "A-1", "status": status}


def test_items_are_returned_by_sku_or_name_in_any_letter_case_each_once():
    assert returned_now(order(Status.DELIVERED), ["mouse-01", " Desk LAMP ", "LAMP-01"]) == [MOUSE, LAMP]


@pytest.mark.parametrize("status", [Status.PENDING, Status.SHIPPED, Status.CANCELLED])
def test_what_was_never_delivered_cannot_be_returned(status):
    with pytest.raises(FailedPrecondition) as refusal:
        returned_now(order(status), ["desk lamp"])
    assert refusal.value.reason == "ORDER_NOT_DELIVERED"


def test_what_came_back_whole_cannot_be_returned():
    with pytest.raises(FailedPrecondition) as refusal:
        returned_now(order(Status.RETURNED), ["desk lamp"])
    assert refusal.value.reason == "ORDER_ALREADY_RETURNED"


def test_an_item_that_came_back_cannot_be_returned():
    with pytest.raises(FailedPrecondition) as refusal:
        returned_now(order(Status.DELIVERED), ["desk lamp", "keyboard"])
    assert refusal.value.reason == "ITEM_ALREADY_RETURNED"
    assert refusal.value.metadata["item"] == "keyboard"


def test_an_item_of_another_order_is_told_with_what_there_is():
    with pytest.raises(InvalidArgument) as refusal:
        returned_now(order(Status.DELIVERED), ["lamp"])
    assert refusal.value.reason == "ITEM_NOT_IN_ORDER"
    assert "desk lamp, wireless mouse, keyboard" in refusal.value.message
