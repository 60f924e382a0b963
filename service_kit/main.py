"""Runs a server's main and turns what stops it into a sentence."""

import asyncio
import sys
from collections.abc import Awaitable, Callable

from service_kit.errors import StartError
from service_kit.logs import log_to_stderr
from service_kit.settings import Environment, SettingsError


def run(name: str, main: Callable[[Environment], Awaitable[None]]) -> None:
    """Runs `main` to its end. Wrong settings or a failed start: a sentence on standard error and exit status 1."""
    log_to_stderr(name)
    try:
        asyncio.run(_as_coroutine(main))
    except (SettingsError, StartError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        sys.exit(1)


async def _as_coroutine(main: Callable[[Environment], Awaitable[None]]) -> None:
    await main(Environment.read())
