"""The shop's servers on port 0 over one freshly seeded database, and a customer who calls them."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import grpc
import pytest
import sqlite_utils
from google.protobuf.message import Message
from llm_orchestrator.legacy.v1 import legacy_pb2, legacy_pb2_grpc
from llm_orchestrator.order.v1 import order_pb2, order_pb2_grpc
from llm_orchestrator.shipping.v1 import shipping_pb2, shipping_pb2_grpc
from llm_orchestrator.user.v1 import user_pb2, user_pb2_grpc

from legacy_server.admin import main as admin
from legacy_server.schema import SHOP
from legacy_server.servicer import LegacyServicer
from order_server.servicer import OrderServicer
from service_kit.audit import AuditLog
from service_kit.database import connect
from service_kit.server import Service, started
from service_kit.status import RemoteError, from_rpc_error
from shipping_server.servicer import ShippingServicer
from user_server.servicer import UserServicer

DANA = "dana.fields@example.com"

PARTS: dict[str, tuple[ModuleType, ModuleType, str, Any]] = {
    "legacy": (legacy_pb2, legacy_pb2_grpc, "Legacy", LegacyServicer),
    "user": (user_pb2, user_pb2_grpc, "User", UserServicer),
    "order": (order_pb2, order_pb2_grpc, "Order", OrderServicer),
    "shipping": (shipping_pb2, shipping_pb2_grpc, "Shipping", ShippingServicer),
}


@dataclass(frozen=True)
class Customer:
    """Somebody who calls one server: `await dana("CancelOrder", order_id="A-1042", key="k1")`."""

    server: str
    stub: Any
    token_for: Callable[..., str]
    email: str = DANA

    def by(self, email: str) -> "Customer":
        """The same server, called by somebody else."""
        return replace(self, email=email)

    async def __call__(self, rpc: str, key: str | None = None, **fields: Any) -> Any:
        request = getattr(PARTS[self.server][0], f"{rpc}Request")(**fields)
        metadata = [("authorization", f"Bearer {self.token_for(self.email, self.server)}")]
        if key is not None:
            metadata.append(("idempotency-key", key))
        return await getattr(self.stub, rpc)(request, metadata=metadata)


Start = Callable[..., AbstractAsyncContextManager[Customer]]


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeded") / "shop.db"
    admin(["--database", str(path), "init"], standalone_mode=False)
    return path


@pytest.fixture
def shop_path(seeded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(seeded, tmp_path / "shop.db"))


@pytest.fixture
def shop(shop_path: Path) -> Iterator[sqlite_utils.Database]:
    """A look past the servers into the database."""
    with closing(connect(shop_path)) as db:
        yield db


@pytest.fixture
def start(shop_path: Path, server_settings_for: Callable[..., Any], token_for: Callable[..., str]) -> Start:
    """Starts a server by name: `async with start("order") as dana:`."""

    @asynccontextmanager
    async def running(name: str) -> AsyncIterator[Customer]:
        pb2, pb2_grpc, word, servicer = PARTS[name]
        service = pb2.DESCRIPTOR.services_by_name[f"{word}Service"].full_name
        async with SHOP.opened(shop_path) as database:
            add = getattr(pb2_grpc, f"add_{word}ServiceServicer_to_server")
            services = [Service(name=service, add=add, servicer=servicer(database))]
            async with (
                started(server_settings_for(name), services, audit=AuditLog(database, name)) as server,
                grpc.aio.insecure_channel(server.address) as channel,
            ):
                yield Customer(name, getattr(pb2_grpc, f"{word}ServiceStub")(channel), token_for)

    return running


@pytest.fixture(params=["order", "legacy"])
async def orders(request: pytest.FixtureRequest, start: Start) -> AsyncIterator[Customer]:
    """Both servers that offer orders, one after the other: what holds for one holds for the other."""
    async with start(request.param) as customer:
        yield customer


@pytest.fixture(params=["user", "legacy"])
async def users(request: pytest.FixtureRequest, start: Start) -> AsyncIterator[Customer]:
    """Both servers that offer profiles."""
    async with start(request.param) as customer:
        yield customer


@pytest.fixture(params=["shipping", "legacy"])
async def parcels(request: pytest.FixtureRequest, start: Start) -> AsyncIterator[Customer]:
    """Both servers that track."""
    async with start(request.param) as customer:
        yield customer


@pytest.fixture
async def order(start: Start) -> AsyncIterator[Customer]:
    async with start("order") as customer:
        yield customer


@pytest.fixture
async def shipping(start: Start) -> AsyncIterator[Customer]:
    async with start("shipping") as customer:
        yield customer


@pytest.fixture
async def legacy(start: Start) -> AsyncIterator[Customer]:
    async with start("legacy") as customer:
        yield customer


@pytest.fixture
def refused() -> Callable[[Awaitable[Message]], Awaitable[RemoteError]]:
    """What the server said against a call: `error = await refused(dana("GetOrder", order_id="A-1"))`."""

    async def error(call: Awaitable[Message]) -> RemoteError:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await call
        return from_rpc_error(raised.value)

    return error
