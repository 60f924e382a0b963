"""The files behind TLS: read, checked against one another, and known again when they have changed."""

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization

from service_kit.errors import StartError
from service_kit.settings import SYSTEM_AUTHORITIES, TlsSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What one shows to others: a certificate chain and the private key of its first certificate, both PEM."""

    chain: bytes
    key: bytes


def read_identity(tls: TlsSettings) -> Identity | None:
    """The own certificate and key; None where none is set. Raises StartError where the files are of no use."""
    if tls.certificate is None or tls.key is None:
        return None
    identity = Identity(chain=_content(tls.certificate), key=_content(tls.key))
    certificate = _certificates(tls.certificate, identity.chain)[0]
    try:
        key = serialization.load_pem_private_key(identity.key, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise StartError(f"{tls.key} holds no private key in PEM without a password: {error}.") from error
    if certificate.public_key() != key.public_key():
        raise StartError(f"{tls.key} is not the key of the first certificate in {tls.certificate}.")
    return identity


def read_authorities(tls: TlsSettings) -> bytes | None:
    """The CAs that others must be signed by, PEM; None for gRPC's own, and where none are set. Raises StartError."""
    if tls.authorities is None or tls.authorities == SYSTEM_AUTHORITIES:
        return None
    content = _content(tls.authorities)
    _certificates(tls.authorities, content)
    return content


def stamp(tls: TlsSettings) -> Hashable:
    """Another value whenever one of the files was replaced or written."""
    return tuple(_stamp(path) for path in (tls.certificate, tls.key, tls.authorities) if path is not None)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StartError(f"{path}, which settings name for TLS, cannot be read: {error.strerror}.") from error


def _certificates(path: Path, content: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(content)
    except ValueError as error:
        raise StartError(f"{path} holds no certificates in PEM.") from error


def _stamp(path: Path) -> Hashable:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
