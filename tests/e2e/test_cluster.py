"""The programs together, as people and scripts use them."""

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GRPCURL = str(ROOT / ".venv" / "bin" / "grpcurl")
DANA = "dana.fields@example.com"
SERVICES = {
    "orchestrator": ("llm_orchestrator.orchestrator.v1.ChatService", "rpc Chat"),
    "legacy": ("llm_orchestrator.legacy.v1.LegacyService", "rpc GetInvoice"),
    "user": ("llm_orchestrator.user.v1.SignInService", "rpc RedeemCode"),
    "order": ("llm_orchestrator.order.v1.OrderService", "rpc ReturnItems"),
    "shipping": ("llm_orchestrator.shipping.v1.ShippingService", "rpc TrackShipment"),
}


def test_grpcurl_lists_describes_and_asks_every_server(cluster):
    for server, (service, rpc) in SERVICES.items():
        address = cluster.address(server)
        assert service in cluster.run(GRPCURL, "-plaintext", address, "list").stdout
        assert rpc in cluster.run(GRPCURL, "-plaintext", address, "describe", service).stdout
        asked = cluster.run(
            GRPCURL, "-plaintext", address, "llm_orchestrator.capabilities.v1.CapabilitiesService/GetCapabilities"
        )
        assert json.loads(asked.stdout)["server"] == server
        health = cluster.run(GRPCURL, "-plaintext", address, "grpc.health.v1.Health/Check")
        assert json.loads(health.stdout)["status"] == "SERVING"


def test_without_a_token_nothing_is_told(cluster):
    ran = cluster.run(
        GRPCURL,
        "-plaintext",
        "-d",
        '{"order_id": "A-1042"}',
        cluster.address("order"),
        "llm_orchestrator.order.v1.OrderService/GetOrder",
    )
    assert ran.returncode != 0
    assert "Unauthenticated" in ran.stderr
    assert "TOKEN_MISSING" in ran.stderr


def test_ask_is_for_scripts(cluster):
    assert cluster.client("login", "erik.holm@example.com", "--from-outbox").returncode == 0
    told = cluster.client("ask", "--json", "what are my pending orders")
    assert told.returncode == 0, told.stderr
    answer = json.loads(told.stdout)
    assert answer["plan"]["steps"][0]["intent"] == "order.list"
    assert "A-1050" in answer["reply"]
    assert cluster.client("ask", "cancel my order").returncode == 3
    assert cluster.client("ask", "book me a flight to Rome").returncode == 4
    assert cluster.client("ask", "cancel A-1050").returncode == 5
    assert cluster.client("ask", "show me order A-1042").returncode == 6
    assert "is cancelled" in cluster.client("ask", "--yes", "cancel A-1050").stdout
    assert cluster.client("logout").returncode == 0
    assert cluster.client("ask", "my points").returncode == 7


def test_capabilities_and_history_are_shown(cluster):
    assert cluster.client("login", "erik.holm@example.com", "--from-outbox").returncode == 0
    cluster.client("ask", "how many points do I have")
    shown = cluster.client("capabilities").stdout
    assert "order.cancel" in shown
    assert "invoice.get" in shown
    assert "how many points do I have" in cluster.client("history").stdout


def test_a_taken_port_is_a_sentence(cluster):
    environment = {**cluster.environment, "ORDER_SERVER_ADDRESS": cluster.address("shipping")}
    ran = subprocess.run(
        [sys.executable, "-m", "order_server"], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert ran.returncode == 1
    assert "cannot be had; is the port taken?" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_wrong_settings_are_told_all_at_once(cluster):
    wrong = {
        "LLM_ORCHESTRATOR_SERVERS": "order=nowhere",
        "LLM_ORCHESTRATOR_TURN_SECONDS": "soon",
        "OPENAI_API_KEY": "",
        "LLM_ORCHESTRATOR_PLANNER": "model",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "orchestrator_server"],
        env={**cluster.environment, **wrong, "LLM_ORCHESTRATOR_APPROVAL": "maybe"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert ran.returncode == 1
    for name in (*set(wrong) - {"LLM_ORCHESTRATOR_PLANNER"}, "LLM_ORCHESTRATOR_APPROVAL"):
        assert name in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_unreachable_model_is_a_sentence(cluster, tmp_path):
    """An orchestrator of its own, told to use a model that is not there."""
    environment = {
        **cluster.environment,
        "ORCHESTRATOR_SERVER_ADDRESS": "127.0.0.1:0",
        "LLM_ORCHESTRATOR_PLANNER": "model",
        "LLM_ORCHESTRATOR_MEMORY_DATABASE": str(tmp_path / "memory.db"),
        "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
        "OPENAI_API_KEY": "sk-secret-0123",
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "orchestrator_server"], env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stderr
        serving = next(json.loads(line) for line in server.stderr if '"serving"' in line)
        there = ("--address", serving["address"])
        assert cluster.client(*there, "login", "erik.holm@example.com", "--from-outbox").returncode == 0
        ran = cluster.client(*there, "ask", "my points")
        assert ran.returncode == 9
        assert "OPENAI_BASE_URL" in ran.stdout + ran.stderr
        assert "sk-secret" not in ran.stdout + ran.stderr
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
        server.stderr.close()


def test_a_server_that_starts_later_is_used_and_one_that_is_gone_is_told(cluster, tmp_path):
    """An orchestrator that knows one more address than there are servers; then there is one."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        late = f"127.0.0.1:{held.getsockname()[1]}"
    environment = {
        **cluster.environment,
        "ORCHESTRATOR_SERVER_ADDRESS": "127.0.0.1:0",
        "LLM_ORCHESTRATOR_MEMORY_DATABASE": str(tmp_path / "memory.db"),
        "LLM_ORCHESTRATOR_SERVERS": f"legacy={cluster.address('legacy')},order={late}",
        "LLM_ORCHESTRATOR_DISCOVERY_SECONDS": "0.2",
        "ORDER_SERVER_ADDRESS": late,
    }
    started = []
    try:
        started.append(_serve("orchestrator_server", environment))
        address = _serving(started[0])
        assert cluster.client("--address", address, "login", DANA, "--from-outbox").returncode == 0

        def served_by() -> str:
            ran = cluster.client("--address", address, "ask", "--json", "show me order A-1042")
            outcome = json.loads(ran.stdout)["outcomes"][0]
            return str(outcome["server"])

        assert served_by() == "legacy"
        started.append(_serve("order_server", environment))
        _serving(started[1])
        _until(lambda: served_by() == "order")
        _end(started.pop())
        _until(lambda: served_by() == "legacy")
    finally:
        for server in started:
            _end(server)


def _serve(module: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", module], env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True
    )


def _serving(server: subprocess.Popen[str]) -> str:
    assert server.stderr
    return str(next(json.loads(line) for line in server.stderr if '"serving"' in line)["address"])


def _end(server: subprocess.Popen[str]) -> None:
    server.send_signal(signal.SIGTERM)
    assert server.wait(20) == 0
    assert server.stderr
    server.stderr.close()


def _until(holds, seconds: float = 20) -> None:
    """Waits for what comes within seconds by itself."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
