"""`capabilities`, `history`, `usage` and `audit`: they only look."""

from datetime import datetime

import click
from google.protobuf.message import Message
from rich.console import RenderableType

from client.ask import as_dict
from client.catalogue_view import render_catalogue
from client.commands.running import console, for_option, print_json, run, tell_acting
from client.connection import Connection
from client.glyphs import glyphs_for
from client.history_view import render_conversation, render_conversations, render_usage
from client.tidy import Tidy

_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.command()
@_JSON
@click.pass_context
def capabilities(ctx: click.Context, as_json: bool) -> None:
    """Show what can be asked for and who serves it."""

    async def work(connection: Connection) -> None:
        catalogue = await connection.questions.catalogue()
        _print(catalogue, render_catalogue(catalogue, glyphs=glyphs_for(console().encoding)), as_json=as_json)

    run(ctx, work)


@click.command()
@click.argument("conversation_id", required=False, default="")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="How many to list.")
@for_option
@_JSON
@click.pass_context
def history(ctx: click.Context, conversation_id: str, limit: int, acting_for: str, as_json: bool) -> None:
    """List your conversations, or show one."""

    async def work(connection: Connection) -> None:
        now = datetime.now().astimezone()
        if conversation_id:
            shown = await connection.questions.conversation(conversation_id)
            _print(shown, render_conversation(shown, now=now, glyphs=glyphs_for(console().encoding)), as_json=as_json)
        else:
            listed = await connection.questions.conversations(limit)
            _print(listed, render_conversations(listed, now=now), as_json=as_json)

    tell_acting(acting_for)
    run(ctx, work, acting_for=acting_for)


@click.command()
@_JSON
@click.pass_context
def usage(ctx: click.Context, as_json: bool) -> None:
    """Show what your conversations took."""

    async def work(connection: Connection) -> None:
        sums = await connection.questions.usage()
        _print(sums, render_usage(sums), as_json=as_json)

    run(ctx, work)


def _print(message: Message, shown: RenderableType, *, as_json: bool) -> None:
    if as_json:
        print_json(as_dict(message))
    else:
        console().print(Tidy(shown))
