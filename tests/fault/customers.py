"""A shop with as many customers as a fault test wants, all alike: nobody's orders are changed by another's test."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FIRST_ORDER = 20_000
SHIPPED = {"status": "SHIPPED", "tracking_number": "SP000000001"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One of them: with an order of yesterday, two of weeks ago and one on its way."""

    number: int

    @property
    def email(self) -> str:
        return f"customer{self.number}@example.com"

    @property
    def orders(self) -> dict[str, str]:
        """Ids by what the order is."""
        first = FIRST_ORDER + 10 * self.number
        return {name: f"A-{first + place}" for place, name in enumerate(("recent", "old", "older", "shipped"))}

    def words(self, text: str) -> str:
        """`text` with the customer's own orders in it."""
        return text.format(**self.orders)

    def anonymous(self, text: str) -> str:
        """The other way: `text` of anybody."""
        for name, order in self.orders.items():
            text = text.replace(order, f"{{{name}}}")
        return text


def seed_of(count: int) -> Mapping[str, object]:
    """A seed of `count` customers, numbered from 0."""
    customers = [Customer(number=number) for number in range(count)]
    return {
        "users": [_user(customer) for customer in customers],
        "products": [
            {"sku": "LAMP-01", "name": "desk lamp", "price": "34.90", "stock": 1_000},
            {"sku": "SOCKS-01", "name": "running socks", "price": "9.80", "stock": 1_000},
        ],
        "orders": [order for customer in customers for order in _orders(customer)],
    }


def _user(customer: Customer) -> dict[str, Any]:
    return {"email": customer.email, "name": f"Customer {customer.number}", "address": "7 Mill Lane, 22767 Hamburg"}


def _orders(customer: Customer) -> list[dict[str, Any]]:
    lamp, socks = {"name": "desk lamp", "quantity": 2}, {"name": "running socks", "quantity": 3}
    shared = {"customer": customer.email, "status": "PENDING"}
    return [
        shared | {"id": customer.orders["recent"], "placed_days_ago": 1, "items": [lamp]},
        shared | {"id": customer.orders["old"], "placed_days_ago": 20, "items": [lamp, socks]},
        shared | {"id": customer.orders["older"], "placed_days_ago": 30, "items": [socks]},
        shared | {"id": customer.orders["shipped"], "placed_days_ago": 3, "items": [socks]} | SHIPPED,
    ]
