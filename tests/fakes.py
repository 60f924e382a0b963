"""Doubles: small classes that stand for what a test does not want to think about."""

from collections.abc import Callable, Sequence

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.plan import (
    Clarify,
    Condition,
    Decision,
    Fault,
    Plan,
    Proposal,
    Reference,
    Refuse,
    Request,
    Step,
    Usage,
)

Script = Callable[[Request], Decision] | Decision


class ScriptedPlanner:
    """Answers with what the test wrote down, in order; keeps the requests it got."""

    name = "scripted"

    def __init__(self, *decisions: Script) -> None:
        self.decisions = list(decisions)
        self.requests: list[Request] = []
        self.faults: list[Sequence[Fault]] = []

    async def propose(
        self, request: Request, intents: Sequence[Intent], catalogue: Catalogue, faults: Sequence[Fault] = ()
    ) -> Proposal:
        self.requests.append(request)
        self.faults.append(faults)
        decision = self.decisions.pop(0)
        made = decision(request) if callable(decision) else decision
        return Proposal(decision=made, usage=Usage(model_calls=1))


_ids = iter(range(1, 1_000_000))


def plan(*steps: Step) -> Plan:
    """A plan with an id of its own."""
    return Plan(id=f"plan-{next(_ids)}", steps=steps, planner="scripted")


def step(
    id: str,
    intent: str,
    *,
    when: str | None = None,
    words: str = "so it is",
    each: str | None = None,
    **arguments: object,
) -> Step:
    """A step: `step("s2", "order.cancel", order_id="A-1042", when="s1.order...")`; `Reference` for references."""
    return Step(
        id=id,
        intent=intent,
        arguments=arguments,  # type: ignore[arg-type]  # tests write JSON by hand
        condition=Condition(words=words, expression=when) if when else None,
        for_each=each,
    )


def ref(expression: str) -> Reference:
    """An argument taken from earlier responses."""
    return Reference(expression=expression)


__all__ = ["Clarify", "Refuse", "ScriptedPlanner", "plan", "ref", "step"]
