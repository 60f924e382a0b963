"""One turn from the user's words to the reply: the only file that knows the order of things.

received → recalled → planned (or asked, or refused) → reads run in parallel, effects one at a time, each judged by
policy, reserved and recorded → approval asked for, or the reply composed → ended. A turn never waits for the user in
the middle: when a yes is needed it stores the pending effects and ends; the yes starts a turn that resumes the plan.

Whatever is decided is written down before anything follows from it, so an instance that takes a turn over goes on where
the one before it stood: a stored plan is not made again, a stored outcome not called for again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from orchestrator_server import approval_sql, plan_sql, recall_sql, transitions
from orchestrator_server.answering import answer_to, answers_after, answers_of
from orchestrator_server.calling import CallRunner, Job
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.checks import check
from orchestrator_server.coming_up import come_up
from orchestrator_server.composer import Composer
from orchestrator_server.condition_judge import ConditionJudge, Doubt, Opinion
from orchestrator_server.contracts import Contracts
from orchestrator_server.events import ApprovalRequested, PlanMade, Reply, ReplyKind, TurnFailed, UserSaid
from orchestrator_server.expressions import Expressions
from orchestrator_server.journal import Scribe
from orchestrator_server.judgement import Judgement, Sorting, pending_effect, question_for, waiting_effect
from orchestrator_server.memory_values import StoredPlan, StoredTurn, TurnStatus, WaitingApproval
from orchestrator_server.plan import Clarify, Outcome, OutcomeStatus, Plan, Refuse, Request
from orchestrator_server.planner import PlannerError
from orchestrator_server.planning import Planning
from orchestrator_server.repeating import stale
from orchestrator_server.replying import worded
from orchestrator_server.report import make_report
from orchestrator_server.run import Run
from orchestrator_server.schedule import MAX_ELEMENTS, World, schedule
from orchestrator_server.stored_responses import unreadable
from orchestrator_server.turn_values import Spending, Stop, unless


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Runs turns. `catalogue` gives the newest snapshot, `expressions` the compiler that belongs to one.

    `approval_lifetime` is how long a request for a yes stands, `max_elements` bounds the calls of one `for_each`,
    `doubt_seconds` is how long a turn that is taken over waits for servers that it needs.
    """

    planning: Planning
    runner: CallRunner
    composer: Composer
    judgement: Judgement
    judge: ConditionJudge
    contracts: Contracts
    catalogue: Callable[[], Catalogue]
    expressions: Callable[[Catalogue], Expressions]
    approval_lifetime: timedelta
    max_elements: int = MAX_ELEMENTS
    doubt_seconds: float = 0

    async def run(self, turn: StoredTurn, scribe: Scribe, stop: Stop) -> None:
        """Works the turn off from wherever it stands. `stop` set: nothing new is begun. Raises LeaseLost."""
        run = Run(start=turn.start, scribe=scribe, stop=stop, spending=Spending(usage=turn.usage))
        await scribe.begin(UserSaid(text=turn.start.text))
        try:
            if turn.plan_id is None:
                await self._answer(run)
            else:
                await self._take_over(run, turn.plan_id)
        except PlannerError as error:
            await run.fail(TurnFailed(reason=error.reason, message=error.message))

    async def _answer(self, run: Run) -> None:
        """A yes, a no or a part to what waits; else a message like any other."""
        waiting = await run.scribe.read(partial(approval_sql.waiting, run.start.conversation_id))
        said = answer_to(waiting, run.start)
        if isinstance(said, Reply):
            await run.end(said)
        elif said is None or waiting is None:
            await self._plan(run)
        else:
            await self._resume(run, waiting, said)

    async def _plan(self, run: Run) -> None:
        start, world = run.start, self._world(run.start.now)
        recalling = partial(recall_sql.recall, start.conversation_id, start.turn_id, start.caller.email)
        memory = await run.scribe.read(recalling)
        await self.contracts.recall(world.catalogue, [one for turn in memory.turns for one in turn.outcomes])
        request = Request(text=start.text, email=start.caller.email, now=start.now, memory=memory)
        thinking = self.planning.decide(request, world.catalogue, world.expressions, start.caller.roles)
        proposal = await unless(run.stop, thinking)
        if proposal is None:
            await run.end(Reply(text=run.stop.words, kind=ReplyKind.ANSWER))
            return
        run.spending.add(proposal.usage)
        match proposal.decision:
            case Clarify() as asked:
                reply = Reply(text=asked.question, kind=ReplyKind.CLARIFICATION)
                await run.end(reply, partial(transitions.talked_on, start.conversation_id, asked))
            case Refuse() as refused:
                reply = Reply(text=refused.message, kind=ReplyKind.REFUSAL)
                await run.end(reply, partial(transitions.talked_on, start.conversation_id, None))
            case Plan() as plan:
                stored = StoredPlan(plan=plan, text=start.text, now=start.now, catalogue_etag=world.catalogue.etag)
                await self.contracts.keep(world.catalogue)
                planned = partial(transitions.planned, start, stored, run.spending.usage)
                await run.scribe.commit(planned, PlanMade(plan=plan, effects=_effects(plan, world.catalogue)))
                await self._work(run, stored, self._job(run, plan, world))

    async def _resume(self, run: Run, waiting: WaitingApproval, said: Mapping[str, bool]) -> None:
        """Goes on with the plan that waits, after its answer."""
        stored = await run.scribe.read(partial(plan_sql.load, waiting.plan_id))
        world = self._world(stored.now)
        outcomes = await self._outcomes(run, stored.plan, world)
        if not self._still_fits(run, stored, outcomes, world):
            reply = Reply(text="The services changed since I asked; please ask me again.", kind=ReplyKind.REFUSAL)
            await run.end(reply, partial(approval_sql.withdraw, run.start.conversation_id))
            return
        is_yes = any(said.values())
        pending = frozenset(effect.step_id for effect in waiting.effects if effect.has_effect)
        repeated = stale(stored.plan, outcomes, pending, world) if is_yes else frozenset()
        job = self._job(run, stored.plan, world)
        notes = self.judgement.notes(job, [(effect, said[effect.fingerprint]) for effect in waiting.effects])
        answered = partial(transitions.answered, run.start, waiting.plan_id, said, sorted(repeated), notes)
        if not await run.scribe.commit(answered):
            text = "That was answered already, in another window perhaps."
            await run.end(Reply(text=text, kind=ReplyKind.REFUSAL))
            return
        known = await run.scribe.read(partial(approval_sql.answers, waiting.plan_id))
        await self._work(run, stored, replace(job, answers=answers_of(known, waiting, said)))

    async def _take_over(self, run: Run, plan_id: str) -> None:
        """Goes on with a plan that another instance worked on, or this one before it was restarted."""
        stored = await run.scribe.read(partial(plan_sql.load, plan_id))
        reserved = await run.scribe.read(partial(plan_sql.reservations, plan_id))
        await come_up(stored.plan, reserved, self.catalogue, self.doubt_seconds)
        world = self._world(stored.now)
        outcomes = await self._outcomes(run, stored.plan, world)
        if not self._still_fits(run, stored, outcomes, world):
            message = "The services changed while I worked on this. Look at what was done before you ask again."
            failed = TurnFailed(reason="SERVICES_CHANGED", message=message)
            await run.fail(failed, partial(transitions.lost, plan_id, reserved))
            return
        known = await run.scribe.read(partial(approval_sql.answers, plan_id))
        asked = await run.scribe.read(partial(approval_sql.asked, plan_id)) if known else None
        job = self._job(run, stored.plan, world)
        made = frozenset((one.step_id, one.index) for one in outcomes)
        answers = answers_after(known, asked, made | frozenset((one.step_id, one.index) for one in reserved))
        reserved_at = {(one.step_id, one.index): one for one in reserved}
        await self._work(run, stored, replace(job, answers=answers, reserved=reserved_at))

    async def _work(self, run: Run, stored: StoredPlan, job: Job) -> None:
        """Works the plan off as far as it goes, then asks for a yes or words the reply."""
        sorting = Sorting()
        while not sorting.ask:
            outcomes, opinions = await run.scribe.read(partial(plan_sql.progress, job.plan.id))
            await self.contracts.recall(job.world.catalogue, outcomes)
            found = schedule(job.plan, outcomes, job.world, opinions)
            if begun := job.begun(found.calls):
                sorting = Sorting(run=begun)  # judged before it was reserved: to ask again could make it happen twice
            elif run.stop.is_set():
                break
            else:
                sorting = Sorting() if found.settled or found.doubts else self.judgement.sort(found.calls, job)
            settled = [*found.settled, *sorting.settled]
            settled += [failed for doubt in found.doubts if (failed := await self._judge(run, doubt, job))]
            notes = sorting.notes
            for outcome in settled:
                recorded = partial(transitions.recorded, job.plan.id, outcome, notes)
                await run.scribe.commit(recorded, self.runner.ended(job, outcome))
                notes = ()
            if not (settled or found.doubts or found.calls):
                break
            await self.runner.run(sorting.run, job, run.scribe, run.stop)
            if any(call.has_effect for call in sorting.run):
                job = replace(job, answers=replace(job.answers, asked=frozenset()))  # the yes has been compared
        if sorting.ask:
            await self._ask(run, job, sorting)
            return
        report = make_report(
            stored.text,
            job.world.now,
            job.plan,
            await self._outcomes(run, job.plan, job.world),
            job.world.catalogue,
        )
        stopped = run.stop.words if run.stop.is_set() else ""
        text = await worded(self.composer, report, run.spending.add, stopped, run.scribe.tell)
        await run.end(Reply(text=text, kind=ReplyKind.ANSWER))

    async def _judge(self, run: Run, doubt: Doubt, job: Job) -> Outcome | None:
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
        run.spending.add(usage)
        opinion = Opinion(step_id=doubt.step_id, index=doubt.index, holds=holds, digest=doubt.digest)
        await run.scribe.commit(partial(plan_sql.keep_opinion, job.plan.id, opinion))
        return None

    async def _ask(self, run: Run, job: Job, sorting: Sorting) -> None:
        expires_at = datetime.now(UTC) + self.approval_lifetime
        effects = tuple(pending_effect(call, job) for call in sorting.ask)
        waits = tuple(waiting_effect(call, shown, job) for call, shown in zip(sorting.ask, effects, strict=True))
        waiting = WaitingApproval(plan_id=job.plan.id, effects=waits, expires_at=expires_at)
        question = question_for(sorting.ask, effects, job, is_changed=sorting.is_changed)
        requested = ApprovalRequested(
            plan_id=job.plan.id,
            effects=effects,
            question=question,
            expires_at=expires_at,
            is_changed=sorting.is_changed,
        )
        asking = partial(approval_sql.ask, run.start.conversation_id, waiting)
        reply = Reply(text=question, kind=ReplyKind.APPROVAL)
        await run.end(reply, asking, requested, status=TurnStatus.AWAITING)

    async def _outcomes(self, run: Run, plan: Plan, world: World) -> tuple[Outcome, ...]:
        """What became of the plan so far, readable with the contracts at hand or with those that were stored."""
        outcomes = await run.scribe.read(partial(plan_sql.outcomes, plan.id))
        await self.contracts.recall(world.catalogue, outcomes)
        return outcomes

    def _still_fits(self, run: Run, stored: StoredPlan, outcomes: Sequence[Outcome], world: World) -> bool:
        """Is a stored plan as good with the services of now?"""
        allowed = frozenset(intent.name for intent in world.catalogue.for_roles(run.start.caller.roles))
        faults = check(stored.plan, world.catalogue, world.expressions, allowed, self.planning.max_steps)
        return not faults and not unreadable(stored.plan, outcomes, world.catalogue)

    def _world(self, now: datetime) -> World:
        catalogue = self.catalogue()
        expressions = self.expressions(catalogue)
        return World(catalogue=catalogue, expressions=expressions, now=now, max_elements=self.max_elements)

    def _job(self, run: Run, plan: Plan, world: World) -> Job:
        caller = replace(run.start.caller, turn_id=run.start.turn_id)
        return Job(plan=plan, world=world, caller=caller, turn_id=run.start.turn_id, spending=run.spending)


def _effects(plan: Plan, catalogue: Catalogue) -> frozenset[str]:
    return frozenset(step.id for step in plan.steps if catalogue.intents[step.intent].has_effect)
