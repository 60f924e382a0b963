"""The issuers that are trusted, with their public keys and ended sessions, each read again while it is used.

A key or issuer that is taken away stops counting within a minute: under load the sources are read behind the calls
every 30 seconds, and a server that was idle waits for them when they are 50 seconds old.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import jwt

from service_kit.errors import StartError, Unauthenticated
from service_kit.jwks import PublicKey, PublicKeys, read_keys
from service_kit.rereading import Rereading
from service_kit.revocations import RevocationList
from service_kit.trust_file import Issuer, TrustFileError, read_trust_file

log = logging.getLogger(__name__)

FRESH_SECONDS = 30.0
USABLE_SECONDS = 50.0

Issuers = Mapping[str, Issuer]


def utc_now() -> datetime:
    """The clock of servers; tests pass their own."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedKey:
    """A public key, and the issuer whose tokens it verifies."""

    issuer: Issuer
    jwk: jwt.PyJWK


def untrusted() -> Unauthenticated:
    """What a caller is told whose token nobody here vouches for."""
    return Unauthenticated("TOKEN_ISSUER_UNKNOWN", "The token's issuer or key is not trusted here.")


class Trust:
    """What the trust file at `path` says (see `trust_file`), and one more issuer that settings may add or override.

    A trust file or keys that cannot be read leave things as they were. `clock` measures ages in seconds, `now` is
    aware UTC.
    """

    def __init__(
        self,
        path: Path,
        provider: Issuer | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._path = path
        self._provider = provider
        self._clock = clock
        self._now = now
        start: Issuers = {provider.name: provider} if provider else {}
        self._issuers = Rereading(self._read, start, clock)
        self._keys: dict[tuple[str, str], Rereading[PublicKeys]] = {}
        self._revocations: dict[str, RevocationList] = {}

    def check(self) -> None:
        """Raises StartError with every fault of the trust file."""
        try:
            read_trust_file(self._path)
        except TrustFileError as error:
            lines = "\n".join(f"  {line}" for line in str(error).splitlines())
            raise StartError(f"The trust file {self._path} is wrong:\n{lines}") from error

    async def key(self, issuer: str, kid: str) -> TrustedKey | None:
        """The public key `kid` of `issuer`; None when there is no such issuer or key.

        One that is unknown is looked for again, at most once a second.
        """
        arrived = self._clock()
        entry = await self._issuer(issuer) or (await self._issuers.since(arrived)).get(issuer)
        if entry is None:
            return None
        keys = self._keys_of(entry)
        found = self._valid((await keys.value(fresh=FRESH_SECONDS, usable=USABLE_SECONDS)).get(kid))
        found = found or self._valid((await keys.since(arrived)).get(kid))
        return None if found is None else TrustedKey(issuer=entry, jwk=found.jwk)

    async def insist(self, issuer: str, session_id: str) -> None:
        """Raises Unauthenticated where `issuer` or its session counts no more, Unavailable where nobody can tell."""
        entry = await self._issuer(issuer)
        if entry is None:
            raise untrusted()
        if entry.revoked and session_id:
            known = self._revocations.setdefault(entry.revoked, RevocationList(entry.revoked, self._clock))
            await known.insist(session_id)

    async def _issuer(self, name: str) -> Issuer | None:
        return (await self._issuers.value(fresh=FRESH_SECONDS, usable=USABLE_SECONDS)).get(name)

    def _keys_of(self, issuer: Issuer) -> Rereading[PublicKeys]:
        """Kept by source: an entry that changes otherwise keeps its keys, and each issuer waits for its own."""
        source = (issuer.jwks, issuer.algorithm)
        if source not in self._keys:
            nothing: PublicKeys = {}
            self._keys[source] = Rereading(partial(read_keys, *source), nothing, self._clock)
        return self._keys[source]

    def _valid(self, key: PublicKey | None) -> PublicKey | None:
        is_over = key is not None and key.until is not None and key.until <= self._now().timestamp()
        return None if is_over else key

    def _read(self, before: Issuers) -> Issuers:
        try:
            issuers = read_trust_file(self._path)
        except TrustFileError as error:
            log.warning("trust file not read", extra={"path": self._path, "error": str(error)})
            return before
        return {**issuers, self._provider.name: self._provider} if self._provider else issuers
