"""The compose file fits the specification, and what it says fits the code. No daemon is needed."""

import json
import re
from importlib.resources import files

import jsonschema
import pytest

from client.settings import parse_settings
from orchestrator_server.conversations import HARD_SECONDS
from orchestrator_server.settings import read_settings
from service_kit.settings import Environment, server_settings
from service_kit.transport import is_loopback
from tests.deploy.conftest import DEPLOY, IMAGE, PORTS, compose, is_read

SCHEMA = json.loads(files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text())
STRANGERS = {"postgres"}


def ours():
    return {name: each for name, each in compose()["services"].items() if name not in STRANGERS}


def test_it_fits_the_specification():
    jsonschema.validate(compose(), SCHEMA)


def test_a_typing_error_does_not_fit():
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(compose() | {"servces": {}}, SCHEMA)


def test_every_setting_is_one_that_the_code_reads():
    for service in ours().values():
        assert [name for name in service["environment"] if not is_read(name)] == []


def test_every_server_listens_where_the_others_call_it_and_is_asked_for_its_health(server):
    service = compose()["services"][server]
    assert service["command"] == ["python", "-m", f"{server}_server"]
    assert service["healthcheck"]["test"][-2:] == ["service_kit.probe", f"127.0.0.1:{PORTS[server]}"]
    environment = Environment(service["environment"])
    assert server_settings(environment, server, PORTS[server]).address == f"0.0.0.0:{PORTS[server]}"
    environment.check()


def test_the_orchestrators_find_every_server_on_a_network_that_both_are_on():
    services = compose()["services"]
    orchestrator = services["orchestrator"]
    assert orchestrator["deploy"]["replicas"] == 2
    targets = read_settings(Environment(orchestrator["environment"])).targets
    assert {target.address for target in targets} == {
        f"dns:///{name}:{port}" for name, port in PORTS.items() if name != "orchestrator"
    }
    for target in targets:
        assert set(services[target.name]["networks"]) & set(orchestrator["networks"]) == (
            {"shop", "front"} if target.name == "user" else {"shop"}
        )
        assert target.may_claim
    assert set(services["postgres"]["networks"]) < set(orchestrator["networks"])


def test_only_what_clients_need_is_published_and_only_here():
    published = {name: each["ports"] for name, each in compose()["services"].items() if "ports" in each}
    assert published == {"user": ["127.0.0.1:50053:50053"], "orchestrator": ["127.0.0.1:50061-50062:50051"]}


def test_every_volume_and_network_is_declared_and_used():
    for kind in ("volumes", "networks"):
        used = {str(one).partition(":")[0] for each in compose()["services"].values() for one in each.get(kind, ())}
        assert used == set(compose()[kind])


def test_signing_keys_are_mounted_by_their_owners_only():
    mounts = {name: [one.split(":") for one in each.get("volumes", ())] for name, each in ours().items()}
    keys = {name for name, each in mounts.items() if any(one[1] == "/app/var/keys" for one in each)}
    writers = {name for name, each in mounts.items() if ["public", "/app/var/public"] in each}
    assert keys == writers == {"user", "orchestrator"}
    (user,) = [one[0] for one in mounts["user"] if one[1] == "/app/var/keys"]
    (orchestrator,) = [one[0] for one in mounts["orchestrator"] if one[1] == "/app/var/keys"]
    assert user != orchestrator


def test_no_container_may_more_than_it_needs():
    for service in ours().values():
        assert service["image"] == IMAGE
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_orchestrators_are_given_the_time_that_they_take_to_end():
    service = compose()["services"]["orchestrator"]
    settings = read_settings(Environment(service["environment"]))
    needed = settings.server.drain_seconds + settings.server.grace_seconds + settings.turn_seconds + HARD_SECONDS
    assert int(service["stop_grace_period"].removesuffix("s")) >= needed


def test_the_client_takes_the_address_that_the_file_tells(tmp_path):
    (address,) = re.findall(r"LLM_ORCHESTRATOR_ADDRESS=(\S+)", (DEPLOY / "compose.yaml").read_text())
    settings = parse_settings({"LLM_ORCHESTRATOR_ADDRESS": address, "LLM_ORCHESTRATOR_CONFIG_DIR": str(tmp_path)})
    assert settings.address == address
    assert is_loopback(address)
