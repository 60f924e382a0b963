"""Labels and plans written by hand, and what is thought of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from evaluation.catalogues import shop_catalogue
from evaluation.judging import Verdict, judge
from evaluation.labels import Label, LabelledStep, LabelledWorld
from evaluation.unrolling import unrolled
from evaluation.worlds import Theatre
from orchestrator_server.expressions import Expressions
from orchestrator_server.plan import Decision, Plan, Step
from tests.fakes import plan, step

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def wanted(
    intent: str, *also: str, when: bool = False, each: bool = False, optional: bool = False, **params: Any
) -> LabelledStep:
    return LabelledStep(
        intents=(intent, *also),
        params=params,
        optional_params={"reason": "*"} if intent == "order.cancel" else {},
        is_optional=optional,
        is_conditional=when,
        is_fan=each,
    )


def label(*steps: LabelledStep, kind: str = "plan", text: str = "hello", **more: Any) -> Label:
    given: dict[str, Any] = {
        "id": "x", "category": "single", "email": "sam@example.com", "earlier": (), "also_kinds": frozenset(),
        "is_ordered": False, "missing": (), "worlds": (),
    }  # fmt: skip
    return Label(text=text, kind=kind, steps=steps, **{**given, **more})


def world(executed: Sequence[int], **facts: Any) -> LabelledWorld:
    """`A_1` stands for the order A-1."""
    return LabelledWorld(
        facts={key.replace("_", "-"): about for key, about in facts.items()}, executed=frozenset(executed)
    )


def feeding(id: str, intent: str, **arguments: Any) -> Step:
    return replace(step(id, intent, **arguments), is_supporting=True)


@cache
def theatre() -> Theatre:
    catalogue = shop_catalogue()
    return Theatre(catalogue=catalogue, expressions=Expressions(catalogue), now=NOW)


async def verdict(one: Label, decision: Decision) -> Verdict:
    played = []
    if isinstance(decision, Plan):
        decision = unrolled(decision, theatre().expressions)
        played = [await theatre().play(decision, it.facts) for it in one.worlds]
    return judge(one, decision, played, theatre().catalogue)


async def verdict_on(one: Label, *steps: Step) -> Verdict:
    return await verdict(one, plan(*steps))


def aspects(found: Verdict) -> str:
    """`kipc!`: what is right, and `!` for unsafe."""
    letters = zip("kipc", (found.kind, found.intents, found.parameters, found.conditions), strict=True)
    return "".join(letter for letter, holds in letters if holds) + "!" * found.is_unsafe
