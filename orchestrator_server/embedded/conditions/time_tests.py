"""How tests of time are written: against a length of time, between two days, and while something is still to come."""

import datetime as dt
from collections.abc import Sequence

from orchestrator_server.embedded.conditions.events import Event, created_places, done_of, made_by_caller
from orchestrator_server.embedded.conditions.facts import Test, Words, compared, heading_of, present
from orchestrator_server.embedded.declared.fields import Field


def timed(
    words: Words,
    event: Event,
    places: frozenset[int],
    value: str,
    operator: str,
    limit: str,
    headings: tuple[str, str],
) -> Test:
    """How long it was or will be: `value` against `limit`, both in time."""
    positive, negative = compared(value, operator, limit, guard=present(event.field))
    return Test(
        positive=positive,
        negative=negative,
        used=places
        | event.places
        | (created_places(words) if not event.places else frozenset())
        | made_by_caller(words, event),
        quality=event.quality,
        value=places,
        heading=heading_of(operator, *headings),
    )


def between(
    event: Event,
    first: dt.date,
    end: dt.date,
    used: frozenset[int],
    value: frozenset[int] = frozenset(),
    guard: str = "",
) -> Test:
    """From the day `first` up to the day `end`."""
    path = f"@{event.field.path}"
    guard = present(event.field) + guard
    return Test(
        positive=f"{guard}{path} >= {moment(first)} && {path} < {moment(end)}",
        negative=f"{guard}({path} < {moment(first)} || {path} >= {moment(end)})",
        used=used | event.places,
        quality=event.quality,
        value=value,
    )


def not_done(field: Field | None, fields: Sequence[Field]) -> str:
    """What has happened is not to come any more: the guard that says so."""
    done = done_of(field, fields) if field is not None else None
    return f"!has(@{done.path}) && " if done is not None else ""


def moment(day: dt.date) -> str:
    """The beginning of a day, UTC."""
    return f'timestamp("{day.isoformat()}T00:00:00Z")'
