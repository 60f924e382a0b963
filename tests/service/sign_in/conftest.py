"""A user server's sign-in on port 0, with a clock that tests turn."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import grpc
import pytest
from llm_orchestrator.user.v1 import sign_in_pb2, sign_in_pb2_grpc

from service_kit.audit import AuditEntry, AuditLog, create_table
from service_kit.caller import Caller
from service_kit.database import open_database
from service_kit.server import started
from service_kit.settings import Environment, ServerSettings
from service_kit.status import RemoteError, from_rpc_error
from service_kit.trust import Trust
from service_kit.verifier import Verifier
from tests.service.sign_in.mail_server import MailServer, mail_server
from tests.service.sign_in.watched import Watched
from user_server.outbox import Outbox
from user_server.sign_in import SignInSettings, sign_in_service, sign_in_settings
from user_server.smtp_settings import SmtpSettings

ANNA = "anna@example.com"
BOB = "bob@example.com"
SAM = "sam@example.com"
ADA = "ada@example.com"
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
            BOB: frozenset({"customer"}),
            SAM: frozenset({"customer", "support"}),
            ADA: frozenset({"customer", "support", "admin"}),
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

    async def signed_in(self, email: str = ANNA) -> sign_in_pb2.Tokens:
        return await self.redeem(await self.request(email), email)

    async def refresh(self, refresh_token: str, audience: str = "", acting_for: str = "") -> sign_in_pb2.Tokens:
        request = sign_in_pb2.RefreshTokenRequest(refresh_token=refresh_token, audience=audience, acting_for=acting_for)
        return (await self.stub.RefreshToken(request)).tokens

    async def sign_out(self, refresh_token: str) -> None:
        await self.stub.SignOut(sign_in_pb2.SignOutRequest(refresh_token=refresh_token))


Start = Callable[[SignInSettings], AbstractAsyncContextManager[SignIn]]
Verify = Callable[[sign_in_pb2.Tokens], Awaitable[Caller]]
Records = Callable[[], Awaitable[list[AuditEntry]]]


async def refused(call: Awaitable[object]) -> RemoteError:
    """How the server refuses `call`."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return from_rpc_error(caught.value)


@pytest.fixture
def verify(trust_file: Path) -> Verify:
    """Whom a server named `orchestrator` that has just started takes a token for."""

    async def caller(tokens: sign_in_pb2.Tokens) -> Caller:
        return await Verifier(Trust(trust_file), "orchestrator").verify(tokens.access_token)

    return caller


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
async def audit(tmp_path: Path) -> AsyncIterator[AuditLog]:
    async with open_database(tmp_path / "audit.db", create_table) as database:
        yield AuditLog(database, "user")


@pytest.fixture
def records(audit: AuditLog) -> Records:
    """What was recorded, oldest first."""

    async def read() -> list[AuditEntry]:
        return [entry for _, entry in await audit.listed(0, 1000)]

    return read


@pytest.fixture
def start(
    server_settings_for: Callable[[str], ServerSettings], clock: Clock, customers: Customers, audit: AuditLog
) -> Start:
    """Starts a server with these settings: `async with start(files) as sign_in:`."""

    @asynccontextmanager
    async def running(files: SignInSettings) -> AsyncIterator[SignIn]:
        settings = server_settings_for("user")
        async with (
            sign_in_service(files, settings.address, customers, audit, clock) as service,
            started(settings, [service]) as server,
            grpc.aio.insecure_channel(server.address) as channel,
        ):
            yield SignIn(sign_in_pb2_grpc.SignInServiceStub(channel), Outbox(files.outbox))

    return running


@pytest.fixture
async def sign_in(start: Start, sign_in_files: SignInSettings) -> AsyncIterator[SignIn]:
    async with start(sign_in_files) as running:
        yield running


@pytest.fixture
async def mail():
    server = MailServer()
    async with mail_server(server):
        yield server


@pytest.fixture
async def stack():
    async with AsyncExitStack() as opened:
        yield opened


@pytest.fixture
def mailing(start, sign_in_files, stack):
    """Starts sign-in with mail; it stops before the mail server does."""

    async def started(settings: SmtpSettings):
        return await stack.enter_async_context(start(replace(sign_in_files, smtp=settings)))

    return started


@pytest.fixture
async def logged():
    """What the post logs, and whether it says who gets what."""
    handler, logger = Watched(), logging.getLogger("user_server.post")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)
    assert "@" not in handler.text()
