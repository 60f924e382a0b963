"""Whom a member of support may act for, and with which roles."""

from service_kit.access import STAFF
from service_kit.errors import NotFound, PermissionDenied

SUPPORT = "support"
ROLES = frozenset({"customer", SUPPORT})
"""The roles of an access token for a customer; whatever else the member of support may do, stays with them."""


def check_acting(own: frozenset[str], other: frozenset[str] | None) -> None:
    """Raises unless who has the roles `own` may act for who has the roles `other`; None means no such customer."""
    if SUPPORT not in own:
        raise PermissionDenied("ROLE_MISSING", "Acting for a customer needs the role support.", roles=SUPPORT)
    if other is None:
        raise NotFound("CUSTOMER_NOT_FOUND", "There is no customer with this e-mail in the shop.")
    if other & STAFF:
        raise PermissionDenied("NOT_A_CUSTOMER", "Support acts for customers only, for nobody of the staff.")
