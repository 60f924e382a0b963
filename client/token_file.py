"""Who is signed in: one JSON file that only its owner reads, and the lock beside it.

Rules: the folder has mode 0700, the file 0600; the file is replaced in one step, so that a reader never sees half of
it; whoever changes it holds the lock, because a refresh token works once and its second use ends the session.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from client.errors import ClientError

_LOCK_WAIT = 15.0
_LOCK_POLL = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """What the client keeps of a sign-in. Times are seconds since 1970."""

    email: str
    access_token: str
    refresh_token: str
    obtained_at: float
    expires_at: float


class TokenFile:
    """The file at `path`; its folder is made when it is first written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> SignedIn | None:
        """Reads who is signed in; a missing or damaged file means nobody."""
        try:
            return SignedIn(**json.loads(self.path.read_text(encoding="utf-8")))
        except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
            return None
        except OSError as error:
            raise ClientError(f"The sign-in in {self.path} cannot be read: {error.strerror}.") from error

    def write(self, signed_in: SignedIn) -> None:
        """Replaces the file in one step."""
        try:
            make_private_folder(self.path.parent)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".session-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(asdict(signed_in), file)
                Path(name).replace(self.path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise ClientError(f"The sign-in cannot be kept in {self.path.parent}: {error.strerror}.") from error

    def delete(self) -> None:
        """Forgets who is signed in; repeating it changes nothing."""
        self.path.unlink(missing_ok=True)

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        """Holds the file's lock, also against other programs. Waits up to 15 s for it, without blocking the loop."""
        make_private_folder(self.path.parent)
        handle = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            give_up = time.monotonic() + _LOCK_WAIT
            while not _try_lock(handle):
                if time.monotonic() > give_up:
                    raise ClientError("Another client keeps the sign-in locked. Close it, or wait, and try again.")
                await asyncio.sleep(_LOCK_POLL)
            yield
        finally:
            os.close(handle)


def make_private_folder(folder: Path) -> None:
    """Makes a folder that only its owner enters. Raises ClientError."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise ClientError(
            f"The folder {folder} cannot be used: {error.strerror}. Choose another with LLM_ORCHESTRATOR_CONFIG_DIR."
        ) from error


def _try_lock(handle: int) -> bool:
    """Takes the lock if it is free; closing the handle gives it back."""
    if sys.platform == "win32":
        return True  # flock is POSIX; elsewhere two clients that refresh in the same instant may end a session
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
