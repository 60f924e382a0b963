"""Part of load.py: the processes that are measured, with free ports, a fresh shop and keys in a temporary folder."""

import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from service_kit.keys import load_or_create_key
from service_kit.tokens import Signer

ROOT = Path(__file__).resolve().parent.parent
SERVERS = ("legacy", "user", "order", "shipping", "orchestrator")
READY_SECONDS = 60
STOP_SECONDS = 20
PROFILED = ("-c", "from benchmarks.load_profile import serve; serve()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Somebody who talks: a token for the orchestrator, and what they may ask without an effect."""

    email: str
    token: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Servers that run; `pids` by name, `folder` holds their databases."""

    folder: Path
    address: str
    pids: dict[str, int]

    def customers(self) -> list[Customer]:
        """All customers of the shop, signed in for an hour."""
        key = load_or_create_key(self.folder / "keys" / "user.pem")
        signer = Signer(issuer="user", key=key)
        query = "SELECT c.email, MIN(o.id) FROM customers c LEFT JOIN orders o ON o.customer = c.email GROUP BY c.email"
        database = sqlite3.connect(f"file:{self.folder / 'shop.db'}?mode=ro", uri=True)
        try:
            rows = database.execute(query).fetchall()
        finally:
            database.close()
        return [_customer(signer, email, order) for email, order in rows]


def _customer(signer: Signer, email: str, order: str | None) -> Customer:
    lifetime = timedelta(hours=1)
    token = signer.sign(subject=email, audience="orchestrator", lifetime=lifetime, roles=["customer"])
    general = ("How many points do I have?", "Show me my orders.")
    return Customer(
        email=email, token=token, questions=(*general, f"What is the status of order {order}?") if order else general
    )


@contextmanager
def cluster(streams: int, profile: Path | None = None) -> Iterator[Cluster]:
    """The shop and the orchestrator, for so many streams; with `profile` the orchestrator writes there where it was."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="load-")))
        ports = _free_ports()
        environment = _environment(folder, ports, streams)
        if profile is not None:
            environment["LOAD_PROFILE"] = str(profile)
        subprocess.run([sys.executable, "-m", "legacy_server.admin", "init"], env=environment, cwd=ROOT, check=True)
        pids = {}
        for name in SERVERS:
            command = PROFILED if profile and name == "orchestrator" else ("-m", f"{name}_server")
            pids[name] = stack.enter_context(_process(command, environment, folder / f"{name}.log"))
        for name in SERVERS:
            _wait(f"127.0.0.1:{ports[name]}", folder / f"{name}.log")
        yield Cluster(folder=folder, address=f"127.0.0.1:{ports['orchestrator']}", pids=pids)


def _environment(folder: Path, ports: dict[str, int], streams: int) -> dict[str, str]:
    ours = ("LLM_ORCHESTRATOR_", "OPENAI_")
    trust = (ROOT / "deploy" / "trust.json").read_text().replace("../var/", "")
    (folder / "trust.json").write_text(trust)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(ours)},
        **{f"{name.upper()}_SERVER_ADDRESS": f"127.0.0.1:{port}" for name, port in ports.items()},
        "LLM_ORCHESTRATOR_VAR": str(folder),
        "LLM_ORCHESTRATOR_TRUST_FILE": str(folder / "trust.json"),
        "LLM_ORCHESTRATOR_SERVERS": ",".join(f"{name}=127.0.0.1:{ports[name]}" for name in SERVERS[:-1]),
        "LLM_ORCHESTRATOR_PLANNER": "embedded",
        "LLM_ORCHESTRATOR_MAX_STREAMS_PER_USER": str(max(streams, 16)),
    }


@contextmanager
def _process(command: tuple[str, ...], environment: dict[str, str], log: Path) -> Iterator[int]:
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, *command], env=environment, cwd=ROOT, stdout=output, stderr=output)
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(address: str, log: Path) -> None:
    with grpc.insecure_channel(address) as channel:
        stub: Any = health_pb2_grpc.HealthStub(channel)  # the package's stubs leave its methods out
        try:
            stub.Check(health_pb2.HealthCheckRequest(), timeout=READY_SECONDS, wait_for_ready=True)
        except grpc.RpcError as error:
            raise SystemExit(f"{address} did not come up:\n{log.read_text()[-2_000:]}") from error


def _free_ports() -> dict[str, int]:
    """Ports that are free at the moment; all are held until all are chosen."""
    with ExitStack() as stack:
        held = {name: stack.enter_context(socket.create_server(("127.0.0.1", 0))) for name in SERVERS}
        return {name: server.getsockname()[1] for name, server in held.items()}
