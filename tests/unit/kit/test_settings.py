from pathlib import Path

import pytest

from service_kit.settings import Environment, SettingsError, server_settings, var_folder


def faults(environment: Environment) -> str:
    with pytest.raises(SettingsError) as caught:
        environment.check()
    return str(caught.value)


def test_without_settings_everything_has_a_default():
    environment = Environment({})
    settings = server_settings(environment, "order", 50054)
    environment.check()
    assert (settings.name, settings.address) == ("order", "127.0.0.1:50054")
    assert settings.trust_file == Path("deploy/trust.json")
    assert var_folder(environment) == Path("var")


def test_all_faults_are_told_at_once_each_by_name():
    environment = Environment(
        {
            "ORDER_SERVER_ADDRESS": "nowhere",
            "LLM_ORCHESTRATOR_CALL_SECONDS": "soon",
            "LLM_ORCHESTRATOR_GRACE_SECONDS": "-1",
            "PLANNER": "oracle",
        }
    )
    settings = server_settings(environment, "order", 50054)
    environment.choice("PLANNER", "embedded", ("embedded", "model"))
    environment.fault("OTHER", "is wrong too")
    said = faults(environment)
    assert [line.strip().partition(":")[0] for line in said.splitlines()[1:]] == [
        "ORDER_SERVER_ADDRESS",
        "LLM_ORCHESTRATOR_CALL_SECONDS",
        "LLM_ORCHESTRATOR_GRACE_SECONDS",
        "PLANNER",
        "OTHER",
    ]
    assert "embedded, model" in said
    assert (settings.address, settings.call_seconds) == ("127.0.0.1:50054", 30)


@pytest.mark.parametrize("value", ["x", "1.5", "0", "11", "nan", "inf", "1e3"])
def test_a_whole_number_stays_within_its_bounds(value):
    environment = Environment({"COUNT": value})
    assert environment.integer("COUNT", 5, 1, 10) == 5
    assert "COUNT" in faults(environment)


@pytest.mark.parametrize("value", ["x", "nan", "inf", "-0.1", "10.1"])
def test_a_number_stays_within_its_bounds(value):
    environment = Environment({"SECONDS": value})
    assert environment.number("SECONDS", 5, 0, 10) == 5
    assert "SECONDS" in faults(environment)


@pytest.mark.parametrize("value", ["50051", ":50051", "host:", "host:x", "host:65536", "host:-1", "host:²"])
def test_an_address_is_host_and_port(value):
    environment = Environment({"ADDRESS": value})
    assert environment.address("ADDRESS", "127.0.0.1:1") == "127.0.0.1:1"
    assert "ADDRESS" in faults(environment)


@pytest.mark.parametrize("value", ["127.0.0.1:0", "shop.example.com:443", "[::1]:50051"])
def test_addresses_come_as_names_and_both_kinds_of_numbers(value):
    environment = Environment({"ADDRESS": value})
    assert environment.address("ADDRESS", "127.0.0.1:1") == value
    environment.check()


def test_space_and_emptiness_mean_the_default():
    environment = Environment({"NAME": "  ", "OTHER": " x "})
    assert (environment.text("NAME", "default"), environment.text("OTHER")) == ("default", "x")


def test_a_choice_is_in_any_letter_case():
    assert Environment({"PLANNER": "Model"}).choice("PLANNER", "embedded", ("embedded", "model")) == "model"


def test_the_environment_stands_over_the_env_file(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("KIT_TEST_BOTH=file\nKIT_TEST_FILE=file\nKIT_TEST_BARE\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIT_TEST_BOTH", "environment")
    monkeypatch.setenv("KIT_TEST_ENVIRONMENT", "environment")
    environment = Environment.read()
    assert environment.text("KIT_TEST_BOTH") == "environment"
    assert environment.text("KIT_TEST_FILE") == "file"
    assert environment.text("KIT_TEST_ENVIRONMENT") == "environment"
    assert environment.text("KIT_TEST_BARE", "default") == "default"


def test_no_env_file_is_fine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Environment.read().text("KIT_TEST_NOWHERE", "default") == "default"
