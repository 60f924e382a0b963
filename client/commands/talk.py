"""`chat` and `ask`."""

import asyncio
import signal
import sys

import click

from client.ask import Answer, ask
from client.chat import Chat
from client.commands.running import console, for_option, print_json, run, tell_acting
from client.connection import Connection
from client.events import Done
from client.exit_codes import ExitCode, epilog
from client.glyphs import glyphs_for
from client.piped import PipedLines
from client.reading import read_event
from client.render import render_turn
from client.screen import LiveScreen, PlainScreen
from client.session import Session
from client.terminal import Terminal, is_interactive
from client.tidy import Tidy
from client.turn_view import TurnView, fold

_LONGEST = 4_000


@click.command("chat")
@click.option("--conversation", metavar="ID", default="", help="Go on with a conversation; see history.")
@for_option
@click.pass_context
def chat_command(ctx: click.Context, conversation: str, acting_for: str) -> None:
    """Talk. Lines that come through a pipe are said one after the other."""

    async def work(connection: Connection) -> ExitCode:
        if not is_interactive():
            return await Chat(connection, PlainScreen(console(), PipedLines(sys.stdin.fileno()))).run(conversation)
        terminal = Terminal(connection.settings.history_file)
        with terminal.held():
            return await Chat(connection, LiveScreen(console(), terminal)).run(conversation)

    run(ctx, work, acting_for=acting_for)


@click.command("ask", epilog=epilog())
@click.argument("text")
@click.option("--conversation", metavar="ID", default="", help="Go on with a conversation.")
@click.option("--yes", is_flag=True, help="Approve what the plan would change.")
@for_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def ask_command(ctx: click.Context, text: str, conversation: str, yes: bool, acting_for: str, as_json: bool) -> None:
    """Ask once, for scripts: prints the reply and says by its exit status how it went."""
    if not 1 <= len(text.strip()) <= _LONGEST:
        raise click.BadParameter(f"it must have 1 to {_LONGEST} characters.", param_hint="TEXT")

    async def work(connection: Connection) -> ExitCode:
        session = connection.session(conversation)
        try:
            with _Stopping(session):
                answer = await ask(session, text.strip(), says_yes=yes)
        finally:
            await session.close()
        if as_json:
            print_json(answer.as_json())
        else:
            _print(answer, acting_for)
        return answer.exit_code

    tell_acting(acting_for)
    run(ctx, work, acting_for=acting_for)


class _Stopping:
    """While entered, the first Ctrl-C cancels the turn, the second one the program."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._stopping: asyncio.Task[bool] | None = None
        self._task = asyncio.current_task()

    def __enter__(self) -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, self._interrupt)

    def __exit__(self, *_: object) -> None:
        asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)

    def _interrupt(self) -> None:
        if self._stopping is None and self._session.is_linked:
            self._stopping = asyncio.get_running_loop().create_task(self._session.cancel())
        elif self._task:
            self._task.cancel()


def _print(answer: Answer, acting_for: str) -> None:
    if answer.failure:
        click.echo(answer.failure.message or answer.failure.reason, err=True)
    elif answer.approval:
        _print_approval(answer, acting_for)
    elif answer.exit_code is ExitCode.CANCELLED:
        click.echo(answer.reply.text or "Stopped.", err=True)
    else:
        click.echo(answer.reply.text)


def _print_approval(answer: Answer, acting_for: str) -> None:
    """The question goes where replies go, what to do about it beside them."""
    view = TurnView(ended=Done())
    for response in answer.turns[-1]:
        if event := read_event(response):
            view = fold(view, event)
    out = console()
    out.print(Tidy(render_turn(view, width=out.width, glyphs=glyphs_for(out.encoding))))
    where = f"--for {acting_for} " if acting_for else ""
    command = f"llm-orchestrator chat {where}--conversation {answer.conversation_id}"
    click.echo(f"{_undone(answer)} Say yes in: {command}", err=True)


def _undone(answer: Answer) -> str:
    """What came of it so far; after a yes that was not enough, something may have been changed."""
    changed = answer.approval is not None and answer.approval.changed
    return "It came out different each time, so the last of it still waits." if changed else "Nothing was changed."
