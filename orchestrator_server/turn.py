"""One turn from the user's words to the reply: the only file that knows the order of things.

received → recalled → planned (or asked, or refused) → reads run in parallel, effects one at a time, each judged by
policy and recorded → approval asked for, or the reply composed → done. A turn never waits for the user in the middle:
when a yes is needed it stores the pending effects and ends; the yes starts a turn that resumes the stored plan.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from orchestrator_server.answering import answer_to, answers_of
from orchestrator_server.calling import CallRunner, Job
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.checks import check
from orchestrator_server.composer import Composer
from orchestrator_server.condition_judge import ConditionJudge, Doubt, Opinion
from orchestrator_server.events import (
    ApprovalRequested,
    Event,
    PlanMade,
    Reply,
    ReplyKind,
    TurnDone,
    TurnFailed,
    UserSaid,
)
from orchestrator_server.expressions import Expressions
from orchestrator_server.judgement import Judgement, Sorting, pending_effect, question_for, waiting_effect
from orchestrator_server.memory import Memory
from orchestrator_server.memory_values import StoredPlan, TurnStatus, WaitingApproval
from orchestrator_server.plan import Clarify, Outcome, OutcomeStatus, Plan, Refuse, Request
from orchestrator_server.planner import PlannerError
from orchestrator_server.planning import Planning
from orchestrator_server.repeating import stale
from orchestrator_server.replying import replies
from orchestrator_server.report import make_report
from orchestrator_server.schedule import MAX_ELEMENTS, World, schedule
from orchestrator_server.stored_responses import unreadable
from orchestrator_server.turn_values import Spending, Stop, TurnStart, unless


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
    max_elements: int = MAX_ELEMENTS

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
        world = World(
            catalogue=catalogue,
            expressions=self.expressions(catalogue),
            now=start.now,
            max_elements=self.max_elements,
        )
        waiting = await self.memory.waiting_approval(start.conversation_id)
        said = answer_to(waiting, start)
        if isinstance(said, Reply):
            yield said
        elif said is None or waiting is None:
            async for event in self._plan(start, world, stop, spending):
                yield event
        else:
            async for event in self._resume(start, waiting, said, world, stop, spending):
                yield event

    async def _plan(self, start: TurnStart, world: World, stop: Stop, spending: Spending) -> AsyncIterator[Event]:
        email = start.caller.email
        await self.memory.withdraw_approvals(start.conversation_id)
        memory = await self.memory.recall(start.conversation_id, start.turn_id, email)
        request = Request(text=start.text, email=email, now=start.now, memory=memory)
        thinking = self.planning.decide(request, world.catalogue, world.expressions, start.caller.roles)
        proposal = await unless(stop, thinking)
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
        said: Mapping[str, bool],
        world: World,
        stop: Stop,
        spending: Spending,
    ) -> AsyncIterator[Event]:
        plan_id = waiting.plan_id
        if not await self.memory.answer_approval(plan_id, start.conversation_id, said, datetime.now(UTC)):
            yield Reply(text="That was answered already, in another window perhaps.", kind=ReplyKind.REFUSAL)
            return
        stored = await self.memory.resume_plan(start.turn_id, plan_id)
        world = replace(world, now=stored.now)
        allowed = frozenset(intent.name for intent in world.catalogue.for_roles(start.caller.roles))
        outcomes = await self.memory.outcomes(plan_id)
        faults = check(stored.plan, world.catalogue, world.expressions, allowed, self.planning.max_steps)
        if faults or unreadable(stored.plan, outcomes, world.catalogue):
            yield Reply(text="The services changed since I asked; please ask me again.", kind=ReplyKind.REFUSAL)
            return
        job = Job(
            plan=stored.plan,
            world=world,
            caller=replace(start.caller, turn_id=start.turn_id),
            turn_id=start.turn_id,
            spend=spending.add,
            answers=answers_of(await self.memory.answers(plan_id), waiting, said),
        )
        await self.judgement.note_answer(job, [(effect, said[effect.fingerprint]) for effect in waiting.effects])
        if job.answers.asked:
            pending = frozenset(effect.step_id for effect in waiting.effects)
            await self.memory.forget(plan_id, sorted(stale(stored.plan, outcomes, pending, world)))
        async for event in self._work(start, stored, job, stop):
            yield event

    async def _work(self, start: TurnStart, stored: StoredPlan, job: Job, stop: Stop) -> AsyncIterator[Event]:
        """Works the plan off as far as it goes, then asks for a yes or words the reply."""
        sorting = Sorting()
        while not stop.is_set() and not sorting.ask:
            opinions = await self.memory.opinions(job.plan.id)
            found = schedule(job.plan, await self.memory.outcomes(job.plan.id), job.world, opinions)
            sorting = await self.judgement.sort(found.calls, job) if not (found.settled or found.doubts) else Sorting()
            settled = [*found.settled, *sorting.settled]
            settled += [failed for doubt in found.doubts if (failed := await self._judge(doubt, job))]
            for outcome in settled:
                await self.memory.record(job.plan.id, outcome)
                yield self.runner.ended(job, outcome)
            if not (settled or found.doubts or found.calls):
                break
            async for event in self.runner.run(sorting.run, job, stop):
                yield event
            if any(call.has_effect for call in sorting.run):
                job = replace(job, answers=replace(job.answers, asked=frozenset()))  # the yes has been compared
        if sorting.ask:
            async for event in self._ask(start, job, sorting):
                yield event
            return
        report = make_report(
            stored.text, job.world.now, job.plan, await self.memory.outcomes(job.plan.id), job.world.catalogue
        )
        async for event in replies(self.composer, report, job.spend, stop.words if stop.is_set() else ""):
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
        await self.memory.keep_opinion(
            job.plan.id, Opinion(step_id=doubt.step_id, index=doubt.index, holds=holds, digest=doubt.digest)
        )
        return None

    async def _ask(self, start: TurnStart, job: Job, sorting: Sorting) -> AsyncIterator[Event]:
        expires_at = datetime.now(UTC) + self.approval_lifetime
        effects = tuple(pending_effect(call, job) for call in sorting.ask)
        waits = tuple(waiting_effect(call, shown, job) for call, shown in zip(sorting.ask, effects, strict=True))
        waiting = WaitingApproval(plan_id=job.plan.id, effects=waits, expires_at=expires_at)
        await self.memory.ask_approval(start.conversation_id, waiting)
        question = question_for(effects, is_changed=sorting.is_changed)
        yield ApprovalRequested(
            plan_id=job.plan.id,
            effects=effects,
            question=question,
            expires_at=expires_at,
            is_changed=sorting.is_changed,
        )
        yield Reply(text=question, kind=ReplyKind.APPROVAL)


def _effects(plan: Plan, catalogue: Catalogue) -> frozenset[str]:
    return frozenset(step.id for step in plan.steps if catalogue.intents[step.intent].has_effect)
