"""Scores the embedded planner over labelled messages, as `make eval` does."""

import datetime as dt
from collections.abc import Iterable, Sequence

from evaluation.conversation import Conversation
from evaluation.labels import Label
from evaluation.renamed_planning import renamed
from evaluation.scoring import Result, Timed, score
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.embedded.planner import EmbeddedPlanner
from orchestrator_server.expressions import Expressions
from orchestrator_server.planning import Planning
from orchestrator_server.thinking import make_id

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


async def scored(labels: Sequence[Label], catalogue: Catalogue, seed: int | None = None) -> list[Result]:
    """One result for each message; with a seed, every word of the catalogue's trade is renamed."""
    clock = Timed(planner=EmbeddedPlanner(make_id))
    plain = Planning(planner=clock)
    conversation = Conversation(
        planning=plain if seed is None else renamed(plain, catalogue, labels, seed),
        catalogue=catalogue,
        expressions=Expressions(catalogue),
        roles=frozenset({"customer"}),
        now=NOW,
    )
    return [await score(label, conversation, clock) for label in labels]


def share(results: Sequence[Result]) -> float:
    """The share that is fully right, in percent."""
    return 100 * sum(result.verdict.is_right for result in results) / len(results)


def unsafe(results: Iterable[Result]) -> list[str]:
    """The messages whose effects nobody asked for."""
    return [result.label.id for result in results if result.verdict.is_unsafe]


def told(results: Iterable[Result]) -> str:
    """What is not as its label says, a message a line with what was planned."""
    wrong = [result for result in results if not result.verdict.is_right]
    return "\n".join(f"{r.label.id}: {r.label.text}\n    {r.decided}\n    {r.verdict.why}" for r in wrong)


def changed(before: Sequence[Result], after: Sequence[Result]) -> str:
    """The messages that are right in one run alone."""
    pairs = [(b, a) for b, a in zip(before, after, strict=True) if b.verdict.is_right != a.verdict.is_right]
    return "\n".join(f"{b.label.id}: {b.label.text}\n    {b.decided}\n    {a.decided}" for b, a in pairs)
