"""What a seed holds once it is read: references resolved, times absolute, money in cents."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One customer; `email` is lower case."""

    email: str
    name: str
    phone: str
    address: str
    membership: str
    points: int
    newsletter: bool
    roles: tuple[str, ...]
    member_since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One product, priced in EUR cents."""

    sku: str
    name: str
    price_minor: int
    stock: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of an order; `returned` pieces of it came back."""

    sku: str
    quantity: int
    unit_price_minor: int
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When things happened to an order; None where they have not."""

    placed: datetime
    shipped: datetime | None
    delivered: datetime | None
    cancelled: datetime | None
    estimated_delivery: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What exists of an order from the day it ships: the shipment and the invoice."""

    carrier: str
    tracking_number: str
    note: str
    invoice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order; `parcel` is None before it ships."""

    id: str
    customer: str
    status: str
    address: str
    total_minor: int
    times: Times
    cancel_reason: str
    items: tuple[Item, ...]
    parcel: Parcel | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A whole shop."""

    customers: tuple[Customer, ...]
    products: tuple[Product, ...]
    orders: tuple[Order, ...]
