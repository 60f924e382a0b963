"""Certificates made for a test: an authority, and what it issues, as files."""

import datetime as dt
import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from service_kit.settings import TlsSettings

HOSTS = ("localhost", "127.0.0.1")
PEM = serialization.Encoding.PEM


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A certificate and its private key."""

    certificate: Path
    key: Path

    def replace_with(self, other: "Issued") -> None:
        """What a renewal does: new files under the same names."""
        for mine, its in ((self.key, other.key), (self.certificate, other.certificate)):
            fresh = mine.with_suffix(".fresh")
            fresh.write_bytes(its.read_bytes())
            fresh.replace(mine)


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Signs certificates; its own lies in `folder`."""

    name: str
    folder: Path
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def file(self) -> Path:
        """Its own certificate, for those who trust it."""
        path = self.folder / f"{self.name}.pem"
        if not path.exists():
            certificate = self._signed(self.name, self.key.public_key(), ())
            path.write_bytes(certificate.public_bytes(PEM))
        return path

    def issue(self, name: str, *hosts: str) -> Issued:
        """A certificate for `hosts`; for this machine where none is said."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._signed(name, key.public_key(), hosts or HOSTS)
        issued = Issued(
            certificate=self.folder / f"{self.name}-{name}.pem", key=self.folder / f"{self.name}-{name}.key"
        )
        issued.certificate.write_bytes(certificate.public_bytes(PEM))
        issued.key.write_bytes(
            key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        )
        return issued

    def serving(self, issued: Issued, *, is_mutual: bool = False) -> TlsSettings:
        """The settings of a server that shows `issued`; mutual ones let in who is signed by this authority."""
        return TlsSettings(certificate=issued.certificate, key=issued.key, authorities=self.file, is_mutual=is_mutual)

    def calling(self, shown: Issued | None = None, server_name: str = "") -> TlsSettings:
        """The settings of a client that trusts this authority and shows `shown`."""
        own = (shown.certificate, shown.key) if shown else (None, None)
        return TlsSettings(certificate=own[0], key=own[1], authorities=self.file, server_name=server_name)

    def _signed(self, name: str, key: ec.EllipticCurvePublicKey, hosts: tuple[str, ...]) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(_name(self.name))
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(hours=1))
            .not_valid_after(now + dt.timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=not hosts, path_length=None), critical=True)
        )
        if hosts:
            builder = builder.add_extension(x509.SubjectAlternativeName(map(_host, hosts)), critical=False)
        return builder.sign(self.key, hashes.SHA256())


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
