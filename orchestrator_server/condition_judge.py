"""Conditions that CEL cannot say: judged over the results that they name, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from orchestrator_server.plan import Usage
from orchestrator_server.planner import PlannerError


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A condition that somebody must judge: of which call, in which words, over which values (formatted for people)."""

    step_id: str
    index: int
    words: str
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What was judged; it is stored, so that nobody is asked twice."""

    step_id: str
    index: int
    holds: bool


class ConditionJudge(Protocol):
    """Says whether words hold over values."""

    async def holds(self, doubt: Doubt, now: datetime) -> tuple[bool, Usage]:
        """Whether the condition holds, and what asking took. Raises PlannerError."""
        ...


class NoJudge:
    """Stands where no model is configured: nobody can judge."""

    async def holds(self, doubt: Doubt, now: datetime) -> tuple[bool, Usage]:
        """Raises PlannerError, always."""
        raise PlannerError(
            "NO_MODEL", f"I cannot judge “{doubt.words}” without a language model; ask for it in figures."
        )
