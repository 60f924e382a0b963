"""The settings of SMTP."""

import pytest

from service_kit.settings import Environment, SettingsError
from user_server.smtp_settings import Security, smtp_settings

FROM = "Shop <no-reply@shop.example.com>"


def read(url: str, sender: str = FROM):
    environment = Environment({"LLM_ORCHESTRATOR_SMTP_URL": url, "LLM_ORCHESTRATOR_SMTP_FROM": sender})
    settings = smtp_settings(environment)
    environment.check()
    return settings


def test_without_a_url_nothing_is_mailed():
    assert read("", "") is None


@pytest.mark.parametrize(
    ("url", "host", "port", "security"),
    [
        ("smtp://mail.example.com", "mail.example.com", 587, Security.STARTTLS),
        ("smtp://mail.example.com:25/", "mail.example.com", 25, Security.STARTTLS),
        ("smtps://mail.example.com", "mail.example.com", 465, Security.TLS),
        ("smtp://localhost:1025", "localhost", 1025, Security.PLAIN),
        ("smtp://[::1]:1025", "::1", 1025, Security.PLAIN),
        ("smtps://127.0.0.1", "127.0.0.1", 465, Security.TLS),
    ],
)
def test_only_loopback_is_plain(url, host, port, security):
    settings = read(url)
    assert (settings.host, settings.port, settings.security) == (host, port, security)


def test_user_and_password_are_read_percent_encoded_and_not_shown():
    settings = read("smtp://shop%40example.com:p%2Fss%3Aword@mail.example.com:587")
    assert (settings.user, settings.password) == ("shop@example.com", "p/ss:word")
    assert "p/ss" not in repr(settings)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.com",
        "http://mail.example.com",
        "smtp://",
        "smtp://:587",
        "smtp://mail.example.com:0",
        "smtp://mail.example.com:port",
        "smtp://mail.example.com:99999",
        "smtp://user@mail.example.com",
        "smtp://:secret@mail.example.com",
        "smtp://user:sec/ret@mail.example.com",
        "smtp://user:sec#ret@mail.example.com",
        "smtp://mail.example.com?starttls=no",
        "smtp://[::1",
        "smtp://us%C3%A9r:secret@mail.example.com",
    ],
)
def test_a_wrong_url_is_told_in_a_sentence_without_its_password(url):
    with pytest.raises(
        SettingsError, match=r"LLM_ORCHESTRATOR_SMTP_URL: .*write it like smtp://user:password@"
    ) as told:
        read(url)
    assert "sec" not in str(told.value)


@pytest.mark.parametrize("sender", ["", "Shop", "no-reply@", "@shop.example.com", "Läden <a@b>"])
def test_a_wrong_sender_is_told_in_a_sentence(sender):
    with pytest.raises(SettingsError, match="LLM_ORCHESTRATOR_SMTP_FROM: is no e-mail address"):
        read("smtps://mail.example.com", sender)
