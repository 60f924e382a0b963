"""How long the client keeps trying when a connection breaks."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Limits in seconds: how long in all, the first pause, the longest pause."""

    total: float = 30.0
    first: float = 0.2
    longest: float = 3.0


class Outage:
    """One stretch of trouble, from the first loss until something is heard again.

    Pauses double and are jittered (half to whole), so that many clients do not come back in step.
    """

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._since: float | None = None
        self._losses = 0
        self.was_refused = False

    def lost(self, now: float) -> float | None:
        """Counts a loss at `now`, in seconds. Says how long to pause; nothing means: give up."""
        self._since = now if self._since is None else self._since
        pause = min(self._patience.longest, self._patience.first * 2**self._losses)
        self._losses += 1
        pause *= random.uniform(0.5, 1.0)  # noqa: S311 - jitter, not a secret
        return pause if now + pause - self._since <= self._patience.total else None

    def ends(self) -> None:
        """Something was heard: the next loss starts anew."""
        self._since, self._losses, self.was_refused = None, 0, False
