"""From a message to a decision that holds: the planner proposes, code checks, faults go back once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from orchestrator_server.catalogue import Catalogue, Parameter
from orchestrator_server.checks import check, missing, missing_faults
from orchestrator_server.dropping import NOT_GROUNDED, Dropped, dropped
from orchestrator_server.expressions import Expressions
from orchestrator_server.grounding import Ground
from orchestrator_server.normalising import normalised
from orchestrator_server.plan import Clarify, Decision, Fault, Plan, Proposal, Request
from orchestrator_server.planner import Planner

NOT_UNDERSTOOD = "I did not understand that well enough to act on it. Could you say it another way?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """One planner with the checks around it."""

    planner: Planner

    async def decide(
        self, request: Request, catalogue: Catalogue, expressions: Expressions, roles: frozenset[str]
    ) -> Proposal:
        """A plan that passed every check, or what to ask, or a refusal. Raises PlannerError.

        A plan with faults goes back to the planner once; still wrong, the user is asked and nothing runs.
        """
        intents = catalogue.for_roles(roles)
        allowed = frozenset(intent.name for intent in intents)
        first = await self.planner.propose(request, intents, catalogue)
        decision, faults = _checked(first.decision, request, catalogue, expressions, allowed)
        if not faults:
            return replace(first, decision=decision)
        second = await self.planner.propose(request, intents, catalogue, faults)
        decision, faults = _checked(second.decision, request, catalogue, expressions, allowed)
        usage = first.usage + second.usage
        return Proposal(decision=Clarify(question=NOT_UNDERSTOOD) if faults else decision, usage=usage)


def _checked(
    decision: Decision, request: Request, catalogue: Catalogue, expressions: Expressions, allowed: frozenset[str]
) -> tuple[Decision, tuple[Fault, ...]]:
    if not isinstance(decision, Plan):
        return decision, ()
    ground = Ground(request)
    plan, lost = normalised(decision, catalogue, ground), dropped(decision, catalogue, ground)
    faults = check(plan, catalogue, expressions, allowed)
    if faults:
        return plan, (*faults, *(one.fault for one in lost), *missing_faults(plan, catalogue))
    return _asked_for_missing(plan, catalogue, lost), ()


def _asked_for_missing(plan: Plan, catalogue: Catalogue, lost: Sequence[Dropped]) -> Decision:
    """The plan, or a question about the first step that lacks something."""
    gaps = list(missing(plan, catalogue))
    if not gaps:
        return plan
    step = gaps[0][0]
    names = tuple(name for other, name in gaps if other.id == step.id)
    parameters = [p for p in catalogue.intents[step.intent].askable if p.name in names]
    given = [one for one in lost if one.step_id == step.id and one.parameter in names and one.reason != NOT_GROUNDED]
    return Clarify(question=_question(parameters, given), missing=names, step_id=step.id, partial=plan)


def _question(parameters: Sequence[Parameter], given: Sequence[Dropped]) -> str:
    """What is asked for; for what was said and does not count, that it does not."""
    asked = "For that I still need: " + "; ".join(_described(parameter) for parameter in parameters) + "."
    return " ".join([asked, *(f"“{one.value}” does not look like one." for one in given)])


def _described(parameter: Parameter) -> str:
    said = (parameter.description or parameter.name.replace("_", " ")).rstrip(".")
    said = said[:1].lower() + said[1:]
    return f"{said} (for example {parameter.example})" if parameter.example else said
