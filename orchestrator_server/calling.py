"""Runs calls that are ready, side by side; every outcome is recorded before it is told."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from orchestrator_server.approvals import Answers, fingerprint
from orchestrator_server.catalogue import Offer
from orchestrator_server.draining import drained
from orchestrator_server.events import Event, StepEnded, StepStarted
from orchestrator_server.executor import Executor
from orchestrator_server.memory import Memory
from orchestrator_server.plan import Call, Outcome, OutcomeStatus, Plan, Usage
from orchestrator_server.report import response_values, step_words
from orchestrator_server.routing import candidates, words_of
from orchestrator_server.schedule import World
from service_kit.audit import AuditEntry, AuditKind, AuditLog
from service_kit.caller import Caller
from service_kit.errors import ServiceError

PARALLEL_READS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A plan that is being worked off: for whom, in which turn, and what the user said to its effects."""

    plan: Plan
    world: World
    caller: Caller
    turn_id: str
    spend: Callable[[Usage], None]
    answers: Answers = field(default_factory=Answers)

    def offers(self, call: Call) -> tuple[Offer, ...]:
        """Who would be asked, the best first."""
        return candidates(self.world.catalogue.intents[call.step.intent], words_of(self.plan))

    def fingerprint(self, call: Call) -> str:
        """What a yes to the call is bound to."""
        return fingerprint(call, self.offers(call))

    def is_approved(self, call: Call) -> bool:
        """Did the user say yes to exactly this?"""
        return self.fingerprint(call) in self.answers.approved


class Sessions(Protocol):
    """Knows which sessions have ended."""

    async def insist(self, issuer: str, session_id: str) -> None:
        """Raises ServiceError where the session at `issuer` has ended, or nobody can tell."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRunner:
    """Runs calls through the executor and tells what happens. `sessions` knows who has signed out meanwhile."""

    executor: Executor
    sessions: Sessions
    memory: Memory
    audit: AuditLog

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

        offers = job.offers(call)
        if job.is_approved(call):
            offers = offers[:1]  # the yes was for this server
        async with places:
            outcome = await self._refusal(call, job) or await self.executor.call(
                call, offers, job.caller, job.world.catalogue, left
            )
        await self.memory.record(job.plan.id, outcome)
        if call.has_effect:
            await self.audit.append(_entry(call, job, outcome))
        await told.put(self.ended(job, outcome))

    async def _refusal(self, call: Call, job: Job) -> Outcome | None:
        """Why the call is not made for somebody who is signed out meanwhile; None where they are not."""
        try:
            await self.sessions.insist(job.caller.issuer, job.caller.session_id)
        except ServiceError as error:
            return Outcome(
                step_id=call.step.id,
                index=call.index,
                status=OutcomeStatus.FAILED,
                reason=error.reason,
                message=error.message,
                arguments=call.arguments,
            )
        return None


async def _cancel_when(stop: asyncio.Event, tasks: Sequence[asyncio.Task[None]]) -> None:
    await stop.wait()
    for task in tasks:
        task.cancel()


def _entry(call: Call, job: Job, outcome: Outcome) -> AuditEntry:
    return AuditEntry(
        kind=AuditKind.EFFECT,
        actor=job.caller.person,
        subject=job.caller.email,
        action=call.step.intent,
        result=outcome.reason or outcome.status.name,
        reason="APPROVED_BY_USER" if job.is_approved(call) else "NO_APPROVAL_NEEDED",
        turn_id=job.turn_id,
        key=call.key,
    )
