"""From a message to a decision that holds: the planner proposes, code checks, faults go back once.

A planner that is not trusted, such as a model, has another beside it that obeys nobody. What the user's own words do
not support is then left out of its plans (see support.py); where nothing is left, or faults stay, the other's is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.checks import MAX_STEPS, TOO_MANY_STEPS
from orchestrator_server.expressions import Expressions
from orchestrator_server.plan import Clarify, Decision, Fault, Plan, Proposal, Refuse, Request, Step
from orchestrator_server.planner import Planner, PlannerError
from orchestrator_server.report import step_words
from orchestrator_server.support import supported
from orchestrator_server.user_words import Asked, WordReader, bounded
from orchestrator_server.vetting import Vetting

NOT_UNDERSTOOD = "I did not understand that well enough to act on it. Could you say it another way?"
SENSELESS = frozenset({"MODEL_NONSENSE", "MODEL_REFUSED"})
"""Reasons of planners that were reached and gave nothing: somebody may have told them to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """One planner with the checks around it; `fallback` is the one that obeys nobody, where `planner` may."""

    planner: Planner
    fallback: Planner | None = None
    max_steps: int = MAX_STEPS
    reader: WordReader = field(default_factory=WordReader)

    async def decide(
        self, request: Request, catalogue: Catalogue, expressions: Expressions, roles: frozenset[str]
    ) -> Proposal:
        """A plan that passed every check, or what to ask, or a refusal. Raises PlannerError.

        A plan with faults goes back to the planner once; still wrong, the fallback decides, or the user is asked.
        """
        intents = catalogue.for_roles(roles)
        allowed = frozenset(intent.name for intent in intents)
        vetting = Vetting(
            request=request, catalogue=catalogue, expressions=expressions, allowed=allowed, max_steps=self.max_steps
        )
        try:
            first = await self.planner.propose(request, intents, catalogue)
            asked = await self._asked(request, intents, catalogue) if isinstance(first.decision, Plan) else None
            decision, faults = _vetted(first.decision, asked, vetting)
            if not faults:
                return replace(first, decision=decision)
            second = await self.planner.propose(request, intents, catalogue, faults)
        except PlannerError as error:
            return await self._without_sense(error, vetting, intents)
        decision, faults = _vetted(second.decision, asked, vetting)
        usage = first.usage + second.usage
        return Proposal(decision=self._unmended(asked, faults, vetting) if faults else decision, usage=usage)

    async def _without_sense(self, error: PlannerError, vetting: Vetting, intents: Sequence[Intent]) -> Proposal:
        """What the fallback would do, where the planner answered and its answer is no use. Else raises `error`."""
        asked = None
        if error.reason in SENSELESS:
            asked = await self._asked(vetting.request, intents, vetting.catalogue)
        own = _own(asked, vetting) if asked is not None else None
        if own is None:
            raise error
        return Proposal(decision=own)

    async def _asked(self, request: Request, intents: Sequence[Intent], catalogue: Catalogue) -> Asked | None:
        """What the user's words ask for, without the planner; None where the planner is trusted."""
        if self.fallback is None:
            return None
        plain = bounded(intents)
        own = await self.fallback.propose(request, plain, catalogue)
        return await self.reader.read(request, own.decision, plain, catalogue)

    def _unmended(self, asked: Asked | None, faults: Sequence[Fault], vetting: Vetting) -> Decision:
        own = _own(asked, vetting) if asked is not None else None
        if own is not None:
            return own
        if any(fault.reason == TOO_MANY_STEPS for fault in faults):
            return Clarify(question=f"That takes more than {self.max_steps} steps at once. What shall I do first?")
        return Clarify(question=NOT_UNDERSTOOD)


def _vetted(decision: Decision, asked: Asked | None, vetting: Vetting) -> tuple[Decision, tuple[Fault, ...]]:
    if not isinstance(decision, Plan):
        return decision, ()
    found = vetting.normalised(decision)
    if asked is None or any(step.intent not in vetting.allowed for step in decision.steps):
        return vetting.checked(found)
    kept = supported(found.plan, asked, vetting.catalogue, vetting.expressions)
    invented = vetting.invented(replace(found, plan=kept))
    real = {step.intent for step in kept.steps if step.id not in invented}
    steps = tuple(step for step in kept.steps if step.id not in invented or step.intent not in real)
    is_sure = steps == found.plan.steps and not invented
    if steps and (is_sure or not _lacks_something(steps, invented, asked)):
        return vetting.checked(replace(found, plan=replace(kept, steps=steps)))
    return _unasked(found.plan, asked, vetting)


def _lacks_something(steps: Sequence[Step], invented: frozenset[str], asked: Asked) -> bool:
    """Does the fallback know of more that was asked for than is left in these steps, or what they are about?"""
    if not isinstance(asked.own, Plan):
        return False
    good = [step for step in steps if step.id not in invented]
    return len(good) < sum(not step.is_supporting for step in asked.own.steps)


def _unasked(plan: Plan, asked: Asked, vetting: Vetting) -> tuple[Decision, tuple[Fault, ...]]:
    """What to do about a plan of which the user's words say nothing: they may be in another language, or injected.

    The fallback decides if it can. Else reads may run, for they change nothing; an effect is asked about.
    """
    own = _own(asked, vetting)
    if own is not None:
        return own, ()
    if isinstance(asked.own, Refuse) and asked.own.reason != "out_of_scope":
        return asked.own, ()
    intents = vetting.catalogue.intents
    decision, faults = vetting.checked(vetting.normalised(plan))
    effects = [step for step in plan.steps if intents[step.intent].has_effect]
    if faults or not effects or not isinstance(decision, Plan):
        return decision, faults
    return Clarify(question=f"Do you want me to {_words(effects, vetting)}?", partial=plan), ()


def _own(asked: Asked, vetting: Vetting) -> Decision | None:
    """What the fallback would do or ask, if it understood the words and that passes every check."""
    if isinstance(asked.own, Clarify) and asked.own.partial is not None:
        return asked.own
    if not isinstance(asked.own, Plan):
        return None
    decision, faults = vetting.checked(vetting.normalised(asked.own))
    return None if faults else decision


def _words(steps: Sequence[Step], vetting: Vetting) -> str:
    return ", and to ".join(step_words(step, vetting.catalogue.intents[step.intent], {}) for step in steps)
