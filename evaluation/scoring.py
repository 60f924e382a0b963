"""Runs a planner over labelled messages and keeps one result for each."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from evaluation.conversation import Conversation, decided
from evaluation.judging import Verdict, all_or_nothing, judge
from evaluation.labels import Label, LabelError
from evaluation.unrolling import unrolled
from evaluation.worlds import Run, Theatre
from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.condition_judge import ConditionJudge, NoJudge
from orchestrator_server.expressions import ExpressionError
from orchestrator_server.plan import Decision, Fault, Plan, Proposal, Request, Usage
from orchestrator_server.planner import Planner, PlannerError
from orchestrator_server.planning import SENSELESS


@dataclass(slots=True, kw_only=True)
class Timed:
    """A planner with a clock: `seconds` spent in it since somebody set them to zero."""

    planner: Planner
    seconds: float = 0.0

    @property
    def name(self) -> str:
        """The planner's own name."""
        return self.planner.name

    async def propose(
        self, request: Request, intents: Sequence[Intent], catalogue: Catalogue, faults: Sequence[Fault] = ()
    ) -> Proposal:
        """The planner's proposal. Raises PlannerError."""
        begin = time.perf_counter()
        try:
            return await self.planner.propose(request, intents, catalogue, faults)
        finally:
            self.seconds += time.perf_counter() - begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one message: `seconds` in the planner and what its last message took, without the turns before.

    `planner` names who made the plan, where there is one, or part of one: it may be the one beside a model.
    """

    label: Label
    verdict: Verdict
    decided: str
    seconds: float
    usage: Usage = field(default_factory=Usage)
    planner: str = ""


async def score(
    label: Label, conversation: Conversation, clock: Timed, judge_of_conditions: ConditionJudge | None = None
) -> Result:
    """Plans one labelled message and judges what came of it.

    An answer that makes no sense is a wrong one. Raises PlannerError where the planner cannot be reached or does not
    serve us: that says nothing about how it plans; and LabelError where the facts of a world cannot be read.
    """
    clock.seconds = 0.0
    try:
        memory = await conversation.remember(label)
        clock.seconds = 0.0
        proposal = await conversation.decide(label.email, label.text, memory)
    except PlannerError as error:
        if error.reason not in SENSELESS:
            raise
        return _failed(label, f"FAILED {error}", str(error), clock.seconds)
    seconds, decision = clock.seconds, proposal.decision
    try:
        verdict = await _judged(label, decision, conversation, judge_of_conditions or NoJudge())
    except ExpressionError as error:
        found = _failed(label, decided(decision), f"cannot be played: {error}", seconds)
        return replace(found, usage=proposal.usage)
    plan = decision if isinstance(decision, Plan) else getattr(decision, "partial", None)
    return Result(
        label=label,
        verdict=verdict,
        decided=decided(decision),
        seconds=seconds,
        usage=proposal.usage,
        planner=plan.planner if plan is not None else "",
    )


async def _judged(label: Label, decision: Decision, conversation: Conversation, judge_of: ConditionJudge) -> Verdict:
    theatre = Theatre(
        catalogue=conversation.catalogue, expressions=conversation.expressions, now=conversation.now, judge=judge_of
    )
    played: list[Sequence[Run]] = []
    if isinstance(decision, Plan):
        decision = unrolled(decision, conversation.expressions)
        try:
            played = [await theatre.play(decision, world.facts) for world in label.worlds]
        except (ValueError, TypeError, OverflowError) as error:
            raise LabelError(f"{label.id}: the facts of its worlds cannot be read: {error}") from error
    return judge(label, decision, played, conversation.catalogue)


def _failed(label: Label, decided: str, why: str, seconds: float) -> Result:
    return Result(label=label, verdict=all_or_nothing(False, why), decided=decided, seconds=seconds)
