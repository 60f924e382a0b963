"""A program of a fault test: a real process that may be killed at any moment and started again."""

import asyncio
import signal
import sys
import time
from asyncio.subprocess import Process
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30
STOP_SECONDS = 20
LOOK_SECONDS = 0.02


@dataclass(eq=False, kw_only=True)
class Program:
    """One program. Each life writes a log of its own, `NAME.1.log` and so on, into `folder`."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    lives: int = 0
    process: Process | None = field(default=None, repr=False)

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.returncode is None

    @property
    def was_killed(self) -> bool:
        return self.process is not None and self.process.returncode == -signal.SIGKILL

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.{self.lives}.log"

    async def start(self, **environment: str) -> None:
        """Starts a life and returns once it serves; `environment` is for this life alone."""
        await self.launch(**environment)
        await self.serving()

    async def launch(self, **environment: str) -> None:
        assert not self.is_alive, f"{self.name} runs"
        self.lives += 1
        with self.log.open("wb") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, *self.command),
                cwd=ROOT,
                env={**self.environment, **environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def serving(self) -> None:
        await eventually(lambda: self._says('"serving"') or not self.is_alive, f"{self.name} did not come up")
        assert self.is_alive, f"{self.name} did not come up:\n{self.words()}"

    async def kill(self) -> None:
        """SIGKILL; nothing where it is dead already."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """SIGTERM, and what follows from it."""
        await self._end(signal.SIGTERM)

    async def death(self, seconds: float) -> bool:
        """Has it died within `seconds`?"""
        assert self.process is not None
        try:
            await asyncio.wait_for(self.process.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def words(self) -> str:
        """What this life has logged."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _says(self, text: str) -> bool:
        return text in self.words()

    async def _end(self, sent: signal.Signals) -> None:
        if self.process is None:
            return
        if self.process.returncode is None:
            self.process.send_signal(sent)
        if not await self.death(STOP_SECONDS):
            self.process.kill()
            await self.process.wait()


async def eventually(is_so: Callable[[], bool], otherwise: str, seconds: float = START_SECONDS) -> None:
    """Waits for what another process brings about."""
    last = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < last, otherwise
        await asyncio.sleep(LOOK_SECONDS)
