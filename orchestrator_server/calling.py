"""Runs calls that are ready, side by side: reserved before they leave, recorded before they are told."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from orchestrator_server import transitions
from orchestrator_server.approvals import Answers, fingerprint
from orchestrator_server.catalogue import Offer
from orchestrator_server.events import StepEnded, StepStarted
from orchestrator_server.executor import Executor
from orchestrator_server.journal import Scribe
from orchestrator_server.plan import Call, Outcome, OutcomeStatus, Plan, Usage
from orchestrator_server.plan_sql import Reservation
from orchestrator_server.report import response_values, step_words
from orchestrator_server.routing import candidates, words_of
from orchestrator_server.schedule import World
from orchestrator_server.turn_values import Spending
from service_kit.audit import AuditEntry, AuditKind
from service_kit.caller import Caller
from service_kit.errors import ServiceError

PARALLEL_READS = 8
NOBODY_KNOWS = "I was interrupted while I worked on this, and nobody knows whether it happened."


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A plan that is being worked off: for whom, in which turn, and what the user said to its effects.

    `reserved` are calls, by step and index, that were about to leave when the turn was taken over.
    """

    plan: Plan
    world: World
    caller: Caller
    turn_id: str
    spending: Spending
    answers: Answers = field(default_factory=Answers)
    reserved: Mapping[tuple[str, int], Reservation] = field(default_factory=dict)

    def offers(self, call: Call) -> tuple[Offer, ...]:
        """Who would be asked, the best first."""
        return candidates(self.world.catalogue.intents[call.step.intent], words_of(self.plan))

    def fingerprint(self, call: Call) -> str:
        """What a yes to the call is bound to."""
        return fingerprint(call, self.offers(call))

    def is_approved(self, call: Call) -> bool:
        """Did the user say yes to exactly this?"""
        return self.fingerprint(call) in self.answers.approved

    def begun(self, calls: Sequence[Call]) -> tuple[Call, ...]:
        """Those of `calls` that were about to leave before: what became of them is asked, whatever else has changed."""
        return tuple(call for call in calls if call.has_effect and (call.step.id, call.index) in self.reserved)

    def entry(self, kind: AuditKind, action: str, result: str, reason: str, key: str) -> AuditEntry:
        """A line for the record: who, for whom, what, how it ended, why, in which turn."""
        return AuditEntry(
            kind=kind,
            actor=self.caller.person,
            subject=self.caller.email,
            action=action,
            result=result,
            reason=reason,
            turn_id=self.turn_id,
            key=key,
        )


class Sessions(Protocol):
    """Knows which sessions have ended."""

    async def insist(self, issuer: str, session_id: str) -> None:
        """Raises ServiceError where the session at `issuer` has ended, or nobody can tell."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRunner:
    """Runs calls through the executor. `sessions` knows who has signed out meanwhile."""

    executor: Executor
    sessions: Sessions

    async def run(self, calls: Sequence[Call], job: Job, scribe: Scribe, stop: asyncio.Event) -> None:
        """Makes all `calls` and writes down what became of them. Raises LeaseLost.

        `stop` set: reads are really cancelled; an effect that has left is awaited, so that its outcome is known.
        """
        places = asyncio.Semaphore(PARALLEL_READS)
        tasks = [asyncio.create_task(self._one(call, job, scribe, places)) for call in calls]
        reads = [task for task, call in zip(tasks, calls, strict=True) if not call.has_effect]
        watcher = asyncio.create_task(_cancel_when(stop, reads))
        everything = asyncio.gather(*tasks, return_exceptions=True)
        try:
            for result in await asyncio.shield(everything):
                if isinstance(result, Exception):
                    raise result
        finally:
            for task in (*reads, watcher):  # an effect that has left is awaited: its outcome must be known
                task.cancel()
            await asyncio.gather(everything, watcher, return_exceptions=True)

    def ended(self, job: Job, outcome: Outcome) -> StepEnded:
        """The event for `outcome`."""
        step = next(step for step in job.plan.steps if step.id == outcome.step_id)
        intent = job.world.catalogue.intents[step.intent]
        condition = step.condition if outcome.reason == "CONDITION_FALSE" else None
        return StepEnded(
            plan_id=job.plan.id,
            outcome=outcome,
            condition=condition.words if condition else "",
            expression=condition.expression if condition else "",
            description=step_words(step, intent, outcome.arguments),
            response=response_values(outcome, intent, job.world.catalogue, job.world.now),
        )

    async def _one(self, call: Call, job: Job, scribe: Scribe, places: asyncio.Semaphore) -> None:
        async with places:
            outcome = await self._outcome(call, job, scribe)
        notes = [_entry(call, job, outcome)] if call.has_effect else []
        recorded = partial(transitions.recorded, job.plan.id, outcome, notes)
        await scribe.commit(recorded, self.ended(job, outcome))

    async def _outcome(self, call: Call, job: Job, scribe: Scribe) -> Outcome:
        reservation = job.reserved.get((call.step.id, call.index)) if call.has_effect else None
        refusal = await self._refusal(call, job)
        if refusal is not None:
            return refusal if reservation is None else _unknown(call, reservation)
        if reservation is not None:
            return await self._again(call, job, reservation)

        async def left(offer: Offer) -> None:
            job.spending.add(Usage(rpc_calls=1))
            started = _started(call, job, offer)
            usage = job.spending.usage
            reserving = partial(transitions.reserved, job.plan.id, call, offer.server, offer.method, job.turn_id, usage)
            await scribe.commit(reserving, started)

        offers = job.offers(call)
        if job.is_approved(call):
            offers = offers[:1]  # the yes was for this server
        return await self.executor.call(call, offers, job.caller, job.world.catalogue, left)

    async def _again(self, call: Call, job: Job, reservation: Reservation) -> Outcome:
        """The outcome of a call that was about to leave before: asked of the same server with the same key, or unknown.

        What may have happened is made again only where that cannot make it happen twice.
        """
        offers = job.world.catalogue.intents[call.step.intent].offers
        same = [one for one in offers if (one.server, one.method) == (reservation.server, reservation.method)]
        if not any(offer.honours_key or offer.is_idempotent for offer in same):
            return _unknown(call, reservation)
        job.spending.add(Usage(rpc_calls=1))
        outcome = await self.executor.call(call, same, job.caller, job.world.catalogue, _nothing, is_in_doubt=True)
        return _unknown(call, reservation) if outcome.reason == "SERVER_UNAVAILABLE" else outcome

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


async def _nothing(_: Offer) -> None:
    """The call was reserved and told before."""


def _started(call: Call, job: Job, offer: Offer) -> StepStarted:
    return StepStarted(
        plan_id=job.plan.id,
        step_id=call.step.id,
        index=call.index,
        server=offer.server,
        is_modern=offer.is_modern,
        total=call.total,
    )


def _unknown(call: Call, reservation: Reservation) -> Outcome:
    return Outcome(
        step_id=call.step.id,
        index=call.index,
        status=OutcomeStatus.UNKNOWN,
        server=reservation.server,
        reason="OUTCOME_UNKNOWN",
        message=NOBODY_KNOWS,
        arguments=call.arguments,
    )


def _entry(call: Call, job: Job, outcome: Outcome) -> AuditEntry:
    reason = "APPROVED_BY_USER" if job.is_approved(call) else "NO_APPROVAL_NEEDED"
    result = outcome.reason or outcome.status.name
    return job.entry(AuditKind.EFFECT, call.step.intent, result, reason, call.key)
