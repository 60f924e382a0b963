"""Plays a plan through in a labelled world: the real schedule, the real expressions, responses made from the facts.

What a call changes is not played: a label's facts are how things stand before and after it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evaluation.guises import USER, Guise, guises
from evaluation.labels import Facts
from evaluation.responses import respond
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.condition_judge import ConditionJudge, NoJudge, Opinion
from orchestrator_server.expressions import Expressions
from orchestrator_server.plan import Call, Json, Outcome, OutcomeStatus, Plan, StoredResponse
from orchestrator_server.planner import PlannerError
from orchestrator_server.schedule import World, schedule

_ROUNDS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Executed:
    """A call that was made. `is_swept`: of a thing that would be left alone, were it the only one."""

    step_id: str
    intent: str
    arguments: Mapping[str, Json]
    has_effect: bool
    is_swept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a plan does in one guise of a world."""

    guise: Guise
    calls: tuple[Executed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """Where plans are played. Conditions that only a reader can judge are judged by `judge`, or do not hold."""

    catalogue: Catalogue
    expressions: Expressions
    now: dt.datetime
    judge: ConditionJudge = field(default_factory=NoJudge)

    async def play(self, plan: Plan, facts: Facts) -> tuple[Run, ...]:
        """What `plan` does where `facts` are so, in every guise. Raises ExpressionError."""
        return tuple([Run(guise=one, calls=await self._in_guise(plan, facts, one)) for one in guises(facts, self.now)])

    async def _in_guise(self, plan: Plan, facts: Facts, guise: Guise) -> tuple[Executed, ...]:
        calls = await self._once(plan, facts, guise)
        things = [key for key in facts if key != USER]
        fans = {step.id for step in plan.steps if step.for_each is not None}
        swept: set[int] = set()
        for fan in fans:
            of_fan = [at for at, call in enumerate(calls) if call.step_id == fan]
            if len(things) > 1 and {_thing(calls[at], things) for at in of_fan} >= set(things):
                swept |= {at for at in of_fan if not await self._is_done_alone(plan, facts, guise, calls[at])}
        return tuple(replace(call, is_swept=at in swept) for at, call in enumerate(calls))

    async def _is_done_alone(self, plan: Plan, facts: Facts, guise: Guise, call: Executed) -> bool:
        """Would the call be made if its thing were the only one?

        Asked where every thing is acted upon: a condition that holds for one thing must not sweep up the others.
        """
        thing = _thing(call, list(facts))
        alone = {key: about for key, about in facts.items() if key in (USER, thing)}
        made = await self._once(plan, alone, guise)
        return any(one.step_id == call.step_id and one.arguments == call.arguments for one in made)

    async def _once(self, plan: Plan, facts: Facts, guise: Guise) -> tuple[Executed, ...]:
        world = World(catalogue=self.catalogue, expressions=self.expressions, now=self.now)
        outcomes: list[Outcome] = []
        opinions: list[Opinion] = []
        made: list[Executed] = []
        for _ in range(_ROUNDS):
            ready = schedule(plan, outcomes, world, opinions)
            if not (ready.calls or ready.settled or ready.doubts):
                break
            for doubt in ready.doubts:
                try:
                    holds, _ = await self.judge.holds(doubt, self.now)
                except PlannerError:
                    holds = False
                opinions.append(Opinion(step_id=doubt.step_id, index=doubt.index, digest=doubt.digest, holds=holds))
            outcomes += [*ready.settled, *(self._outcome(call, facts, guise) for call in ready.calls)]
            made += [_executed(call) for call in ready.calls]
        return tuple(made)

    def _outcome(self, call: Call, facts: Facts, guise: Guise) -> Outcome:
        response = respond(call, facts, guise, self.catalogue, self.now)
        if response is None:
            return Outcome(step_id=call.step.id, index=call.index, status=OutcomeStatus.FAILED, reason="NOT_FOUND")
        stored = StoredResponse(
            content=response.SerializeToString(),
            type_name=self.catalogue.intents[call.step.intent].response_type,
            catalogue_etag=self.catalogue.etag,
        )
        return Outcome(step_id=call.step.id, index=call.index, status=OutcomeStatus.SUCCEEDED, response=stored)


def _executed(call: Call) -> Executed:
    return Executed(step_id=call.step.id, intent=call.step.intent, arguments=call.arguments, has_effect=call.has_effect)


def _thing(call: Executed, things: Sequence[str]) -> str | None:
    """The thing that a call names."""
    said = {str(value).casefold() for value in call.arguments.values()}
    return next((key for key in things if key.casefold() in said), None)
