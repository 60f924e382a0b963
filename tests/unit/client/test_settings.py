"""Settings from plain strings."""

from pathlib import Path

import pytest

from client.errors import SettingsFault
from client.settings import parse_settings


def test_without_anything_the_defaults_stand() -> None:
    settings = parse_settings({"LLM_ORCHESTRATOR_CONFIG_DIR": "/x"})
    assert (settings.address, settings.sign_in_address) == ("127.0.0.1:50051", "127.0.0.1:50053")
    assert settings.token_file == Path("/x/session.json")
    assert settings.outbox == Path("var/outbox")


def test_the_command_line_wins_over_the_environment_and_empty_is_unset() -> None:
    env = {"LLM_ORCHESTRATOR_ADDRESS": "a:1", "LLM_ORCHESTRATOR_SIGN_IN_ADDRESS": ""}
    assert parse_settings(env).address == "a:1"
    assert parse_settings(env, address="b:2").address == "b:2"
    assert parse_settings(env).sign_in_address == "127.0.0.1:50053"


def test_the_outbox_lies_where_the_servers_keep_their_things() -> None:
    assert parse_settings({"LLM_ORCHESTRATOR_VAR": "/v"}).outbox == Path("/v/outbox")
    assert parse_settings({"LLM_ORCHESTRATOR_VAR": "/v", "LLM_ORCHESTRATOR_OUTBOX": "/o"}).outbox == Path("/o")


@pytest.mark.parametrize("address", ["nowhere", "host:", "host:0", "host:65536", "a b:1", "http://host:1"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(SettingsFault, match=r"127\.0\.0\.1:50051"):
        parse_settings({}, address=address)


def test_a_token_command_is_taken_apart_without_a_shell() -> None:
    settings = parse_settings({"LLM_ORCHESTRATOR_TOKEN_COMMAND": "idp token --for 'the shop; rm x'"})
    assert settings.token_command == ("idp", "token", "--for", "the shop; rm x")
    assert parse_settings({}).token_command == ()


def test_all_faults_are_told_at_once() -> None:
    env = {
        "LLM_ORCHESTRATOR_TOKEN_COMMAND": "idp 'token",
        "LLM_ORCHESTRATOR_TLS_KEY": "/k.pem",
        "LLM_ORCHESTRATOR_PLAINTEXT": "sometimes",
    }
    with pytest.raises(SettingsFault) as caught:
        parse_settings(env, address="nowhere")
    for word in ("TOKEN_COMMAND", "TLS_CERTIFICATE", "PLAINTEXT", "'nowhere'"):
        assert word in str(caught.value)


def test_tls_is_read_for_both_addresses() -> None:
    tls = parse_settings({"LLM_ORCHESTRATOR_TLS_AUTHORITIES": "/ca.pem"}).tls
    assert tls.authorities == Path("/ca.pem")
