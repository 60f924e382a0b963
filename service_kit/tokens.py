"""Tokens, signed: EdDSA, for one audience each. Verifying them is `verifier`'s."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from service_kit.keys import key_id

ALGORITHM = "EdDSA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """What a token of one call is for: its intent (`scope`), and the turn, plan and step that the call comes from."""

    scope: str
    turn_id: str = ""
    plan_id: str = ""
    step_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Issues tokens under one name. `key` is the key, or tells the one of the moment (`Keyring.current`)."""

    issuer: str
    key: Ed25519PrivateKey | Callable[[], Ed25519PrivateKey]

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
        key = self.key if isinstance(self.key, Ed25519PrivateKey) else self.key()
        return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"kid": key_id(key)})
