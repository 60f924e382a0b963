"""Several processes behind one port (`--workers N`): a parent that serves nothing starts them and keeps them alive.

Workers are fresh interpreters with the parent's own command line, since gRPC does not survive a fork. Each binds the
same port (SO_REUSEPORT), and the kernel spreads connections over them. The parent holds the address without listening,
so that nobody slips in between; a worker whose parent is gone stops by itself.
"""

import asyncio
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from service_kit.errors import StartError
from service_kit.settings import WORKER

log = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS = 0.5
SETTLED_SECONDS = 10.0
"""Whoever lived this long had started; who dies sooner counts as one that could not."""
MAX_FAILED_STARTS = 3
MARGIN_SECONDS = 10.0
"""What a worker may take to tidy up beyond the time that settings give to its calls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """What to run: `count` workers at `address` (`host:port`), named in the environment by `address_name`.

    `patience_seconds` is how long a worker may take to end once it was told to.
    """

    count: int
    address: str
    address_name: str
    patience_seconds: float


async def supervise(crew: Crew) -> int:
    """Runs the workers until SIGTERM or SIGINT, which they all get; the exit status.

    Raises StartError where the address is taken. 1 when a worker cannot be started again and again, or does not end.
    """
    with closing(_held(crew.address)) as held:
        address = f"{crew.address.rpartition(':')[0]}:{held.getsockname()[1]}"
        log.info("workers", extra={"address": address, "workers": crew.count})
        return await _Parent(crew, {**os.environ, crew.address_name: address}).run()


def obey_parent() -> None:
    """Makes this worker stop when its parent is gone, however that ended: standard input then ends."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()


class _Parent:
    def __init__(self, crew: Crew, environment: Mapping[str, str]) -> None:
        self._crew = crew
        self._environment = environment
        self._stop = asyncio.Event()
        self._workers: dict[int, asyncio.subprocess.Process] = {}
        self._status = 0

    async def run(self) -> int:
        loop = asyncio.get_running_loop()
        for wanted in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(wanted, self._stop.set)
        keepers = [asyncio.create_task(self._keep(number)) for number in range(1, self._crew.count + 1)]
        for keeper in keepers:
            keeper.add_done_callback(lambda _: self._stop.set())
        await self._stop.wait()
        log.info("stopping")
        for worker in self._workers.values():
            worker.send_signal(signal.SIGTERM)
        _, late = await asyncio.wait(keepers, timeout=self._crew.patience_seconds + MARGIN_SECONDS)
        if late and self._workers:
            log.error("workers do not end", extra={"workers": sorted(self._workers)})
            self._status = 1
            for worker in self._workers.values():
                worker.kill()
        await asyncio.gather(*keepers)
        return self._status

    async def _keep(self, number: int) -> None:
        """Keeps one worker alive until the end. One that dies at once is tried again, each time later, not for ever."""
        failed, pause = 0, FIRST_PAUSE_SECONDS
        while not self._stop.is_set():
            lived, status = await self._live(number)
            if self._stop.is_set():
                self._status = self._status or int(status != 0)
                return
            failed, pause = (failed + 1, pause) if lived < SETTLED_SECONDS else (0, FIRST_PAUSE_SECONDS)
            log.warning("worker died", extra={"worker": number, "status": status, "lived": round(lived, 1)})
            if failed >= MAX_FAILED_STARTS:
                log.error("worker cannot be started", extra={"worker": number})
                self._status = 1
                return
            await self._rest(pause)
            pause *= 2

    async def _live(self, number: int) -> tuple[float, int]:
        """The life of one worker: how long it was, in seconds, and its exit status."""
        born = time.monotonic()
        worker = self._workers[number] = await asyncio.create_subprocess_exec(
            sys.executable,
            *sys.orig_argv[1:],
            env={**self._environment, WORKER: str(number)},
            stdin=asyncio.subprocess.PIPE,
        )
        log.info("worker started", extra={"worker": number, "pid": worker.pid})
        if self._stop.is_set():  # said while it was being started
            worker.send_signal(signal.SIGTERM)
        try:
            status = await worker.wait()
        finally:
            del self._workers[number]
        return time.monotonic() - born, status

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return


def _held(address: str) -> socket.socket:
    """A socket that is bound to `address` for workers and does not listen: it gets no connections."""
    host, _, port = address.rpartition(":")
    try:
        family, kind, _, _, place = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as alone:  # without sharing, for others share with whoever asks
            alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            alone.bind(place)
            alone.listen()
        held = socket.socket(family, kind)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(place)
    except OSError as error:
        raise StartError(f"The address {address} cannot be had ({error}); is the port taken? Free it.") from error
    return held
