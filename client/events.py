"""The events of a turn as small values, and the one place that reads them from the wire."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Generation(Enum):
    """The two sides of the strangler fig."""

    UNKNOWN = ""
    LEGACY = "legacy"
    MODERN = "modern"


class StepState(Enum):
    """Where a call stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class ReplyKind(Enum):
    """What kind of answer a reply is."""

    ANSWER = "answer"
    CLARIFICATION = "clarification"
    REFUSAL = "refusal"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """A step as planned. `arguments` pairs names with values in words; computed ones read `= expression`.

    `for_each` is the expression of the list that it runs for; `is_judged`: its condition is one for the model.
    """

    id: str
    intent: str
    arguments: tuple[tuple[str, str], ...] = ()
    condition: str = ""
    is_judged: bool = False
    for_each: str = ""
    has_effect: bool = False

    @property
    def is_repeated(self) -> bool:
        """Whether it runs once for each of a list."""
        return bool(self.for_each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The plan has been made and checked."""

    plan_id: str
    steps: tuple[PlannedStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallChanged:
    """A call left, was answered, was not made, or failed. `seen` pairs names with the values a condition saw.

    `total` counts the elements of the step, 0 where it is not told; `is_whole_step`: it settles all of them at once.
    """

    plan_id: str
    step_id: str
    index: int = 0
    state: StepState
    server: str = ""
    generation: Generation = Generation.UNKNOWN
    total: int = 0
    is_whole_step: bool = False
    description: str = ""
    message: str = ""
    condition: str = ""
    seen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What would be done, exactly, and why: the condition that holds, with the values that it saw."""

    step_id: str
    index: int = 0
    intent: str
    description: str
    arguments: tuple[tuple[str, str], ...]
    server: str
    generation: Generation = Generation.UNKNOWN
    condition: str = ""
    seen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked:
    """The plan waits for a yes, until `expires_at`; again, where it came out different since one (`is_changed`)."""

    plan_id: str
    effects: tuple[Effect, ...]
    question: str
    expires_at: datetime | None
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """The user said something, here or in another window."""

    text: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The message waits for `ahead` turns."""

    ahead: int


@dataclass(frozen=True, slots=True)
class Delta:
    """The next piece of the reply."""

    text: str


@dataclass(frozen=True, slots=True)
class Reset:
    """The pieces so far are void."""


@dataclass(frozen=True, slots=True)
class Replied:
    """The whole reply."""

    text: str
    kind: ReplyKind


@dataclass(frozen=True, slots=True)
class Done:
    """The turn is over."""

    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """The turn could not be answered."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class LinkLost:
    """The connection was lost here; the session is trying again."""


Event = Planned | CallChanged | ApprovalAsked | Said | Waiting | Delta | Reset | Replied | Done | Failed | LinkLost
