"""A log, awaited."""

import asyncio
import logging


class Watched(logging.Handler):
    """Hands what a thread logs to the event loop."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []
        self._loop = asyncio.get_running_loop()
        self._fresh: asyncio.Queue[logging.LogRecord] = asyncio.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)
        self._loop.call_soon_threadsafe(self._fresh.put_nowait, record)

    async def __call__(self, message: str, **fields: object) -> None:
        """Waits until this is logged next; what comes before it is passed over."""
        async with asyncio.timeout(20):
            while True:
                record = await self._fresh.get()
                if record.getMessage() == message and fields.items() <= vars(record).items():
                    return

    def text(self) -> str:
        return " ".join(str(vars(record)) for record in self.records)
