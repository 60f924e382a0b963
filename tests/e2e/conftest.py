"""A real cluster of processes on ports of its own, as `make chat` starts it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARE = "import json, os, sys; print('READY' + json.dumps(dict(os.environ)), flush=True); sys.stdin.read()"


@dataclass(frozen=True)
class Cluster:
    """A cluster that runs; `environment` points every program of the project at it."""

    environment: dict[str, str]

    def run(self, *command: str, text: str = "", seconds: float = 60) -> subprocess.CompletedProcess[str]:
        """Runs a command beside the cluster, from the project's folder."""
        return subprocess.run(
            command,
            env=self.environment,
            cwd=ROOT,
            input=text,
            capture_output=True,
            encoding="utf-8",
            timeout=seconds,
            check=False,
        )

    def client(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """Runs the client."""
        return self.run(sys.executable, "-m", "client", *arguments, text=text)

    def address(self, server: str) -> str:
        """Where a server listens."""
        return self.environment[f"{server.upper()}_SERVER_ADDRESS"]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    plain = {
        "NO_COLOR": "1",
        "COLUMNS": "80",
        "TERM": "xterm",
        "LLM_ORCHESTRATOR_PLANNER": "embedded",
    }
    process = subprocess.Popen(
        [sys.executable, "deploy/with_cluster.py", "--isolated", sys.executable, "-c", SHARE],
        cwd=ROOT,
        env={**os.environ, **plain},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    assert process.stdin
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("READY"):
            break
    else:
        pytest.fail("the cluster did not come up:\n" + "".join(lines))
    yield Cluster(json.loads(lines[-1].removeprefix("READY")))
    process.stdin.close()
    process.stdout.close()
    assert process.wait(30) == 0
