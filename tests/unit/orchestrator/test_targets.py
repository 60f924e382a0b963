from pathlib import Path

import pytest

from orchestrator_server.settings import OrchestratorSettings, read_settings
from service_kit.settings import NO_TLS, Environment, SettingsError


def read(**values: str) -> OrchestratorSettings:
    return read_settings(Environment(values))


def test_servers_on_loopback_are_called_in_plaintext_and_may_claim_everything():
    for target in read().targets:
        assert (target.tls, target.may_claim) == (NO_TLS, ("*",))


@pytest.mark.parametrize("host", ["10.0.0.5", "orders.internal", "127.example.com", "dns:///orders.internal"])
def test_a_server_elsewhere_is_not_called_in_plaintext_unless_it_is_asked_for(host):
    servers = f"order={host}:50054;order.*"
    with pytest.raises(SettingsError, match="LLM_ORCHESTRATOR_SERVERS") as caught:
        read(LLM_ORCHESTRATOR_SERVERS=servers)
    assert "LLM_ORCHESTRATOR_TLS_AUTHORITIES" in str(caught.value)
    (target,) = read(LLM_ORCHESTRATOR_SERVERS=servers, LLM_ORCHESTRATOR_PLAINTEXT="anywhere").targets
    assert target.address == f"{host}:50054"
    (target,) = read(LLM_ORCHESTRATOR_SERVERS=servers, LLM_ORCHESTRATOR_TLS_AUTHORITIES="ca.crt").targets
    assert target.tls.authorities == Path("ca.crt")


def test_a_server_elsewhere_may_claim_what_is_granted_only():
    (target,) = read(LLM_ORCHESTRATOR_SERVERS="x=127.example.com:1", LLM_ORCHESTRATOR_PLAINTEXT="anywhere").targets
    assert target.may_claim == ()


def test_one_server_may_stay_in_plaintext_where_the_others_are_secured():
    servers = "legacy=plaintext://127.0.0.1:50052,order=127.0.0.1:50054"
    legacy, order = read(LLM_ORCHESTRATOR_SERVERS=servers, LLM_ORCHESTRATOR_TLS_AUTHORITIES="ca.crt").targets
    assert (legacy.address, legacy.tls.authorities, legacy.may_claim) == ("127.0.0.1:50052", None, ("*",))
    assert order.tls.authorities == Path("ca.crt")
    with pytest.raises(SettingsError, match="in plaintext"):
        read(
            LLM_ORCHESTRATOR_SERVERS="legacy=plaintext://legacy.internal:50052",
            LLM_ORCHESTRATOR_TLS_AUTHORITIES="ca.crt",
        )
