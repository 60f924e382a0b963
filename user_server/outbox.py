"""The development outbox: what would be sent by e-mail lies in a folder that only its owner can read.

Whoever reads the folder can sign in as anybody, so it is for one machine; a server that others reach refuses it.
"""

import hashlib
import ipaddress
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

from service_kit.errors import StartError
from user_server.sign_in_store import Code

LONGEST_NAME = 200  # file systems allow 255 bytes


class Outbox:
    """Keeps the latest message for each e-mail as `<folder>/<email>.txt`; its last line is the six-digit code."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, email: str, code: Code) -> None:
        """Replaces the message for `email`, in one step."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder.chmod(0o700)
        descriptor, name = tempfile.mkstemp(dir=self._folder, prefix=".")  # mode 0600
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(_message(email, code))
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
    if not _is_loopback(host):
        raise StartError(
            f"Sign-in codes go to a development outbox, which is for this machine only, and {address} is open to "
            "others; set USER_SERVER_ADDRESS to an address on 127.0.0.1."
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _message(email: str, code: Code) -> str:
    until = code.expires_at.strftime("%Y-%m-%d %H:%M:%S UTC")
    return (
        f"To: {email}\n"
        "Subject: Your sign-in code\n\n"
        f"This code signs you in once, until {until}. If you did not ask for it, ignore it.\n\n"
        f"{code.digits}\n"
    )
