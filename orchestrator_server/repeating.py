"""Which reads are repeated after a yes: those that the approved effects stand on, and what was settled by them."""

from collections.abc import Mapping, Sequence

from orchestrator_server.plan import Outcome, OutcomeStatus, Plan
from orchestrator_server.schedule import World
from orchestrator_server.scope import scope_of, uses_of

UNTRIED = frozenset({OutcomeStatus.SKIPPED, OutcomeStatus.FAILED})


def stale(plan: Plan, outcomes: Sequence[Outcome], pending: frozenset[str], world: World) -> frozenset[str]:
    """The ids of the steps whose outcomes no longer count once the effects of the steps `pending` were approved.

    `outcomes` stand in the order they came. What was read before an effect that has run is not read again: it told how
    things stood before that effect, and the rest of the plan was decided by it.
    """
    scope = scope_of(plan, world.catalogue, world.expressions)
    uses = {step.id: uses_of(step, scope, world.expressions) for step in plan.steps}
    fresh = _since_the_last_effect(plan, outcomes, world)
    reads = {name for name in _behind(pending, uses) if name in fresh}
    untried = {one.step_id for one in outcomes if not one.server and one.status in UNTRIED}
    settled_by_them = {name for name in untried if _behind(frozenset({name}), uses) & reads}
    return frozenset(reads | settled_by_them)


def _since_the_last_effect(plan: Plan, outcomes: Sequence[Outcome], world: World) -> frozenset[str]:
    """Reads all of whose outcomes came after the last effect that a server was asked for."""
    effects = {step.id for step in plan.steps if world.catalogue.intents[step.intent].has_effect}
    acted = max((place for place, one in enumerate(outcomes) if one.step_id in effects and one.server), default=-1)
    earlier = {one.step_id for one in outcomes[: acted + 1]}
    return frozenset(one.step_id for one in outcomes if one.step_id not in effects | earlier)


def _behind(steps: frozenset[str], uses: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Everything that `steps` depend on, directly or through other steps."""
    found: set[str] = set()
    waiting = [name for step in steps for name in uses[step]]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(uses[name])
    return frozenset(found)
