"""Empties a queue for as long as somebody fills it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, TypeVar

T = TypeVar("T")


async def drained(queue: asyncio.Queue[T], until: asyncio.Future[Any]) -> AsyncIterator[T]:
    """What comes out of `queue`, until `until` is done and everything was taken. Loses nothing when it is closed."""
    while not (until.done() and queue.empty()):
        if not queue.empty():  # no task for what is there already
            yield queue.get_nowait()
            continue
        getting = asyncio.ensure_future(queue.get())
        try:
            await asyncio.wait({getting, until}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            is_there = getting.done() or not getting.cancel()
        if is_there:
            yield getting.result()
