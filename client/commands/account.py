"""`login` and `logout`."""

import sys

import click

from client.commands.running import console, run
from client.connection import Connection
from client.errors import NotSignedIn, ServerUnreachable
from client.piped import PipedLines
from client.screen import LiveScreen, PlainScreen, Screen
from client.sign_in_talk import SignInTalk
from client.terminal import Terminal, is_interactive
from client.token_command import VARIABLE
from client.token_file import SignedIn

_BY_COMMAND = f"Signing in is done by the command in {VARIABLE}; unset it to sign in or out here."


@click.command()
@click.argument("email", required=False, default="")
@click.option("--code", default="", help="The code, if you have it already; none is sent then.")
@click.option("--from-outbox", is_flag=True, help="Take the code from the development outbox.")
@click.pass_context
def login(ctx: click.Context, email: str, code: str, from_outbox: bool) -> None:
    """Sign in with a one-time code that is sent to your e-mail."""
    if code and not email:
        raise click.UsageError("--code needs the e-mail it was sent to.")

    async def work(connection: Connection) -> None:
        if connection.settings.token_command:
            click.echo(_BY_COMMAND)
            return
        if is_interactive():
            terminal = Terminal(connection.settings.history_file)
            with terminal.held():
                signed_in = await _talk(connection, LiveScreen(console(), terminal), email, code, from_outbox)
        else:
            screen = PlainScreen(console(), PipedLines(sys.stdin.fileno()))
            signed_in = await _talk(connection, screen, email, code, from_outbox)
        click.echo(f"Signed in as {signed_in.email}.")

    run(ctx, work)


@click.command()
@click.pass_context
def logout(ctx: click.Context) -> None:
    """Sign out, here and on the server."""

    async def work(connection: Connection) -> None:
        if connection.settings.token_command:
            click.echo(_BY_COMMAND)
            return
        async with connection.token_file.locked():
            try:
                signed_in = connection.token_file.read_here()
            except NotSignedIn as error:
                click.echo(error.words or "Nobody was signed in.")
                return
            connection.token_file.delete()
        try:
            await connection.sign_in.sign_out(signed_in.refresh_token)
            click.echo(f"Signed out {signed_in.email}.")
        except ServerUnreachable:
            click.echo(f"Signed out {signed_in.email} here; the server could not be told.")

    run(ctx, work)


async def _talk(connection: Connection, screen: Screen, email: str, code: str, from_outbox: bool) -> SignedIn:
    talk = SignInTalk(screen, connection.sign_in, connection.outbox, connection.token_file)
    return await talk.run(email, code=code, from_outbox=from_outbox)
