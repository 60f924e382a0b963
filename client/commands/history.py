"""`history`: what is kept of your conversations, to look at, to take with you, and to delete."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from client.ask import as_dict
from client.commands.look import json_option, print_message
from client.commands.running import console, for_option, print_json, run, tell_acting
from client.connection import Connection
from client.exit_codes import ExitCode
from client.export_file import opened, write_export
from client.glyphs import glyphs_for
from client.history_view import counted, render_conversation, render_conversations
from client.screen import LiveScreen
from client.terminal import Terminal, is_interactive


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the options ask for."""

    conversation_id: str
    acting_for: str
    limit: int
    export: bool
    output: Path | None
    force: bool
    delete: bool
    delete_all: bool
    yes: bool
    as_json: bool

    def check(self) -> None:
        """Raises UsageError where the options do not go together, or nobody is there to be asked."""
        deletes = self.delete or self.delete_all
        if self.export + self.delete + self.delete_all > 1:
            raise click.UsageError("--export, --delete and --delete-all go one at a time.")
        if self.acting_for and (self.export or deletes):
            raise click.UsageError("--for is for looking; only customers themselves export or delete conversations.")
        if self.output and not self.export:
            raise click.UsageError("--output goes with --export.")
        if self.force and not self.output:
            raise click.UsageError("--force goes with --output.")
        if self.yes and not deletes:
            raise click.UsageError("--yes goes with --delete and --delete-all.")
        if self.delete and not self.conversation_id:
            raise click.UsageError("--delete needs the ID of a conversation; --delete-all is for all of them.")
        if self.delete_all and self.conversation_id:
            raise click.UsageError("--delete-all takes no ID; --delete deletes one conversation.")
        if deletes and not self.yes and not is_interactive():
            raise click.UsageError("Nobody is there to be asked; add --yes to delete for good.")


@click.command()
@click.argument("conversation_id", metavar="[ID]", required=False, default="")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="How many to list.")
@click.option("--export", is_flag=True, help="Print all that is kept of one conversation, or of all, as JSON.")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help="Export to a file that only you can read."
)
@click.option("--force", is_flag=True, help="Overwrite the file.")
@click.option("--delete", is_flag=True, help="Delete one conversation for good.")
@click.option("--delete-all", is_flag=True, help="Delete all your conversations for good.")
@click.option("--yes", is_flag=True, help="Delete without being asked.")
@for_option
@json_option
@click.pass_context
def history(ctx: click.Context, /, **options: Any) -> None:
    """List your conversations, or show one; export or delete them.

    What is deleted cannot be brought back. Of it stays one line in the record: that you deleted it.
    """
    wanted = Wanted(**options)
    wanted.check()

    async def work(connection: Connection) -> ExitCode:
        if wanted.export:
            return await _export(connection, wanted)
        if wanted.delete or wanted.delete_all:
            return await _delete(connection, wanted)
        return await _show(connection, wanted)

    tell_acting(wanted.acting_for)
    run(ctx, work, acting_for=wanted.acting_for)


async def _show(connection: Connection, wanted: Wanted) -> ExitCode:
    now = datetime.now().astimezone()
    if wanted.conversation_id:
        shown = await connection.questions.conversation(wanted.conversation_id)
        view = render_conversation(shown, now=now, glyphs=glyphs_for(console().encoding))
        print_message(shown, view, as_json=wanted.as_json)
    else:
        listed = await connection.questions.conversations(wanted.limit)
        print_message(listed, render_conversations(listed, now=now), as_json=wanted.as_json)
    return ExitCode.ANSWERED


async def _export(connection: Connection, wanted: Wanted) -> ExitCode:
    with opened(wanted.output, force=wanted.force) as file:
        count = await write_export(connection.questions.export(wanted.conversation_id), file)
    if wanted.output:
        click.echo(f"Wrote {counted(count)} to {wanted.output}.", err=True)
    return ExitCode.ANSWERED


async def _delete(connection: Connection, wanted: Wanted) -> ExitCode:
    """What is not there is told before anybody is asked."""
    if not wanted.yes:
        count = await _count(connection, wanted.conversation_id)
        if count and not await _says_yes(connection, f"Delete {counted(count)} for good? [y/N]"):
            click.echo("Nothing was deleted.", err=True)
            return ExitCode.CANCELLED
    questions = connection.questions
    deleted = await (questions.delete_all() if wanted.delete_all else questions.delete(wanted.conversation_id))
    if wanted.as_json:
        print_json(as_dict(deleted))
    else:
        click.echo(f"Deleted {counted(deleted.deleted)}.")
    return ExitCode.ANSWERED


async def _count(connection: Connection, conversation_id: str) -> int:
    """How many conversations would go."""
    if conversation_id:
        await connection.questions.conversation(conversation_id)
        return 1
    return await connection.questions.count_conversations()


async def _says_yes(connection: Connection, question: str) -> bool:
    terminal = Terminal(connection.settings.history_file)
    with terminal.held():
        try:
            answer = await LiveScreen(console(), terminal).read_answer(question)
        except KeyboardInterrupt:
            answer = None
    return (answer or "").strip().lower() in ("y", "yes")
