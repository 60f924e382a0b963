"""The values that travel between the rooms: plans, what became of their steps, and what planners are told.

Everything here is frozen and holds no protobuf message; a response is kept as bytes with its type's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import TypeAlias

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

EACH = "each"
"""Names the element of `for_each` in a step's expressions."""

NOW = "now"
"""Names, in expressions, the moment at which the user's message was stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An argument taken from earlier responses: a CEL expression such as `s1.orders[0].id`."""

    expression: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Decides whether a step runs: the user's words and the CEL expression (bool) that stands for them.

    Where CEL cannot say it, `expression` is empty and `judged_over` names the steps whose responses a language model
    judges the words over.
    """

    words: str
    expression: str = ""
    judged_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One call, or one for each element of `for_each` (a CEL expression for a list).

    `id` names the response in later expressions. `arguments` maps parameter names to JSON values (protobuf's JSON form)
    or references; parameters bound to the caller are left out. A `is_supporting` read was not asked for: it is there
    for the expressions of other steps, and the answer does not mention it.
    """

    id: str
    intent: str
    arguments: Mapping[str, Json | Reference] = field(default_factory=dict)
    condition: Condition | None = None
    for_each: str | None = None
    is_supporting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Steps over intents. `planner` names who made it: `embedded`, or the model."""

    id: str
    steps: tuple[Step, ...]
    planner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarify:
    """Something is missing. `partial` is kept with the conversation, so that the answer completes it.

    `missing` names parameters (`order_id`); `step_id` the step of `partial` that they belong to.
    """

    question: str
    missing: tuple[str, ...] = ()
    step_id: str = ""
    partial: Plan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse:
    """Cannot or must not be done. `reason` is for programs, `message` says what can be done instead."""

    reason: str
    message: str


Decision: TypeAlias = Plan | Clarify | Refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What language model and servers were asked for. Adds up."""

    model_calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    rpc_calls: int = 0
    judged_conditions: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        """The sum of both."""
        return Usage(
            model_calls=self.model_calls + other.model_calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            rpc_calls=self.rpc_calls + other.rpc_calls,
            judged_conditions=self.judged_conditions + other.judged_conditions,
        )


class OutcomeStatus(Enum):
    """How a call can end; the values are those of the proto's enum."""

    SUCCEEDED = 1
    SKIPPED = 2
    FAILED = 3
    UNKNOWN = 4
    CANCELLED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenValue:
    """A value that a condition looked at, formatted for people; `not set` where it was unset."""

    path: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredResponse:
    """A response as received: its bytes, the full name of its (canonical) type, the catalogue that knows the type."""

    content: bytes
    type_name: str
    catalogue_etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one call. `index` counts the elements of `for_each`, 0 for a plain step.

    `server` is empty where none was called. `is_modern` is None there too. `arguments` are those of the call, resolved.
    """

    step_id: str
    status: OutcomeStatus
    index: int = 0
    server: str = ""
    is_modern: bool | None = None
    reason: str = ""
    message: str = ""
    response: StoredResponse | None = None
    arguments: Mapping[str, Json] = field(default_factory=dict)
    seen: tuple[SeenValue, ...] = ()
    elapsed: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that is ready: every argument is a value. `key` is its idempotency key: plan id / step id [/ index].

    `total` counts all elements of the step. `condition` is what holds, in the user's words, and `seen` what it saw.
    """

    step: Step
    index: int
    arguments: Mapping[str, Json]
    key: str
    has_effect: bool
    total: int = 1
    condition: str = ""
    seen: tuple[SeenValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something that was said; `is_user` tells who."""

    is_user: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTurn:
    """An earlier turn of this conversation: what was said, the plan that ran (if any) and what became of it."""

    text: str
    reply: str
    plan: Plan | None
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recollection:
    """What a planner is told beside the message.

    `turns` are the earlier turns of this conversation, oldest first: crucial. `recent` is said in other conversations
    of the same user, oldest first: reference. `open_question` is what the last turn asked for, if it asked.
    """

    turns: tuple[PastTurn, ...] = ()
    recent: tuple[Said, ...] = ()
    open_question: Clarify | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be planned: the user's words, who says them, when (aware UTC), and what is remembered."""

    text: str
    email: str
    now: datetime
    memory: Recollection = Recollection()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a plan. `reason` is for programs, `message` is worded so that a model can mend it."""

    reason: str
    step_id: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a planner came up with, unchecked, and what it took."""

    decision: Decision
    usage: Usage = Usage()


def idempotency_key(plan_id: str, step: Step, index: int) -> str:
    """The key of a call: plan id / step id, and the element's index where there is one."""
    return f"{plan_id}/{step.id}/{index}" if step.for_each is not None else f"{plan_id}/{step.id}"
