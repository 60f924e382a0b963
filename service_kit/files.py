"""Small files and web pages as text: written in one step, read with a bound on size and time."""

import os
import time
import urllib.request
import uuid
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

UNREADABLE = (OSError, HTTPException, ValueError)
"""What `read_source` raises where there is something that cannot be read."""

WEB = ("http://", "https://")
LARGEST = 8 * 1024 * 1024
PATIENCE_SECONDS = 5.0
CHUNK = 64 * 1024


def replace_file(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Writes `path` so that a reader sees the old content or the new, also where several write at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def read_source(source: str) -> str | None:
    """The text at a path or URL; None where a file does not exist. Blocks; raises one of `UNREADABLE`."""
    if source.startswith(WEB):
        return _fetch(source)
    try:
        return Path(source).read_text()
    except FileNotFoundError:
        return None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Keys come from where the settings say, not from where that place points to."""

    def redirect_request(self, *_: Any) -> None:
        """Follows none; the answer counts as the error that it then is."""


_opener = urllib.request.build_opener(_NoRedirects)


def _fetch(url: str) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    with _opener.open(url, timeout=PATIENCE_SECONDS) as response:
        return _body(response, deadline).decode()


def _body(response: HTTPResponse, deadline: float) -> bytes:
    """All of it; the timeout of a socket is for each read alone and would let a slow sender take for ever."""
    body = bytearray()
    while chunk := response.read1(CHUNK):
        body += chunk
        if len(body) > LARGEST or time.monotonic() > deadline:
            raise ValueError(f"it is larger than {LARGEST} bytes or takes longer than {PATIENCE_SECONDS:.0f} seconds")
    return bytes(body)
