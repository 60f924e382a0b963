"""Tokens: signed here, verified there. EdDSA only; a server accepts only tokens for its own name."""

import asyncio
import json
import time
import urllib.request
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from service_kit.caller import Caller
from service_kit.errors import Unauthenticated
from service_kit.keys import key_id

ALGORITHM = "EdDSA"
CLOCK_LEEWAY_SECONDS = 5
REREAD_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Issues tokens under one name with one key."""

    issuer: str
    key: Ed25519PrivateKey

    def sign(
        self, *, subject: str, audience: str, lifetime: timedelta, roles: Iterable[str], actor: str | None = None
    ) -> str:
        """A token for `subject` (a lower-case e-mail) that only `audience` accepts, for `lifetime` from now."""
        now = datetime.now(UTC)
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": subject,
            "aud": audience,
            "iat": now,
            "exp": now + lifetime,
            "jti": uuid.uuid4().hex,
            "roles": sorted(roles),
        }
        if actor is not None:
            claims["act"] = {"sub": actor}
        return jwt.encode(claims, self.key, algorithm=ALGORITHM, headers={"kid": key_id(self.key)})


class Trust:
    """The issuers that are trusted and their public keys, from a trust file.

    The file is JSON: `{"<issuer>": {"jwks": "<path relative to the file, or http(s) URL>"}}`. Keys are read again when
    a token names one that is unknown, at most once a second.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys: dict[tuple[str, str], jwt.PyJWK] = {}
        self._read_at = float("-inf")

    async def key(self, issuer: str, kid: str) -> jwt.PyJWK | None:
        """The public key `kid` of `issuer`; None when there is no such issuer or key."""
        if (issuer, kid) not in self._keys and time.monotonic() - self._read_at >= REREAD_SECONDS:
            self._read_at = time.monotonic()
            self._keys = await asyncio.to_thread(self._read)
        return self._keys.get((issuer, kid))

    def _read(self) -> dict[tuple[str, str], jwt.PyJWK]:
        issuers: Mapping[str, Mapping[str, str]] = json.loads(self._path.read_text())
        return {
            (issuer, str(jwk.key_id)): jwk
            for issuer, entry in issuers.items()
            for jwk in _jwks(entry["jwks"], self._path.parent)
        }


class Verifier:
    """Turns a token into the caller it speaks for."""

    def __init__(self, trust: Trust, audience: str) -> None:
        self._trust = trust
        self._audience = audience

    async def verify(self, token: str) -> Caller:
        """The caller of `token`. Raises Unauthenticated with a reason that says what is wrong with it."""
        try:
            header = jwt.get_unverified_header(token)
            issuer = jwt.decode(token, options={"verify_signature": False}).get("iss")
            key = await self._trust.key(str(issuer), str(header.get("kid")))
            if key is None:
                raise Unauthenticated("TOKEN_ISSUER_UNKNOWN", "The token's issuer or key is not trusted here.")
            return _caller(self._claims(token, key))
        except jwt.ExpiredSignatureError as error:
            raise Unauthenticated("TOKEN_EXPIRED", "The token has expired; refresh it.") from error
        except jwt.InvalidAudienceError as error:
            raise Unauthenticated("TOKEN_AUDIENCE", f"The token is not meant for {self._audience!r}.") from error
        except jwt.PyJWTError as error:
            raise Unauthenticated("TOKEN_INVALID", "The token is not valid; sign in again.") from error

    def _claims(self, token: str, key: jwt.PyJWK) -> Mapping[str, Any]:
        return jwt.decode(
            token,
            key.key,
            algorithms=[ALGORITHM],
            audience=self._audience,
            leeway=CLOCK_LEEWAY_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat"], "strict_aud": True},
        )


def _caller(claims: Mapping[str, Any]) -> Caller:
    actor = claims.get("act", {}).get("sub")
    return Caller(
        email=str(claims["sub"]).lower(),
        roles=frozenset(str(role) for role in claims.get("roles", ())),
        actor=None if actor is None else str(actor),
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
    )


def _jwks(source: str, folder: Path) -> list[jwt.PyJWK]:
    """The keys at `source`; none where a file does not exist yet, because its server has not started."""
    if source.startswith(("http://", "https://")):
        with urllib.request.urlopen(source, timeout=5) as response:  # noqa: S310  # the scheme was just checked
            text = response.read(1_000_000).decode()
    elif not (folder / source).exists():
        return []
    else:
        text = (folder / source).read_text()
    return list(jwt.PyJWKSet.from_dict(json.loads(text)).keys)
