"""What became of a clause: the intents that it is about, and whether they are wanted."""

from dataclasses import dataclass
from enum import Enum

from orchestrator_server.embedded.requests.matching import Match


class Verdict(Enum):
    """What became of a clause."""

    CHOSEN = "chosen"
    UNSURE = "unsure"
    """Two effects fit about as well."""
    WONDERED = "wondered"
    """An effect was asked about, not for."""
    DECLINED = "declined"
    """An effect was ruled out."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The verdict with the intents that it is about, the best first."""

    verdict: Verdict
    matches: tuple[Match, ...] = ()

    @property
    def best(self) -> Match:
        """The best match."""
        return self.matches[0]


NOTHING = Choice(verdict=Verdict.NOTHING)
"""Nothing that is on offer was asked for."""
