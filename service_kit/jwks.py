"""Public keys of an issuer, as a JWKS (RFC 7517) lists them."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from service_kit.files import UNREADABLE, read_source

log = logging.getLogger(__name__)

UNTIL = "exp"
"""The member of a JWK that says, in Unix seconds, when the key stops counting (as in OpenID Federation)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A key that verifies with one algorithm; `until` is Unix seconds, None while nobody withdraws it."""

    jwk: jwt.PyJWK
    until: float | None


PublicKeys = Mapping[str, PublicKey]
"""By `kid`."""


def read_keys(source: str, algorithm: str, known: PublicKeys) -> PublicKeys:
    """The keys at `source` for `algorithm`: none where there is no file, `known` where it cannot be read. Blocks."""
    try:
        return _keys(read_source(source), algorithm)
    except UNREADABLE as error:
        log.warning("keys not read", extra={"source": source, "error": str(error)})
        return known


def _keys(text: str | None, algorithm: str) -> PublicKeys:
    if text is None:  # its server has not started yet
        return {}
    document = json.loads(text)
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise ValueError("this is no JWKS")
    keys = ((jwk["kid"], _key(jwk, algorithm)) for jwk in listed if _is_meant(jwk, algorithm))
    return {kid: key for kid, key in keys if key is not None}


def _is_meant(jwk: Any, algorithm: str) -> bool:
    """Providers publish keys for other purposes beside those that sign."""
    return (
        isinstance(jwk, dict)
        and isinstance(jwk.get("kid"), str)
        and jwk.get("use", "sig") == "sig"
        and jwk.get("alg", algorithm) == algorithm
        and isinstance(jwk.get(UNTIL, 0), int | float)
    )


def _key(jwk: Mapping[str, Any], algorithm: str) -> PublicKey | None:
    """None where the key is not of the algorithm's kind, or too short for it."""
    try:
        key = jwt.PyJWK(dict(jwk), algorithm)
    except jwt.PyJWTError:
        return None
    return None if key.Algorithm.check_key_length(key.key) else PublicKey(jwk=key, until=jwk.get(UNTIL))
