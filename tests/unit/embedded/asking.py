"""Asks the embedded planner and writes its decisions on one line, for tables that read like conversations."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from evaluation.catalogues import shop_catalogue
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.embedded import EmbeddedPlanner
from orchestrator_server.expressions import Expressions
from orchestrator_server.plan import Clarify, Decision, Plan, Recollection, Reference, Request, Step

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
DANA = "dana.fields@example.com"
CUSTOMER = frozenset({"customer"})


@cache
def shop() -> Catalogue:
    """The shop, built once."""
    return shop_catalogue()


@cache
def planner() -> EmbeddedPlanner:
    """One planner for all tests; it keeps its index."""
    return EmbeddedPlanner(lambda: "p1")


@cache
def expressions(catalogue: Catalogue) -> Expressions:
    """The compiler for a catalogue."""
    return Expressions(catalogue)


async def decide(text: str, memory: Recollection | None = None, catalogue: Catalogue | None = None) -> Decision:
    """What the planner makes of `text` as Dana. Every expression of a plan must compile."""
    catalogue = catalogue or shop()
    request = Request(text=text, email=DANA, now=NOW, memory=memory or Recollection())
    proposal = await planner().propose(request, catalogue.for_roles(CUSTOMER), catalogue)
    plan = proposal.decision if isinstance(proposal.decision, Plan) else getattr(proposal.decision, "partial", None)
    if plan is not None:
        compile_all(plan, catalogue)
    return proposal.decision


def compile_all(plan: Plan, catalogue: Catalogue) -> None:
    """Compiles every expression of a plan against the steps before it."""
    types: dict[str, str] = {}
    compiler = expressions(catalogue)
    for step in plan.steps:
        scope = dict(types)
        if step.for_each is not None:
            scope["each"] = compiler.element_type(compiler.compile(step.for_each, types).type_name)
        else:
            types[step.id] = catalogue.intents[step.intent].response_type
        for text in _texts(step):
            compiler.compile(text, scope)


def _texts(step: Step) -> Iterator[str]:
    if step.condition is not None:
        yield step.condition.expression
    for value in step.arguments.values():
        if isinstance(value, Reference):
            yield value.expression


def cases(table: str) -> list[tuple[str, str]]:
    """Messages and what `line` says of their decisions, one case a line: `message | decision`."""
    rows = (row.rsplit(" | ", 1) for row in table.strip().splitlines())
    return [(text, expected) for text, expected in rows]


def line(decision: Decision) -> str:
    """`~` marks a supporting read; enum constants are shortened to their suffix in capitals."""
    if isinstance(decision, Plan):
        return " + ".join(_step(step) for step in decision.steps)
    if isinstance(decision, Clarify):
        return f"ask {', '.join(decision.missing)}".strip()
    return f"refuse {decision.reason}"


def _step(step: Step) -> str:
    arguments = ", ".join(f"{name}={_value(value)}" for name, value in sorted(step.arguments.items()))
    said = f"{'~' if step.is_supporting else ''}{step.intent}({arguments})"
    if step.for_each is not None:
        said += f" for each {step.for_each}"
    if step.condition is not None:
        said += f" if {step.condition.expression}"
    return re.sub(r"\b[\w.]+\.(?:ORDER_STATUS|MEMBERSHIP|LOAN_STATE)_([A-Z]+)", r"\1", said)


def _value(value: object) -> str:
    if isinstance(value, Reference):
        return f"<{value.expression}>"
    if isinstance(value, list):
        return "[" + "; ".join(map(str, value)) + "]"
    return re.sub(r"^(?:ORDER_STATUS|MEMBERSHIP|LOAN_STATE)_", "", str(value))
