"""The program on a terminal of its own, as a person has it; no fork beside gRPC's threads."""

import os
import pty
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager

from pexpect.fdpexpect import fdspawn  # type: ignore[import-untyped] # ships no types

_TAKE_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)


@contextmanager
def on_a_terminal(
    *command: str, env: dict[str, str], columns: int = 80
) -> Iterator[tuple[fdspawn, subprocess.Popen[bytes]]]:
    """Starts a command on a fresh terminal; gives the keyboard and the process. It must end by itself."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (30, columns))
    process = subprocess.Popen(
        [sys.executable, "-c", _TAKE_TERMINAL, *command],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
        start_new_session=True,
    )
    os.close(theirs)
    keyboard = fdspawn(ours, timeout=10, encoding="utf-8")
    try:
        yield keyboard, process
        process.wait(10)
    finally:
        process.kill()
        process.wait()
        keyboard.close()
