"""Sends one code by SMTP (RFC 5321), blocking; `post` calls it on a thread of its own."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import localtime, make_msgid, parseaddr

from user_server.codes import Code
from user_server.letter import SUBJECT, text_of
from user_server.smtp_settings import Security, SmtpSettings


class Mailer:
    """Sends codes through one mail server; a connection for each."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._address = parseaddr(settings.sender)[1]
        self._domain = self._address.rpartition("@")[2]
        authorities = settings.authorities
        self._tls = ssl.create_default_context(cafile=None if authorities is None else str(authorities))

    def send(self, email: str, code: Code) -> None:
        """Sends `code` to `email`. Raises OSError, of which `smtplib.SMTPException` is one, or ValueError."""
        message = self._message(email, code)
        with self._connected() as smtp:
            if self._settings.security is Security.STARTTLS:
                smtp.starttls(context=self._tls)
            if self._settings.user:
                smtp.login(self._settings.user, self._settings.password)
            smtp.send_message(message, self._address, [email])
            with suppress(smtplib.SMTPException):  # it has the message: what it says now does not matter
                smtp.quit()

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        host, port, seconds = self._settings.host, self._settings.port, self._settings.patience
        if self._settings.security is Security.TLS:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, self._domain, timeout=seconds, context=self._tls)
        else:
            smtp = smtplib.SMTP(host, port, self._domain, timeout=seconds)
        try:
            yield smtp
        finally:
            smtp.close()

    def _message(self, email: str, code: Code) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._settings.sender
        message["To"] = Address(addr_spec=email)
        message["Subject"] = SUBJECT
        message["Date"] = localtime()
        message["Message-ID"] = make_msgid(domain=self._domain)
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic answers
        message.set_content(text_of(code))
        return message


def is_passing(error: Exception) -> bool:
    """May sending work a little later?"""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return all(400 <= status < 500 for status, _ in error.recipients.values())
        case smtplib.SMTPResponseException():
            return 400 <= error.smtp_code < 500
        case smtplib.SMTPServerDisconnected():
            return True
        case smtplib.SMTPException() | ssl.SSLCertVerificationError():
            return False
    return isinstance(error, OSError)


def status_of(error: Exception) -> int:
    """The mail server's answer, three digits; 0 where it gave none. Its text may hold the e-mail."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((status for status, _ in error.recipients.values()), 0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0
