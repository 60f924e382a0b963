"""A user server's sign-in on port 0, with a clock that tests turn."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import grpc
import pytest
from llm_orchestrator.user.v1 import sign_in_pb2, sign_in_pb2_grpc

from service_kit.server import started
from service_kit.settings import Environment, ServerSettings
from user_server.outbox import Outbox
from user_server.sign_in import SignInSettings, sign_in_service, sign_in_settings

ANNA = "anna@example.com"
NOBODY = "nobody@example.com"


@dataclass
class Clock:
    """A clock that stands still until it is turned."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **amount: float) -> None:
        self.now += timedelta(**amount)


class Customers:
    """The shop's customers and their roles."""

    def __init__(self) -> None:
        self.roles = {
            ANNA: frozenset({"customer"}),
            "sam@example.com": frozenset({"customer", "support"}),
        }

    async def __call__(self, email: str) -> frozenset[str] | None:
        return self.roles.get(email)


class SignIn:
    """What a client does, in few words."""

    def __init__(self, stub: "sign_in_pb2_grpc.SignInServiceAsyncStub", outbox: Outbox) -> None:
        self.stub = stub
        self.outbox = outbox

    async def request(self, email: str = ANNA) -> str:
        """Asks for a code and reads it from the outbox."""
        await self.stub.RequestCode(sign_in_pb2.RequestCodeRequest(email=email))
        return self.outbox.path(email.lower()).read_text().splitlines()[-1]

    async def redeem(self, code: str, email: str = ANNA, audience: str = "") -> sign_in_pb2.Tokens:
        request = sign_in_pb2.RedeemCodeRequest(email=email, code=code, audience=audience)
        return (await self.stub.RedeemCode(request)).tokens

    async def refresh(self, refresh_token: str, audience: str = "") -> sign_in_pb2.Tokens:
        request = sign_in_pb2.RefreshTokenRequest(refresh_token=refresh_token, audience=audience)
        return (await self.stub.RefreshToken(request)).tokens

    async def sign_out(self, refresh_token: str) -> None:
        await self.stub.SignOut(sign_in_pb2.SignOutRequest(refresh_token=refresh_token))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def customers() -> Customers:
    return Customers()


@pytest.fixture
def sign_in_files(tmp_path: Path) -> SignInSettings:
    return sign_in_settings(Environment({"LLM_ORCHESTRATOR_VAR": str(tmp_path)}))


@pytest.fixture
async def sign_in(
    server_settings_for: Callable[[str], ServerSettings],
    sign_in_files: SignInSettings,
    clock: Clock,
    customers: Customers,
) -> AsyncIterator[SignIn]:
    settings = server_settings_for("user")
    async with (
        sign_in_service(sign_in_files, settings.address, customers, clock) as service,
        started(settings, [service]) as running,
        grpc.aio.insecure_channel(running.address) as channel,
    ):
        yield SignIn(sign_in_pb2_grpc.SignInServiceStub(channel), Outbox(sign_in_files.outbox))
