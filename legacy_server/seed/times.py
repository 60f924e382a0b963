"""Times of a seed: absolute (`placed_at`, ISO 8601) or counted back from the moment of loading (`placed_days_ago`)."""

from datetime import UTC, datetime, timedelta

from legacy_server.seed.node import Node
from legacy_server.seed.values import Times

LONGEST_DAYS = 36_500
FIRST_YEAR, LAST_YEAR = 1900, 2200
DAY = timedelta(days=1)

ALL_EVENTS = ("placed", "shipped", "delivered", "cancelled")

EVENTS = {
    "PENDING": (),
    "SHIPPED": ("shipped",),
    "DELIVERED": ("shipped", "delivered"),
    "RETURNED": ("shipped", "delivered"),
    "CANCELLED": ("cancelled",),
}
"""What has happened to an order in each stage, beside being placed."""


def order_times(order: Node, status: str, now: datetime) -> Times:
    """The times of an order in the stage `status`; what is not given is filled in as SEED.md says."""
    given = {event: past(order, f"{event}_at", f"{event}_days_ago", now) for event in ALL_EVENTS}
    _check(order, status, given)
    known = [moment for moment in given.values() if moment is not None]
    placed = given["placed"] or min(known, default=now) - DAY
    latest = given["delivered"] or now
    shipped = given["shipped"] or min(placed + DAY, latest)
    return Times(
        placed=placed,
        shipped=shipped if "shipped" in EVENTS[status] else None,
        delivered=(given["delivered"] or min(shipped + 3 * DAY, now)) if "delivered" in EVENTS[status] else None,
        cancelled=(given["cancelled"] or min(placed + DAY, now)) if "cancelled" in EVENTS[status] else None,
        estimated_delivery=_estimate(order, now),
    )


def past(node: Node, at_name: str, ago_name: str, now: datetime) -> datetime | None:
    """When something happened, from the one of two fields that is given; None where neither is."""
    at, days_ago = node.field(at_name), node.field(ago_name)
    if at.is_given and days_ago.is_given:
        at.fault(f"is given beside {ago_name}; give one of them")
    if days_ago.is_given:
        return now - timedelta(days=days_ago.number(0, LONGEST_DAYS))
    moment = _absolute(at) if at.is_given else None
    if moment is not None and moment > now:
        at.fault("lies in the future")
    return moment


def _estimate(order: Node, now: datetime) -> datetime | None:
    at, in_days = order.field("estimated_delivery_at"), order.field("estimated_delivery_in_days")
    if at.is_given and in_days.is_given:
        at.fault("is given beside estimated_delivery_in_days; give one of them")
    if in_days.is_given:
        return now + timedelta(days=in_days.number(-LONGEST_DAYS, LONGEST_DAYS))
    return _absolute(at) if at.is_given else None


def _absolute(node: Node) -> datetime | None:
    try:
        moment = datetime.fromisoformat(node.text())
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        node.fault("is not a time like 2026-03-31T14:05:00Z")
        return None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        node.fault(f"is not between the years {FIRST_YEAR} and {LAST_YEAR}")
        return None
    return moment


def _check(order: Node, status: str, given: dict[str, datetime | None]) -> None:
    """Notes what contradicts the stage of the order, and what happened before it could."""
    before = given["placed"]
    for event in ("shipped", "delivered", "cancelled"):
        moment = given[event]
        if moment is None:
            continue
        name = f"{event}_at" if order.field(f"{event}_at").is_given else f"{event}_days_ago"
        if event not in EVENTS[status]:
            order.field(name).fault(f"is given, but an order that is {status} was never {event}")
        if before is not None and moment < before:
            order.field(name).fault("lies before what must have happened first")
        before = moment
