"""A value that others may change, read again while it is used: off the event loop, one read at a time."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

PAUSE_SECONDS = 1.0
"""The least between the starts of two reads, whoever asks for them."""


class Rereading(Generic[T]):
    """What `read` gave last. `read` gets the value before, runs in a thread and must not raise."""

    def __init__(self, read: Callable[[T], T], start: T, clock: Callable[[], float]) -> None:
        self._read = read
        self._value = start
        self._clock = clock
        self._read_at = float("-inf")
        self._running: asyncio.Task[None] | None = None

    @property
    def last(self) -> T:
        """The value as it is known, however old."""
        return self._value

    async def value(self, *, fresh: float, usable: float) -> T:
        """The value: older than `fresh` seconds it is read again behind, older than `usable` it is waited for."""
        age = self._clock() - self._read_at
        if age >= usable:
            await asyncio.shield(self._reading())
        elif age >= fresh:
            self._reading()
        return self._value

    async def since(self, moment: float) -> T:
        """The value as read at `moment` of the clock or later; waits where the pause between two reads asks for it."""
        while self._read_at < moment:
            pause = self._read_at + PAUSE_SECONDS - self._clock()
            if pause > 0:
                await asyncio.sleep(pause)
            await asyncio.shield(self._reading())
        return self._value

    def _reading(self) -> asyncio.Task[None]:
        """The read under way, begun where there is none. Whoever waits shields it: it is not theirs to cancel."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._read_once())
        return self._running

    async def _read_once(self) -> None:
        began = self._clock()
        self._value = await asyncio.to_thread(self._read, self._value)
        self._read_at = began
