"""What starts a turn, and what it adds up to."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from orchestrator_server.plan import Usage
from service_kit.caller import Caller

T = TypeVar("T")


class Stop(asyncio.Event):
    """Set: nothing new is begun; reads are cancelled, an effect that has left is awaited. `words` say why."""

    words = "Stopped."


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnStart:
    """What starts a turn: words, or the answer to a request for approval (`plan_id` and `approved`).

    With a yes, `only` names the effects it is for, by step and index; empty means all of them.
    """

    turn_id: str
    conversation_id: str
    text: str
    caller: Caller
    now: datetime
    plan_id: str | None = None
    approved: bool | None = None
    only: frozenset[tuple[str, int]] = frozenset()


async def unless(stop: Stop, work: Coroutine[Any, Any, T]) -> T | None:
    """What `work` returns; None, and the work cancelled, when `stop` is set first."""
    task, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        stopped.cancel()
        task.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)


@dataclass(slots=True)
class Spending:
    """Adds up what a turn takes."""

    usage: Usage = field(default_factory=Usage)

    def add(self, more: Usage) -> None:
        """Counts `more`."""
        self.usage = self.usage + more
