"""The orchestrator on port 0 before the real shop servers, with a planner that the test scripts."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import grpc
import pytest
import sqlite_utils
from llm_orchestrator.legacy.v1 import legacy_pb2, legacy_pb2_grpc
from llm_orchestrator.orchestrator.v1 import chat_pb2, chat_pb2_grpc
from llm_orchestrator.order.v1 import order_pb2, order_pb2_grpc
from llm_orchestrator.shipping.v1 import shipping_pb2, shipping_pb2_grpc
from llm_orchestrator.user.v1 import user_pb2, user_pb2_grpc

from legacy_server.admin import main as admin
from legacy_server.schema import SHOP
from legacy_server.servicer import LegacyServicer
from orchestrator_server.bootstrap import orchestrator
from orchestrator_server.channels import Target
from orchestrator_server.composer import TemplateComposer
from orchestrator_server.condition_judge import NoJudge
from orchestrator_server.policy import ApprovalMode
from orchestrator_server.retention import Keep
from orchestrator_server.settings import OrchestratorSettings
from orchestrator_server.store_opening import StoreSettings
from orchestrator_server.thinking import Thinking
from order_server.servicer import OrderServicer
from service_kit.audit import AuditLog
from service_kit.database import connect
from service_kit.server import Service, started
from service_kit.settings import ServerSettings
from shipping_server.servicer import ShippingServicer
from tests.dynamic_server import Contract, serving
from tests.fakes import ScriptedPlanner
from user_server.servicer import UserServicer

DANA = "dana.fields@example.com"
PARTS: dict[str, tuple[ModuleType, ModuleType, str, Any]] = {
    "legacy": (legacy_pb2, legacy_pb2_grpc, "Legacy", LegacyServicer),
    "user": (user_pb2, user_pb2_grpc, "User", UserServicer),
    "order": (order_pb2, order_pb2_grpc, "Order", OrderServicer),
    "shipping": (shipping_pb2, shipping_pb2_grpc, "Shipping", ShippingServicer),
}
ENDINGS = ("turn_done", "turn_failed")


@dataclass
class Window:
    """One chat stream as a client sees it."""

    call: Any
    opened: chat_pb2.Opened
    events: list[chat_pb2.ChatResponse] = field(default_factory=list)

    async def send(self, text: str, turn_id: str | None = None) -> str:
        turn_id = turn_id or uuid.uuid4().hex
        message = chat_pb2.UserMessage(turn_id=turn_id, text=text)
        await self.call.write(chat_pb2.ChatRequest(user_message=message))
        return turn_id

    async def approve(self, plan_id: str, approved: bool = True) -> None:
        approval = chat_pb2.Approval(turn_id=uuid.uuid4().hex, plan_id=plan_id, approved=approved)
        await self.call.write(chat_pb2.ChatRequest(approval=approval))

    async def cancel(self, turn_id: str) -> None:
        await self.call.write(chat_pb2.ChatRequest(cancel=chat_pb2.Cancel(turn_id=turn_id)))

    async def next(self) -> chat_pb2.ChatResponse:
        event = await asyncio.wait_for(self.call.read(), 20)
        assert event is not grpc.aio.EOF, await self.call.code()
        self.events.append(event)
        return event

    async def until(self, *kinds: str) -> list[chat_pb2.ChatResponse]:
        """Events up to and with the first of these kinds."""
        got = []
        while True:
            got.append(await self.next())
            if got[-1].WhichOneof("event") in kinds:
                return got

    async def turn(self) -> list[chat_pb2.ChatResponse]:
        """Events up to the end of a turn."""
        return await self.until(*ENDINGS)

    async def ask(self, text: str) -> list[chat_pb2.ChatResponse]:
        """Says something and gets the whole turn."""
        await self.send(text)
        return await self.turn()


@dataclass
class House:
    """A running orchestrator and the shop behind it."""

    address: str
    settings: OrchestratorSettings
    shop: sqlite_utils.Database
    servers: dict[str, AsyncExitStack]
    token_for: Callable[..., str]

    @asynccontextmanager
    async def window(
        self, email: str = DANA, conversation: str = "", seen: int = 0, **token: Any
    ) -> AsyncIterator[Window]:
        async with grpc.aio.insecure_channel(self.address) as channel:
            metadata = [("authorization", f"Bearer {self.token_for(email, 'orchestrator', **token)}")]
            call = chat_pb2_grpc.ChatServiceStub(channel).Chat(metadata=metadata)
            opening = chat_pb2.Open(conversation_id=conversation, last_event_seen=seen)
            await call.write(chat_pb2.ChatRequest(open=opening))
            first = await asyncio.wait_for(call.read(), 20)
            assert first is not grpc.aio.EOF, f"{await call.code()}: {await call.details()}"
            yield Window(call=call, opened=first.opened)
            call.cancel()

    async def until_noticed(self, server: str) -> None:
        """Waits until discovery knows that `server` does not answer."""
        metadata = [("authorization", f"Bearer {self.token_for(DANA, 'orchestrator')}")]
        async with grpc.aio.insecure_channel(self.address) as channel, asyncio.timeout(20):
            stub = chat_pb2_grpc.ChatServiceStub(channel)
            while True:
                shown = await stub.GetCatalogue(chat_pb2.GetCatalogueRequest(), metadata=metadata)
                if not next(one.available for one in shown.servers if one.name == server):
                    return

    def status(self, order: str) -> str:
        """The status of an order as it stands in the database."""
        return str(self.shop.execute("SELECT status FROM orders WHERE id = ?", [order]).fetchone()[0])


StartHouse = Callable[..., AbstractAsyncContextManager[House]]


@asynccontextmanager
async def shop_server(name: str, database: Path, settings: ServerSettings) -> AsyncIterator[str]:
    pb2, pb2_grpc, word, servicer = PARTS[name]
    service = pb2.DESCRIPTOR.services_by_name[f"{word}Service"].full_name
    async with SHOP.opened(database) as opened:
        add = getattr(pb2_grpc, f"add_{word}ServiceServicer_to_server")
        services = [Service(name=service, add=add, servicer=servicer(opened))]
        async with started(settings, services, audit=AuditLog(opened, name)) as server:
            yield server.address


@pytest.fixture(scope="session")
def seeded_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeded") / "shop.db"
    admin(["--database", str(path), "init"], standalone_mode=False)
    return path


@pytest.fixture
def start_house(
    tmp_path: Path,
    seeded_shop: Path,
    server_settings_for: Callable[[str], ServerSettings],
    token_for: Callable[..., str],
) -> StartHouse:
    """`async with start_house(planner, without={"order"}) as house:`; `targets` adds servers of the test's own.

    `claims` restricts what a server of the shop may claim.
    """

    @asynccontextmanager
    async def start(
        planner: ScriptedPlanner,
        without: frozenset[str] = frozenset(),
        targets: tuple[Target, ...] = (),
        composer: Any = None,
        judge: Any = None,
        claims: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        **changes: Any,
    ) -> AsyncIterator[House]:
        database = tmp_path / "shop.db"
        if not database.exists():
            database.write_bytes(seeded_shop.read_bytes())
        async with AsyncExitStack() as stack:
            servers, known = {}, list(targets)
            for name in PARTS:
                if name in without:
                    continue
                servers[name] = await stack.enter_async_context(AsyncExitStack())
                running = shop_server(name, database, server_settings_for(name))
                address = await servers[name].enter_async_context(running)
                known.append(Target(name=name, address=address, may_claim=claims.get(name, ("*",))))
            settings = _settings(tmp_path, server_settings_for("orchestrator"), tuple(known))
            settings = replace(settings, **changes)
            thinking = Thinking(planner=planner, composer=composer or TemplateComposer(), judge=judge or NoJudge())
            parts = await stack.enter_async_context(orchestrator(settings, thinking))
            server = await stack.enter_async_context(
                started(
                    settings.server,
                    parts.services,
                    audit=parts.audit,
                    is_ready=parts.is_ready,
                    once_stopping=parts.draining.set,
                )
            )
            shop = connect(database)
            stack.callback(shop.close)
            yield House(address=server.address, settings=settings, shop=shop, servers=servers, token_for=token_for)

    return start


def _settings(folder: Path, server: ServerSettings, targets: tuple[Target, ...], url: str = "") -> OrchestratorSettings:
    return OrchestratorSettings(
        server=server,
        targets=targets,
        store=StoreSettings(database=folder / "orchestrator.db", url=url),
        keep=Keep(),
        doubt_seconds=1,
        key_file=folder / "keys" / "orchestrator.pem",
        public_keys=folder / "public" / "orchestrator.jwks.json",
        model=None,
        approval_mode=ApprovalMode.EFFECTS,
        approval_lifetime=timedelta(minutes=15),
        discovery_seconds=0.1,
        call_seconds=5,
        turn_seconds=30,
    )


@pytest.fixture
def start_servers(start_house: StartHouse) -> Callable[..., Any]:
    """`house, a, b = await start_servers(stack, planner, a=contract, b=contract)`: servers of the test's own."""

    async def start(stack: AsyncExitStack, planner: ScriptedPlanner, **contracts: Contract) -> tuple[Any, ...]:
        servers = [await stack.enter_async_context(serving(name, each)) for name, each in contracts.items()]
        targets = tuple(Target(name=server.name, address=server.address) for server in servers)
        house = start_house(planner, without=frozenset(PARTS), targets=targets, discovery_seconds=0.05)
        return await stack.enter_async_context(house), *servers

    return start
