"""Reads a whole seed from JSON text; the format is in SEED.md."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from legacy_server.seed.node import Node
from legacy_server.seed.orders import read_order
from legacy_server.seed.times import past
from legacy_server.seed.values import Customer, Order, Product, Seed

MEMBERSHIPS = ("BASIC", "SILVER", "GOLD")
ROLES = ("CUSTOMER", "SUPPORT", "ADMIN")
EMAIL_PATTERN = r"[^@\s]+@[^@\s]+"
USER_FIELDS = (
    *("email", "name", "phone", "address", "membership", "points", "newsletter", "roles"),
    *("member_since", "member_since_days_ago"),
)


class SeedError(Exception):
    """The document is no seed. The message has one line for each fault, with its path; nothing was loaded."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def read_seed(text: str, now: datetime) -> Seed:
    """The seed in the JSON `text`, with days counted from `now` (aware). Raises SeedError with every fault."""
    faults: list[str] = []
    root = Node(_parsed(text), "", faults)
    seed = _seed(root, now)
    if faults:
        raise SeedError(faults)
    return seed


def _seed(root: Node, now: datetime) -> Seed:
    root.only("users", "products", "orders")
    users, goods, placed = (root.field(name).elements() for name in ("users", "products", "orders"))
    if isinstance(root.value, dict) and not users:
        root.field("users").fault("needs at least one user")
    customers = [_customer(node, now) for node in users if node.only(*USER_FIELDS)]
    products = [_product(node) for node in goods if node.only("sku", "name", "price", "stock")]
    by_email = {customer.email: customer for customer in customers}
    by_word = {word.lower(): product for product in products for word in (product.sku, product.name)}
    orders = [order for node in placed if (order := read_order(node, by_email, by_word, now))]
    _check_unique(root, customers, products, orders)
    return Seed(customers=tuple(customers), products=tuple(products), orders=tuple(orders))


def _customer(node: Node, now: datetime) -> Customer:
    return Customer(
        email=node.field("email").text(pattern=EMAIL_PATTERN, like="dana.fields@example.com").lower(),
        name=node.field("name").text(),
        phone=node.field("phone").text("", pattern=r".{1,40}"),
        address=node.field("address").text(""),
        membership=node.field("membership").choice(MEMBERSHIPS, "BASIC"),
        points=node.field("points").whole(0),
        newsletter=node.field("newsletter").flag(default=False),
        roles=_roles(node.field("roles")),
        member_since=past(node, "member_since", "member_since_days_ago", now) or now,
    )


def _roles(node: Node) -> tuple[str, ...]:
    given = [element.choice(ROLES).lower() for element in node.elements()]
    return tuple(dict.fromkeys(given)) if node.is_given else ("customer",)


def _product(node: Node) -> Product:
    return Product(
        sku=node.field("sku").text(pattern=r".{2,80}"),
        name=node.field("name").text(pattern=r".{2,80}"),
        price_minor=node.field("price").cents(),
        stock=node.field("stock").whole(),
    )


def _check_unique(root: Node, customers: list[Customer], products: list[Product], orders: list[Order]) -> None:
    """A SKU and a name share one space, because either may be said for a product."""
    invoices = (order.parcel.invoice for order in orders if order.parcel)
    words = (word.lower() for product in products for word in {product.sku, product.name})
    _check_once(root.field("users"), "email", (customer.email for customer in customers))
    _check_once(root.field("products"), "SKU or name", words)
    _check_once(root.field("orders"), "id", (order.id for order in orders))
    _check_once(root.field("orders"), "invoice", invoices)


def _check_once(node: Node, what: str, values: Iterable[str]) -> None:
    for value, times in Counter(values).items():
        if value and times > 1:
            node.fault(f"the {what} {value!r} is there {times} times")


def _parsed(text: str) -> object:
    """JSON as the standard has it: no NaN, no field twice; fractions exact."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise SeedError([f"the document is not valid JSON: {error}"]) from error


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not a JSON number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if twice:
        raise ValueError(f"the field {twice[0]!r} is there twice in one object")
    return dict(pairs)
