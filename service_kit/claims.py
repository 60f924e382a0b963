"""From the claims of a verified token to the caller, within what the token's issuer may say."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import jwt

from service_kit.caller import Caller
from service_kit.errors import Unauthenticated
from service_kit.trust_file import SERVER, SUPPORT, Issuer

MAX_ACTORS = 2

Claims = Mapping[str, Any]


def caller_of(claims: Claims, issuer: Issuer) -> Caller:
    """Whom the token speaks for.

    Raises InvalidTokenError where a claim has the wrong shape, Unauthenticated where the issuer may not say it.
    """
    actors = list(_actors(claims.get("act")))
    servers = [actor for actor in actors if "@" not in actor]
    agents = [actor.lower() for actor in actors if "@" in actor]
    if servers not in ([], [issuer.name]) or len(agents) > 1:
        raise jwt.InvalidTokenError("`act` names a server other than the issuer, or two people")
    mandate = _mandate(claims, issuer)
    _check_delegation(issuer, is_by_server=bool(servers or mandate["scope"]), is_by_support=bool(agents))
    return Caller(
        email=_email(claims, issuer),
        roles=_roles(claims, issuer),
        actor=servers[0] if servers else None,
        expires_at=_moment(claims["exp"]),
        agent=agents[0] if agents else "",
        session_id=_text(claims, "sid"),
        issuer=issuer.name,
        **mandate,
    )


def _mandate(claims: Claims, issuer: Issuer) -> dict[str, str]:
    """What the token is for. A foreign issuer's `scope` is OAuth's (`openid email`) and no intent."""
    if issuer.is_foreign:
        return {"scope": ""}
    return {
        "scope": _text(claims, "scope"),
        "turn_id": _text(claims, "turn"),
        "plan_id": _text(claims, "plan"),
        "step_id": _text(claims, "step"),
    }


def _check_delegation(issuer: Issuer, *, is_by_server: bool, is_by_support: bool) -> None:
    may_not = (is_by_server and SERVER not in issuer.may_delegate) or (
        is_by_support and SUPPORT not in issuer.may_delegate
    )
    if may_not:
        raise Unauthenticated("TOKEN_DELEGATION", "The token's issuer may not let others act for its users.")


def _email(claims: Claims, issuer: Issuer) -> str:
    if claims.get("email_verified", True) not in (True, "true"):  # some providers write it as a text
        raise Unauthenticated("EMAIL_UNVERIFIED", "The e-mail is not verified; verify it where you sign in.")
    email = _claim(claims, issuer.email_claim)
    if not (isinstance(email, str) and email):
        raise jwt.InvalidTokenError(f"`{issuer.email_claim}` is no text")
    if issuer.is_foreign and "@" not in email:
        raise jwt.InvalidTokenError(f"`{issuer.email_claim}` is no e-mail")
    return email.lower()


def _roles(claims: Claims, issuer: Issuer) -> frozenset[str]:
    roles = _claim(claims, issuer.roles_claim, [])
    if not (isinstance(roles, list) and all(isinstance(role, str) for role in roles)):
        raise jwt.InvalidTokenError(f"`{issuer.roles_claim}` is not a list of names")
    accepted = frozenset(roles) if issuer.accepted_roles is None else issuer.accepted_roles & set(roles)
    return issuer.roles | accepted


def _claim(claims: Claims, name: str, default: Any = None) -> Any:
    """The claim of this name, whose dots may be its own (`https://shop.example/roles`) or lead into objects."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        if not (isinstance(found, dict) and part in found):
            return default
        found = found[part]
    return found


def _actors(act: Any) -> Iterator[str]:
    """Who acts for the subject, the nearest first: a server, a member of support."""
    for _ in range(MAX_ACTORS):
        if act is None:
            return
        if not (isinstance(act, dict) and isinstance(act.get("sub"), str)):
            break
        yield act["sub"]
        act = act.get("act")
    if act is not None:
        raise jwt.InvalidTokenError("`act` does not name an actor")


def _text(claims: Claims, name: str) -> str:
    value = claims.get(name, "")
    if not isinstance(value, str):
        raise jwt.InvalidTokenError(f"`{name}` is not a text")
    return value


def _moment(seconds: Any) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (TypeError, ValueError, OverflowError, OSError) as error:
        raise jwt.InvalidTokenError("`exp` is no moment") from error
