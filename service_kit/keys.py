"""Signing keys: made at first start, private ones readable by their owner only, public ones published as a JWKS."""

import base64
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from service_kit.errors import StartError
from service_kit.files import replace_file


def load_or_create_key(path: Path) -> Ed25519PrivateKey:
    """The private key at `path` (PEM, mode 0600); made there when it is missing, by whichever process comes first.

    Raises StartError when the file holds something else.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _create(path)
    return load_key(path)


def load_key(path: Path) -> Ed25519PrivateKey:
    """The private key at `path`. Raises OSError, and StartError when the file holds something else."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise StartError(f"{path} holds no Ed25519 key; remove it and a new one is made.")
    return key


def key_id(key: Ed25519PrivateKey) -> str:
    """A short name for the key, the same wherever it is computed (the head of the SHA-256 of the public key)."""
    return hashlib.sha256(_public_bytes(key)).hexdigest()[:16]


def publish(path: Path, *keys: Ed25519PrivateKey) -> None:
    """Writes the public halves of `keys`, and nothing else, to `path` as a JWKS (RFC 7517), in one step."""
    publish_jwks(path, [public_jwk(key) for key in keys])


def publish_jwks(path: Path, jwks: list[dict[str, Any]]) -> None:
    """Writes the JWKS of these public keys to `path` in one step."""
    replace_file(path, (json.dumps({"keys": jwks}, indent=2) + "\n").encode())


def public_jwk(key: Ed25519PrivateKey) -> dict[str, Any]:
    """The public half of `key` as a JWK."""
    x = base64.urlsafe_b64encode(_public_bytes(key)).rstrip(b"=").decode()
    return {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": key_id(key), "use": "sig", "alg": "EdDSA"}


def pem(key: Ed25519PrivateKey) -> bytes:
    """The private key as its file holds it."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@contextmanager
def key_lock(path: Path) -> Iterator[None]:
    """Keeps other processes from changing the key at `path` and what is published of it; waits for them."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _create(path: Path) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}.")  # mode 0600
    fresh = Path(name)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem(Ed25519PrivateKey.generate()))
    try:
        os.link(fresh, path)
    except FileExistsError:  # another process was first: its key counts
        pass
    finally:
        fresh.unlink()


def _public_bytes(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
