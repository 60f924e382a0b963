"""A real SMTP server on loopback that keeps what it gets."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from llm_orchestrator.user.v1 import sign_in_pb2

from user_server.smtp_settings import Security, SmtpSettings

PASSWORD = "quite secret"


class MailServer:
    """What happens to the messages that come: `answers` first, one for each, then they are accepted."""

    def __init__(self, answers: Sequence[str] = ()) -> None:
        self.answers = list(answers)
        self.tries = 0
        self.port = 0
        self.arrived = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()
        self._received: asyncio.Queue[Envelope] = asyncio.Queue()

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        self.tries += 1
        self.arrived.set()
        await self.open.wait()
        if self.answers:
            return self.answers.pop(0)
        self._received.put_nowait(envelope)
        return "250 OK"

    async def next(self) -> tuple[str, EmailMessage]:
        """The next message: to whom, and what."""
        async with asyncio.timeout(20):
            envelope = await self._received.get()
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        return envelope.rcpt_tos[0], message

    async def code(self, email: str) -> str:
        """The next message is for `email`; the code in it."""
        to, message = await self.next()
        assert to == email
        return message.get_content().split()[-1]

    def is_empty(self) -> bool:
        return self._received.empty()


@asynccontextmanager
async def mail_server(
    server: MailServer, tls: ssl.SSLContext | None = None, smtps: ssl.SSLContext | None = None, **options: Any
) -> AsyncIterator[None]:
    """Serves on a free port; `tls` is for STARTTLS, `smtps` from the start; `options` are those of aiosmtpd's SMTP."""

    def connected() -> SMTP:
        return SMTP(server, hostname="mail.example.com", tls_context=tls, require_starttls=tls is not None, **options)

    listener = await asyncio.get_running_loop().create_server(connected, "127.0.0.1", 0, ssl=smtps)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield
    finally:
        server.open.set()
        listener.close()
        await listener.wait_closed()


def login(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    """Lets `shop` in with `PASSWORD`."""
    is_known = (data.login, data.password) == (b"shop", PASSWORD.encode())
    return AuthResult(success=is_known, handled=False)


def certificate(folder: Path) -> Path:
    """A fresh certificate for 127.0.0.1 that is its own authority, with its key in the same file (PEM)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "mail.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
    return path


def plain(server: MailServer) -> SmtpSettings:
    """Settings for `server`, without any protection."""
    return SmtpSettings(
        host="127.0.0.1",
        port=server.port,
        security=Security.PLAIN,
        sender="Shop <no-reply@shop.example.com>",
        pauses=(0, 0),
    )


async def ask(sign_in: Any, email: str = "anna@example.com") -> sign_in_pb2.RequestCodeResponse:
    """Asks for a code, wherever it goes."""
    return await sign_in.stub.RequestCode(sign_in_pb2.RequestCodeRequest(email=email))
