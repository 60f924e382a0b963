"""Counts the open streams of each person, so that nobody takes them all."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from service_kit.errors import ResourceExhausted


class OpenStreams:
    """The streams that are open in this process; `most` are allowed to each person."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: Counter[str] = Counter()

    @contextmanager
    def one_more(self, person: str) -> Iterator[None]:
        """Counts a stream for as long as the block runs. Raises ResourceExhausted where it is one too many."""
        if self._open[person] >= self._most:
            message = f"You have {self._most} streams open and no more are allowed; close one first."
            raise ResourceExhausted("TOO_MANY_STREAMS", message, allowed=str(self._most))
        self._open[person] += 1
        try:
            yield
        finally:
            self._open[person] -= 1
            if not self._open[person]:
                del self._open[person]
