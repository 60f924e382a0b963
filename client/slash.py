"""The commands that are typed inside the chat, those that only look: help, details, history, capabilities."""

from datetime import datetime

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from client.catalogue_view import render_catalogue
from client.details_view import render_details
from client.glyphs import glyphs_for
from client.history_view import render_conversation, render_conversations
from client.questions import Questions
from client.tidy import Tidy
from client.turn_view import TurnView

_HELP = (
    ("/help", "shows this"),
    ("/new", "starts a new conversation"),
    ("/details", "opens the last turn: each step, each call, what conditions saw"),
    ("/history", "lists your conversations; /history ID shows one"),
    ("/capabilities", "shows what can be asked for and who serves it"),
    ("/quit", "leaves; so does Ctrl-D"),
    ("Ctrl-C", "stops the turn that runs, or empties the line"),
    ("Up, Ctrl-R", "go back to, and search, what you typed before"),
)


class SlashCommands:
    """Runs them on a console. `run` raises ClientError where the server cannot be asked."""

    def __init__(self, questions: Questions, console: Console) -> None:
        self._questions = questions
        self._console = console

    async def run(self, line: str, last: TurnView) -> None:
        """Does what a line beginning with `/` says; one that it does not know gets the help.

        `last` is the turn that `/details` opens.
        """
        word, _, rest = line.partition(" ")
        match word:
            case "/details":
                glyphs = glyphs_for(self._console.encoding)
                self._show(render_details(last, width=self._console.width, glyphs=glyphs))
            case "/history":
                await self._history(rest.strip())
            case "/capabilities":
                glyphs = glyphs_for(self._console.encoding)
                self._show(render_catalogue(await self._questions.catalogue(), glyphs=glyphs))
            case "/help":
                self._help()
            case _:
                self._console.print(Tidy(Padding(Text(f"There is no {word}. There are:"), (0, 2))))
                self._help()

    async def _history(self, conversation_id: str) -> None:
        now, glyphs = datetime.now().astimezone(), glyphs_for(self._console.encoding)
        if conversation_id:
            shown = render_conversation(await self._questions.conversation(conversation_id), now=now, glyphs=glyphs)
        else:
            shown = render_conversations(await self._questions.conversations(), now=now)
        self._show(shown)

    def _help(self) -> None:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True, style="cyan")
        table.add_column()
        for name, words in _HELP:
            table.add_row(name, words)
        self._show(Padding(table, (0, 2)))

    def _show(self, renderable: RenderableType) -> None:
        self._console.print(Tidy(renderable))
        self._console.print()
