"""Starts orchestrators that die at a write of their own, quickly: see `killing.py`."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.fault.program import ROOT, eventually

LAUNCHER = str(Path(__file__).with_name("killing.py"))


@dataclass(eq=False)
class Nursery:
    """The program that forks them; their logs go to `folder`."""

    folder: Path
    process: Process
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    @asynccontextmanager
    async def opened(cls, folder: Path) -> AsyncIterator["Nursery"]:
        process = await asyncio.create_subprocess_exec(sys.executable, LAUNCHER, cwd=ROOT, stdin=PIPE, stdout=PIPE)
        try:
            yield cls(folder, process)
        finally:
            process.stdin.close()
            assert await process.wait() == 0

    async def fork(self, environment: Mapping[str, str], log: Path) -> int:
        """The process id of an orchestrator."""
        async with self.turn:
            asked = {"environment": dict(environment), "log": str(log)}
            self.process.stdin.write(json.dumps(asked).encode() + b"\n")
            return int(await self.process.stdout.readline())


@dataclass(eq=False, kw_only=True)
class Mortal:
    """An orchestrator that dies at a point, and may be started again."""

    nursery: Nursery
    name: str
    environment: Mapping[str, str]
    lives: int = 0
    pid: int = 0

    async def start(self, point: str) -> None:
        """Returns once it serves."""
        self.lives += 1
        self.log.touch()
        self.pid = await self.nursery.fork({**self.environment, "FAULT_KILL": point}, self.log)
        await eventually(lambda: '"serving"' in self.words() or not self.is_alive, f"{self.name} did not come up")
        assert self.is_alive, f"{self.name} did not come up:\n{self.words()}"

    async def death(self) -> None:
        """Returns when it is dead."""
        await eventually(lambda: not self.is_alive, f"{self.name} did not die", 60)

    async def kill(self) -> None:
        if self.is_alive:
            os.kill(self.pid, signal.SIGKILL)
            await self.death()

    @property
    def is_alive(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return self.pid != 0

    @property
    def log(self) -> Path:
        return self.nursery.folder / f"{self.name}.{self.lives}.log"

    def words(self) -> str:
        """What this life has logged."""
        return self.log.read_text(errors="replace")
