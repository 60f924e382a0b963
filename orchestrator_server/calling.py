"""Runs calls that are ready, side by side; every outcome is recorded before it is told."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from orchestrator_server.audit import Audit, AuditEntry
from orchestrator_server.catalogue import Offer
from orchestrator_server.draining import drained
from orchestrator_server.events import Event, StepEnded, StepStarted
from orchestrator_server.executor import Executor
from orchestrator_server.memory import Memory
from orchestrator_server.plan import Call, Outcome, Plan, Usage
from orchestrator_server.report import response_values, step_words
from orchestrator_server.routing import candidates, words_of
from orchestrator_server.schedule import World
from service_kit.caller import Caller

PARALLEL_READS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A plan that is being worked off: for whom, in which turn, and what the user said yes and no to (by key)."""

    plan: Plan
    world: World
    caller: Caller
    turn_id: str
    spend: Callable[[Usage], None]
    approved: frozenset[str] = frozenset()
    denied: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRunner:
    """Runs calls through the executor and tells what happens."""

    executor: Executor
    memory: Memory
    audit: Audit

    async def run(self, calls: Sequence[Call], job: Job, stop: asyncio.Event) -> AsyncIterator[Event]:
        """Starts all `calls`; yields what happens as it happens.

        `stop` set: reads are really cancelled; an effect that has left is awaited, so that its outcome is known.
        """
        told: asyncio.Queue[Event] = asyncio.Queue()
        places = asyncio.Semaphore(PARALLEL_READS)
        tasks = [asyncio.create_task(self._one(call, job, told, places)) for call in calls]
        reads = [task for task, call in zip(tasks, calls, strict=True) if not call.has_effect]
        watcher = asyncio.create_task(_cancel_when(stop, reads))
        everything = asyncio.gather(*tasks, return_exceptions=True)
        try:
            async for event in drained(told, everything):
                yield event
            for result in await everything:
                if isinstance(result, Exception):
                    raise result
        finally:
            for task in (*reads, watcher):  # an effect that has left is awaited: its outcome must be known
                task.cancel()
            await asyncio.gather(everything, watcher, return_exceptions=True)

    def offers(self, call: Call, job: Job) -> tuple[Offer, ...]:
        """Who would be asked, the best first."""
        return candidates(job.world.catalogue.intents[call.step.intent], words_of(job.plan))

    def ended(self, job: Job, outcome: Outcome) -> StepEnded:
        """The event for `outcome`."""
        step = next(step for step in job.plan.steps if step.id == outcome.step_id)
        condition = step.condition if outcome.reason == "CONDITION_FALSE" else None
        return StepEnded(
            plan_id=job.plan.id,
            outcome=outcome,
            condition=condition.words if condition else "",
            expression=condition.expression if condition else "",
            description=step_words(step, job.world.catalogue.intents[step.intent], outcome.arguments),
            response=response_values(
                outcome, job.world.catalogue.intents[step.intent], job.world.catalogue, job.world.now
            ),
        )

    async def _one(self, call: Call, job: Job, told: asyncio.Queue[Event], places: asyncio.Semaphore) -> None:
        async def left(offer: Offer) -> None:
            job.spend(Usage(rpc_calls=1))
            await told.put(
                StepStarted(
                    plan_id=job.plan.id,
                    step_id=call.step.id,
                    index=call.index,
                    server=offer.server,
                    is_modern=offer.is_modern,
                    total=call.total,
                )
            )

        async with places:
            outcome = await self.executor.call(call, self.offers(call, job), job.caller, job.world.catalogue, left)
        await self.memory.record(job.plan.id, outcome)
        if call.has_effect:
            await self.audit.append(_entry(call, job, outcome))
        await told.put(self.ended(job, outcome))


async def _cancel_when(stop: asyncio.Event, tasks: Sequence[asyncio.Task[None]]) -> None:
    await stop.wait()
    for task in tasks:
        task.cancel()


def _entry(call: Call, job: Job, outcome: Outcome) -> AuditEntry:
    return AuditEntry(
        created_at=datetime.now(UTC),
        subject=job.caller.email,
        kind="effect",
        intent=call.step.intent,
        result=outcome.reason or outcome.status.name,
        server=outcome.server,
        turn_id=job.turn_id,
        key=call.key,
    )
