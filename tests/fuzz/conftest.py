"""What the fuzz tests share: one cluster for all of them, and what no answer may ever show."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest
from hypothesis import HealthCheck, settings

from tests.fuzz.cluster import Answer, Cluster

ROOT = Path(__file__).parents[2]
OURS = (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN)
SECRETS = (
    b"Traceback",
    b'File "',
    b".py",
    str(ROOT).encode(),
    b"sqlite",
    b"SELECT ",
    b"INSERT INTO",
    b"UNIQUE constraint",
    b"no such column",
    b"object at 0x",
)
EASY = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}

Run = Callable[[Coroutine[Any, Any, Any]], Any]


def examples(number: int) -> settings:
    """The same examples in every run."""
    return settings(max_examples=number, **EASY)


def insist_on_manners(answer: Answer, told: object) -> None:
    """An answer that is no fault of ours and shows nothing of our inside. `told` is what it answers."""
    assert answer.code not in OURS, (answer, told)
    shown = b"".join([answer.details.encode(), answer.trailing, *answer.responses])
    assert not [secret for secret in SECRETS if secret in shown], (answer, told)


class Faults(logging.Handler):
    """Keeps what servers log about their own faults."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            self.found.append(logging.Formatter().format(record))


@dataclass
class Tally:
    """How many inputs there were in all."""

    inputs: int = 0

    def add(self, number: int) -> None:
        self.inputs += number


@pytest.fixture(scope="session")
def tally() -> Tally:
    return Tally()


@pytest.fixture(scope="session")
def run() -> Iterator[Run]:
    """Runs a coroutine on the loop of the cluster."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture(scope="session")
def running(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(folder=tmp_path_factory.mktemp("fuzz"))
    try:
        run(cluster.start())
        yield cluster
    finally:
        run(cluster.stop())


@pytest.fixture
def cluster(run: Run, running: Cluster) -> Iterator[Cluster]:
    """All servers; afterwards they still answer, and none has logged a fault of its own."""
    faults = Faults()
    logging.getLogger().addHandler(faults)
    yield running
    logging.getLogger().removeHandler(faults)
    assert all(run(running.is_healthy(name)) for name in running.channels)
    assert faults.found == []
