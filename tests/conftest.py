"""Shared by all tests: a signer that every server under test trusts, and settings for servers on port 0."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from service_kit.keys import load_or_create_key, publish
from service_kit.settings import ServerSettings
from service_kit.tokens import Signer

TokenFor = Callable[..., str]


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    """Issues tokens as `user` does; its public key is in the trust file of `server_settings_for`."""
    key = load_or_create_key(tmp_path / "keys" / "user.pem")
    publish(tmp_path / "public" / "user.jwks.json", key)
    return Signer(issuer="user", key=key)


@pytest.fixture
def trust_file(tmp_path: Path, signer: Signer) -> Path:
    """Trusts `signer`, and an orchestrator whose keys may appear later."""
    path = tmp_path / "trust.json"
    issuers = {
        "user": {
            "jwks": "public/user.jwks.json",
            "revoked": "public/user.revoked.json",
            "may_delegate": ["support"],
        },
        "orchestrator": {"jwks": "public/orchestrator.jwks.json", "may_delegate": ["server", "support"]},
    }
    path.write_text(json.dumps(issuers))
    return path


@pytest.fixture
def token_for(signer: Signer) -> TokenFor:
    """Makes tokens: `token_for(email, audience, roles=("customer",), lifetime=timedelta(minutes=5))`."""

    def sign(
        email: str,
        audience: str,
        roles: tuple[str, ...] = ("customer",),
        lifetime: timedelta = timedelta(minutes=5),
    ) -> str:
        return signer.sign(subject=email, audience=audience, lifetime=lifetime, roles=roles)

    return sign


@pytest.fixture
def server_settings_for(trust_file: Path) -> Callable[[str], ServerSettings]:
    """Settings for a server under test: port 0 on loopback, little patience."""

    def make(name: str) -> ServerSettings:
        return ServerSettings(name=name, address="127.0.0.1:0", trust_file=trust_file, call_seconds=10, grace_seconds=1)

    return make
