"""Conditions that CEL cannot say: judged over the results that they name, and nothing else."""

import hashlib
import json
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

    @property
    def digest(self) -> str:
        """Stands for words and values: an opinion on other values is none on these."""
        said = json.dumps([self.words, self.evidence], sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What was judged of the doubt with this digest; it is stored, so that nobody is asked twice."""

    step_id: str
    index: int
    holds: bool
    digest: str


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
