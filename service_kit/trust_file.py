"""The trust file: which issuers count, where their keys are and what their tokens may say.

JSON, one entry an issuer (the `iss` of its tokens); paths are relative to the file, URLs are https (http on loopback).

    {"<issuer>": {
      "jwks": "<path or URL>",         its public keys, a JWKS (RFC 7517)
      "revoked": "<path or URL>",      sessions that ended early (see `revocations`); default: none are told
      "algorithm": "EdDSA",            the one that counts, whatever a token says; the default
      "audience": "<value>",           the `aud` of its tokens; default: the name of the server that is called
      "email_claim": "sub",            which claim is the e-mail; another one than `sub` makes the issuer a foreign one
      "roles_claim": "roles",          which claim lists roles; `realm_access.roles` goes into an object; the default
      "roles": ["customer"],           given to everybody of this issuer; default: none
      "accepted_roles": ["customer"],  what its claim may give; default: everything, for a foreign one `customer`
      "may_delegate": ["server"]       whom it may name as acting for a user: `server` (itself, with a scope),
                                       `support` (a member of support); default: nobody
    }}
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from service_kit.files import WEB

ALGORITHMS = ("EdDSA", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512")
"""Public keys only: a shared secret would let every server that verifies sign as well."""

SERVER = "server"
SUPPORT = "support"
DELEGATES = (SERVER, SUPPORT)
SUBJECT_CLAIM = "sub"
CUSTOMER = frozenset({"customer"})
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class TrustFileError(Exception):
    """What is wrong with the trust file: one line a fault, each with what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issues tokens, and what they may say; the trust file explains each field.

    `jwks` and `revoked` are paths as they can be opened, or URLs. `audience` and `revoked` are empty where the default
    holds, `accepted_roles` is None where every role is accepted.
    """

    name: str
    jwks: str
    revoked: str = ""
    algorithm: str = "EdDSA"
    audience: str = ""
    email_claim: str = SUBJECT_CLAIM
    roles_claim: str = "roles"
    roles: frozenset[str] = frozenset()
    accepted_roles: frozenset[str] | None = None
    may_delegate: frozenset[str] = frozenset()

    @property
    def is_foreign(self) -> bool:
        """Does it know nothing of this project? Its `scope` and lists of audiences then mean what OAuth says."""
        return self.email_claim != SUBJECT_CLAIM


def foreign_issuer(name: str, *, audience: str, jwks: str, algorithm: str) -> Issuer:
    """An identity provider of somebody else's: its users are customers, by the e-mail that it vouches for."""
    return Issuer(
        name=name,
        jwks=jwks,
        audience=audience,
        algorithm=algorithm,
        email_claim="email",
        roles=CUSTOMER,
        accepted_roles=CUSTOMER,
    )


def read_trust_file(path: Path) -> Mapping[str, Issuer]:
    """The issuers by name. Raises TrustFileError with every fault; blocks."""
    try:
        document = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise TrustFileError(f"it cannot be read: {error}") from error
    if not isinstance(document, dict):
        raise TrustFileError('it is not of the form {"<issuer>": {"jwks": "<path or URL>"}}')
    faults: list[str] = []
    issuers = {name: _issuer(name, entry, path.parent, faults) for name, entry in document.items()}
    faults += [f"{name}: {fault}" for name, issuer in issuers.items() for fault in issuer_faults(issuer)]
    if faults:
        raise TrustFileError("\n".join(faults))
    return issuers


def issuer_faults(issuer: Issuer) -> list[str]:
    """What cannot stand like this, wherever the entry was written."""
    faults = []
    if issuer.algorithm not in ALGORITHMS:
        faults.append(f"algorithm {issuer.algorithm!r} does not count; write one of {', '.join(ALGORITHMS)}")
    faults += [
        f"{source} can be changed on its way; write https (http is for loopback)"
        for source in (issuer.jwks, issuer.revoked)
        if source.startswith("http://") and urlsplit(source).hostname not in LOOPBACK
    ]
    if unknown := sorted(issuer.may_delegate - set(DELEGATES)):
        faults.append(f"may_delegate knows no {', '.join(unknown)}; write some of {', '.join(DELEGATES)}")
    if issuer.is_foreign and issuer.may_delegate:
        faults.append("may_delegate is for our own issuers; remove it, or email_claim")
    accepted = issuer.accepted_roles
    if accepted is not None and (surplus := sorted(issuer.roles - accepted)):
        faults.append(f"roles gives {', '.join(surplus)}; write it into accepted_roles too, or remove it")
    return faults


def _issuer(name: str, entry: Any, folder: Path, faults: list[str]) -> Issuer:
    """The entry as far as it can be read; what cannot goes to `faults`."""
    if not isinstance(entry, dict):
        faults.append(f'{name}: it is no object; write {{"jwks": "<path or URL>"}}')
        return Issuer(name=name, jwks="")
    known = {field: value for field, value in entry.items() if field in _READERS}
    if "jwks" not in entry:
        faults.append(f'{name}: jwks is missing; write "jwks": "<path or URL>"')
    if strange := sorted(set(entry) - set(known)):
        faults.append(f"{name}: {', '.join(strange)} means nothing here; write some of {', '.join(_READERS)}")
    values: dict[str, Any] = {"jwks": ""}
    for field, value in known.items():
        try:
            values[field] = _READERS[field](value)
        except ValueError as error:
            faults.append(f"{name}: {field} is {error}")
    for field in ("jwks", "revoked"):
        if values.get(field):
            values[field] = _located(values[field], folder)
    if values.get("email_claim", SUBJECT_CLAIM) != SUBJECT_CLAIM:
        values.setdefault("accepted_roles", CUSTOMER)
    return Issuer(name=name, **values)


def _located(source: str, folder: Path) -> str:
    return source if source.startswith(WEB) else str(folder / source)


def _text(value: Any) -> str:
    if not (isinstance(value, str) and value):
        raise ValueError('no text; write "..."')
    return value


def _names(value: Any) -> frozenset[str]:
    if not (isinstance(value, list) and all(isinstance(name, str) for name in value)):
        raise ValueError('no list of names; write ["..."]')
    return frozenset(value)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("jwks", "revoked", "algorithm", "audience", "email_claim", "roles_claim"), _text),
    **dict.fromkeys(("roles", "accepted_roles", "may_delegate"), _names),
}
