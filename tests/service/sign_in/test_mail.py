"""Codes by SMTP, through a real mail server."""

import ssl
from dataclasses import replace
from datetime import timedelta

import pytest

from service_kit.settings import Environment
from tests.service.sign_in.conftest import ANNA, NOBODY
from tests.service.sign_in.mail_server import PASSWORD, MailServer, ask, certificate, login, mail_server, plain
from user_server.sign_in import sign_in_service
from user_server.smtp_settings import Security, SmtpSettings, smtp_settings

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # aiosmtpd's, on loopback


async def test_a_code_comes_by_mail_and_lies_in_no_outbox(mail, mailing, sign_in_files):
    sign_in = await mailing(plain(mail))
    await ask(sign_in)
    to, message = await mail.next()
    assert (to, message["To"], message["From"]) == (ANNA, ANNA, "Shop <no-reply@shop.example.com>")
    assert message["Subject"] == "Your sign-in code"
    assert message["Auto-Submitted"] == "auto-generated"
    assert (await sign_in.redeem(message.get_content().split()[-1])).email == ANNA
    assert not sign_in_files.outbox.exists()


async def test_strangers_get_the_same_answer_and_no_mail(mail, mailing):
    sign_in = await mailing(plain(mail))
    assert (await ask(sign_in, NOBODY)).expires_at == (await ask(sign_in, ANNA)).expires_at
    assert await mail.code(ANNA)
    assert mail.is_empty()


async def test_the_settings_of_the_environment_reach_the_server(mail, mailing):
    environment = Environment(
        {
            "LLM_ORCHESTRATOR_SMTP_URL": f"smtp://localhost:{mail.port}",
            "LLM_ORCHESTRATOR_SMTP_FROM": "no-reply@shop.example.com",
        }
    )
    settings = smtp_settings(environment)
    environment.check()
    sign_in = await mailing(settings)
    await ask(sign_in)
    assert await mail.code(ANNA)


@pytest.fixture
def tls(tmp_path):
    path = certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    return path, context


async def test_starttls_comes_before_the_login(mailing, tls, stack):
    authorities, context = tls
    server = MailServer()
    await stack.enter_async_context(mail_server(server, context, authenticator=login, auth_required=True))
    safe = replace(plain(server), security=Security.STARTTLS, user="shop", password=PASSWORD, authorities=authorities)
    await ask(await mailing(safe))
    assert await server.code(ANNA)


async def test_smtps_is_safe_from_the_start(mailing, tls, stack):
    authorities, context = tls
    server = MailServer()
    await stack.enter_async_context(mail_server(server, smtps=context))
    await ask(await mailing(replace(plain(server), security=Security.TLS, authorities=authorities)))
    assert await server.code(ANNA)


async def test_a_server_without_starttls_gets_neither_password_nor_code(mail, mailing, logged):
    sign_in = await mailing(replace(plain(mail), security=Security.STARTTLS, user="shop", password=PASSWORD))
    await ask(sign_in)
    await logged("code lost: it cannot be mailed", error="SMTPNotSupportedError", tries=1)
    assert mail.tries == 0


async def test_a_certificate_that_nobody_vouches_for_is_refused(mailing, tls, stack, logged):
    _, context = tls
    server = MailServer()
    await stack.enter_async_context(mail_server(server, context))
    await ask(await mailing(replace(plain(server), security=Security.STARTTLS)))
    await logged("code lost: it cannot be mailed", error="SSLCertVerificationError", tries=1)
    assert server.tries == 0


async def test_a_refused_login_is_not_tried_again(mailing, stack, logged):
    server = MailServer()
    options = {"authenticator": login, "auth_required": True, "auth_require_tls": False}
    await stack.enter_async_context(mail_server(server, **options))
    await ask(await mailing(replace(plain(server), user="shop", password="wrong")))
    fields = {"error": "SMTPAuthenticationError", "status": 535, "tries": 1}
    await logged("code lost: it cannot be mailed", **fields)
    assert server.tries == 0
    assert "wrong" not in logged.text()


async def test_with_mail_a_server_that_others_reach_starts(sign_in_files, customers, audit):
    settings = SmtpSettings(host="127.0.0.1", port=1, security=Security.PLAIN, sender="a@b")
    files = replace(sign_in_files, smtp=settings, token_lifetime=timedelta(minutes=1))
    async with sign_in_service(files, "0.0.0.0:50053", customers, audit) as service:
        assert service.is_open
