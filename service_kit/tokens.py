"""Tokens: signed here, verified there. EdDSA only; a server accepts only tokens for its own name."""

import asyncio
import json
import logging
import time
import urllib.request
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from service_kit.caller import Caller
from service_kit.errors import StartError, Unauthenticated
from service_kit.keys import key_id

log = logging.getLogger(__name__)

Keys = Mapping[str, Mapping[str, jwt.PyJWK]]
"""Public keys by issuer and `kid`."""

ALGORITHM = "EdDSA"
CLOCK_LEEWAY_SECONDS = 5
REREAD_SECONDS = 1.0
MAX_ACTORS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """What a token of one call is for: its intent (`scope`), and the turn, plan and step that the call comes from."""

    scope: str
    turn_id: str = ""
    plan_id: str = ""
    step_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Issues tokens under one name with one key."""

    issuer: str
    key: Ed25519PrivateKey

    def sign(
        self,
        *,
        subject: str,
        audience: str,
        lifetime: timedelta,
        roles: Iterable[str],
        actor: str | None = None,
        agent: str = "",
        session_id: str = "",
        mandate: Mandate | None = None,
    ) -> str:
        """A token for `subject` (a lower-case e-mail) that only `audience` accepts, for `lifetime` from now.

        `actor` is the server and `agent` the member of support who act for the subject (nested `act`, RFC 8693).
        """
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
        if session_id:
            claims["sid"] = session_id
        if agent:
            claims["act"] = {"sub": agent}
        if actor is not None:
            claims["act"] = {"sub": actor, **({"act": claims["act"]} if agent else {})}
        if mandate is not None:
            named = {"scope": mandate.scope, "turn": mandate.turn_id, "plan": mandate.plan_id, "step": mandate.step_id}
            claims |= {name: value for name, value in named.items() if value}
        return jwt.encode(claims, self.key, algorithm=ALGORITHM, headers={"kid": key_id(self.key)})


class Trust:
    """The issuers that are trusted and their public keys, from a trust file.

    The file is JSON: `{"<issuer>": {"jwks": "<path relative to the file, or http(s) URL>"}}`. Keys are read again when
    a token names one that is unknown, at most once a second. An issuer whose keys cannot be read keeps those it had.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys: Keys = {}
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    def check(self) -> None:
        """Raises StartError when the trust file is missing or is no trust file."""
        try:
            _sources(self._path)
        except (OSError, ValueError) as error:
            raise StartError(f"The trust file {self._path} cannot be read: {error}.") from error

    async def key(self, issuer: str, kid: str) -> jwt.PyJWK | None:
        """The public key `kid` of `issuer`; None when there is no such issuer or key."""
        if self._known(issuer, kid) is None:
            async with self._reading:  # who comes meanwhile waits for what is being read
                await self._read_again(issuer, kid)
        return self._known(issuer, kid)

    def _known(self, issuer: str, kid: str) -> jwt.PyJWK | None:
        return self._keys.get(issuer, {}).get(kid)

    async def _read_again(self, issuer: str, kid: str) -> None:
        if self._known(issuer, kid) is None and time.monotonic() - self._read_at >= REREAD_SECONDS:
            self._keys = await asyncio.to_thread(self._read)
            self._read_at = time.monotonic()

    def _read(self) -> Keys:
        try:
            sources = _sources(self._path)
        except (OSError, ValueError) as error:
            log.warning("trust file not read", extra={"path": self._path, "error": str(error)})
            return self._keys
        return {issuer: self._keys_of(issuer, source) for issuer, source in sources.items()}

    def _keys_of(self, issuer: str, source: str) -> Mapping[str, jwt.PyJWK]:
        try:
            return {str(jwk.key_id): jwk for jwk in _jwks(source, self._path.parent)}
        except (OSError, HTTPException, ValueError, jwt.PyJWTError) as error:
            log.warning("keys not read", extra={"issuer": issuer, "source": source, "error": str(error)})
            return self._keys.get(issuer, {})


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
    actors, roles = list(_actors(claims.get("act"))), claims.get("roles", [])
    if not (isinstance(roles, list) and all(isinstance(role, str) for role in roles)):
        raise jwt.InvalidTokenError("`roles` is not a list of names")
    servers = [actor for actor in actors if "@" not in actor]
    if servers not in ([], [claims["iss"]]):
        raise jwt.InvalidTokenError("`act` names a server other than the issuer")
    return Caller(
        email=str(claims["sub"]).lower(),
        roles=frozenset(roles),
        actor=servers[0] if servers else None,
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
        agent=next((actor.lower() for actor in actors if "@" in actor), ""),
        scope=_text(claims, "scope"),
        turn_id=_text(claims, "turn"),
        plan_id=_text(claims, "plan"),
        step_id=_text(claims, "step"),
        session_id=_text(claims, "sid"),
        issuer=str(claims["iss"]),
    )


def _actors(act: Any) -> Iterator[str]:
    """Who acts for the subject, the nearest first: a server, a member of support."""
    for _ in range(MAX_ACTORS):
        if act is None:
            return
        if not (isinstance(act, dict) and isinstance(act.get("sub"), str)):
            break
        yield act["sub"]
        act = act.get("act")
    raise jwt.InvalidTokenError("`act` does not name an actor")


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name, "")
    if not isinstance(value, str):
        raise jwt.InvalidTokenError(f"`{name}` is not a text")
    return value


def _sources(path: Path) -> dict[str, str]:
    """Where the keys of each issuer are. Raises OSError or ValueError."""
    issuers = json.loads(path.read_text())
    try:
        return {str(issuer): str(entry["jwks"]) for issuer, entry in issuers.items()}
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError('it is not of the form {"<issuer>": {"jwks": "<path or URL>"}}') from error


def _jwks(source: str, folder: Path) -> list[jwt.PyJWK]:
    """The keys at `source`; none where a file does not exist yet, because its server has not started."""
    if source.startswith(("http://", "https://")):
        with urllib.request.urlopen(source, timeout=5) as response:  # noqa: S310  # the scheme was just checked
            text = response.read(1_000_000).decode()
    elif not (folder / source).exists():
        return []
    else:
        text = (folder / source).read_text()
    document = json.loads(text)
    if not isinstance(document, dict):
        raise ValueError("this is no JWKS")
    return list(jwt.PyJWKSet.from_dict(document).keys)
