"""`chat` and `ask`."""

import asyncio
import signal
import sys

import click

from client.ask import Answer, ask
from client.chat import Chat
from client.commands.running import console, print_json, run
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
@click.pass_context
def chat_command(ctx: click.Context, conversation: str) -> None:
    """Talk. Lines that come through a pipe are said one after the other."""

    async def work(connection: Connection) -> ExitCode:
        if not is_interactive():
            return await Chat(connection, PlainScreen(console(), PipedLines(sys.stdin.fileno()))).run(conversation)
        terminal = Terminal(connection.settings.history_file)
        with terminal.held():
            return await Chat(connection, LiveScreen(console(), terminal)).run(conversation)

    run(ctx, work)


@click.command("ask", epilog=epilog())
@click.argument("text")
@click.option("--conversation", metavar="ID", default="", help="Go on with a conversation.")
@click.option("--yes", is_flag=True, help="Approve what the plan would change.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def ask_command(ctx: click.Context, text: str, conversation: str, yes: bool, as_json: bool) -> None:
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
            _print(answer)
        return answer.exit_code

    run(ctx, work)


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


def _print(answer: Answer) -> None:
    if answer.failure:
        click.echo(answer.failure.message or answer.failure.reason, err=True)
    elif answer.approval:
        _print_approval(answer)
    elif answer.exit_code is ExitCode.CANCELLED:
        click.echo(answer.reply.text or "Stopped.", err=True)
    else:
        click.echo(answer.reply.text)


def _print_approval(answer: Answer) -> None:
    """The question goes where replies go, what to do about it beside them."""
    view = TurnView(ended=Done())
    for response in answer.turns[-1]:
        if event := read_event(response):
            view = fold(view, event)
    out = console()
    out.print(Tidy(render_turn(view, width=out.width, glyphs=glyphs_for(out.encoding))))
    hint = f"Nothing was changed. Say yes in: llm-orchestrator chat --conversation {answer.conversation_id}"
    click.echo(hint, err=True)
