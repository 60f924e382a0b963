"""Tokens, verified: which algorithm counts is the issuer's, and a server accepts only tokens for its own name."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import jwt

from service_kit.caller import Caller
from service_kit.claims import caller_of
from service_kit.errors import Unauthenticated
from service_kit.trust import Trust, TrustedKey, untrusted, utc_now

CLOCK_LEEWAY = timedelta(seconds=5)


class Verifier:
    """Turns a token into the caller it speaks for. `audience` is the server's own name; `now` is aware UTC."""

    def __init__(self, trust: Trust, audience: str, *, now: Callable[[], datetime] = utc_now) -> None:
        self._trust = trust
        self._audience = audience
        self._now = now

    async def verify(self, token: str) -> Caller:
        """The caller of `token`.

        Raises Unauthenticated with a reason that says what is wrong with it, and Unavailable (`REVOCATIONS_UNKNOWN`)
        where nobody can tell whether its session ended.
        """
        try:
            key = await self._trust.key(*_names(token))
            if key is None:
                raise untrusted()
            caller = caller_of(self._claims(token, key), key.issuer)
        except jwt.ExpiredSignatureError as error:
            raise _expired() from error
        except jwt.InvalidAudienceError as error:
            raise Unauthenticated("TOKEN_AUDIENCE", f"The token is not meant for {self._audience!r}.") from error
        except (jwt.PyJWTError, RecursionError) as error:
            raise Unauthenticated("TOKEN_INVALID", "The token is not valid; sign in again.") from error
        await self._trust.insist(caller.issuer, caller.session_id)
        return caller

    async def recheck(self, caller: Caller) -> None:
        """For a call that goes on, and before an effect: raises what `verify` would, were the token shown again now.

        What it cannot tell is whether the token's key was withdrawn meanwhile: a caller does not carry the key.
        """
        if caller.expires_at + CLOCK_LEEWAY <= self._now():
            raise _expired()
        if caller.issuer:  # a caller that no token told of has no session either
            await self._trust.insist(caller.issuer, caller.session_id)

    def _claims(self, token: str, key: TrustedKey) -> Mapping[str, Any]:
        return jwt.decode(
            token,
            key.jwk,
            algorithms=[key.issuer.algorithm],
            audience=key.issuer.audience or self._audience,
            issuer=key.issuer.name,
            leeway=CLOCK_LEEWAY,
            options={
                "require": ["iss", "sub", "aud", "exp", "iat"],
                "strict_aud": not key.issuer.is_foreign,  # elsewhere a list of audiences is usual
            },
        )


def _names(token: str) -> tuple[str, str]:
    """The issuer and the key that the token claims to have; nothing of it is verified yet."""
    header = jwt.get_unverified_header(token)
    claims = jwt.decode(token, options={"verify_signature": False})
    return str(claims.get("iss")), str(header.get("kid"))


def _expired() -> Unauthenticated:
    return Unauthenticated("TOKEN_EXPIRED", "The token has expired; refresh it.")
