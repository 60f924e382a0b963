"""What tests of tokens share: clocks that stand still, tokens with claims of choice, a web server for keys."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from aiohttp import web

from service_kit.errors import ServiceError
from service_kit.keys import key_id
from service_kit.tokens import Signer
from service_kit.verifier import Verifier

ANNA = "anna@example.com"


@dataclass
class Clock:
    """Stands still until it is turned; `seconds` measures ages, `now` is the wall clock's."""

    passed: float = 0.0
    start: datetime = field(default_factory=lambda: datetime.now(UTC))

    def seconds(self) -> float:
        return self.passed

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.passed)

    def advance(self, seconds: float) -> None:
        self.passed += seconds


async def reason(verifier: Verifier, token: str) -> str:
    """Why `token` is refused."""
    with pytest.raises(ServiceError) as caught:
        await verifier.verify(token)
    return caught.value.reason


def crafted(signer: Signer, key: Any = None, algorithm: str = "EdDSA", kid: str = "", **claims: object) -> str:
    """A token with claims of choice; None leaves one out."""
    now = datetime.now(UTC)
    whole = {"iss": signer.issuer, "sub": ANNA, "aud": "order", "iat": now, "exp": now + timedelta(minutes=5), **claims}
    whole = {name: value for name, value in whole.items() if value is not None}
    headers = {"kid": kid or key_id(signer.key)}
    return jwt.encode(whole, signer.key if key is None else key, algorithm=algorithm, headers=headers)


async def eventually(is_so: Callable[[], Awaitable[bool]]) -> bool:
    """Waits for what a thread behind brings about; clocks of tests stand still meanwhile."""
    async with asyncio.timeout(10):
        while not await is_so():
            await asyncio.to_thread(lambda: None)  # gives the loop, and the threads, their turn
    return True


def write_trust(path: Path, **entries: object) -> Path:
    """A trust file with these entries."""
    path.write_text(json.dumps(entries))
    return path


@dataclass
class Pages:
    """What the web server answers: `bodies` by path, status 500 while `is_down`; held back until `go` is set."""

    url: str = ""
    bodies: dict[str, str] = field(default_factory=dict)
    is_down: bool = False
    asked: int = 0
    go: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        await self.go.wait()
        body = self.bodies.get(request.path)
        if request.path == "/elsewhere":
            raise web.HTTPFound("/keys")
        return web.Response(text=body) if body is not None and not self.is_down else web.Response(status=500)


@asynccontextmanager
async def pages() -> AsyncIterator[Pages]:
    """A web server on loopback for as long as the block runs."""
    served = Pages()
    served.go.set()
    app = web.Application()
    app.router.add_get("/{page}", served.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        served.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield served
    finally:
        served.go.set()
        await runner.cleanup()
