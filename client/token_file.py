"""Who is signed in: one JSON file that only its owner reads, and the lock beside it.

Rules: the file is replaced in one step, so that a reader never sees half of it; whoever changes it holds the lock,
because a refresh token works once and its second use ends the session. A sign-in belongs to the addresses that it was
made for and is sent nowhere else; one that names none is bound to the addresses where it is first used.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from client.errors import ClientError, NotSignedIn
from client.private_files import make_private_folder, open_private

SIGN_IN_HINT = "Sign in with: llm-orchestrator login"
ELSEWHERE = "SIGNED_IN_ELSEWHERE"

_LOCK_WAIT = 15.0
_LOCK_POLL = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """What the client keeps of a sign-in. Times are seconds since 1970; `access_token` is always the person's own.

    `acting_for` is the customer for whom the session was last told to act, in whatever window; empty for nobody.
    """

    email: str
    access_token: str
    refresh_token: str
    obtained_at: float
    expires_at: float
    address: str = ""
    sign_in_address: str = ""
    acting_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a sign-in counts: the orchestrator's address and that of the sign-in server; empty means anywhere."""

    address: str = ""
    sign_in_address: str = ""


class TokenFile:
    """The file at `path`, for sign-ins at `place`; its folder is made when it is first written."""

    def __init__(self, path: Path, place: Place | None = None) -> None:
        self.path = path
        self._place = place or Place()

    def read(self) -> SignedIn | None:
        """Reads who is signed in, wherever that may be; a missing or damaged file means nobody."""
        try:
            with os.fdopen(open_private(self.path, os.O_RDONLY), encoding="utf-8") as file:
                return SignedIn(**json.load(file))
        except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
            return None
        except OSError as error:
            raise ClientError(f"The sign-in in {self.path} cannot be read: {error.strerror}.") from error

    def read_here(self) -> SignedIn:
        """Reads who is signed in at this place. Raises NotSignedIn, with the reason `ELSEWHERE` for another place."""
        signed_in = self.read()
        if signed_in is None:
            raise NotSignedIn(f"You are not signed in. {SIGN_IN_HINT}")
        for here, there in (
            (self._place.address, signed_in.address),
            (self._place.sign_in_address, signed_in.sign_in_address),
        ):
            if here and there and here != there:
                words = f"You are not signed in at {here}; your sign-in is for {there}."
                raise NotSignedIn(f"{words} {SIGN_IN_HINT}", reason=ELSEWHERE, words=words)
        return signed_in

    async def bound(self) -> SignedIn:
        """The same; a sign-in that names no addresses is bound to this place, once and for good."""
        signed_in = self.read_here()
        if signed_in.address or not self._place.address:
            return signed_in
        async with self.locked():
            self.write(self.read_here())
            return self.read_here()

    def write(self, signed_in: SignedIn) -> None:
        """Replaces the file in one step; the sign-in counts at this place."""
        here = replace(signed_in, address=self._place.address, sign_in_address=self._place.sign_in_address)
        try:
            make_private_folder(self.path.parent)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".session-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(asdict(here), file)
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
        handle = open_private(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT)
        try:
            give_up = time.monotonic() + _LOCK_WAIT
            while not _try_lock(handle):
                if time.monotonic() > give_up:
                    raise ClientError("Another client keeps the sign-in locked. Close it, or wait, and try again.")
                await asyncio.sleep(_LOCK_POLL)
            yield
        finally:
            os.close(handle)


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
