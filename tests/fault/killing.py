"""Forks orchestrators, each as it is, except that it dies at a write that was chosen for it, by SIGKILL.

Each line of standard input is a JSON object, `environment` and `log`; the answer is the process id of the orchestrator
that it started. To import everything once and fork takes a tenth of the time of a start. They end with this program.

`FAULT_KILL` says where: `before:3` is when the third write is about to be made, `after:3` is when it was committed and
nobody has been told. Only the writes of the conversation `FAULT_CONVERSATION` are counted, and those of contracts;
each is noted in the file `FAULT_TRACE` by its name, so that a run without `FAULT_KILL` tells how many there are.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from orchestrator_server.bootstrap import orchestrator
from orchestrator_server.settings import NAME, read_settings
from orchestrator_server.store import Store, Work
from orchestrator_server.thinking import thinking
from service_kit.logs import log_to_stderr
from service_kit.server import serve
from service_kit.settings import Environment

T = TypeVar("T")
CONTRACTS = "contracts"


class DeadlyStore:
    """A store that ends the process `when` (`before` or `after`) the write number `at` of `conversation_id`."""

    def __init__(self, store: Store, conversation_id: str, when: str, at: int, trace: Path) -> None:
        self._store = store
        self._counted = (conversation_id, CONTRACTS)
        self._when = when
        self._at = at
        self._trace = trace
        self._count = 0

    @property
    def clock(self) -> str:
        return self._store.clock

    def changed(self) -> AsyncIterator[frozenset[str]]:
        return self._store.changed()

    async def read(self, work: Callable[[], Work[T]]) -> T:
        return await self._store.read(work)

    async def write(self, about: str, work: Callable[[], Work[T]]) -> T:
        if about not in self._counted:
            return await self._store.write(about, work)
        self._count += 1
        mine = self._count
        with self._trace.open("a") as trace:
            trace.write(f"{_name(work)}\n")
        self._die_if("before", mine)
        result = await self._store.write(about, work)
        self._die_if("after", mine)
        return result

    def _die_if(self, when: str, count: int) -> None:
        if (when, count) == (self._when, self._at):
            os.kill(os.getpid(), signal.SIGKILL)


def _name(work: Callable[..., Any]) -> str:
    """What a write is for: the innermost function with a name of its own."""
    if not isinstance(work, partial):
        return str(getattr(work, "__name__", work)).strip("_")
    inner = [one for one in work.args if callable(one)]
    name = _name(inner[0]) if inner else "nothing"
    return _name(work.func) if name == "nothing" else name


async def serve_mortal() -> None:
    environment = Environment.read()
    settings = read_settings(environment)
    when, _, at = environment.text("FAULT_KILL", "never:0").partition(":")
    conversation_id, trace = environment.text("FAULT_CONVERSATION"), environment.path("FAULT_TRACE", Path("trace"))

    def deadly(store: Store) -> Store:
        return DeadlyStore(store, conversation_id, when, int(at), trace)

    async with thinking(None, settings.limits) as thoughts, orchestrator(settings, thoughts, deadly) as built:
        await serve(settings.server, built.services, audit=built.audit)


def fork(environment: dict[str, str], log: str) -> int:
    """The process id of a child that serves."""
    if pid := os.fork():
        return pid
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(environment)
    with open(os.devnull) as nothing, open(log, "wb") as output:  # noqa: PTH123 - a child does as little as it can
        os.dup2(nothing.fileno(), 0)
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    log_to_stderr(NAME)
    asyncio.run(serve_mortal())
    os._exit(0)


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are gone at once
    children = set()
    for line in sys.stdin:
        children.add(pid := fork(**json.loads(line)))
        print(pid, flush=True)
    for pid in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
