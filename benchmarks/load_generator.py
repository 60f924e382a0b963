"""Part of load.py: the process that holds the streams, opens them and takes turns, as it is told through a pipe."""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, Protocol, TypeVar

from benchmarks.load_cluster import Customer
from benchmarks.load_echo import EchoStream
from benchmarks.load_streams import Stream

OPENED_TOGETHER = 32
LONGEST_SECONDS = 120
T = TypeVar("T")


class Talker(Protocol):
    """Takes turns."""

    async def turn(self) -> float:
        """One turn; how long it took, in seconds."""
        ...

    async def close(self) -> None:
        """Ends it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Opens so many streams."""

    address: str
    customers: Sequence[Customer]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEcho:
    """Opens so many streams of the floor, in which each message has so many answers."""

    address: str
    answers: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Takes `turns` turns, the streams in their order, `together` at any time."""

    turns: int
    together: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Begins `rate` turns a second for `seconds`, whether or not those before have ended; streams in their order."""

    rate: float
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Ends all streams."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """How long it all took, and each turn in it, in seconds."""

    seconds: float
    turns: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """What the streams saw in all. `silent` is how many took no turn."""

    turns: int = 0
    events: int = 0
    bytes: int = 0
    silent: int = 0
    faults: tuple[str, ...] = ()


Told = Open | OpenEcho | Crowd | Pace | Close


def generate(pipe: Connection) -> None:
    """Does what it is told and says how it went, until it is told None."""
    asyncio.run(_generate(pipe))


async def _generate(pipe: Connection) -> None:
    streams: list[Talker] = []
    while (told := await asyncio.to_thread(pipe.recv)) is not None:
        begin = time.perf_counter()
        try:
            answer = await _done(told, streams, begin)
        except Exception as error:  # noqa: BLE001 - the program that measures ends with it
            answer = error
        pipe.send(answer)


async def _done(told: Told, streams: list[Talker], begin: float) -> Any:
    turns: Sequence[float] = ()
    match told:
        case Open(address=address, customers=customers, count=count):
            owners = itertools.islice(itertools.cycle(customers), count)
            streams += await _side_by_side([partial(Stream.opened, address, owner) for owner in owners])
        case OpenEcho(address=address, answers=answers, count=count):
            streams += [EchoStream(address, answers) for _ in range(count)]
            await _side_by_side([stream.turn for stream in streams])
        case Crowd(turns=count, together=together):
            chosen = itertools.islice(itertools.cycle(streams), count)
            turns = await _side_by_side([stream.turn for stream in chosen], together)
        case Pace():
            turns = await _paced(told, streams)
        case Close():
            await _side_by_side([stream.close for stream in streams])
            seen = _seen([stream for stream in streams if isinstance(stream, Stream)])
            streams.clear()
            return seen
    return Took(seconds=time.perf_counter() - begin, turns=tuple(turns))


async def _side_by_side(jobs: Sequence[Callable[[], Awaitable[T]]], together: int = OPENED_TOGETHER) -> list[T]:
    """What the jobs return, in any order; nothing begins after the longest time."""
    left, found = iter(jobs), []
    stop = time.monotonic() + LONGEST_SECONDS

    async def work() -> None:
        for job in left:
            if time.monotonic() > stop:
                return
            found.append(await job())

    await asyncio.gather(*(work() for _ in range(together)))
    return found


async def _paced(pace: Pace, streams: Sequence[Talker]) -> list[float]:
    loop = asyncio.get_running_loop()
    start, tasks = loop.time(), []
    chosen = itertools.cycle(streams)
    for number in range(round(pace.rate * pace.seconds)):
        await asyncio.sleep(max(0.0, start + number / pace.rate - loop.time()))
        tasks.append(asyncio.create_task(next(chosen).turn()))
    return list(await asyncio.gather(*tasks))


def _seen(streams: Sequence[Stream]) -> Closed:
    return Closed(
        turns=sum(stream.turns for stream in streams),
        events=sum(stream.events for stream in streams),
        bytes=sum(stream.bytes for stream in streams),
        silent=sum(not stream.turns for stream in streams),
        faults=tuple(fault for stream in streams for fault in stream.faults),
    )
