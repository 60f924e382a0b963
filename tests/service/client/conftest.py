"""What the client's service tests share: a running fake, a folder with a sign-in, the program as a process."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from client.connection import Connection, connect
from client.outage import Patience
from client.settings import Settings
from service_kit.settings import NO_TLS, TlsSettings
from tests.service.client.scripts import shop_talk
from tests.service.client.servers import Servers
from tests.service.client.shop import Shop
from tests.service.client.signed_in import sign_in

QUICK = Patience(total=10, first=0.02, longest=0.1)


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Desk:
    """One person's machine: a folder for the client, servers to talk to."""

    servers: Servers
    folder: Path
    tls: TlsSettings = NO_TLS
    env_more: dict[str, str] = field(default_factory=dict)

    @property
    def shop(self) -> Shop:
        return self.servers.shop

    @property
    def settings(self) -> Settings:
        address = f"127.0.0.1:{self.servers.port}"
        outbox = self.folder / "outbox"
        config = self.folder / "config"
        return Settings(address=address, sign_in_address=address, config_dir=config, outbox=outbox, tls=self.tls)

    @property
    def env(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("LLM_ORCHESTRATOR", "NO_COLOR", "FORCE_"))}
        return kept | {
            "LLM_ORCHESTRATOR_ADDRESS": self.settings.address,
            "LLM_ORCHESTRATOR_SIGN_IN_ADDRESS": self.settings.sign_in_address,
            "LLM_ORCHESTRATOR_CONFIG_DIR": str(self.settings.config_dir),
            "LLM_ORCHESTRATOR_OUTBOX": str(self.settings.outbox),
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "PYTHONWARNINGS": "error",
            "COLUMNS": "80",
            "TERM": "xterm",
            **self.env_more,
        }

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        async with connect(self.settings, patience=QUICK) as connection:
            yield connection

    async def run(self, *arguments: str, lines: str = "") -> Ran:
        """Runs the program to its end, with these lines coming through a pipe."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "client", *arguments, stdin=pipe, stdout=pipe, stderr=pipe, env=self.env
        )
        async with asyncio.timeout(20):
            out, err = await process.communicate(lines.encode())
        return Ran(process.returncode or 0, out.decode(), err.decode())


@pytest.fixture
def shop() -> Shop:
    return Shop(script=shop_talk)


@pytest.fixture
async def stranger(shop: Shop, tmp_path: Path) -> AsyncIterator[Desk]:
    """Somebody who is not signed in."""
    servers = Servers(shop)
    await servers.start()
    yield Desk(servers, tmp_path)
    await servers.stop()


@pytest.fixture
async def desk(stranger: Desk) -> Desk:
    """Somebody who is signed in."""
    sign_in(stranger.shop, stranger.settings.token_file)
    return stranger
