"""What memory keeps beside plans: how turns stand, what waits for a yes, events as they were sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from orchestrator_server.plan import Plan, Usage
from orchestrator_server.turn_values import TurnStart


class TurnStatus(Enum):
    """Where a turn stands. The last three end it; `AWAITING`: its plan waits for a yes, which is a turn of its own."""

    RECEIVED = "received"
    PLANNED = "planned"
    AWAITING = "awaiting"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan:
    """A plan as it was made: for which words, at which moment, against which catalogue."""

    plan: Plan
    text: str
    now: datetime
    catalogue_etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEffect:
    """A call that waits for a yes: which one, what the yes is bound to, and the words in which it was shown."""

    step_id: str
    index: int
    fingerprint: str
    description: str
    has_effect: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingApproval:
    """A plan that waits for a yes to `effects`, in the order they were shown, until `expires_at`."""

    plan_id: str
    effects: tuple[WaitingEffect, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTurn:
    """A turn that has not ended: what started it, how far it came, which plan it works off, what it took so far."""

    start: TurnStart
    status: TurnStatus
    plan_id: str | None
    is_cancelled: bool
    usage: Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event as it was sent, with its number in the conversation."""

    number: int
    turn_id: str
    content: bytes
