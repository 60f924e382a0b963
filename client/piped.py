"""Lines from something that is not a terminal, without blocking the event loop.

A thread of its own reads the descriptor: files cannot be watched by the loop, and a thread of the loop's pool would
hold up the end of the program until a line comes.
"""

import asyncio
import os
import threading

_CHUNK = 65_536


class PipedLines:
    """The lines of a file descriptor, decoded as UTF-8 with damaged bytes replaced."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, name="piped-lines", daemon=True).start()

    async def next(self) -> str | None:
        """The next line without its end; nothing when there are no more."""
        line = await self._lines.get()
        if line is None:
            self._lines.put_nowait(None)
        return line

    def _read(self) -> None:
        rest = b""
        while chunk := self._chunk():
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                self._hand_over(line.decode("utf-8", "replace").rstrip("\r"))
        if rest:
            self._hand_over(rest.decode("utf-8", "replace"))
        self._hand_over(None)

    def _chunk(self) -> bytes:
        try:
            return os.read(self._descriptor, _CHUNK)
        except OSError:
            return b""

    def _hand_over(self, line: str | None) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._lines.put_nowait, line)
