"""The development outbox: where the demo's sign-in codes are put instead of being mailed.

One file for each e-mail, `<folder>/<email>.txt` (percent-encoded where need be); the code is its last line.
"""

import asyncio
import re
import time
from pathlib import Path
from urllib.parse import quote

from client.errors import NotSignedIn

_CODE = re.compile(r"^\d{6}$")
_WAIT = 3.0
_POLL = 0.05


class Outbox:
    """The outbox in a folder; `is_near` says whether the sign-in server can be writing to it at all."""

    def __init__(self, folder: Path, *, is_near: bool) -> None:
        self._folder = folder
        self._is_near = is_near

    def place_of(self, email: str) -> Path | None:
        """Names the file for an e-mail, or nothing where there is no outbox to look at."""
        if not self._is_near or not self._folder.is_dir():
            return None
        return self._folder / f"{quote(email.strip().lower(), safe='@+')}.txt"

    def stamp(self, email: str) -> int:
        """Tells one state of the file from the next; take it before a code is requested."""
        place = self.place_of(email)
        try:
            return place.stat().st_mtime_ns if place else 0
        except OSError:
            return 0

    async def newest_code(self, email: str, *, since: int) -> str:
        """Reads the code that came after `since`. Raises NotSignedIn when none comes within 3 s."""
        place = self.place_of(email)
        give_up = time.monotonic() + _WAIT
        while place and time.monotonic() < give_up:
            code = _read_code(place)
            if code and self.stamp(email) != since:
                return code
            await asyncio.sleep(_POLL)
        where = place or self._folder
        raise NotSignedIn(f"No new code came to {where}. Is {email} the e-mail of a customer?")


def _read_code(place: Path) -> str:
    try:
        lines = place.read_text(encoding="utf-8").strip().splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    return lines[-1].strip() if lines and _CODE.match(lines[-1].strip()) else ""
