"""The shop behind an obedient model, with planted texts, and everything that its servers were asked."""

import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from orchestrator_server.bootstrap import orchestrator
from orchestrator_server.channels import Target
from orchestrator_server.concealing import Hiding
from orchestrator_server.embedded import EmbeddedPlanner
from orchestrator_server.model.composer import ModelComposer
from orchestrator_server.model.endpoint import ModelEndpoint
from orchestrator_server.model.judge import ModelJudge
from orchestrator_server.model.planner import ModelPlanner
from orchestrator_server.policy import ApprovalMode
from orchestrator_server.thinking import Thinking, make_id
from service_kit.database import connect
from service_kit.server import started
from service_kit.settings import ServerSettings
from tests.openai_server import OpenAIServer
from tests.security.obedient import Obedient
from tests.service.orchestrator.conftest import DANA, PARTS, House, _settings, seeded_shop, shop_server

__all__ = ["seeded_shop"]

SHOP_SERVICES = tuple(f"llm_orchestrator.{name}.v1." for name in PARTS)


class CallLog(logging.Handler):
    """Every call that a shop's server answered, by method."""

    def __init__(self) -> None:
        super().__init__()
        self.methods: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        method = str(getattr(record, "method", "")).lstrip("/")
        if method.startswith(SHOP_SERVICES):
            self.methods.append(method.rpartition("/")[2])


@dataclass
class Besieged:
    """A running house: `path` is the shop's database, `calls` what its servers were asked."""

    house: House
    model: OpenAIServer
    path: Path
    calls: CallLog

    def tables(self) -> dict[str, list[Any]]:
        """Every row of the shop, without what servers note about calls."""
        with sqlite3.connect(self.path) as db:
            names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            kept = [name for name in names if "audit" not in name and not name.startswith("sqlite_")]
            return {name: sorted(map(repr, db.execute(f"SELECT * FROM [{name}]"))) for name in kept}

    def plant(self, texts: Sequence[str]) -> None:
        """Writes `texts` wherever the shop keeps free text of Dana's orders and profile."""
        given = iter([*texts] * 4)
        with sqlite3.connect(self.path) as db:
            db.execute("UPDATE customers SET name = ?, address = ? WHERE email = ?", [next(given), next(given), DANA])
            for sku in ("LAMP-01", "MOUSE-01", "AUDIO-01"):
                db.execute("UPDATE products SET name = ? || ? WHERE sku = ?", [next(given), f" ({sku})", sku])
            db.execute("UPDATE shipments SET note = ?, carrier = ?", [next(given), next(given)])
            db.execute("UPDATE orders SET address = ? WHERE customer = ?", [next(given), DANA])


Besiege = Callable[..., AbstractAsyncContextManager[Besieged]]


@pytest.fixture
def calls() -> Iterator[CallLog]:
    log, handler = logging.getLogger("calls"), CallLog()
    before = log.level
    log.setLevel(logging.DEBUG)
    log.addHandler(handler)
    yield handler
    log.removeHandler(handler)
    log.setLevel(before)


@pytest.fixture
def besiege(
    tmp_path: Path,
    seeded_shop: Path,
    server_settings_for: Callable[[str], ServerSettings],
    token_for: Callable[..., str],
    calls: CallLog,
) -> Besiege:
    """`async with besiege(obedient, hiding=Hiding.NOTHING) as besieged:`; no effect waits for a yes."""

    @asynccontextmanager
    async def start(
        obedient: Obedient,
        hiding: Hiding = Hiding.TEXT,
        targets: tuple[Target, ...] = (),
        mode: ApprovalMode = ApprovalMode.NEVER,
    ) -> AsyncIterator[Besieged]:
        database = tmp_path / "shop.db"
        database.write_bytes(seeded_shop.read_bytes())
        async with AsyncExitStack() as stack:
            known = list(targets)
            for name in PARTS:
                address = await stack.enter_async_context(shop_server(name, database, server_settings_for(name)))
                known.append(Target(name=name, address=address))
            model = await stack.enter_async_context(OpenAIServer(always=obedient))
            endpoint = ModelEndpoint(model.address, max_retries=0)
            stack.push_async_callback(endpoint.close)
            thinking = Thinking(
                planner=ModelPlanner(endpoint, hiding=hiding),
                composer=ModelComposer(endpoint),
                judge=ModelJudge(endpoint),
                fallback=EmbeddedPlanner(make_id),
            )
            settings = _settings(tmp_path, server_settings_for("orchestrator"), tuple(known))
            settings = replace(settings, approval_mode=mode, hiding=hiding)
            parts = await stack.enter_async_context(orchestrator(settings, thinking))
            server = await stack.enter_async_context(started(settings.server, parts.services, audit=parts.audit))
            shop = connect(database)
            stack.callback(shop.close)
            house = House(address=server.address, settings=settings, shop=shop, servers={}, token_for=token_for)
            yield Besieged(house=house, model=model, path=database, calls=calls)

    return start
