"""Where codes are mailed from: the settings of SMTP, read and checked."""

from dataclasses import dataclass, field
from email.utils import parseaddr
from enum import Enum
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from service_kit.settings import PREFIX, Environment
from user_server.loopback import is_loopback

URL = PREFIX + "SMTP_URL"
FROM = PREFIX + "SMTP_FROM"
PORTS = {"smtp": 587, "smtps": 465}  # RFC 6409, RFC 8314
EXAMPLE = "smtp://user:password@mail.example.com:587, or smtps://user:password@mail.example.com:465"


class Security(Enum):
    """How the connection is kept private."""

    PLAIN = "plain"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """A mail server that takes messages, and whom they come from.

    `sender` is an address, or `Name <address>`. `user` is empty where no login is needed. `authorities` is a file of
    certificates (PEM) to trust instead of the system's. `capacity` bounds the codes that wait; `pauses` are the seconds
    before each further try after a passing failure; a try gives up when the server is silent for `patience` seconds.
    Who stops sends what waits for `farewell` seconds.
    """

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    authorities: Path | None = None
    capacity: int = 100
    pauses: tuple[float, ...] = (2, 10, 60)
    patience: float = 10
    farewell: float = 3


def smtp_settings(environment: Environment) -> SmtpSettings | None:
    """Reads `LLM_ORCHESTRATOR_SMTP_URL` and `_SMTP_FROM`; None where codes are not mailed.

    `smtp://` insists on STARTTLS, except on loopback, where it is plain; `smtps://` is TLS from the start.
    """
    url = environment.text(URL)
    if not url:
        return None
    sender = environment.text(FROM)
    if not _is_sender(sender):
        environment.fault(FROM, "is no e-mail address to send codes from, for instance 'Shop <no-reply@example.com>'")
    fault, parts = _parsed(url)
    if parts is None:
        environment.fault(URL, f"{fault}; write it like {EXAMPLE}")  # without the value: it holds a password
        return None
    host = parts.hostname or ""
    return SmtpSettings(
        host=host,
        port=parts.port or PORTS[parts.scheme],
        security=_security(parts.scheme, host),
        sender=sender,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _parsed(url: str) -> tuple[str, SplitResult | None]:
    """What is wrong with `url`, or its parts."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "its host or port is not one", None
    if parts.scheme not in PORTS:
        return "it begins neither with smtp:// nor with smtps://", None
    if not parts.hostname or port == 0:
        return "it names no host, or port 0", None
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        return "something follows the port (in a password write / as %2F, # as %23, ? as %3F, @ as %40)", None
    if bool(parts.username) != bool(parts.password):
        return "user and password belong together", None
    if not unquote(parts.netloc).isascii():
        return "it holds characters other than ASCII", None
    return "", parts


def _security(scheme: str, host: str) -> Security:
    if scheme == "smtps":
        return Security.TLS
    return Security.PLAIN if is_loopback(host) else Security.STARTTLS


def _is_sender(text: str) -> bool:
    local, at, domain = parseaddr(text)[1].rpartition("@")
    return bool(local and at and domain) and text.isprintable() and text.isascii()
