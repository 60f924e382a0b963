"""`capabilities` and `usage`: they only look."""

import click
from google.protobuf.message import Message
from rich.console import RenderableType

from client.ask import as_dict
from client.catalogue_view import render_catalogue
from client.commands.running import console, print_json, run
from client.connection import Connection
from client.glyphs import glyphs_for
from client.history_view import render_usage
from client.tidy import Tidy

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.command()
@json_option
@click.pass_context
def capabilities(ctx: click.Context, as_json: bool) -> None:
    """Show what can be asked for and who serves it."""

    async def work(connection: Connection) -> None:
        catalogue = await connection.questions.catalogue()
        print_message(catalogue, render_catalogue(catalogue, glyphs=glyphs_for(console().encoding)), as_json=as_json)

    run(ctx, work)


@click.command()
@json_option
@click.pass_context
def usage(ctx: click.Context, as_json: bool) -> None:
    """Show what your conversations took."""

    async def work(connection: Connection) -> None:
        sums = await connection.questions.usage()
        print_message(sums, render_usage(sums), as_json=as_json)

    run(ctx, work)


def print_message(message: Message, shown: RenderableType, *, as_json: bool) -> None:
    """Prints an answer, as people or as programs read it."""
    if as_json:
        print_json(as_dict(message))
    else:
        console().print(Tidy(shown))
