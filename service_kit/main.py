"""Runs a server's main, in one process or several, and turns what stops it into a sentence."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable

from service_kit.errors import StartError
from service_kit.logs import log_to_stderr
from service_kit.settings import PREFIX, WORKER, Environment, SettingsError, server_settings
from service_kit.workers import Crew, obey_parent, supervise

MOST_WORKERS = 64


def run(
    name: str,
    main: Callable[[Environment], Awaitable[None]],
    port: int = 0,
    tidy_seconds: Callable[[Environment], float] = lambda _: 0,
) -> None:
    """Runs `main` to its end. Wrong settings or a failed start: a sentence on standard error and exit status 1.

    `--workers N`, or `LLM_ORCHESTRATOR_WORKERS`, runs it in N processes behind one port; `port` is the one where
    nothing else is set. `tidy_seconds` is what `main` may take to end after its calls have ended.
    """
    log_to_stderr(name)
    workers = _asked_for(name)
    try:
        environment = Environment.read()
        if number := environment.text(WORKER):
            _number_lines(int(number))
            obey_parent()
        elif crew := _crew(environment, workers, name, port, tidy_seconds):
            sys.exit(asyncio.run(supervise(crew)))
        asyncio.run(_as_coroutine(main, environment))
    except (SettingsError, StartError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        sys.exit(1)


def _asked_for(name: str) -> int | None:
    parser = argparse.ArgumentParser(prog=f"{name}_server", allow_abbrev=False)
    parser.add_argument("--workers", type=int, metavar="N", help="serve from N processes behind one port")
    asked: int | None = parser.parse_args().workers
    if asked is not None and not 1 <= asked <= MOST_WORKERS:
        parser.error(f"--workers must be between 1 and {MOST_WORKERS}")
    return asked


def _crew(
    environment: Environment,
    asked: int | None,
    name: str,
    port: int,
    tidy_seconds: Callable[[Environment], float],
) -> Crew | None:
    """The workers to start; None where this very process serves."""
    count = asked or environment.integer(PREFIX + "WORKERS", 1, 1, MOST_WORKERS)
    if count == 1:
        return None
    settings = server_settings(environment, name, port)
    patience = settings.drain_seconds + settings.grace_seconds + tidy_seconds(environment)
    environment.check()
    return Crew(
        count=count,
        address=settings.address,
        address_name=f"{name.upper()}_SERVER_ADDRESS",
        patience_seconds=patience,
    )


def _number_lines(number: int) -> None:
    """Puts the worker's number into every line that it logs."""
    make = logging.getLogRecordFactory()

    def numbered(*args: object, **kwargs: object) -> logging.LogRecord:
        record = make(*args, **kwargs)
        record.worker = number
        return record

    logging.setLogRecordFactory(numbered)


async def _as_coroutine(main: Callable[[Environment], Awaitable[None]], environment: Environment) -> None:
    await main(environment)
