"""Codes wait here until they are mailed: a bounded queue and one thread, so that no caller waits for a mail server.

Nothing in the log tells an e-mail or a code.
"""

import asyncio
import heapq
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace

from service_kit.errors import Unavailable
from user_server.codes import Code
from user_server.mailer import Mailer, is_passing, status_of
from user_server.sign_in_store import Clock, utc_now
from user_server.smtp_settings import SmtpSettings

log = logging.getLogger(__name__)

Send = Callable[[str, Code], None]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Letter:
    """A code to send at `due`, a moment of the monotonic clock."""

    due: float
    email: str = field(compare=False, repr=False)
    code: Code = field(compare=False, repr=False)
    tries: int = field(default=0, compare=False)


class Post:
    """Takes codes at once and sends them one by one. Made by `open_post`."""

    def __init__(self, send: Send, capacity: int, pauses: tuple[float, ...], clock: Clock) -> None:
        self._send = send
        self._capacity = capacity
        self._pauses = pauses
        self._clock = clock
        self._letters: list[_Letter] = []
        self._in_hand = 0
        self._kept = 0
        self._is_closing = False
        self._changed = threading.Condition()

    @contextmanager
    def place(self) -> Iterator[None]:
        """Keeps a place for one code. Raises Unavailable (`MAIL_BUSY`) when all are taken, whoever asks."""
        with self._changed:
            if self._kept + self._in_hand + len(self._letters) >= self._capacity:
                raise Unavailable("MAIL_BUSY", "Too many codes wait to be sent; try again in a minute.")
            self._kept += 1
        try:
            yield
        finally:
            with self._changed:
                self._kept -= 1

    async def bring(self, email: str, code: Code) -> None:
        """Takes `code` for delivery."""
        self._add(_Letter(due=time.monotonic(), email=email, code=code))

    def work(self) -> None:
        """Sends what comes, when it is due; ends when closing and nothing is left."""
        while (letter := self._next()) is not None:
            self._deliver(letter)
            with self._changed:
                self._in_hand = 0

    def close(self, thread: threading.Thread, seconds: float) -> None:
        """Sends what waits, now; what `thread` has not sent after `seconds` is lost."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()
        thread.join(seconds)
        with self._changed:
            lost = self._in_hand + len(self._letters)
            self._letters.clear()
        if lost:
            log.error("codes lost: the server stops", extra={"codes": lost})

    def _add(self, letter: _Letter) -> None:
        with self._changed:
            heapq.heappush(self._letters, letter)
            self._changed.notify()

    def _next(self) -> _Letter | None:
        """Waits for a letter that is due; None when closing and none is left."""
        with self._changed:
            while not self._is_due():
                if self._is_closing and not self._letters:
                    return None
                self._changed.wait(max(self._letters[0].due - time.monotonic(), 0) if self._letters else None)
            self._in_hand = 1
            return heapq.heappop(self._letters)

    def _is_due(self) -> bool:
        return bool(self._letters) and (self._is_closing or self._letters[0].due <= time.monotonic())

    def _deliver(self, letter: _Letter) -> None:
        if letter.code.expires_at <= self._clock():
            log.error("code lost: it has expired", extra={"tries": letter.tries})
            return
        try:
            self._send(letter.email, letter.code)
        except Exception as error:  # noqa: BLE001  # whatever is wrong with one letter, the others are sent
            self._complain(letter, error)

    def _complain(self, letter: _Letter, error: Exception) -> None:
        tries = letter.tries + 1
        fields = {"error": type(error).__name__, "status": status_of(error), "tries": tries}
        if not is_passing(error) or tries > len(self._pauses) or self._is_closing:
            log.error("code lost: it cannot be mailed", extra=fields)
            return
        log.warning("code not mailed yet", extra=fields)
        self._add(replace(letter, due=time.monotonic() + self._pauses[tries - 1], tries=tries))


@asynccontextmanager
async def open_post(settings: SmtpSettings, clock: Clock = utc_now) -> AsyncIterator[Post]:
    """A post for as long as the block runs; after it, a few seconds are left for what waits."""
    post = Post(Mailer(settings).send, settings.capacity, settings.pauses, clock)
    # A daemon: a mail server that says nothing must not hold up the end of the process.
    thread = threading.Thread(target=post.work, name="post", daemon=True)
    thread.start()
    try:
        yield post
    finally:
        await asyncio.to_thread(post.close, thread, settings.farewell)
