"""Who holds a database file: every instance that has it open, together; or one restore, alone.

The lock is on a file beside the database and ends with the process, however that ends. SQLite itself locks nothing
while nobody writes, so it cannot tell. Works on the disks of one machine, as SQLite does.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PRIVATE = 0o600
PATIENCE_SECONDS = 1.0
PAUSE_SECONDS = 0.02
"""Who only looks whether somebody holds the file is alone for a moment."""


class Held(Exception):
    """Somebody else holds the file."""


@contextmanager
def held(database: Path, *, is_alone: bool = False) -> Iterator[None]:
    """Holds the file at `database` until the block ends. Raises Held; who asks to be alone never waits for it."""
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(database.with_name(f"{database.name}.lock"), os.O_RDWR | os.O_CREAT, PRIVATE)
    try:
        _lock(descriptor, fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH, 0 if is_alone else PATIENCE_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, kind: int, patience_seconds: float) -> None:
    give_up = time.monotonic() + patience_seconds
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= give_up:
                raise Held from error
            time.sleep(PAUSE_SECONDS)
        else:
            return
