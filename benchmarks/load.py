"""Many open chat streams at once: turns a second, how long a turn takes, what a stream and a turn cost.

Run: .venv/bin/python benchmarks/load.py [--streams N] [--together N] [--rounds N] [--seconds S] [--profile FILE]

Real processes on loopback: the shop's four servers, the orchestrator with the embedded planner and SQLite, and one
process that holds the streams, each on a connection of its own. Everything shares this machine's cores. Each stream is
checked: its events have no gap, each turn has one reply and one end, nothing fails; else the exit status is 1.
"""

import argparse
import json
import multiprocessing
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from benchmarks import load_echo  # noqa: E402
from benchmarks.load_cluster import Cluster, Customer, cluster  # noqa: E402
from benchmarks.load_generator import Close, Closed, Crowd, Open, OpenEcho, Pace, Told, Took, generate  # noqa: E402
from benchmarks.load_process import Taken, commits, taken  # noqa: E402

WARM_TURNS = 30
PACE = 0.5
"""The share of the full rate at which the time of a turn is measured."""

CONTEXT = multiprocessing.get_context("spawn")
Figures = dict[str, Any]


class Driver:
    """The process that holds the streams."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def tell(self, told: Told) -> Any:
        """What became of it. Raises what went wrong there."""
        self._pipe.send(told)
        answer = self._pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer


def main(arguments: list[str]) -> int:
    """Measures, prints, writes; 1 where anything was lost or failed."""
    asked = _asked(arguments)
    with cluster(asked.streams, asked.profile) as running, _driver() as driver:
        figures, seen = _chat(running, driver, asked)
        figures |= _floor(driver, asked, round(seen.events / seen.turns), round(seen.bytes / seen.events))
    figures |= {"cores": os.cpu_count(), "python": platform.python_version(), "machine": platform.machine()}
    asked.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(_table(figures))
    for fault in seen.faults[:10]:
        print(fault, file=sys.stderr)
    return 1 if figures["faults"] or figures["silent_streams"] else 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=1_000, help="how many are open")
    parser.add_argument("--together", type=int, default=32, help="turns at any time, for the full rate")
    parser.add_argument("--rounds", type=int, default=1, help="turns of each stream, for the full rate")
    parser.add_argument("--seconds", type=float, default=15, help="of silence, and at half the full rate")
    parser.add_argument("--profile", type=Path, help="write where the orchestrator's time went to this file")
    parser.add_argument("--out", type=Path, default=HERE / "load.json")
    return parser.parse_args(arguments)


def _chat(running: Cluster, driver: Driver, asked: argparse.Namespace) -> tuple[Figures, Closed]:
    customers = running.customers()
    _warm(running, driver, customers)
    empty = _orchestrator(running)
    opening: Took = driver.tell(Open(address=running.address, customers=customers, count=asked.streams))
    opened = _orchestrator(running)
    silence = min(asked.seconds, 10)
    time.sleep(silence)
    silent = _orchestrator(running)
    before, written = _all(running), commits(_database(running))
    full: Took = driver.tell(Crowd(turns=asked.streams * asked.rounds, together=asked.together))
    after, turns = _all(running), len(full.turns)
    written = commits(_database(running)) - written
    rate = turns / full.seconds
    paced: Took = driver.tell(Pace(rate=rate * PACE, seconds=asked.seconds))
    seen: Closed = driver.tell(Close())
    cpu = {name: (after[name].cpu - before[name].cpu) / turns * 1_000 for name in after}
    figures = {
        "streams": asked.streams,
        "together": asked.together,
        "open_seconds": round(opening.seconds, 2),
        "idle_kib_per_stream": _kib(opened.memory - empty.memory, asked.streams),
        "used_kib_per_stream": _kib(after["orchestrator"].memory - empty.memory, asked.streams),
        "orchestrator_mib": round(after["orchestrator"].memory / 2**20, 1),
        "idle_cpu_percent": round((silent.cpu - opened.cpu) / silence * 100, 1),
        "turns_per_second": round(rate, 1),
        **_times("full", full.turns),
        "pace_turns_per_second": round(rate * PACE, 1),
        **_times("paced", paced.turns),
        "cpu_ms_per_turn": round(cpu.pop("orchestrator"), 2),
        "shop_cpu_ms_per_turn": round(sum(cpu.values()), 2),
        "commits_per_turn": round(written / turns, 2),
        "events_per_turn": round(seen.events / seen.turns, 2),
        "turns": seen.turns,
        "faults": len(seen.faults),
        "silent_streams": seen.silent,
    }
    return figures, seen


def _floor(driver: Driver, asked: argparse.Namespace, answers: int, size: int) -> Figures:
    """The same streams and messages with nothing behind them."""
    here, there = CONTEXT.Pipe()
    server = CONTEXT.Process(target=load_echo.serve, args=(there, answers, size), daemon=True)
    server.start()
    try:
        address = f"127.0.0.1:{here.recv()}"
        assert server.pid is not None
        empty = taken(server.pid)
        driver.tell(OpenEcho(address=address, answers=answers, count=asked.streams))
        before = taken(server.pid)
        full: Took = driver.tell(Crowd(turns=asked.streams * 2, together=asked.together))
        after = taken(server.pid)
        driver.tell(Close())
        here.send(None)
        server.join(10)
    finally:
        server.kill()
    turns = len(full.turns)
    return {
        "floor_kib_per_stream": _kib(before.memory - empty.memory, asked.streams),
        "floor_turns_per_second": round(turns / full.seconds, 1),
        **_times("floor", full.turns),
        "floor_cpu_ms_per_turn": round((after.cpu - before.cpu) / turns * 1_000, 2),
    }


@contextmanager
def _driver() -> Iterator[Driver]:
    here, there = CONTEXT.Pipe()
    process = CONTEXT.Process(target=generate, args=(there,), daemon=True)
    process.start()
    try:
        yield Driver(here)
        here.send(None)
        process.join(10)
    finally:
        process.kill()


def _warm(running: Cluster, driver: Driver, customers: list[Customer]) -> None:
    """What is made once, for the first turn, is no stream's."""
    driver.tell(Open(address=running.address, customers=customers, count=2))
    driver.tell(Crowd(turns=WARM_TURNS, together=2))
    seen: Closed = driver.tell(Close())
    if seen.faults:
        raise SystemExit("\n".join(seen.faults))


def _orchestrator(running: Cluster) -> Taken:
    return taken(running.pids["orchestrator"])


def _all(running: Cluster) -> dict[str, Taken]:
    return {name: taken(pid) for name, pid in running.pids.items()}


def _database(running: Cluster) -> Path:
    return running.folder / "orchestrator.db"


def _kib(size: int, streams: int) -> float:
    return round(size / 1024 / streams, 1)


def _times(name: str, turns: tuple[float, ...]) -> Figures:
    ordered = sorted(turns)
    return {f"{name}_ms_p{part}": round(ordered[len(ordered) * part // 100] * 1_000, 1) for part in (50, 95, 99)}


def _table(found: Figures) -> str:
    rows = [
        ("", "chat", "echo (floor)"),
        ("---", "---", "---"),
        (f"turns a second, {found['together']} together", found["turns_per_second"], found["floor_turns_per_second"]),
        *(
            (f"turn, p{part}", f"{found[f'full_ms_p{part}']} ms", f"{found[f'floor_ms_p{part}']} ms")
            for part in (50, 95, 99)
        ),
        *(
            (f"turn at {found['pace_turns_per_second']} a second, p{part}", f"{found[f'paced_ms_p{part}']} ms", "")
            for part in (50, 95, 99)
        ),
        ("CPU of the server for a turn", f"{found['cpu_ms_per_turn']} ms", f"{found['floor_cpu_ms_per_turn']} ms"),
        ("CPU of the shop for a turn", f"{found['shop_cpu_ms_per_turn']} ms", ""),
        ("commits for a turn", found["commits_per_turn"], ""),
        ("memory of a silent stream", f"{found['idle_kib_per_stream']} KiB", f"{found['floor_kib_per_stream']} KiB"),
        ("memory of a stream that took turns", f"{found['used_kib_per_stream']} KiB", ""),
        (f"CPU while {found['streams']} are silent", f"{found['idle_cpu_percent']} %", ""),
        (f"opening {found['streams']} streams", f"{found['open_seconds']} s", ""),
        (f"faults in {found['turns']} turns", found["faults"], ""),
    ]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
