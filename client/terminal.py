"""The terminal as one keyboard for the whole chat: lines while it is the user's turn, keys while it is not.

Rule: from the first prompt to the last the terminal stays in raw mode. Ctrl-C is then a key and never a signal, so it
stops a turn and neither this program nor the `make` above it. (Raw mode leaves the output alone: a newline still
returns the carriage.) What is typed during a turn appears at the next prompt, but never answers a request for approval
that had not been shown yet.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import create_input
from prompt_toolkit.input.typeahead import clear_typeahead, store_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPress, KeyPressEvent
from prompt_toolkit.keys import Keys

from client.private_files import make_private_folder, open_private

_NOT_TYPED = {Keys.CPRResponse, Keys.Vt100MouseEvent, Keys.Ignore}


class Interrupts:
    """Counts the presses of Ctrl-C since they were last taken."""

    def __init__(self) -> None:
        self._pressed = False

    def press(self) -> None:
        """Notes a press."""
        self._pressed = True

    def take(self) -> bool:
        """Whether it was pressed; asking forgets it."""
        pressed, self._pressed = self._pressed, False
        return pressed


class Terminal:
    """The keyboard. `history_file` keeps what was typed, for its owner only."""

    def __init__(self, history_file: Path) -> None:
        self._input = create_input()
        self._lines: PromptSession[str] = self._prompts(_private_history(history_file))
        self._answers: PromptSession[str] = self._prompts(InMemoryHistory())

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keeps the terminal in raw mode and gives it back as it was, also when the program is told to end."""
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        ends = (signal.SIGTERM, signal.SIGHUP)
        for end in ends:
            loop.add_signal_handler(end, task.cancel if task else loop.stop)
        try:
            with self._input.raw_mode():
                yield
        finally:
            for end in ends:
                loop.remove_signal_handler(end)

    async def read_line(self, prompt: StyleAndTextTuples) -> str | None:
        """Reads a line that is kept in the history; nothing at the end. Ctrl-C at an empty line raises."""
        with contextlib.suppress(EOFError, OSError):  # OSError: the terminal is gone
            return await self._lines.prompt_async(prompt)
        return None

    async def read_answer(self, question: StyleAndTextTuples, *, is_secret: bool = False) -> str | None:
        """Reads an answer that is not kept; what was typed before the question does not count."""
        clear_typeahead(self._input)
        with contextlib.suppress(EOFError, OSError):  # OSError: the terminal is gone
            return await self._answers.prompt_async(question, is_password=is_secret)
        return None

    @contextlib.contextmanager
    def watched(self) -> Iterator[Interrupts]:
        """Listens for Ctrl-C while something runs; keeps what else is typed for the next prompt."""
        interrupts, typed = Interrupts(), list[KeyPress]()

        def read() -> None:
            for press in self._input.read_keys():
                if press.key is Keys.ControlC:
                    interrupts.press()
                elif press.key not in _NOT_TYPED:
                    typed.append(press)

        with self._input.raw_mode(), self._input.attach(read):
            yield interrupts
        store_typeahead(self._input, typed + self._input.flush_keys())

    def _prompts(self, history: History) -> PromptSession[str]:
        return PromptSession(input=self._input, history=history, key_bindings=_clearing_bindings())


def is_interactive() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _clearing_bindings() -> KeyBindings:
    """Ctrl-C empties a line that has something on it; only on an empty one it is told to the program."""
    bindings = KeyBindings()

    @bindings.add("c-c")
    def _(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt)

    return bindings


def _private_history(path: Path) -> History:
    make_private_folder(path.parent)
    with contextlib.suppress(OSError):
        os.close(open_private(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY))
        return FileHistory(str(path))
    return InMemoryHistory()
