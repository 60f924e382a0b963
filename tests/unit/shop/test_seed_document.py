"""legacy_server/seed: what a document may say, and how each fault is told."""

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

import pytest

from legacy_server.seed.document import SeedError, read_seed

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
SHOP: dict[str, Any] = {
    "users": [{"email": "Kim@Example.com", "name": "Kim Larsen", "address": "3 Canal Street"}],
    "products": [{"sku": "LAMP-01", "name": "desk lamp", "price": "34.90", "stock": 12}],
    "orders": [
        {
            "id": "A-2001",
            "customer": "KIM@example.com",
            "status": "PENDING",
            "placed_days_ago": 2,
            "items": [{"name": "Desk Lamp", "quantity": 2}],
        }
    ],
}


def read(document: object):
    return read_seed(json.dumps(document), NOW)


def order(**fields: object) -> dict[str, Any]:
    """The shop with its order changed; a field of None is left out."""
    changed = deepcopy(SHOP)
    merged = changed["orders"][0] | fields
    changed["orders"][0] = {name: value for name, value in merged.items() if value is not None}
    return changed


def faults(document: object) -> list[str]:
    with pytest.raises(SeedError) as error:
        read(document)
    return list(error.value.faults)


def test_a_plain_order_gets_what_was_not_said():
    (kim,), (placed,) = read(SHOP).customers, read(SHOP).orders
    assert (kim.email, kim.membership, kim.points, kim.newsletter, kim.roles) == (
        *("kim@example.com", "BASIC", 0, False),
        ("customer",),
    )
    assert (placed.customer, placed.total_minor, placed.address) == ("kim@example.com", 6980, "3 Canal Street")
    assert placed.times.placed == NOW - timedelta(days=2)
    assert placed.parcel is None


@pytest.mark.parametrize(
    ("said", "cents"), [("40", 4000), ("39.9", 3990), (39.9, 3990), (40, 4000), ("0.10", 10), (0, 0), (1e2, 10000)]
)
def test_amounts_are_exact(said, cents):
    assert read(order(total=said)).orders[0].total_minor == cents


@pytest.mark.parametrize("said", ["39.999", -1, "forty", True, [], "NaN", "Infinity", "1e999999", 10**12])
def test_other_amounts_are_told(said):
    assert faults(order(total=said)) == [
        'orders[0].total: is not an amount in EUR with at most two decimals, for instance "39.90"'
    ]


def test_a_total_and_a_price_of_ones_own_count():
    (placed,) = read(order(total="50.00", items=[{"sku": "lamp-01", "price": 30}])).orders
    assert (placed.total_minor, placed.items[0].unit_price_minor, placed.items[0].quantity) == (5000, 3000, 1)


def test_times_are_absolute_or_days_ago_with_fractions():
    times = (
        read(
            order(
                status="DELIVERED",
                placed_days_ago=None,
                placed_at="2026-03-01T10:00:00+02:00",
                shipped_at="2026-03-03",
                delivered_days_ago=1.5,
            )
        )
        .orders[0]
        .times
    )
    assert times.placed == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert times.shipped == datetime(2026, 3, 3, tzinfo=UTC)
    assert times.delivered == datetime(2026, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "shipped_ago", "delivered_ago"),
    [
        ({"placed_days_ago": 10}, 9, 6),
        ({"placed_days_ago": 10, "shipped_days_ago": 2}, 2, 0),
        ({"placed_days_ago": 10, "delivered_days_ago": 9.5}, 9.5, 9.5),
        ({"placed_days_ago": None, "delivered_days_ago": 8}, 8, 8),
        ({"placed_days_ago": None}, 0, 0),
    ],
)
def test_times_that_are_not_given_are_filled_in(said, shipped_ago, delivered_ago):
    times = read(order(status="delivered", **said)).orders[0].times
    assert times.shipped == NOW - timedelta(days=shipped_ago)
    assert times.delivered == NOW - timedelta(days=delivered_ago)


@pytest.mark.parametrize("in_days", [2, -1, 0.5])
def test_the_estimate_is_in_days_from_now(in_days):
    times = read(order(estimated_delivery_in_days=in_days)).orders[0].times
    assert times.estimated_delivery == NOW + timedelta(days=in_days)


def test_what_shipped_gets_carrier_tracking_number_and_invoice():
    (sent,) = read(order(status="SHIPPED", shipped_days_ago=1, invoice=None)).orders
    assert sent.parcel is not None
    assert (sent.parcel.carrier, sent.parcel.tracking_number) == ("Swift Parcel", "SP000002001")
    assert sent.parcel.invoice == "INV-2026-A2001"


def test_everything_of_a_returned_order_came_back():
    assert read(order(status="RETURNED")).orders[0].items[0].returned == 2


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"id": None}, "orders[0].id: is missing"),
        ({"id": "1042"}, "orders[0].id: '1042' is not valid; it looks like A-1042"),
        ({"id": 1042}, "orders[0].id: is not a text"),
        ({"status": "LOST"}, "orders[0].status: 'LOST' is none of PENDING, SHIPPED, DELIVERED, RETURNED, CANCELLED"),
        ({"customer": "who@example.com"}, "orders[0].customer: unknown customer 'who@example.com'"),
        ({"items": None}, "orders[0].items: needs at least one item"),
        ({"items": {}}, "orders[0].items: is not a list"),
        ({"items": ["desk lamp"]}, "orders[0].items[0]: is not an object"),
        ({"items": [{"sku": "LAMP-99"}]}, "orders[0].items[0].sku: unknown product 'LAMP-99'"),
        ({"items": [{"name": "lamp"}]}, "orders[0].items[0].name: unknown product 'lamp'"),
        ({"items": [{"quantity": 1}]}, "orders[0].items[0].sku: is missing"),
        (
            {"items": [{"sku": "LAMP-01", "name": "desk lamp"}]},
            "orders[0].items[0].name: is given beside sku; give one of them",
        ),
        (
            {"items": [{"sku": "LAMP-01", "quantity": 0}]},
            "orders[0].items[0].quantity: is not a whole number from 1 to 999",
        ),
        (
            {"items": [{"sku": "LAMP-01", "quantity": 1.5}]},
            "orders[0].items[0].quantity: is not a whole number from 1 to 999",
        ),
        (
            {"items": [{"sku": "LAMP-01", "returned": 2}]},
            "orders[0].items[0].returned: is not a whole number from 0 to 1",
        ),
        (
            {"items": [{"sku": "LAMP-01"}, {"name": "desk lamp"}]},
            "orders[0].items[1]: LAMP-01 stands here twice; raise the quantity instead",
        ),
        ({"placed_days_ago": -1}, "orders[0].placed_days_ago: is not a number from 0 to 36500"),
        ({"placed_days_ago": "2"}, "orders[0].placed_days_ago: is not a number from 0 to 36500"),
        (
            {"placed_at": "2026-03-01"},
            "orders[0].placed_at: is given beside placed_days_ago; give one of them",
        ),
        (
            {"placed_days_ago": None, "placed_at": "yesterday"},
            "orders[0].placed_at: is not a time like 2026-03-31T14:05:00Z",
        ),
        ({"placed_days_ago": None, "placed_at": "2026-04-01"}, "orders[0].placed_at: lies in the future"),
        (
            {"placed_days_ago": None, "placed_at": "0001-01-01"},
            "orders[0].placed_at: is not between the years 1900 and 2200",
        ),
        (
            {"status": "SHIPPED", "shipped_days_ago": 3},
            "orders[0].shipped_days_ago: lies before what must have happened first",
        ),
        (
            {"delivered_days_ago": 1},
            "orders[0].delivered_days_ago: is given, but an order that is PENDING was never delivered",
        ),
        (
            {"estimated_delivery_in_days": 1, "estimated_delivery_at": "2026-05-05"},
            "orders[0].estimated_delivery_at: is given beside estimated_delivery_in_days; give one of them",
        ),
        ({"carrier": "Northline"}, "orders[0].carrier: is given, but the order never shipped"),
        ({"invoice": "INV-1"}, "orders[0].invoice: is given, but the order never shipped"),
        ({"note": 5}, "orders[0].note: is not a text"),
        ({"cancel_reason": "x" * 301}, f"orders[0].cancel_reason: '{'x' * 60}' is not valid"),
    ],
)
def test_faults_of_an_order_are_told_with_their_path(fields, fault):
    assert fault in faults(order(**fields))


def test_an_unknown_field_is_told_with_the_known_ones():
    (fault,) = faults(order(placed="yesterday"))
    assert fault.startswith("orders[0].placed: is not known here; there are id, customer, status, items")


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (("users",), [], "users: needs at least one user"),
        (("users",), None, "users: needs at least one user"),
        (("users", 0), "Kim", "users[0]: is not an object"),
        (("users", 0, "email"), "kim", "users[0].email: 'kim' is not valid; it looks like dana.fields@example.com"),
        (("users", 0, "name"), None, "users[0].name: is missing"),
        (("users", 0, "points"), -1, "users[0].points: is not a whole number from 0 to 1000000000"),
        (("users", 0, "points"), True, "users[0].points: is not a whole number from 0 to 1000000000"),
        (("users", 0, "newsletter"), "yes", "users[0].newsletter: is neither true nor false"),
        (("users", 0, "membership"), "PLATINUM", "users[0].membership: 'PLATINUM' is none of BASIC, SILVER, GOLD"),
        (("users", 0, "roles"), ["king"], "users[0].roles[0]: 'king' is none of CUSTOMER, SUPPORT, ADMIN"),
        (("users", 0, "roles"), "admin", "users[0].roles: is not a list"),
        (("products",), {}, "products: is not a list"),
        (("products", 0, "sku"), None, "products[0].sku: is missing"),
        (("products", 0, "price"), None, "products[0].price: is missing"),
        (("products", 0, "stock"), "many", "products[0].stock: is not a whole number from 0 to 1000000000"),
        (("orders",), "none", "orders: is not a list"),
        (("shipments",), [], "shipments: is not known here; there are users, products, orders"),
    ],
)
def test_faults_elsewhere_are_told_with_their_path(place, value, fault):
    document = deepcopy(SHOP)
    target: Any = document
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = value
    assert fault in faults(document)


def test_what_must_be_unique_is():
    document = deepcopy(SHOP)
    document["users"].append({"email": "kim@example.com", "name": "Kim Again"})
    document["products"].append({"sku": "DESK LAMP", "name": "other lamp", "price": 1, "stock": 1})
    document["orders"] = [
        SHOP["orders"][0] | {"status": "SHIPPED", "invoice": "INV-1"},
        SHOP["orders"][0] | {"status": "SHIPPED", "invoice": "INV-1"},
    ]
    assert faults(document) == [
        "users: the email 'kim@example.com' is there 2 times",
        "products: the SKU or name 'desk lamp' is there 2 times",
        "orders: the id 'A-2001' is there 2 times",
        "orders: the invoice 'INV-1' is there 2 times",
    ]


def test_the_documented_example_is_a_seed():
    text = (files("legacy_server") / "SEED.md").read_text(encoding="utf-8")
    example = text.partition("```json\n")[2].partition("```")[0]
    seed = read_seed(example, datetime.now(UTC))
    assert [order.total_minor for order in seed.orders] == [6980, 3000]


def test_all_faults_are_told_at_once():
    assert len(faults(order(id="x", status="LOST", customer="who@example.com", total="much"))) == 4


@pytest.mark.parametrize(
    "text", ["", "{", "[1,]", '{"users": NaN}', '{"users": [], "users": []}', "[" * 100_000, "1" * 5000, "\ufeff{}"]
)
def test_what_is_no_json_is_told(text):
    with pytest.raises(SeedError, match="the document is not valid JSON"):
        read_seed(text, NOW)


@pytest.mark.parametrize("text", ["[]", "null", "3", '"shop"'])
def test_what_is_no_object_is_told(text):
    with pytest.raises(SeedError, match="the document is not an object"):
        read_seed(text, NOW)
