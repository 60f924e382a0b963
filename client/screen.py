"""What the chat is shown on: a terminal that lives, or plain lines."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Protocol

from llm_orchestrator.orchestrator.v1 import chat_pb2
from prompt_toolkit.formatted_text import StyleAndTextTuples
from rich.console import Console, RenderableType
from rich.live import Live
from rich.text import Text

from client.errors import ActingEnded, ClientError, NotSignedIn
from client.events import Failed, LinkLost
from client.glyphs import glyphs_for
from client.piped import PipedLines
from client.reading import read_event
from client.render import render_turn
from client.session import Session
from client.terminal import Terminal
from client.tidy import Tidy
from client.turn_view import TurnView, fold, stopping

WIDE = 80
Stream = AsyncIterator[chat_pb2.ChatResponse | LinkLost]

_TICK = 0.1
_LEFT = Failed("LEFT", "You left this turn; what was begun may still be finished by the server.")


class Screen(Protocol):
    """One way of showing the chat and hearing the user. `acting_for` is the customer whom the prompt names."""

    is_live: bool
    console: Console
    acting_for: str

    async def read_line(self) -> str | None:
        """The next thing the user says; nothing at the end. KeyboardInterrupt for Ctrl-C at an empty line."""

    async def read_answer(self, question: str, *, is_secret: bool = False) -> str | None:
        """The answer to a question; nothing at the end."""

    async def play(self, session: Session, events: Stream, view: TurnView) -> TurnView:
        """Shows a turn from its beginning to its end, and says how it ended."""


class LiveScreen:
    """A terminal: the turn is redrawn in place while it runs; what it came to stays in the scrollback."""

    is_live = True

    def __init__(self, console: Console, terminal: Terminal) -> None:
        self.console = console
        self.acting_for = ""
        self._terminal = terminal
        self._glyphs = glyphs_for(console.encoding)

    async def read_line(self) -> str | None:
        """Reads a line with editing and history."""
        prompt: StyleAndTextTuples = [("bold ansicyan", f"{self._glyphs.prompt} ")]
        if self.acting_for:  # on a narrow terminal a line of its own leaves room for words
            gap = " " if self.console.width >= WIDE else "\n"
            prompt.insert(0, ("bold ansimagenta", f"acting for {self.acting_for}{gap}"))
        return await self._terminal.read_line(prompt)

    async def read_answer(self, question: str, *, is_secret: bool = False) -> str | None:
        """Reads an answer that is not kept in the history."""
        return await self._terminal.read_answer([("bold", f"  {question} ")], is_secret=is_secret)

    async def play(self, session: Session, events: Stream, view: TurnView) -> TurnView:
        """Shows a turn. Ctrl-C stops it; a second one, or one that cannot be told the server, leaves it."""
        turn = _Turn(events, view)
        live = Live(Text(), console=self.console, auto_refresh=False, transient=True, redirect_stderr=False)
        with live, self._terminal.watched() as interrupts:
            while not await turn.rest(_TICK):
                if interrupts.take():
                    await turn.stop(session)
                live.update(Tidy(self._draw(turn), height=max(1, self.console.height - 1)), refresh=True)
        if isinstance(turn.error, ActingEnded):  # ends the chat, which says why
            raise turn.error
        self.console.print(Tidy(self._draw(turn)))
        if isinstance(turn.error, NotSignedIn):
            raise turn.error
        return turn.view

    def _draw(self, turn: "_Turn") -> RenderableType:
        elapsed = time.monotonic() - turn.began
        frame, width = int(elapsed / _TICK), self.console.width
        return render_turn(turn.view, width=width, glyphs=self._glyphs, frame=frame, elapsed=elapsed, has_details=True)


class PlainScreen:
    """Lines in, lines out: what was said is repeated, and a turn is shown when it is over."""

    is_live = False

    def __init__(self, console: Console, lines: PipedLines) -> None:
        self.console = console
        self.acting_for = ""
        self._lines = lines
        self._glyphs = glyphs_for(console.encoding)

    async def read_line(self) -> str | None:
        """Reads a line and repeats it."""
        line = await self._lines.next()
        if line:
            who = f"acting for {self.acting_for} " if self.acting_for else ""
            self.console.print(Text(f"{who}{self._glyphs.prompt} {line}", "bold"))
        return line

    async def read_answer(self, question: str, *, is_secret: bool = False) -> str | None:
        """Takes the next line for the answer."""
        line = await self._lines.next()
        shown = "" if line is None or is_secret else line
        self.console.print(Text(f"  {question} {shown}".rstrip()))
        return line

    async def play(self, session: Session, events: Stream, view: TurnView) -> TurnView:
        """Waits for the end of a turn, then shows it."""
        turn = _Turn(events, view)
        await turn.rest(None)
        if turn.error:
            raise turn.error
        width = self.console.width
        self.console.print(Tidy(render_turn(turn.view, width=width, glyphs=self._glyphs, has_details=True)))
        return turn.view


class _Turn:
    """A turn that is being heard, by a task of its own."""

    def __init__(self, events: Stream, view: TurnView) -> None:
        self.view = view
        self.began = time.monotonic()
        self.error: ClientError | None = None
        self._task = asyncio.create_task(self._hear(events))

    async def rest(self, seconds: float | None) -> bool:
        """Waits for the end, but not longer than this; says whether it came."""
        try:
            await asyncio.wait({self._task}, timeout=seconds)
        except asyncio.CancelledError:
            self._task.cancel()
            raise
        return self._task.done()

    async def stop(self, session: Session) -> None:
        """Asks the server to stop; the second time, or where it cannot be told, stops listening."""
        if not self.view.is_stopping and await session.cancel():
            self.view = stopping(self.view)
            return
        self._task.cancel()
        await asyncio.wait({self._task})
        self.view = replace(self.view, reply="", ended=_LEFT)

    async def _hear(self, events: Stream) -> None:
        try:
            async for response in events:
                if event := read_event(response):
                    self.view = fold(self.view, event)
        except ClientError as error:
            self.error = error
            self.view = replace(self.view, ended=Failed("", str(error)))
