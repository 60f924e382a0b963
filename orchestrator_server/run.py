"""A turn that is being worked on, and how it ends."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from orchestrator_server import transitions
from orchestrator_server.events import Event, Reply, TurnDone, TurnFailed
from orchestrator_server.journal import Scribe, nothing
from orchestrator_server.memory_values import TurnStatus
from orchestrator_server.store import Work
from orchestrator_server.turn_values import Spending, Stop, TurnStart


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What started the turn, where it is written down, what stops it, what it took so far."""

    start: TurnStart
    scribe: Scribe
    stop: Stop
    spending: Spending

    async def end(
        self,
        reply: Reply,
        work: Callable[[], Work[None]] = nothing,
        *events: Event,
        status: TurnStatus = TurnStatus.DONE,
    ) -> None:
        """The last transition: `work`, the reply, what the turn took, and the events that tell."""
        done = TurnDone(usage=self.spending.usage, is_cancelled=self.stop.is_set())
        ending = partial(transitions.ended, work, self.start.turn_id, status, reply.text, self.spending.usage)
        await self.scribe.commit(ending, *events, reply, done)

    async def fail(self, failed: TurnFailed, work: Callable[[], Work[None]] = nothing) -> None:
        """Ends a turn that cannot be answered, and stores `work` with that."""
        usage = self.spending.usage
        ending = partial(transitions.ended, work, self.start.turn_id, TurnStatus.FAILED, failed.message, usage)
        await self.scribe.commit(ending, failed)
