"""Sessions that ended before their tokens do: a list that the issuer publishes and every server reads.

The list is JSON: `{"ended": {"<session id>": <Unix seconds until which it matters>}}`.
"""

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from service_kit.errors import Unauthenticated, Unavailable
from service_kit.files import UNREADABLE, read_source, replace_file
from service_kit.rereading import Rereading

log = logging.getLogger(__name__)

FRESH_SECONDS = 15.0
USABLE_SECONDS = 30.0
RETRY_SECONDS = 1.0
KNOWN_SECONDS = 60.0
"""How old the last list that could be read may be; after that nobody knows who signed out."""


def publish_ended(path: Path, ended: Mapping[str, datetime]) -> None:
    """Writes the whole list to `path` in one step: each ended session with when its last token expires (aware UTC).

    Blocks. Raises OSError; the session then counts on, so a sign-out must not be confirmed.
    """
    document = {"ended": {session_id: int(until.timestamp()) for session_id, until in ended.items()}}
    replace_file(path, json.dumps(document).encode())


def session_ended() -> Unauthenticated:
    """What a caller is told whose session is over, for whatever reason."""
    return Unauthenticated("SESSION_ENDED", "The session has ended; sign in again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The last list that could be read, when that was, and whether a try since then failed."""

    ended: frozenset[str]
    read_at: float
    is_broken: bool


class RevocationList:
    """The sessions of one issuer that ended, as the list at `source` (a path or URL) says."""

    def __init__(self, source: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._clock = clock
        self._list = Rereading(self._read, _Known(ended=frozenset(), read_at=float("-inf"), is_broken=False), clock)

    async def insist(self, session_id: str) -> None:
        """Raises Unauthenticated where the session ended, Unavailable where nobody could tell for a minute."""
        fresh = RETRY_SECONDS if self._list.last.is_broken else FRESH_SECONDS
        known = await self._list.value(fresh=fresh, usable=USABLE_SECONDS)
        if session_id in known.ended:
            raise session_ended()
        if self._clock() - known.read_at > KNOWN_SECONDS:
            raise Unavailable(
                "REVOCATIONS_UNKNOWN", "Which sessions have ended cannot be told at the moment; try again soon."
            )

    def _read(self, before: _Known) -> _Known:
        began = self._clock()
        try:
            return _Known(ended=_ended(read_source(self._source)), read_at=began, is_broken=False)
        except UNREADABLE as error:
            log.warning("revocations not read", extra={"source": self._source, "error": str(error)})
            return _Known(ended=before.ended, read_at=before.read_at, is_broken=True)


def _ended(text: str | None) -> frozenset[str]:
    if text is None:  # nobody has signed out yet
        return frozenset()
    document = json.loads(text)
    listed = document.get("ended") if isinstance(document, dict) else None
    if not isinstance(listed, dict):
        raise ValueError("this is no list of ended sessions")
    return frozenset(listed)
