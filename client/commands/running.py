"""From click to the event loop and back: options to settings, errors to sentences and exit statuses."""

import asyncio
import errno
import json
import os
import re
import tempfile
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click
from rich.console import Console

from client.connection import Connection, connect
from client.errors import ClientError, NotSignedIn, TokenCommandFailed
from client.exit_codes import ExitCode
from client.settings import read_settings
from client.token_command import VARIABLE

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_NOBODY_THERE = {errno.EIO, errno.EPIPE}  # the terminal or the pipe is gone

Work = Callable[[Connection], Awaitable[ExitCode | None]]
Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What stands before the command's name."""

    address: str | None = None
    sign_in_address: str | None = None


class ClientGroup(click.Group):
    """A group whose commands end with a sentence and a status, never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; translates errors, once and here."""
        try:
            return super().invoke(ctx)
        except ClientError as error:
            click.echo(str(error), err=True)
            ctx.exit(error.exit_code)
        except (KeyboardInterrupt, asyncio.CancelledError):
            ctx.exit(ExitCode.CANCELLED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours; people get a sentence, the file has the rest
            if isinstance(error, OSError) and error.errno in _NOBODY_THERE:
                ctx.exit(ExitCode.CANCELLED)
            click.echo(f"The client broke: {error or type(error).__name__}. {_keep_traceback()}", err=True)
            ctx.exit(ExitCode.FAILED)


def for_option(command: Command) -> Command:
    """Adds `--for` to a command; its value comes as `acting_for`."""
    words = "Act for a customer, as support may; one at a time."
    decorate = click.option("--for", "acting_for", metavar="E-MAIL", default="", callback=_customer, help=words)
    return decorate(command)


def run(ctx: click.Context, work: Work, *, acting_for: str = "") -> None:
    """Runs a command's work over a connection, and ends the program with its status."""
    options = ctx.find_object(Options) or Options()
    settings = read_settings(address=options.address, sign_in_address=options.sign_in_address)

    async def connected() -> ExitCode | None:
        async with connect(settings, acting_for=acting_for) as connection:
            return await work(connection)

    try:
        ctx.exit(asyncio.run(connected()) or ExitCode.ANSWERED)
    except NotSignedIn as error:
        if not settings.token_command:
            raise
        why = f": {error.words}" if error.words else "."
        raise TokenCommandFailed(f"The token from the command in {VARIABLE} is not accepted{why}") from error


def tell_acting(customer: str) -> None:
    """Says beside the output for whom a command acts, where it does."""
    if customer:
        click.echo(f"Acting for {customer}.", err=True)


def console() -> Console:
    """The console for what a command prints; rich itself heeds NO_COLOR, pipes and the terminal's width."""
    return Console(highlight=False, markup=False, emoji=False)


def print_json(value: object) -> None:
    """Prints one JSON value."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _keep_traceback() -> str:
    """Writes down what happened, for a bug report; says where."""
    try:
        handle, name = tempfile.mkstemp(prefix="llm-orchestrator-client-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(traceback.format_exc())
    except OSError:
        return ""
    return f"What happened stands in {name}."


def _customer(_ctx: click.Context, _option: click.Parameter, value: str) -> str:
    email = value.strip().lower()
    if value and not _EMAIL.fullmatch(email):
        raise click.BadParameter("it must be an e-mail, for instance dana.fields@example.com.")
    return email
