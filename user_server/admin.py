"""The command for the sessions of people: `python -m user_server.admin sessions EMAIL | sign-out EMAIL`.

Works while the server runs, and while it does not. Nothing that it prints lets anybody in.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from service_kit.audit import AuditLog
from service_kit.errors import ServiceError, StartError
from service_kit.settings import Environment, SettingsError
from user_server.ended_sessions import EndedSessions
from user_server.journal import ENDED_BY_ADMIN, Journal
from user_server.sessions import Living
from user_server.sign_in import ISSUER, SignInSettings, open_store, sign_in_settings
from user_server.sign_in_requests import email_of
from user_server.store import SHOP

T = TypeVar("T")


@click.group()
def main() -> None:
    """Shows and ends the sessions of people."""


@main.command()
@click.argument("email", callback=lambda _context, _option, value: email_of(value))
def sessions(email: str) -> None:
    """Lists the sessions of EMAIL: since when, until when, and for which customer support acts in them."""
    found = _run(lambda settings, _: _living(settings, email))
    for session in found:
        click.echo(_line(session))
    if not found:
        click.echo(f"{email} is not signed in.")


@main.command("sign-out")
@click.argument("email", callback=lambda _context, _option, value: email_of(value))
def sign_out(email: str) -> None:
    """Ends all sessions of EMAIL. Repeating it changes nothing; servers know within a minute."""
    count = _run(lambda settings, shop: _end_all(settings, shop, email))
    click.echo(f"{email} is signed out; sessions ended: {count}.")


async def _living(settings: SignInSettings, email: str) -> list[Living]:
    async with open_store(settings.database) as store:
        return await store.living(email)


async def _end_all(settings: SignInSettings, shop: Path, email: str) -> int:
    async with SHOP.opened(shop) as database, open_store(settings.database) as store:
        ended = await store.end_all(email)
        try:
            await EndedSessions(store, settings.ended_sessions).publish()
        finally:
            journal = Journal(AuditLog(database, ISSUER))
            for session in ended:
                await journal.ended(session, ENDED_BY_ADMIN)
        return len(ended)


def _run(work: Callable[[SignInSettings, Path], Coroutine[Any, Any, T]]) -> T:
    """What `work` returns, given the settings and where the shop's database is."""
    environment = Environment.read()
    settings, shop = sign_in_settings(environment), SHOP.path(environment)
    try:
        environment.check()
        if not settings.database.is_file():
            raise click.ClickException(f"{settings.database} does not exist; nobody has signed in yet")
        return asyncio.run(work(settings, shop))
    except (SettingsError, StartError) as error:
        raise click.ClickException(str(error)) from error
    except ServiceError as error:
        raise click.ClickException(error.message) from error


def _line(session: Living) -> str:
    acting = f", acts for {session.acting_for}" if session.acting_for else ""
    return f"started {_time(session.started_at)}, expires {_time(session.expires_at)}{acting}"


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC")


if __name__ == "__main__":
    main(prog_name="python -m user_server.admin")
