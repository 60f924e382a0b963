"""Runs a command with the cluster behind it: `with_cluster.py [--isolated] COMMAND ...`.

The processes are kept by honcho (a Procfile runner); this program starts it, waits until every server is healthy, runs
the command on the terminal and stops the cluster again. A cluster that runs already is used and left alone.
`--isolated` starts another one beside it: free ports, a fresh database and keys in a temporary folder.
The exit status is the command's; 1 when the cluster does not come up.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
from dotenv import dotenv_values
from grpc_health.v1 import health_pb2, health_pb2_grpc

from service_kit.errors import StartError
from service_kit.settings import NO_TLS, Environment, SettingsError, TlsSettings, tls_settings
from service_kit.transport import channel_credentials, channel_options

ROOT = Path(__file__).resolve().parent.parent
PORTS = {"orchestrator": 50051, "legacy": 50052, "user": 50053, "order": 50054, "shipping": 50055}
READY_SECONDS = 60
STOP_SECONDS = 20


def main(arguments: list[str]) -> int:
    """Runs the command; its exit status."""
    isolated = arguments[:1] == ["--isolated"]
    command = arguments[1:] if isolated else arguments
    if not command or command[0] in ("-h", "--help"):
        print(__doc__, file=sys.stderr)
        return 0 if command else 2
    with contextlib.ExitStack() as stack:
        environment = dict(os.environ)
        if isolated:
            environment |= stack.enter_context(_isolation())
        try:
            doors = _doors(environment)
        except (SettingsError, StartError) as error:
            print(error, file=sys.stderr)
            return 1
        if isolated or not all(_is_healthy(door, 1) for door in doors):
            problem = _start(stack, environment, doors)
            if problem:
                print(problem, file=sys.stderr)
                return 1
        return _run(command, environment)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Door:
    """Where a server listens, and how it is spoken with."""

    server: str
    address: str
    tls: TlsSettings


@contextlib.contextmanager
def _isolation() -> Iterator[dict[str, str]]:
    """The settings of a cluster that shares nothing with another one."""
    with tempfile.TemporaryDirectory(prefix="llm-orchestrator-") as folder:
        ports = _free_ports()
        trust = (ROOT / "deploy" / "trust.json").read_text().replace("../var/", "")  # the same, with keys of its own
        Path(folder, "trust.json").write_text(trust)
        servers = ",".join(f"{name}=127.0.0.1:{port}" for name, port in ports.items() if name != "orchestrator")
        yield {
            "LLM_ORCHESTRATOR_VAR": folder,
            "LLM_ORCHESTRATOR_TRUST_FILE": f"{folder}/trust.json",
            "LLM_ORCHESTRATOR_CONFIG_DIR": f"{folder}/config",
            "LLM_ORCHESTRATOR_OUTBOX": f"{folder}/outbox",
            "LLM_ORCHESTRATOR_SERVERS": servers,
            "LLM_ORCHESTRATOR_ADDRESS": f"127.0.0.1:{ports['orchestrator']}",
            "LLM_ORCHESTRATOR_SIGN_IN_ADDRESS": f"127.0.0.1:{ports['user']}",
            **{f"{name.upper()}_SERVER_ADDRESS": f"127.0.0.1:{port}" for name, port in ports.items()},
        }


def _start(stack: contextlib.ExitStack, environment: Mapping[str, str], doors: Sequence[_Door]) -> str:
    """Brings the cluster up and plans its end; what went wrong, or nothing."""
    taken = [door.address for door in doors if _is_taken(door.address)]
    if taken:
        return (
            f"{', '.join(taken)} is in use by another program. Free it, or set other addresses (see README, Settings)."
        )
    seeded = subprocess.run(
        [sys.executable, "-m", "legacy_server.admin", "init"], env=environment, cwd=ROOT, check=False
    )
    if seeded.returncode:
        return "The shop's database could not be prepared."
    log = Path(environment.get("LLM_ORCHESTRATOR_VAR", ROOT / "var")) / "cluster.log"
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    log.touch(0o600)
    log.chmod(0o600)
    output = stack.enter_context(log.open("w"))
    honcho = subprocess.Popen(
        # the servers read .env themselves; honcho would put it over the process environment
        [sys.executable, "-m", "honcho", "--env", os.devnull, "start", "--no-colour"],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C on the terminal is the command's, not the cluster's
    )
    stack.callback(_stop, honcho)
    return _wait(honcho, doors, log)


def _wait(honcho: subprocess.Popen[bytes], doors: Sequence[_Door], log: Path) -> str:
    deadline = time.monotonic() + READY_SECONDS
    for door in doors:
        while not _is_healthy(door, 0.5):
            if honcho.poll() is not None or time.monotonic() > deadline:
                return f"The {door.server} server did not come up. The end of {log}:\n{_tail(log)}"
    return ""


def _run(command: list[str], environment: Mapping[str, str]) -> int:
    """The command on this terminal. Ctrl-C is for the command; SIGTERM and SIGHUP end it, and with it the cluster."""
    child = subprocess.Popen(command, env=environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for wanted in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(wanted, lambda *_: child.terminate())
    code = child.wait()
    return code if code >= 0 else 128 - code


def _stop(honcho: subprocess.Popen[bytes]) -> None:
    honcho.terminate()
    try:
        honcho.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(honcho.pid, signal.SIGKILL)


def _doors(environment: Mapping[str, str]) -> list[_Door]:
    """The doors of all servers, as they will read their settings. Raises SettingsError and StartError."""
    values = Environment({**_env_file(), **environment})
    calling = tls_settings(values)
    doors = []
    for name, port in PORTS.items():
        address = values.address(f"{name.upper()}_SERVER_ADDRESS", f"127.0.0.1:{port}")
        is_secure = tls_settings(values, name).certificate is not None
        doors.append(_Door(server=name, address=address, tls=calling if is_secure else NO_TLS))
    values.check()
    channel_credentials(calling)
    return doors


def _env_file() -> dict[str, str]:
    return {name: value for name, value in dotenv_values(ROOT / ".env").items() if value is not None}


def _free_ports() -> dict[str, int]:
    """Ports that are free at the moment; all are held until all are chosen."""
    with contextlib.ExitStack() as stack:
        held = {name: stack.enter_context(socket.create_server(("127.0.0.1", 0))) for name in PORTS}
        return {name: server.getsockname()[1] for name, server in held.items()}


def _is_taken(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), 0.5).close()
    except OSError:
        return False
    return True


def _is_healthy(door: _Door, seconds: float) -> bool:
    with _channel(door) as channel:
        stub: Any = health_pb2_grpc.HealthStub(channel)  # the package's stubs leave its methods out
        try:
            answer = stub.Check(health_pb2.HealthCheckRequest(), timeout=seconds, wait_for_ready=True)
        except grpc.RpcError:
            return False
    return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


def _channel(door: _Door) -> grpc.Channel:
    options = channel_options(door.address, door.tls, [("grpc.initial_reconnect_backoff_ms", 100)])
    credentials = channel_credentials(door.tls)
    if credentials is None:
        return grpc.insecure_channel(door.address, options=options)
    return grpc.secure_channel(door.address, credentials, options=options)


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-12:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
