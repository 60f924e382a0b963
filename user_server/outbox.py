"""The development outbox: what would be sent by e-mail lies in a folder that only its owner can read.

Whoever reads the folder can sign in as anybody, so it is for one machine; a server that others reach refuses it.
"""

import asyncio
import hashlib
import os
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from urllib.parse import quote

from service_kit.errors import StartError
from user_server.codes import Code
from user_server.letter import SUBJECT, text_of
from user_server.loopback import is_loopback

LONGEST_NAME = 200  # file systems allow 255 bytes


class Outbox:
    """Keeps the latest message for each e-mail as `<folder>/<email>.txt`; its last line is the six-digit code."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def place(self) -> AbstractContextManager[None]:
        """There is always room."""
        return nullcontext()

    async def bring(self, email: str, code: Code) -> None:
        """Puts it there at once."""
        await asyncio.to_thread(self.put, email, code)

    def put(self, email: str, code: Code) -> None:
        """Replaces the message for `email`, in one step."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder.chmod(0o700)
        descriptor, name = tempfile.mkstemp(dir=self._folder, prefix=".")  # mode 0600
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"To: {email}\nSubject: {SUBJECT}\n\n{text_of(code)}")
        Path(name).replace(self.path(email))

    def path(self, email: str) -> Path:
        """Where the message for `email` lies; no e-mail leads out of the folder."""
        name = quote(email, safe="@+")
        if len(name) > LONGEST_NAME:
            name = hashlib.sha256(email.encode()).hexdigest()
        return self._folder / f"{name}.txt"


def insist_on_loopback(address: str) -> None:
    """Raises StartError when a server at `address` (`host:port`) can be reached from other machines."""
    host = address.rpartition(":")[0].strip("[]")
    if not is_loopback(host):
        raise StartError(
            f"Sign-in codes go to a development outbox, which is for this machine only, and {address} is open to "
            "others; set LLM_ORCHESTRATOR_SMTP_URL, or USER_SERVER_ADDRESS to an address on 127.0.0.1."
        )
