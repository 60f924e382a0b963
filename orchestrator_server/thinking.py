"""What plans, what words replies and what judges: the embedded planner with templates, or a model.

A model's rooms are imported when one is configured: its SDK alone takes longer to import than all else to start.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.composer import Composer, TemplateComposer
from orchestrator_server.concealing import Hiding
from orchestrator_server.condition_judge import ConditionJudge, NoJudge
from orchestrator_server.embedded import EmbeddedPlanner
from orchestrator_server.planner import Planner
from orchestrator_server.settings import Limits, ModelSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Thinking:
    """What plans and what words: both embedded, or both by the model; then `fallback` is the embedded planner."""

    planner: Planner
    composer: Composer
    judge: ConditionJudge = field(default_factory=NoJudge)
    fallback: Planner | None = None


@asynccontextmanager
async def thinking(
    model: ModelSettings | None, limits: Limits, hiding: Hiding = Hiding.TEXT
) -> AsyncIterator[Thinking]:
    """The embedded planner and templates, or the model where one is configured."""
    embedded = EmbeddedPlanner(make_id, limits.plan_steps)
    async with _warming(embedded):
        if model is None:
            yield Thinking(planner=embedded, composer=TemplateComposer())
            return
        from orchestrator_server.model.thinking import with_model  # see above

        async with with_model(model, hiding) as (planner, composer, judge):
            yield Thinking(planner=planner, composer=composer, judge=judge, fallback=embedded)


@asynccontextmanager
async def _warming(planner: EmbeddedPlanner) -> AsyncIterator[None]:
    """Gets the planner ready in a thread, while the server serves already."""
    ready = asyncio.create_task(asyncio.to_thread(planner.warm_up))
    try:
        yield
    finally:
        await ready


def make_id() -> str:
    """A fresh id that nobody else makes."""
    return uuid.uuid4().hex


def shielded(thinking: Thinking, hiding: Hiding, catalogue: Callable[[], Catalogue]) -> Thinking:
    """The same, with nothing shown to a model that `hiding` hides; templates show it to nobody."""
    composer, judge = thinking.composer, thinking.judge
    if isinstance(composer, TemplateComposer) and isinstance(judge, NoJudge):
        return thinking
    from orchestrator_server.model.concealing import ConcealingComposer, ConcealingJudge  # see above

    if not isinstance(composer, TemplateComposer):
        composer = ConcealingComposer(composer=composer, catalogue=catalogue, hiding=hiding)
    if not isinstance(judge, NoJudge):
        judge = ConcealingJudge(judge=judge, catalogue=catalogue, hiding=hiding)
    return replace(thinking, composer=composer, judge=judge)
