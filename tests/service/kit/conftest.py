"""The small server on port 0, in this process or as a program."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import grpc
import pytest

from service_kit.server import Started, started
from service_kit.settings import ServerSettings
from tests.service.kit.small_server import services

ROOT = Path(__file__).parents[3]


@pytest.fixture
def settings(server_settings_for: Callable[[str], ServerSettings]) -> ServerSettings:
    return server_settings_for("order")


@pytest.fixture
async def running(settings: ServerSettings) -> AsyncIterator[Started]:
    async with started(settings, services()) as server:
        yield server


@pytest.fixture
async def channel(running: Started) -> AsyncIterator[grpc.aio.Channel]:
    async with grpc.aio.insecure_channel(running.address) as open_channel:
        yield open_channel


@pytest.fixture
def as_anna(token_for: Callable[..., str]) -> tuple[tuple[str, str], ...]:
    """Metadata of a call by Anna."""
    return (("authorization", "Bearer " + token_for("anna@example.com", "order")),)


@dataclass(kw_only=True)
class Program:
    """The small server as a process of its own; `log` fills as it is read. A line on its input lets WAITING end."""

    process: asyncio.subprocess.Process
    address: str
    log: list[dict[str, object]]

    async def line(self) -> dict[str, object]:
        """The next line of its log."""
        assert self.process.stderr is not None
        raw = await asyncio.wait_for(self.process.stderr.readline(), 20)
        self.log.append(json.loads(raw))
        return self.log[-1]

    async def end(self) -> list[dict[str, object]]:
        """Waits for its end; the rest of its log."""
        _, raw = await asyncio.wait_for(self.process.communicate(), 20)
        self.log.extend(json.loads(line) for line in raw.decode().splitlines())
        return self.log


@pytest.fixture
def launch(trust_file: Path):
    """Starts the small server as a process, with these settings."""

    async def start(**values: str) -> asyncio.subprocess.Process:
        environment = {
            **os.environ,
            "ORDER_SERVER_ADDRESS": "127.0.0.1:0",
            "LLM_ORCHESTRATOR_TRUST_FILE": str(trust_file),
            **values,
        }
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.service.kit.small_server"),
            cwd=ROOT,
            env=environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    return start


@pytest.fixture
def start_program(launch):
    """`async with start_program(NAME="value") as program`: it runs."""

    @asynccontextmanager
    async def start(**values: str) -> AsyncIterator[Program]:
        process = await launch(**values)
        program = Program(process=process, address="", log=[])
        try:
            program.address = str((await program.line())["address"])
            yield program
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()

    return start


@pytest.fixture
def run_program(launch):
    """`status, text = await run_program(NAME="value")`: for one that ends by itself."""

    async def run(**values: str) -> tuple[int, str]:
        process = await launch(**values)
        out, err = await asyncio.wait_for(process.communicate(), 20)
        return process.returncode, (out + err).decode()

    return run


class Lines(logging.Handler):
    """The lines of calls as they are written: one is written after its answer was sent, so a test awaits it."""

    def __init__(self) -> None:
        super().__init__()
        self._records: asyncio.Queue[logging.LogRecord] = asyncio.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() == "call":
            self._records.put_nowait(record)

    async def take(self, count: int) -> list[logging.LogRecord]:
        async with asyncio.timeout(10):
            return [await self._records.get() for _ in range(count)]

    def is_empty(self) -> bool:
        return self._records.empty()


@pytest.fixture
async def lines() -> AsyncIterator[Lines]:
    handler, logger = Lines(), logging.getLogger("calls")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield handler
    logger.setLevel(logging.NOTSET)
    logger.removeHandler(handler)
