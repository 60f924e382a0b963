"""One turn from the user's words to the reply: the only file that knows the order of things.

received → recalled → planned (or asked, or refused) → reads run in parallel, effects one at a time, each judged by
policy and recorded → approval asked for, or the reply composed → done. A turn never waits for the user in the middle:
when a yes is needed it stores the pending effects and ends; the yes starts a turn that resumes the stored plan.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from orchestrator_server.calling import CallRunner, Job
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.checks import check
from orchestrator_server.composer import Composer, ComposerError, TemplateComposer
from orchestrator_server.condition_judge import ConditionJudge, Doubt, Opinion
from orchestrator_server.consent import consent
from orchestrator_server.events import (
    ApprovalRequested,
    Event,
    PlanMade,
    Reply,
    ReplyDelta,
    ReplyKind,
    ReplyReset,
    TurnDone,
    TurnFailed,
    UserSaid,
)
from orchestrator_server.expressions import Expressions
from orchestrator_server.judgement import Judgement, pending_effect, question_for
from orchestrator_server.memory import Memory
from orchestrator_server.memory_values import StoredPlan, TurnStatus, WaitingApproval
from orchestrator_server.plan import Call, Clarify, Outcome, OutcomeStatus, Plan, Proposal, Refuse, Request
from orchestrator_server.planner import PlannerError
from orchestrator_server.planning import Planning
from orchestrator_server.report import Report, make_report
from orchestrator_server.schedule import World, schedule
from orchestrator_server.stored_responses import unreadable
from orchestrator_server.turn_values import Spending, Stop, TurnStart


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Runs turns. `catalogue` gives the newest snapshot, `expressions` the compiler that belongs to one.

    `approval_lifetime` is how long a request for a yes stands.
    """

    planning: Planning
    memory: Memory
    runner: CallRunner
    composer: Composer
    judgement: Judgement
    judge: ConditionJudge
    catalogue: Callable[[], Catalogue]
    expressions: Callable[[Catalogue], Expressions]
    approval_lifetime: timedelta

    async def run(self, start: TurnStart, stop: Stop) -> AsyncIterator[Event]:
        """What happens, as it happens; the last event ends the turn. `stop` set: nothing new is begun."""
        spending = Spending()
        reply = Reply(text="", kind=ReplyKind.ANSWER)
        yield UserSaid(text=start.text)
        try:
            async for event in self._answer(start, stop, spending):
                reply = event if isinstance(event, Reply) else reply
                yield event
        except PlannerError as error:
            await self.memory.end_turn(start.turn_id, TurnStatus.FAILED, error.message, spending.usage)
            yield TurnFailed(reason=error.reason, message=error.message)
            return
        await self.memory.end_turn(start.turn_id, TurnStatus.DONE, reply.text, spending.usage)
        yield TurnDone(usage=spending.usage, is_cancelled=stop.is_set())

    async def _answer(self, start: TurnStart, stop: Stop, spending: Spending) -> AsyncIterator[Event]:
        catalogue = self.catalogue()
        world = World(catalogue=catalogue, expressions=self.expressions(catalogue), now=start.now)
        waiting = await self.memory.waiting_approval(start.conversation_id, start.now)
        approved = start.approved
        if approved is None and waiting is not None:
            approved = consent(start.text)
        if approved is None:
            async for event in self._plan(start, world, stop, spending):
                yield event
        elif waiting is None or start.plan_id not in (None, waiting.plan_id):
            yield Reply(text="There is nothing waiting for a yes any more; please ask again.", kind=ReplyKind.REFUSAL)
        else:
            async for event in self._resume(start, waiting, approved, world, stop, spending):
                yield event

    async def _plan(self, start: TurnStart, world: World, stop: Stop, spending: Spending) -> AsyncIterator[Event]:
        email = start.caller.email
        await self.memory.withdraw_approvals(start.conversation_id)
        memory = await self.memory.recall(start.conversation_id, start.turn_id, email)
        request = Request(text=start.text, email=email, now=start.now, memory=memory)
        thinking = self.planning.decide(request, world.catalogue, world.expressions, start.caller.roles)
        proposal = await _unless(stop, thinking)
        if proposal is None:
            yield Reply(text=stop.words, kind=ReplyKind.ANSWER)
            return
        spending.add(proposal.usage)
        decision = proposal.decision
        await self.memory.keep_question(start.conversation_id, decision if isinstance(decision, Clarify) else None)
        match decision:
            case Clarify():
                yield Reply(text=decision.question, kind=ReplyKind.CLARIFICATION)
            case Refuse():
                yield Reply(text=decision.message, kind=ReplyKind.REFUSAL)
            case Plan():
                stored = StoredPlan(plan=decision, text=start.text, now=start.now, catalogue_etag=world.catalogue.etag)
                await self.memory.store_plan(start.turn_id, start.conversation_id, stored)
                yield PlanMade(plan=decision, effects=_effects(decision, world.catalogue))
                caller = replace(start.caller, turn_id=start.turn_id)
                job = Job(plan=decision, world=world, caller=caller, turn_id=start.turn_id, spend=spending.add)
                async for event in self._work(start, stored, job, stop):
                    yield event

    async def _resume(
        self,
        start: TurnStart,
        waiting: WaitingApproval,
        approved: bool,
        world: World,
        stop: Stop,
        spending: Spending,
    ) -> AsyncIterator[Event]:
        won = await self.memory.answer_approval(
            waiting.plan_id, start.conversation_id, approved=approved, now=datetime.now(UTC)
        )
        if not won:
            yield Reply(text="That was answered already, in another window perhaps.", kind=ReplyKind.REFUSAL)
            return
        stored = await self.memory.resume_plan(start.turn_id, waiting.plan_id)
        world = World(catalogue=world.catalogue, expressions=world.expressions, now=stored.now)
        allowed = frozenset(intent.name for intent in world.catalogue.for_roles(start.caller.roles))
        is_wrong = check(stored.plan, world.catalogue, world.expressions, allowed)
        if is_wrong or unreadable(stored.plan, await self.memory.outcomes(stored.plan.id), world.catalogue):
            yield Reply(text="The services changed since I asked; please ask me again.", kind=ReplyKind.REFUSAL)
            return
        keys = frozenset(waiting.keys)
        job = Job(
            plan=stored.plan,
            world=world,
            caller=replace(start.caller, turn_id=start.turn_id),
            turn_id=start.turn_id,
            spend=spending.add,
            approved=keys if approved else frozenset(),
            denied=frozenset() if approved else keys,
        )
        await self.judgement.note_answer(job, approved)
        async for event in self._work(start, stored, job, stop):
            yield event

    async def _work(self, start: TurnStart, stored: StoredPlan, job: Job, stop: Stop) -> AsyncIterator[Event]:
        """Works the plan off as far as it goes, then asks for a yes or words the reply."""
        waiting: Sequence[Call] = ()
        while not stop.is_set() and not waiting:
            opinions = await self.memory.opinions(job.plan.id)
            found = schedule(job.plan, await self.memory.outcomes(job.plan.id), job.world, opinions)
            settled = [*found.settled, *await self.judgement.ruled_out(found.calls, job)]
            settled += [failed for doubt in found.doubts if (failed := await self._judge(doubt, job))]
            for outcome in settled:
                await self.memory.record(job.plan.id, outcome)
                yield self.runner.ended(job, outcome)
            if settled or found.doubts:
                continue
            if not found.calls:
                break
            ready, waiting = self.judgement.sorted(found.calls, job)
            async for event in self.runner.run(ready, job, stop):
                yield event
        if waiting:
            async for event in self._ask(start, job, waiting):
                yield event
            return
        report = make_report(
            stored.text, job.world.now, job.plan, await self.memory.outcomes(job.plan.id), job.world.catalogue
        )
        async for event in self._compose(report, job, stop.words if stop.is_set() else ""):
            yield event

    async def _judge(self, doubt: Doubt, job: Job) -> Outcome | None:
        """Has a condition judged, once; the failed step where nobody could."""
        try:
            holds, usage = await self.judge.holds(doubt, job.world.now)
        except PlannerError as error:
            return Outcome(
                step_id=doubt.step_id,
                index=doubt.index,
                status=OutcomeStatus.FAILED,
                reason=error.reason,
                message=error.message,
            )
        job.spend(usage)
        await self.memory.keep_opinion(job.plan.id, Opinion(step_id=doubt.step_id, index=doubt.index, holds=holds))
        return None

    async def _ask(self, start: TurnStart, job: Job, calls: Sequence[Call]) -> AsyncIterator[Event]:
        expires_at = datetime.now(UTC) + self.approval_lifetime
        effects = tuple(pending_effect(call, job, self.runner.offers(call, job)) for call in calls)
        keys = tuple(call.key for call in calls)
        waiting = WaitingApproval(plan_id=job.plan.id, keys=keys, expires_at=expires_at)
        await self.memory.ask_approval(start.conversation_id, waiting)
        question = question_for(effects)
        yield ApprovalRequested(plan_id=job.plan.id, effects=effects, question=question, expires_at=expires_at)
        yield Reply(text=question, kind=ReplyKind.APPROVAL)

    async def _compose(self, report: Report, job: Job, stopped: str) -> AsyncIterator[Event]:
        """The reply, in pieces and whole. After a stop, and where a model breaks off, templates take over."""
        composers = [TemplateComposer()] if stopped else [self.composer, TemplateComposer()]
        text = ""
        for composer in composers:
            text = stopped and f"{stopped} "
            try:
                async with aclosing(composer.compose(report, job.spend)) as pieces:
                    async for piece in pieces:
                        text += piece
                        yield ReplyDelta(text=piece)
                break
            except ComposerError:
                yield ReplyReset()
        yield Reply(text=text.strip(), kind=ReplyKind.ANSWER)


async def _unless(stop: Stop, work: Coroutine[Any, Any, Proposal]) -> Proposal | None:
    """What `work` returns; None, and the work cancelled, when `stop` is set first."""
    task, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        stopped.cancel()
        task.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)


def _effects(plan: Plan, catalogue: Catalogue) -> frozenset[str]:
    return frozenset(step.id for step in plan.steps if catalogue.intents[step.intent].has_effect)
