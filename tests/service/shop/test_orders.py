"""Orders, as both the order server and the monolith serve them."""

import pytest
from google.protobuf import json_format
from grpc import StatusCode

ERIK = "erik.holm@example.com"
PENDING, SHIPPED, CANCELLED = 1, 2, 4
NOT_PENDING = [("A-1043", "SHIPPED"), ("A-1046", "DELIVERED"), ("A-1047", "CANCELLED"), ("A-1048", "RETURNED")]


def stock(shop, sku: str) -> int:
    return shop.table("products").get(sku)["stock"]


async def test_my_orders_come_newest_first(orders):
    found = (await orders("ListOrders")).orders
    assert [order.id for order in found] == ["A-1042", "A-1043", "A-1046", "A-1045", "A-1044", "A-1047", "A-1048"]


async def test_newest_is_a_matter_of_time_and_not_of_numbers(orders, shop):
    shop.execute("UPDATE orders SET placed_at = '2999-01-01T00:00:00.000000+00:00' WHERE id = 'A-1044'")
    assert [order.id for order in (await orders("ListOrders", limit=2)).orders] == ["A-1044", "A-1042"]


async def test_my_orders_of_one_stage(orders):
    found = (await orders("ListOrders", status=PENDING)).orders
    assert [order.id for order in found] == ["A-1042", "A-1045", "A-1044"]


@pytest.mark.parametrize(("fields", "count"), [({}, 20), ({"limit": 3}, 3), ({"limit": 100}, 24)])
async def test_the_list_is_bounded_by_twenty_unless_told(orders, shop, fields, count):
    for number in range(8000, 8017):
        shop.execute(
            "INSERT INTO orders SELECT ?, customer, 'PENDING', total_minor, currency, address, placed_at, NULL, NULL,"
            " NULL, NULL, '' FROM orders WHERE id = 'A-1042'",
            [f"A-{number}"],
        )
    assert len((await orders("ListOrders", **fields)).orders) == count


@pytest.mark.parametrize("limit", [0, -1, 101])
async def test_other_limits_are_refused(orders, refused, limit):
    assert (await refused(orders("ListOrders", limit=limit))).code is StatusCode.INVALID_ARGUMENT


async def test_somebody_unknown_has_no_orders(orders):
    assert not (await orders.by("new@example.com")("ListOrders")).orders


async def test_an_order_is_shown_with_everything(orders):
    order = (await orders("GetOrder", order_id="A-1046")).order
    assert (order.id, order.status) == ("A-1046", 3)
    assert (order.total.amount_minor, order.total.currency) == (11990, "EUR")
    assert order.placed_at.seconds < order.shipped_at.seconds < order.delivered_at.seconds
    assert [(item.sku, item.name, item.quantity) for item in order.items] == [
        ("JACKET-01", "rain jacket", 1),
        ("BOTTLE-01", "water bottle", 2),
    ]


async def test_what_has_not_happened_is_unset(orders):
    order = (await orders("GetOrder", order_id="A-1042")).order
    assert not order.HasField("shipped_at")
    assert not order.HasField("delivered_at")


@pytest.mark.parametrize("rpc", ["GetOrder", "CancelOrder"])
async def test_anothers_order_is_like_one_that_does_not_exist(orders, refused, shop, rpc):
    theirs = await refused(orders(rpc, order_id="A-1050"))
    none = await refused(orders(rpc, order_id="A-9999"))
    assert theirs.code is none.code is StatusCode.NOT_FOUND
    assert theirs.reason == none.reason == "ORDER_NOT_FOUND"
    assert theirs.message.replace("A-1050", "A-9999") == none.message
    assert theirs.metadata == {"order_id": "A-1050"}
    assert shop.table("orders").get("A-1050")["status"] == "PENDING"


async def test_a_pending_order_is_cancelled_and_its_pieces_go_back(orders, shop):
    lamps, mice = stock(shop, "LAMP-01"), stock(shop, "MOUSE-01")
    order = (await orders("CancelOrder", order_id="A-1042", reason="changed my mind")).order
    assert order.status == CANCELLED
    assert (await orders("GetOrder", order_id="A-1042")).order == order
    assert (stock(shop, "LAMP-01"), stock(shop, "MOUSE-01")) == (lamps + 1, mice + 1)
    kept = shop.table("orders").get("A-1042")
    assert kept["cancel_reason"] == "changed my mind"
    assert kept["cancelled_at"] > kept["placed_at"]


@pytest.mark.parametrize(("order_id", "stage"), NOT_PENDING)
async def test_any_other_is_not_and_nothing_changes(orders, refused, shop, order_id, stage):
    before = list(shop.query("SELECT * FROM products")), shop.table("orders").get(order_id)
    error = await refused(orders("CancelOrder", order_id=order_id))
    assert (error.code, error.reason) == (StatusCode.FAILED_PRECONDITION, f"ORDER_ALREADY_{stage}")
    assert error.metadata == {"order_id": order_id, "status": stage}
    assert before == (list(shop.query("SELECT * FROM products")), shop.table("orders").get(order_id))


@pytest.mark.parametrize("said", ["desk lamp", "Desk Lamp", " LAMP-01 ", "lamp-01"])
async def test_an_order_is_placed_by_name_or_sku(orders, shop, said):
    lamps = stock(shop, "LAMP-01")
    order = (await orders("CreateOrder", sku=said, quantity=2)).order
    assert (order.id, order.status, order.total.amount_minor) == ("A-1084", PENDING, 6980)
    assert [(item.sku, item.quantity) for item in order.items] == [("LAMP-01", 2)]
    assert stock(shop, "LAMP-01") == lamps - 2
    assert shop.table("orders").get("A-1084")["address"] == "7 Mill Lane, 22767 Hamburg"
    assert (await orders("ListOrders", limit=1)).orders[0] == order


async def test_numbers_of_orders_are_never_given_twice(orders, shop):
    first = (await orders("CreateOrder", sku="notebook", quantity=1)).order.id
    shop.execute("DELETE FROM orders WHERE id = ?", [first])
    assert (await orders("CreateOrder", sku="notebook", quantity=1)).order.id == "A-1085"


async def test_an_unknown_product_is_told_with_similar_ones(orders, refused, shop):
    error = await refused(orders("CreateOrder", sku="desk lamps", quantity=1))
    assert (error.code, error.reason) == (StatusCode.NOT_FOUND, "PRODUCT_NOT_FOUND")
    assert error.message.startswith("There is no product 'desk lamps'. Did you mean: desk lamp")
    assert 1 <= len(error.metadata["similar"].split(", ")) <= 3
    assert shop.table("orders").count == 83


async def test_nothing_similar_is_made_up(orders, refused):
    assert (await refused(orders("CreateOrder", sku="xqzjv", quantity=1))).message == "There is no product 'xqzjv'."


@pytest.mark.parametrize(("said", "left"), [("bread knife", 3), ("tea set", 0)])
async def test_more_than_there_is_is_refused_with_how_many_are_left(orders, refused, shop, said, left):
    error = await refused(orders("CreateOrder", sku=said, quantity=4))
    assert (error.code, error.reason) == (StatusCode.FAILED_PRECONDITION, "OUT_OF_STOCK")
    assert error.metadata["left"] == str(left)
    assert ("only 3 left" if left else "none left") in error.message
    assert shop.table("orders").count == 83


async def test_the_last_piece_can_be_had_once(orders, refused, shop):
    await orders("CreateOrder", sku="office chair", quantity=1)
    assert stock(shop, "CHAIR-01") == 0
    assert (await refused(orders("CreateOrder", sku="office chair", quantity=1))).reason == "OUT_OF_STOCK"


async def test_an_order_needs_a_customer_and_an_address(orders, refused, shop):
    assert (await refused(orders.by("new@example.com")("CreateOrder", sku="kettle", quantity=1))).reason == (
        "CUSTOMER_NOT_FOUND"
    )
    shop.execute("UPDATE customers SET address = '' WHERE email = ?", [ERIK])
    error = await refused(orders.by(ERIK)("CreateOrder", sku="kettle", quantity=1))
    assert (error.code, error.reason) == (StatusCode.FAILED_PRECONDITION, "ADDRESS_MISSING")


@pytest.mark.parametrize("rpc", ["ListOrders", "CreateOrder"])
async def test_nobody_asks_in_anothers_name(orders, refused, rpc):
    fields = {"sku": "kettle", "quantity": 1} if rpc == "CreateOrder" else {}
    error = await refused(orders(rpc, email=ERIK, **fields))
    assert error.code is StatusCode.PERMISSION_DENIED


async def test_both_servers_tell_the_same(start, shop):
    async with start("order") as modern, start("legacy") as old:
        for row in shop.query("SELECT email FROM customers"):
            new = json_format.MessageToDict(await modern.by(row["email"])("ListOrders"))
            for item in (item for order in new.get("orders", ()) for item in order["items"]):
                assert item.pop("unitPrice")
            assert new == json_format.MessageToDict(await old.by(row["email"])("ListOrders"))


async def test_prices_of_the_day_stay_with_the_order(order, shop):
    shop.execute("UPDATE products SET price_minor = 1 WHERE sku = 'LAMP-01'")
    lamp = (await order("GetOrder", order_id="A-1042")).order.items[0]
    assert (lamp.unit_price.amount_minor, lamp.unit_price.currency) == (3490, "EUR")
