"""A labelled world in the guises that it can come in: a field that the facts leave out is irrelevant to the outcome.

So each world is played with small and with large values in the place of what is not told: what runs must not depend on
them. Where nothing tells the stage of a thing, it is played in every stage: nothing may run that must not in any of
them, and what must run does in at least one, for a plan may well leave out things that cannot be acted upon.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.labels import Facts
from evaluation.telling import told_time

USER = "user"
STAGES = ("pending", "shipped", "delivered")
_HAPPENED = {"shipped": ("shipped",), "delivered": ("shipped", "delivered"), "returned": ("shipped", "delivered")}
_OLDEST = 1_000.0
_SOON, _LATE = 0.2, 400.0
_ORDER = ("placed", "shipped", "delivered")
_PARTS = {"placed": 0.8, "shipped": 0.6, "delivered": 0.4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Guise:
    """What stands in the place of what is not told: `stage` of things, and small or large values."""

    stage: str
    is_large: bool

    def amount(self) -> float:
        """An amount of money."""
        return 1_000_000.0 if self.is_large else 1.0

    def count(self) -> int:
        """A number of anything."""
        return 1_000_000 if self.is_large else 0

    def pieces(self) -> int:
        """How many elements a list has."""
        return 3 if self.is_large else 1

    def text(self) -> str:
        """Any text, or none."""
        return "something else" if self.is_large else ""

    def stage_of(self, about: Mapping[str, Any], now: dt.datetime) -> str:
        """The stage of a thing, in lower case: told, or what its times tell, or this guise's."""
        return known_stage(about, now) or self.stage

    def time(self, stem: str, about: Mapping[str, Any], now: dt.datetime) -> dt.datetime | None:
        """When `stem` happened or will, as far as the stage says that it does; None for never."""
        stage = self.stage_of(about, now)
        if stem == "estimated_delivery":
            days = _LATE if self.is_large else _SOON
            return now + dt.timedelta(days=days) if stage in ("pending", "shipped") else None
        if stem in ("shipped", "delivered") and stem not in _HAPPENED.get(stage, ()):
            return None
        return now - dt.timedelta(days=self._age(stem, about, now))

    def _age(self, stem: str, about: Mapping[str, Any], now: dt.datetime) -> float:
        """Days since something happened: after what is told to come before it, and before what comes after."""
        at = _ORDER.index(stem) if stem in _ORDER else 0
        youngest = max([0.0, *_ages(_ORDER[at + 1 :] if stem in _ORDER else (), about, now)])
        oldest = min([youngest + _OLDEST, *_ages(_ORDER[:at], about, now)])
        span = max(0.0, oldest - youngest)
        part = _PARTS.get(stem, 0.5)
        return youngest + (span * (0.9 + part / 10) if self.is_large else min(span, 1.0) * part / 10)


def guises(facts: Facts, now: dt.datetime) -> Iterator[Guise]:
    """Every guise that a world is played in."""
    things = [about for key, about in facts.items() if key != USER and about is not None]
    is_told = bool(things) and all(known_stage(about, now) for about in things)
    for stage in STAGES[:1] if is_told else STAGES:
        yield Guise(stage=stage, is_large=False)
        yield Guise(stage=stage, is_large=True)


def known_stage(about: Mapping[str, Any], now: dt.datetime) -> str:
    """The stage that is told, or that follows from what has happened; empty where it does not."""
    if about.get("status"):
        return str(about["status"]).strip().lower().rpartition("status_")[2].replace("canceled", "cancelled")
    happened = [stem for stem in ("shipped", "delivered") if _has_happened(stem, about, now)]
    return happened[-1] if happened else ""


def _has_happened(stem: str, about: Mapping[str, Any], now: dt.datetime) -> bool:
    is_told, when = told_time(stem, about, now)
    return is_told and when is not None and when <= now


def _ages(stems: tuple[str, ...], about: Mapping[str, Any], now: dt.datetime) -> list[float]:
    found = [told_time(stem, about, now)[1] for stem in stems]
    return [(now - when).total_seconds() / 86_400 for when in found if when is not None]
