"""A token from elsewhere: a command prints it, for instance that of somebody else's identity provider.

Rules: no shell; what the command prints is kept in memory and shown to nobody, and neither are its arguments. It runs
when a token is needed, is about to expire or was refused; not more often than every half a minute for a token
that is still good. `exp` is read without checking the signature, which is the server's to check.
"""

import asyncio
import contextlib
import os
import re
import signal
import time
from asyncio.subprocess import DEVNULL, PIPE
from dataclasses import dataclass

import jwt

from client.credentials import seconds_left
from client.errors import TokenCommandFailed
from client.text import one_line

VARIABLE = "LLM_ORCHESTRATOR_TOKEN_COMMAND"

_LONGEST_RUN = 30.0
_PAUSE = 30.0
_NO_END = 24 * 3600.0
_TOKEN = re.compile(r"[\x21-\x7e]{1,16384}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Printed:
    """A token and its life; one that does not tell its end is taken to last a day."""

    token: str
    obtained_at: float
    expires_at: float


class CommandCredentials:
    """Hands out what the command prints. Every method but `seconds_left` raises TokenCommandFailed.

    `timeout` is how many seconds the command may take.
    """

    def __init__(self, command: tuple[str, ...], *, timeout: float = _LONGEST_RUN) -> None:
        self._command = command
        self._timeout = timeout
        self._running = asyncio.Lock()
        self._held: _Printed | None = None

    async def token(self) -> str:
        """The token; from the command where there is none or it is about to expire."""
        async with self._running:
            if self._held is None or self.seconds_left() <= 0:
                self._held = await self._run()
            return self._held.token

    async def replace(self, stale: str) -> str:
        """Another token than `stale`."""
        async with self._running:
            if self._held is None or self._held.token == stale:
                self._held = await self._run()
            if self._held.token == stale:
                raise self._failed("printed the same token again, which the server does not accept")
            return self._held.token

    def check(self) -> None:
        """Only the server and `exp` tell when a token from elsewhere ends."""

    def seconds_left(self) -> float:
        """Says for how long the command need not run."""
        if self._held is None:
            return 0.0
        rest = min(_PAUSE - (time.time() - self._held.obtained_at), self._held.expires_at - time.time())
        return max(0.0, rest, seconds_left(self._held))

    async def _run(self) -> _Printed:
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, start_new_session=True
            )
        except (OSError, ValueError) as error:
            raise self._failed(f"cannot be run: {getattr(error, 'strerror', None) or error}") from error
        try:
            async with asyncio.timeout(self._timeout):
                out, err = await process.communicate()
        except TimeoutError as error:
            raise self._failed(f"did not end within {self._timeout:g} s") from error
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # with what it has started, which may hold the pipes
                await process.wait()
        if process.returncode:
            said = one_line(err.decode("utf-8", "replace"))[:200]
            raise self._failed(f"ended with {process.returncode}" + (f" and said: {said}" if said else ""))
        return self._read(out)

    def _read(self, out: bytes) -> _Printed:
        token = out.decode("ascii", "replace").strip()
        if not _TOKEN.fullmatch(token):
            raise self._failed("printed no token: one line is needed, and nothing else")
        now = time.time()
        return _Printed(token=token, obtained_at=now, expires_at=_end_of(token, now + _NO_END))

    def _failed(self, what: str) -> TokenCommandFailed:
        return TokenCommandFailed(f"The command in {VARIABLE} ({self._command[0]}) {what.rstrip('.')}.")


def _end_of(token: str, otherwise: float) -> float:
    """The claim `exp`; `otherwise` where the token is no JWT or tells no end."""
    try:
        return float(jwt.decode(token, options={"verify_signature": False})["exp"])
    except (jwt.PyJWTError, KeyError, TypeError, ValueError):
        return otherwise
