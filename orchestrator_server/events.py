"""What a turn says while it runs. Frozen values; the codec turns them into the messages of the chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, TypeAlias

from orchestrator_server.plan import Json, Outcome, Plan, SeenValue, Usage


class ReplyKind(Enum):
    """What kind of answer a reply is; the values are those of the proto's enum."""

    ANSWER = 1
    CLARIFICATION = 2
    REFUSAL = 3
    APPROVAL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSaid:
    """Repeats what the user said, so that every window shows the whole conversation."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMade:
    """The checked plan; `effects` are the ids of the steps that change something."""

    plan: Plan
    effects: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted:
    """A call left for `server`; `total` counts all elements of `for_each`, 1 for a plain step."""

    plan_id: str
    step_id: str
    index: int
    server: str
    is_modern: bool
    total: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEnded:
    """A call was answered, left out or failed.

    `condition` and `expression` say why a call was left out, `description` what it does; `response` holds its values
    formatted for people.
    """

    plan_id: str
    outcome: Outcome
    condition: str
    expression: str
    description: str
    response: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingEffect:
    """An effect that waits for a yes, exactly as it would be called.

    `is_modern` is None where no server answers. `condition` is what holds, in the user's words, and `seen` what it saw.
    """

    step_id: str
    index: int
    intent: str
    description: str
    arguments: Mapping[str, Json]
    server: str
    is_modern: bool | None = None
    condition: str = ""
    seen: tuple[SeenValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRequested:
    """Asks for a yes; the turn ends and the plan waits until `expires_at`.

    `is_changed`: a yes was given, and the effects came out different when the reads were repeated.
    """

    plan_id: str
    effects: tuple[PendingEffect, ...]
    question: str
    expires_at: datetime
    is_changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDelta:
    """The next piece of the reply; not stored."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyReset:
    """The pieces so far are void; not stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The whole reply."""

    text: str
    kind: ReplyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnDone:
    """Ends a turn; `is_cancelled`: the user stopped it."""

    usage: Usage
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnFailed:
    """Ends a turn that could not be answered; the message says what to do."""

    reason: str
    message: str


Event: TypeAlias = (
    UserSaid
    | PlanMade
    | StepStarted
    | StepEnded
    | ApprovalRequested
    | ReplyDelta
    | ReplyReset
    | Reply
    | TurnDone
    | TurnFailed
)
