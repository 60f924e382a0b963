"""What lies in deploy/, read once."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
PORTS = {"orchestrator": 50051, "legacy": 50052, "user": 50053, "order": 50054, "shipping": 50055}
IMAGE = "llm-orchestrator:0.1.0"

Manifest = dict[str, Any]


@dataclass(frozen=True)
class Instruction:
    """A line of a Dockerfile, its continuations joined: `RUN`, and what follows."""

    word: str
    rest: str


@cache
def manifests() -> tuple[Manifest, ...]:
    """Every manifest for Kubernetes but the kustomization."""
    texts = [path.read_text() for path in sorted(KUBERNETES.glob("*.yaml")) if path.name != "kustomization.yaml"]
    return tuple(one for text in texts for one in yaml.safe_load_all(text))


def of_kind(kind: str) -> list[Manifest]:
    return [one for one in manifests() if one["kind"] == kind]


def named(kind: str, name: str) -> Manifest:
    return next(one for one in of_kind(kind) if one["metadata"]["name"] == name)


def pod(deployment: Manifest) -> dict[str, Any]:
    return deployment["spec"]["template"]["spec"]


def environment_of(deployment: Manifest) -> dict[str, str]:
    """What the container of a deployment finds in its environment."""
    container = pod(deployment)["containers"][0]
    values: dict[str, str] = {}
    for source in container.get("envFrom", ()):
        if "configMapRef" in source:
            values |= named("ConfigMap", source["configMapRef"]["name"])["data"]
        else:
            values |= named("Secret", source["secretRef"]["name"])["stringData"]
    return values | {one["name"]: one["value"] for one in container.get("env", ())}


@cache
def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def instructions() -> list[Instruction]:
    text = re.sub(r"^\s*#.*\n", "", (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [Instruction(*line.split(maxsplit=1)) for line in lines if line.strip()]


@cache
def source() -> str:
    """The code of all servers and the client."""
    folders = ("service_kit", "client", *(f"{name}_server" for name in PORTS))
    return "\n".join(path.read_text() for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


def is_read(name: str) -> bool:
    """Does the code read the setting `name`? As a whole, after the prefix, or as `<SERVER>_SERVER_ADDRESS`."""
    if name in {f"{server.upper()}_SERVER_ADDRESS" for server in PORTS}:
        return True
    last = name.removeprefix("LLM_ORCHESTRATOR_")
    named_by_table = {f"{table}_DATABASE" for table in ("SHOP",)}  # SharedDatabase.path
    by_tls = last.removeprefix("TLS_") if last.startswith("TLS_") else ""
    return any(f'"{text}"' in source() for text in (name, last, by_tls) if text) or last in named_by_table


@pytest.fixture(params=sorted(PORTS))
def server(request: pytest.FixtureRequest) -> str:
    return request.param
