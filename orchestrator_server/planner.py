"""What every planner is, whoever thinks for it."""

from collections.abc import Sequence
from typing import Protocol

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.plan import Fault, Proposal, Request


class PlannerError(Exception):
    """The planner could not be reached or made no sense; `message` says what to do.

    `reason` is for programs, for instance MODEL_UNREACHABLE, MODEL_REFUSED, MODEL_OVERLOADED, MODEL_NONSENSE.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


class Planner(Protocol):
    """Turns what a user says into a proposal; the host checks it (see planning.py)."""

    @property
    def name(self) -> str:
        """`embedded`, or the model."""
        ...

    async def propose(
        self, request: Request, intents: Sequence[Intent], catalogue: Catalogue, faults: Sequence[Fault] = ()
    ) -> Proposal:
        """A proposal over `intents`, those that the user may call. Raises PlannerError.

        `faults` are what was wrong with the last proposal for the same request, when there was one.
        """
        ...
