"""A signing key that may be replaced while servers run: the new one signs at once, the old one verifies for a while.

What is published are the key in force and those that were replaced, each of these with the moment at which it stops
counting (`exp`, Unix seconds). The order of a replacement is: publish the new key, let it sign, date the old one.
Whatever a crash in between leaves, tokens that are signed verify, and the next one to publish tidies up.
"""

import json
import logging
import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from service_kit.errors import StartError
from service_kit.files import replace_file
from service_kit.jwks import UNTIL
from service_kit.keys import key_id, key_lock, load_key, load_or_create_key, pem, public_jwk, publish_jwks
from service_kit.trust import utc_now

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Jwk = dict[str, Any]


def rotate(path: Path, public_path: Path, keep: timedelta, now: Clock = utc_now) -> str:
    """Replaces the private key at `path`, publishes at `public_path`, and returns the `kid` of the new one.

    Tokens of the old key verify for `keep` from now, which must cover the longest that still lives; with `keep` zero
    they stop within a minute, and so do those of all keys before. Servers that run notice by themselves. Raises
    OSError and StartError; blocks.
    """
    with key_lock(path):
        old, new = load_or_create_key(path), Ed25519PrivateKey.generate()
        before = _replaced(public_path, old, now()) if keep else []
        publish_jwks(public_path, [public_jwk(new), public_jwk(old), *before])
        replace_file(path, pem(new), mode=0o600)
        dated = [public_jwk(old) | {UNTIL: int((now() + keep).timestamp())}] if keep else []
        publish_jwks(public_path, [public_jwk(new), *dated, *before])
    return key_id(new)


class Keyring:
    """The signing key of one issuer, as its file at `path` holds it at the moment; made and published at first."""

    def __init__(self, path: Path, public_path: Path, now: Clock = utc_now) -> None:
        """Raises OSError, and StartError where the file holds something else."""
        self._path = path
        self._public_path = public_path
        self._now = now
        with key_lock(path):
            self._key = load_or_create_key(path)
            self._stamp = _stamp(path)
            self._publish()

    def current(self) -> Ed25519PrivateKey:
        """The key to sign with now. A file that is gone or broken leaves the key that was."""
        try:
            if _stamp(self._path) != self._stamp:
                self._load()
        except (OSError, StartError) as error:
            log.warning("signing key not read", extra={"path": self._path, "error": str(error)})
        return self._key

    def _load(self) -> None:
        with key_lock(self._path):
            stamp = _stamp(self._path)
            self._key = load_key(self._path)
            self._stamp = stamp
            if key_id(self._key) not in {jwk.get("kid") for jwk in _published(self._public_path)}:
                self._publish()  # the file was replaced by other means than `rotate`

    def _publish(self) -> None:
        replaced = _replaced(self._public_path, self._key, self._now())
        publish_jwks(self._public_path, [public_jwk(self._key), *replaced])


def _replaced(public_path: Path, current: Ed25519PrivateKey, now: datetime) -> list[Jwk]:
    """The keys before `current` that still count. One without a date was never replaced in order, and is dropped."""
    return [
        jwk
        for jwk in _published(public_path)
        if jwk.get("kid") != key_id(current) and isinstance(jwk.get(UNTIL), int) and jwk[UNTIL] > now.timestamp()
    ]


def _published(public_path: Path) -> Sequence[Jwk]:
    """What is published; nothing where that cannot be read, because it is written anew then."""
    try:
        return [jwk for jwk in json.loads(public_path.read_text())["keys"] if isinstance(jwk, dict)]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _stamp(path: Path) -> tuple[int, int, int]:
    """Changes whenever the file is replaced or written."""
    found = os.stat(path)  # noqa: PTH116  # each token asks; a third of the price of Path.stat
    return found.st_ino, found.st_mtime_ns, found.st_size
