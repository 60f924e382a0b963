"""The whole house as real processes: the four servers of the shop, and orchestrators that may share a database.

    async with house(tmp_path) as all:
        one, other = all.orchestrator("one"), all.orchestrator("other")
        await one.start()
        await all.shop["order"].kill()
        ...
    reckon([all.memory], all.shop_database, all.stock).check()

Every program is a `Program`: `start`, `kill`, `stop`, `death`. Nothing is shared with another house.
"""

import asyncio
import contextlib
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from service_kit.keys import load_or_create_key, publish
from service_kit.tokens import Signer
from tests.fault.program import ROOT, Program
from tests.fault.reckoning import Stock, stock_of

SHOP = ("legacy", "user", "order", "shipping")
LEASE_SECONDS = 2
TOKEN_LIFETIME = timedelta(hours=1)


@dataclass(eq=False, kw_only=True)
class House:
    """A shop that runs, and its orchestrators. `stock` is what was in the shop before anything happened."""

    folder: Path
    environment: dict[str, str]
    shop: dict[str, Program]
    signer: Signer
    orchestrators: dict[str, Program] = field(default_factory=dict)
    stock: Stock = field(default_factory=Stock)

    @property
    def memory(self) -> Path:
        """The database that orchestrators share unless they are told otherwise."""
        return self.folder / "orchestrator.db"

    @property
    def shop_database(self) -> Path:
        return self.folder / "shop.db"

    @property
    def programs(self) -> list[Program]:
        return [*self.shop.values(), *self.orchestrators.values()]

    def orchestrator(self, name: str, *command: str, **environment: str) -> Program:
        """An orchestrator that is not started yet, on a port of its own; `command` is what runs in place of it."""
        address = f"127.0.0.1:{free_port()}"
        self.orchestrators[name] = Program(
            name=name,
            command=command or ("-m", "orchestrator_server"),
            environment={**self.environment, "ORCHESTRATOR_SERVER_ADDRESS": address, **environment},
            folder=self.folder,
        )
        return self.orchestrators[name]

    def token(self, email: str, audience: str = "orchestrator") -> str:
        """Signed by a key that every program of the house trusts."""
        return self.signer.sign(subject=email, audience=audience, lifetime=TOKEN_LIFETIME, roles=["customer"])


def address_of(orchestrator: Program) -> str:
    return orchestrator.environment["ORCHESTRATOR_SERVER_ADDRESS"]


@asynccontextmanager
async def house(folder: Path, seed: Mapping[str, object] | None = None, **environment: str) -> AsyncIterator[House]:
    """A house with its shop running; `seed` in place of the built-in one, `environment` over the usual settings."""
    whole, signer = _environment(folder), _signer(folder)
    whole |= environment
    shop = {
        name: Program(name=name, command=("-m", f"{name}_server"), environment=whole, folder=folder) for name in SHOP
    }
    built = House(folder=folder, environment=whole, shop=shop, signer=signer)
    await _seed(built, seed)
    built.stock = stock_of(built.shop_database)
    try:
        await asyncio.gather(*(program.start() for program in shop.values()))
        yield built
    finally:
        await asyncio.gather(*(program.kill() for program in built.programs))


async def _seed(built: House, seed: Mapping[str, object] | None) -> None:
    arguments = ["init"]
    if seed is not None:
        file = built.folder / "seed.json"
        file.write_text(json.dumps(seed))
        arguments = ["seed", str(file)]
    command = (sys.executable, "-m", "legacy_server.admin", *arguments)
    seeding = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=built.environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await seeding.communicate()
    assert seeding.returncode == 0, said.decode()


def _environment(folder: Path) -> dict[str, str]:
    """Settings of this house alone: what the caller's environment says of another one is left out."""
    own = ("LLM_ORCHESTRATOR_", "OPENAI_", *(f"{name.upper()}_SERVER_" for name in (*SHOP, "orchestrator")))
    clean = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    ports = free_ports(len(SHOP))
    addresses = {name: f"127.0.0.1:{port}" for name, port in zip(SHOP, ports, strict=True)}
    return clean | {
        "LLM_ORCHESTRATOR_VAR": str(folder),
        "LLM_ORCHESTRATOR_TRUST_FILE": str(folder / "trust.json"),
        "LLM_ORCHESTRATOR_CONFIG_DIR": str(folder / "config"),
        "LLM_ORCHESTRATOR_OUTBOX": str(folder / "outbox"),
        "LLM_ORCHESTRATOR_PLANNER": "embedded",
        "LLM_ORCHESTRATOR_LEASE_SECONDS": str(LEASE_SECONDS),
        "LLM_ORCHESTRATOR_DISCOVERY_SECONDS": "0.5",
        "LLM_ORCHESTRATOR_SERVERS": ",".join(f"{name}={address}" for name, address in addresses.items()),
        **{f"{name.upper()}_SERVER_ADDRESS": address for name, address in addresses.items()},
    }


def _signer(folder: Path) -> Signer:
    """Signs for everybody under a name that the trust file of the house knows."""
    key = load_or_create_key(folder / "keys" / "tests.pem")
    (folder / "public").mkdir(exist_ok=True)
    publish(folder / "public" / "tests.jwks.json", key)
    trust = json.loads((ROOT / "deploy" / "trust.json").read_text().replace("../var/", ""))
    (folder / "trust.json").write_text(json.dumps(trust | {"tests": {"jwks": "public/tests.jwks.json"}}))
    return Signer(issuer="tests", key=key)


def free_port() -> int:
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Ports that are free at the moment; all are held until all are chosen."""
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [server.getsockname()[1] for server in held]


def is_full() -> bool:
    """Is everything to be tried, as `make fault` does, or a selection that takes seconds?"""
    return os.environ.get("LLM_FAULT_FULL", "") == "1"
