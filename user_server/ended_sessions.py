"""Tells the servers that verify tokens which sessions have ended: at once, and every few seconds again.

Again, because a command in another process may have ended one, and because what was written last may have been lost.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

from service_kit.errors import StartError, Unavailable
from service_kit.revocations import publish_ended
from user_server.sign_in_store import SignInStore

log = logging.getLogger(__name__)


class EndedSessions:
    """Publishes the ended sessions of `store` at `path`."""

    def __init__(self, store: SignInStore, path: Path) -> None:
        self._store = store
        self._path = path
        self._is_behind = False
        self._publishing = asyncio.Lock()  # an older list must not be written after a newer one

    async def publish(self) -> None:
        """Writes the list of now. Raises Unavailable (`SIGN_OUT_UNKNOWN`): the sessions have ended and nobody knows."""
        async with self._publishing:
            self._is_behind = True
            ended = await self._store.ended()
            try:
                await asyncio.to_thread(publish_ended, self._path, ended)
            except OSError as error:
                log.warning("ended sessions not published", extra={"error": str(error)})
                raise Unavailable(
                    "SIGN_OUT_UNKNOWN", "The session has ended, and the other servers do not know yet; try again."
                ) from error
            self._is_behind = False

    async def catch_up(self) -> None:
        """Publishes where the last time failed; raises as `publish` does."""
        if self._is_behind:
            await self.publish()

    @asynccontextmanager
    async def published(self, every: timedelta) -> AsyncIterator[None]:
        """Publishes now, and `every` so often for as long as the block runs. Raises StartError when it cannot."""
        try:
            await self.publish()
        except Unavailable as error:
            raise StartError(f"The list of ended sessions cannot be kept at {self._path}.") from error
        task = asyncio.create_task(self._publish_again(every))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _publish_again(self, every: timedelta) -> None:
        while True:
            await asyncio.sleep(every.total_seconds())
            with suppress(Unavailable):  # it was logged, and the next time may succeed
                await self.publish()
