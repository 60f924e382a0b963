"""Customers: profile, points, newsletter."""

from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from service_kit.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One customer; `email` is lower case, phone and address are empty where there is none."""

    email: str
    name: str
    phone: str
    address: str
    membership: str
    points: int
    newsletter: bool
    member_since: datetime


def get_customer(db: sqlite_utils.Database, email: str) -> Customer:
    """The customer. Raises NotFound (`CUSTOMER_NOT_FOUND`)."""
    for row in db.table("customers").rows_where("email = ?", [email]):
        return Customer(
            email=row["email"],
            name=row["name"],
            phone=row["phone"],
            address=row["address"],
            membership=row["membership"],
            points=row["points"],
            newsletter=bool(row["newsletter"]),
            member_since=datetime.fromisoformat(row["member_since"]),
        )
    raise NotFound("CUSTOMER_NOT_FOUND", "There is no customer with your e-mail in the shop.")


def update_phone(db: sqlite_utils.Database, email: str, phone: str) -> Customer:
    """The customer after a change of phone number."""
    return _update(db, email, {"phone": phone})


def update_address(db: sqlite_utils.Database, email: str, address: str) -> Customer:
    """The customer after a change of address; orders keep theirs."""
    return _update(db, email, {"address": address})


def unsubscribe(db: sqlite_utils.Database, email: str) -> bool:
    """Takes the customer off the newsletter; says whether they were on it."""
    was_subscribed = get_customer(db, email).newsletter
    _update(db, email, {"newsletter": False})
    return was_subscribed


def _update(db: sqlite_utils.Database, email: str, changes: dict[str, str | bool]) -> Customer:
    get_customer(db, email)
    db.table("customers").update(email, changes)
    return get_customer(db, email)
