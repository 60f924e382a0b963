"""Starting the real programs: on a shop that is not ready they say what to do; on one that is they serve and stop."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from llm_orchestrator.capabilities.v1 import annotations_pb2, capabilities_pb2, capabilities_pb2_grpc

SERVERS = ["legacy", "user", "order", "shipping"]
INTENTS = {
    "user": "user.get_profile user.update_address user.update_phone",
    "order": "order.cancel order.create order.get order.list order.return_items",
    "shipping": "shipping.change_address shipping.estimate_delivery shipping.track",
    "legacy": "invoice.get loyalty.get_points newsletter.unsubscribe order.cancel order.create order.get order.list"
    " shipping.track user.get_profile user.update_address user.update_phone",
}


@pytest.fixture
def environment(tmp_path: Path, shop_path: Path) -> dict[str, str]:
    (tmp_path / "var").mkdir()
    addresses = {f"{name.upper()}_SERVER_ADDRESS": "127.0.0.1:0" for name in SERVERS}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LLM_ORCHESTRATOR_")}
    mine = {"LLM_ORCHESTRATOR_VAR": str(tmp_path / "var"), "LLM_ORCHESTRATOR_SHOP_DATABASE": str(shop_path)}
    return kept | addresses | mine


@contextmanager
def begun(name: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The program, for as long as the block runs: what should have ended by itself does not outlive a failed test."""
    command = [sys.executable, "-m", f"{name}_server"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def refusal(name: str, environment: dict[str, str]) -> str:
    with begun(name, environment) as process:
        said = process.communicate(timeout=20)[1]
        assert process.returncode == 1
    return said


@pytest.mark.parametrize("name", SERVERS)
def test_a_missing_database_is_told_and_not_created(name, environment, tmp_path):
    path = tmp_path / "none" / "shop.db"
    said = refusal(name, environment | {"LLM_ORCHESTRATOR_SHOP_DATABASE": str(path)})
    assert said == f"{name}: The shop database {path} does not exist; run: python -m legacy_server.admin init\n"
    assert not path.parent.exists()


@pytest.mark.parametrize("name", SERVERS)
def test_an_empty_database_is_told(name, environment, tmp_path):
    path = tmp_path / "empty.db"
    path.touch()
    said = refusal(name, environment | {"LLM_ORCHESTRATOR_SHOP_DATABASE": str(path)})
    assert said == f"{name}: The shop database {path} was never initialised; run: python -m legacy_server.admin init\n"


@pytest.mark.parametrize("name", ["legacy", "order", "shipping"])
def test_a_database_that_lags_behind_is_told(name, environment, shop_path):
    with closing(sqlite3.connect(shop_path)) as db:
        db.execute("DELETE FROM _migrations WHERE name LIKE 'm004%'")
        db.commit()
    said = refusal(name, environment)
    assert "is at version 3 and this server needs 4; run: python -m legacy_server.admin init" in said
    assert "Traceback" not in said


def test_a_file_that_is_no_database_is_told(environment, tmp_path):
    path = tmp_path / "letter.db"
    path.write_text("Dear reader, " * 100)
    said = refusal("order", environment | {"LLM_ORCHESTRATOR_SHOP_DATABASE": str(path)})
    assert said == f"order: The shop database {path} cannot be opened: file is not a database.\n"


@pytest.mark.parametrize("name", SERVERS)
async def test_the_program_serves_its_intents_and_stops_when_told(name, environment):
    with begun(name, environment) as process:
        lines = (json.loads(line) for line in process.stderr)
        address = next(line["address"] for line in lines if line.get("message") == "serving")
        async with grpc.aio.insecure_channel(address) as channel:
            health = await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
            offered = await capabilities_pb2_grpc.CapabilitiesServiceStub(channel).GetCapabilities(
                capabilities_pb2.GetCapabilitiesRequest()
            )
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode == 0
    assert health.status == health_pb2.HealthCheckResponse.SERVING
    assert " ".join(capability.intent.name for capability in offered.capabilities) == INTENTS[name]
    generation = annotations_pb2.GENERATION_LEGACY if name == "legacy" else annotations_pb2.GENERATION_MODERN
    assert {capability.intent.generation for capability in offered.capabilities} == {generation}
