"""Dates and spans of time as people say them."""

from datetime import UTC, datetime, timedelta

NEAR = {0: "today", -1: "yesterday", 1: "tomorrow"}
DAYS_AHEAD = 6
"""Up to here a day to come is counted (`in 3 days`); what lies behind is called by its date."""
SPANS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))
MOST_SPANS = 2


class Moment(str):
    """A date as it is written alone: `today`, `5 March`, `5 March 2027`. `days` counts from today, below 0 the past."""

    __slots__ = ("days",)

    days: int

    @property
    def is_near(self) -> bool:
        """Does it have a word of its own: today, yesterday, tomorrow, in 3 days?"""
        return -1 <= self.days <= DAYS_AHEAD

    @property
    def said(self) -> str:
        """Within a sentence, after a verb: `on 5 March`, `yesterday`, `in 3 days`."""
        if not self.is_near:
            return f"on {self}"
        return NEAR.get(self.days) or f"in {self.days} days"


def moment(value: datetime, now: datetime) -> Moment:
    """A date as people write it; the year only when it is another, the time never."""
    local, today = value.astimezone(UTC).date(), now.astimezone(UTC).date()
    days = (local - today).days
    text = f"{local.day} {local:%B}" if local.year == today.year else f"{local.day} {local:%B} {local.year}"
    said = Moment(NEAR.get(days, text))
    said.days = days
    return said


def read_moment(text: str, now: datetime) -> Moment | None:
    """The date that `moment` wrote like this; None where it is no such text."""
    today = now.astimezone(UTC)
    for days, word in NEAR.items():
        if text == word:
            return moment(today + timedelta(days=days), now)
    for written, form in ((text, "%d %B %Y"), (f"{text} {today.year}", "%d %B %Y")):
        try:
            return moment(datetime.strptime(written, form).replace(tzinfo=UTC), now)
        except ValueError:
            continue
    return None


class Span(str):
    """How long something takes, written exactly. `said` is how people put it: `2 days`, `1 hour and 30 minutes`."""

    __slots__ = ("said",)

    said: str


def span(value: timedelta) -> Span:
    """A span of time; people say its two largest units."""
    left, parts = int(abs(value).total_seconds()), []
    for seconds, unit in SPANS:
        count, left = divmod(left, seconds)
        if count:
            parts.append(f"{count:,} {unit}{'' if count == 1 else 's'}")
    said = " and ".join(parts[:MOST_SPANS])
    written = Span(value)
    written.said = f"minus {said}" if said and value < timedelta(0) else said or "no time"
    return written
