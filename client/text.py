"""Words and times from elsewhere, made fit for a terminal."""

import unicodedata
from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp

_KEPT = "\n\t"
_TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def clean(text: str) -> str:
    """Drops what steers a terminal (escape sequences, bidirectional overrides): servers' words are only words."""
    return "".join(c for c in text if c in _KEPT or (unicodedata.category(c) != "Cc" and c not in _TURNING))


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def escaped(text: str) -> str:
    """The same with everything that is not plainly visible written out (`\\x1b`, `\\n`), where it must not be lost."""
    return "".join(
        c if c == " " or unicodedata.category(c)[0] not in "CZ" else c.encode("unicode_escape").decode() for c in text
    )


def local_time(stamp: Timestamp) -> datetime | None:
    """A time in the user's own zone; nothing where it was never set."""
    return datetime.fromtimestamp(stamp.seconds + stamp.nanos / 1e9).astimezone() if stamp.seconds else None


def how_long_ago(then: datetime | None, now: datetime) -> str:
    """How people say it: `just now`, `5 min ago`, `14:02`, `3 May 14:02`."""
    if then is None:
        return ""
    seconds = (now - then).total_seconds()
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{int(seconds // 60)} min ago"
    if then.date() == now.date():
        return then.strftime("%H:%M")
    return f"{then.day} {then.strftime('%b %H:%M' if then.year == now.year else '%b %Y')}"
