"""Reads a label's facts: amounts, times, states, lists, in the ways that people write them down.

`X_days_ago` (or hours, weeks) is the time `X_at`, `X_in_days` the same ahead; ISO dates and times do too, a date alone
being its noon; null says that it has not happened. Other facts are fields by their name.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

_UNITS = {"hour": 1 / 24, "day": 1.0, "week": 7.0}
_PAST = re.compile(r"(?P<name>\w+?)_(?P<unit>hour|day|week)s?_ago")
_AHEAD = re.compile(r"(?P<name>\w+?)_in_(?P<unit>hour|day|week)s?")
_ENDINGS = ("", "_at", "_on", "_date")
ALIASES: Mapping[str, tuple[str, ...]] = {
    "was_subscribed": ("newsletter", "subscribed"),
    "unit_price": ("price",),
    "days_left": ("estimated_delivery_in_days",),
    "items": ("item_count", "items_count", "item_names"),
}
"""Other names of fields, as labels give them."""


def told(field: str, about: Mapping[str, Any]) -> tuple[bool, Any]:
    """Whether the facts say something of a field, and what."""
    for name in (field, *ALIASES.get(field, ())):
        if name in about:
            return True, about[name]
    return False, None


def told_time(field: str, about: Mapping[str, Any], now: dt.datetime) -> tuple[bool, dt.datetime | None]:
    """Whether the facts say when something happens, and when; None for never."""
    stem = field.removesuffix("_at")
    for name, value in about.items():
        past, ahead = _PAST.fullmatch(name), _AHEAD.fullmatch(name)
        if name in {stem + ending for ending in _ENDINGS}:
            return True, None if value is None else moment(value, now)
        for found, sign in ((past, -1), (ahead, 1)):
            if found is not None and found["name"] == stem:
                return True, None if value is None else now + sign * dt.timedelta(days=_days(value, found["unit"]))
    if stem == "estimated_delivery" and about.get("days_left") is not None:
        return True, now + dt.timedelta(days=float(about["days_left"]))
    return False, None


def names_time(fact: str, stems: frozenset[str]) -> bool:
    """Is `fact` one that says when one of `stems` happens?"""
    found = _PAST.fullmatch(fact) or _AHEAD.fullmatch(fact)
    return (found is not None and found["name"] in stems) or any(
        fact == stem + ending for stem in stems for ending in _ENDINGS
    )


def moment(value: Any, now: dt.datetime) -> dt.datetime:
    """A time from its ISO form; a date alone is its noon, and what says no zone is in that of `now`."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value).strip()):
        return dt.datetime.fromisoformat(f"{str(value).strip()}T12:00:00").replace(tzinfo=now.tzinfo)
    found = dt.datetime.fromisoformat(str(value).strip())
    return found if found.tzinfo is not None else found.replace(tzinfo=now.tzinfo)


def number(value: Any) -> float:
    """An amount, with or without its currency: 41, "41.00", "€1,240.50", {"amount": 41}."""
    if isinstance(value, Mapping):
        if "amount_minor" in value:
            return float(value["amount_minor"]) / 100
        return number(next(iter(value.values())))
    if not isinstance(value, str):
        return float(value)
    text = re.sub(r"[^\d.,-]", "", value)
    return float(text.replace(",", "." if re.search(r",\d{1,2}$", text) and "." not in text else ""))


def elements(field: str, about: Mapping[str, Any]) -> Sequence[Mapping[str, Any]] | None:
    """What a list of a thing holds, each by its fields; None where the facts do not say."""
    said = about.get(field)
    count = next((about[name] for name in ALIASES.get(field, ()) if isinstance(about.get(name), int)), None)
    if said is None and isinstance(count, int):
        said = []
    if said is None:
        return None
    found = [one if isinstance(one, Mapping) else {"name": str(one)} for one in (said if _is_list(said) else [said])]
    more = max(0, (count or 0) - len(found))
    return [*found, *({"name": f"thing {at}"} for at in range(1, more + 1))]


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _days(value: Any, unit: str) -> float:
    return float(value) * _UNITS[unit]
