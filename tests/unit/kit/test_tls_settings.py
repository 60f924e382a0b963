from pathlib import Path

import pytest

from service_kit.settings import (
    NO_TLS,
    SYSTEM_AUTHORITIES,
    Environment,
    SettingsError,
    TlsSettings,
    server_settings,
    tls_settings,
)

FILES = {
    "LLM_ORCHESTRATOR_TLS_CERTIFICATE": "tls/all.crt",
    "LLM_ORCHESTRATOR_TLS_KEY": "tls/all.key",
    "LLM_ORCHESTRATOR_TLS_AUTHORITIES": "tls/ca.crt",
}


def read(server: str = "", **values: str) -> TlsSettings:
    environment = Environment(values)
    tls = tls_settings(environment, server)
    environment.check()
    return tls


def faults(server: str = "", **values: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read(server, **values)
    return str(caught.value)


def test_without_settings_there_is_no_tls_and_no_plaintext_off_loopback():
    assert read() == read("order") == NO_TLS
    assert not NO_TLS.is_plaintext_anywhere


def test_what_is_set_for_all_holds_for_calls_and_for_every_server():
    expected = TlsSettings(
        certificate=Path("tls/all.crt"), key=Path("tls/all.key"), authorities=Path("tls/ca.crt"), is_mutual=True
    )
    assert read(**FILES, LLM_ORCHESTRATOR_TLS_MUTUAL="on") == expected
    assert read("order", **FILES, LLM_ORCHESTRATOR_TLS_MUTUAL="on") == expected


def test_what_is_set_for_one_server_stands_over_it_there_alone():
    own = {
        "ORDER_SERVER_TLS_CERTIFICATE": "tls/order.crt",
        "ORDER_SERVER_TLS_KEY": "tls/order.key",
        "ORDER_SERVER_TLS_AUTHORITIES": "tls/callers.crt",
        "ORDER_SERVER_TLS_MUTUAL": "on",
    }
    order = read("order", **FILES, **own)
    assert (order.certificate, order.key) == (Path("tls/order.crt"), Path("tls/order.key"))
    assert (order.authorities, order.is_mutual) == (Path("tls/callers.crt"), True)
    assert read("user", **FILES, **own) == read(**FILES, **own) == read(**FILES)
    public = {"LLM_ORCHESTRATOR_TLS_MUTUAL": "on", "ORCHESTRATOR_SERVER_TLS_MUTUAL": "off"}
    assert not read("orchestrator", **FILES, **public).is_mutual


def test_the_public_authorities_and_the_name_to_expect():
    tls = read(LLM_ORCHESTRATOR_TLS_AUTHORITIES="system", LLM_ORCHESTRATOR_TLS_SERVER_NAME="shop.internal")
    assert (tls.authorities, tls.server_name) == (SYSTEM_AUTHORITIES, "shop.internal")


def test_a_certificate_and_its_key_come_together():
    assert "LLM_ORCHESTRATOR_TLS_KEY: is needed" in faults(LLM_ORCHESTRATOR_TLS_CERTIFICATE="a.crt")
    assert "LLM_ORCHESTRATOR_TLS_CERTIFICATE: is needed" in faults(LLM_ORCHESTRATOR_TLS_KEY="a.key")


@pytest.mark.parametrize("missing", ["LLM_ORCHESTRATOR_TLS_CERTIFICATE", "LLM_ORCHESTRATOR_TLS_AUTHORITIES"])
def test_mutual_tls_needs_a_certificate_and_the_authority_of_clients(missing):
    values = {**FILES, "LLM_ORCHESTRATOR_TLS_MUTUAL": "on", missing: ""}
    assert "LLM_ORCHESTRATOR_TLS_MUTUAL: on needs" in faults(**values)
    values["LLM_ORCHESTRATOR_TLS_AUTHORITIES"] = "system"  # whom everybody trusts lets everybody in
    assert "LLM_ORCHESTRATOR_TLS_MUTUAL: on needs" in faults(**values)


def test_a_fault_is_told_once_however_often_it_is_met():
    environment = Environment({"LLM_ORCHESTRATOR_PLAINTEXT": "sometimes"})
    tls_settings(environment)
    tls_settings(environment, "order")
    with pytest.raises(SettingsError, match="sometimes") as caught:
        environment.check()
    assert str(caught.value).count("LLM_ORCHESTRATOR_PLAINTEXT") == 1


def test_a_server_reads_its_transport_its_sizes_and_who_may_reflect():
    environment = Environment(
        {
            **FILES,
            "LLM_ORCHESTRATOR_MAX_MESSAGE_BYTES": "2048",
            "LLM_ORCHESTRATOR_MAX_METADATA_BYTES": "4096",
            "LLM_ORCHESTRATOR_REFLECTION": "signed_in",
        }
    )
    settings = server_settings(environment, "order", 50054)
    environment.check()
    assert (settings.max_message_bytes, settings.max_metadata_bytes) == (2048, 4096)
    assert not settings.is_reflection_open
    assert settings.tls.certificate == Path("tls/all.crt")
    plain = server_settings(Environment({}), "order", 50054)
    assert (plain.max_message_bytes, plain.max_metadata_bytes, plain.is_reflection_open) == (1 << 20, 1 << 14, True)
