"""Returning items, which only the order server offers."""

import pytest
from grpc import StatusCode

DELIVERED, RETURNED = 3, 5


async def test_items_come_back_one_after_the_other(order):
    first = await order("ReturnItems", order_id="A-1046", items=["Rain Jacket"])
    assert (list(first.returned), first.order.status) == (["rain jacket"], DELIVERED)
    second = await order("ReturnItems", order_id="A-1046", items=["bottle-01"])
    assert (list(second.returned), second.order.status) == (["water bottle"], RETURNED)
    assert (await order("GetOrder", order_id="A-1046")).order == second.order


async def test_everything_comes_back_at_once_and_the_stock_waits(order, shop):
    before = list(shop.query("SELECT * FROM products"))
    done = await order("ReturnItems", order_id="A-1046", items=["rain jacket", "water bottle", "JACKET-01"])
    assert (list(done.returned), done.order.status) == (["rain jacket", "water bottle"], RETURNED)
    assert before == list(shop.query("SELECT * FROM products"))


async def test_the_age_of_a_delivery_does_not_matter(order):
    done = await order.by("erik.holm@example.com")("ReturnItems", order_id="A-1049", items=["office chair"])
    assert done.order.status == RETURNED


@pytest.mark.parametrize(
    ("order_id", "items", "code", "reason"),
    [
        ("A-1042", ["desk lamp"], StatusCode.FAILED_PRECONDITION, "ORDER_NOT_DELIVERED"),
        ("A-1043", ["headphones"], StatusCode.FAILED_PRECONDITION, "ORDER_NOT_DELIVERED"),
        ("A-1047", ["kettle"], StatusCode.FAILED_PRECONDITION, "ORDER_NOT_DELIVERED"),
        ("A-1048", ["keyboard"], StatusCode.FAILED_PRECONDITION, "ORDER_ALREADY_RETURNED"),
        ("A-1046", ["rain jacket", "kettle"], StatusCode.INVALID_ARGUMENT, "ITEM_NOT_IN_ORDER"),
        ("A-1046", [], StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST"),
        ("A-1049", ["office chair"], StatusCode.NOT_FOUND, "ORDER_NOT_FOUND"),
        ("A-9999", ["office chair"], StatusCode.NOT_FOUND, "ORDER_NOT_FOUND"),
    ],
)
async def test_what_cannot_come_back_is_refused_and_nothing_changes(
    order, refused, shop, order_id, items, code, reason
):
    before = list(shop.query("SELECT * FROM order_items"))
    error = await refused(order("ReturnItems", order_id=order_id, items=items))
    assert (error.code, error.reason) == (code, reason)
    assert before == list(shop.query("SELECT * FROM order_items"))


async def test_an_item_comes_back_once(order, refused):
    await order("ReturnItems", order_id="A-1046", items=["rain jacket"])
    error = await refused(order("ReturnItems", order_id="A-1046", items=["water bottle", "rain jacket"]))
    assert (error.code, error.reason) == (StatusCode.FAILED_PRECONDITION, "ITEM_ALREADY_RETURNED")


async def test_a_seeded_partial_return_is_known(order, refused):
    erik = order.by("erik.holm@example.com")
    done = await erik("ReturnItems", order_id="A-1052", items=["bread knife", "water bottle"])
    assert done.order.status == RETURNED
    assert (await refused(erik("ReturnItems", order_id="A-1052", items=["bread knife"]))).reason == (
        "ORDER_ALREADY_RETURNED"
    )
