"""Reads the orders of a seed; customers and products are known by then."""

from collections.abc import Mapping
from datetime import datetime

from legacy_server.seed.node import Node
from legacy_server.seed.times import ALL_EVENTS, EVENTS, order_times
from legacy_server.seed.values import Customer, Item, Order, Parcel, Product, Times

ID_PATTERN = r"[A-Z]-[0-9]{3,8}"
TIME_FIELDS = tuple(f"{event}_{form}" for event in ALL_EVENTS for form in ("at", "days_ago"))
PARCEL_FIELDS = ("carrier", "tracking_number", "note", "invoice")
ORDER_FIELDS = (
    *("id", "customer", "status", "items", "total", "address", "cancel_reason"),
    *TIME_FIELDS,
    *("estimated_delivery_at", "estimated_delivery_in_days"),
    *PARCEL_FIELDS,
)
DEFAULT_CARRIER = "Swift Parcel"


def read_order(
    node: Node, customers: Mapping[str, Customer], products: Mapping[str, Product], now: datetime
) -> Order | None:
    """One order, faults noted in `node`; None where it cannot even be guessed at.

    `customers` go by e-mail, `products` by SKU and by name, all in lower case.
    """
    if not node.only(*ORDER_FIELDS):
        return None
    status = node.field("status").choice(tuple(EVENTS)) or "PENDING"
    order_id = node.field("id").text(pattern=ID_PATTERN, like="A-1042")
    times = order_times(node, status, now)
    items = _items(node.field("items"), products, is_all_back=status == "RETURNED")
    customer = _customer(node.field("customer"), customers)
    return Order(
        id=order_id,
        customer=customer.email if customer else "",
        status=status,
        address=node.field("address").text(customer.address if customer else ""),
        total_minor=_total(node.field("total"), items),
        times=times,
        cancel_reason=node.field("cancel_reason").text("", pattern=r".{1,300}"),
        items=items,
        parcel=_parcel(node, order_id, times),
    )


def _customer(node: Node, customers: Mapping[str, Customer]) -> Customer | None:
    email = node.text().lower()
    if email and email not in customers:
        node.fault(f"unknown customer {email!r}")
    return customers.get(email)


def _items(node: Node, products: Mapping[str, Product], *, is_all_back: bool) -> tuple[Item, ...]:
    items: dict[str, Item] = {}
    elements = node.elements()
    if not elements:
        node.fault("needs at least one item")
    for element in elements:
        item = _item(element, products, is_all_back=is_all_back)
        if item is None:
            continue
        if item.sku in items:
            element.fault(f"{item.sku} stands here twice; raise the quantity instead")
        items[item.sku] = item
    return tuple(items.values())


def _item(node: Node, products: Mapping[str, Product], *, is_all_back: bool) -> Item | None:
    if not node.only("sku", "name", "quantity", "price", "returned"):
        return None
    product = _product(node, products)
    quantity = node.field("quantity").whole(1, lowest=1, highest=999)
    returned = node.field("returned").whole(quantity if is_all_back else 0, highest=quantity)
    price = node.field("price").cents() if node.field("price").is_given else None
    if product is None:
        return None
    unit_price = product.price_minor if price is None else price
    return Item(sku=product.sku, quantity=quantity, unit_price_minor=unit_price, returned=returned)


def _product(node: Node, products: Mapping[str, Product]) -> Product | None:
    sku, name = node.field("sku"), node.field("name")
    if sku.is_given and name.is_given:
        name.fault("is given beside sku; give one of them")
    said = sku if sku.is_given or not name.is_given else name
    text = said.text()
    if text and text.lower() not in products:
        said.fault(f"unknown product {text!r}")
    return products.get(text.lower())


def _total(node: Node, items: tuple[Item, ...]) -> int:
    return node.cents() if node.is_given else sum(item.quantity * item.unit_price_minor for item in items)


def _parcel(node: Node, order_id: str, times: Times) -> Parcel | None:
    """Nothing of a parcel may be given before it shipped."""
    if times.shipped is None:
        for name in PARCEL_FIELDS:
            if node.field(name).text(""):
                node.field(name).fault("is given, but the order never shipped")
        return None
    letter, _, digits = order_id.partition("-")
    return Parcel(
        carrier=node.field("carrier").text(DEFAULT_CARRIER),
        tracking_number=node.field("tracking_number").text(f"SP{digits:0>9}"),
        note=node.field("note").text(""),
        invoice=node.field("invoice").text(f"INV-{times.shipped.year}-{letter}{digits}"),
    )
