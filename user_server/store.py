"""Profiles in the shop's database, and what sign-in needs to know of a customer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlite_utils

from service_kit.errors import NotFound
from service_kit.shared_schema import SharedDatabase

SHOP = SharedDatabase(name="shop", version=1, prepared_by="python -m legacy_server.admin init")


class Membership(StrEnum):
    """The levels of membership, lowest first."""

    BASIC = "BASIC"
    SILVER = "SILVER"
    GOLD = "GOLD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One customer; `email` is lower case, phone and address are empty where there is none."""

    email: str
    name: str
    phone: str
    address: str
    membership: Membership
    member_since: datetime


def get_profile(db: sqlite_utils.Database, email: str) -> Profile:
    """The customer's profile. Raises NotFound (`CUSTOMER_NOT_FOUND`)."""
    for row in db.table("customers").rows_where("email = ?", [email]):
        return Profile(
            email=row["email"],
            name=row["name"],
            phone=row["phone"],
            address=row["address"],
            membership=Membership(row["membership"]),
            member_since=datetime.fromisoformat(row["member_since"]),
        )
    raise NotFound("CUSTOMER_NOT_FOUND", "There is no customer with your e-mail in the shop.")


def update_phone(db: sqlite_utils.Database, email: str, phone: str) -> Profile:
    """The profile after it got another phone number. Raises NotFound (`CUSTOMER_NOT_FOUND`)."""
    get_profile(db, email)
    db.table("customers").update(email, {"phone": phone})
    return get_profile(db, email)


def update_address(db: sqlite_utils.Database, email: str, address: str) -> Profile:
    """The profile after it got another address; orders keep theirs. Raises NotFound (`CUSTOMER_NOT_FOUND`)."""
    get_profile(db, email)
    db.table("customers").update(email, {"address": address})
    return get_profile(db, email)


def roles_of(db: sqlite_utils.Database, email: str) -> frozenset[str] | None:
    """The roles of the customer with the lower-case `email`; None where there is no such customer."""
    if db.table("customers").count_where("email = ?", [email]) == 0:
        return None
    return frozenset(row["role"] for row in db.table("customer_roles").rows_where("email = ?", [email]))
