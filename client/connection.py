"""Puts the client together: the only file that knows every class. Tests use it with other addresses."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from llm_orchestrator.orchestrator.v1 import audit_pb2_grpc, chat_pb2_grpc, usage_pb2_grpc

from client.acting import ActingCredentials
from client.credentials import Credentials, OwnCredentials
from client.errors import SettingsFault
from client.outage import Patience
from client.outbox import Outbox
from client.questions import Questions
from client.rpc import open_channel
from client.session import Session
from client.settings import Settings
from client.sign_in import SignIn
from client.token_command import VARIABLE, CommandCredentials
from client.token_file import Place, TokenFile
from service_kit.transport import is_loopback


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Everything a command needs. `acting_for` is the customer for whom it speaks; empty for oneself."""

    settings: Settings
    acting_for: str
    token_file: TokenFile
    outbox: Outbox
    sign_in: SignIn
    credentials: Credentials
    questions: Questions
    chat: "chat_pb2_grpc.ChatServiceAsyncStub"
    patience: Patience

    def session(self, conversation_id: str = "") -> Session:
        """A conversation; an empty id starts a new one."""
        return Session(
            self.chat,
            self.credentials,
            address=self.settings.address,
            conversation_id=conversation_id,
            patience=self.patience,
        )


@asynccontextmanager
async def connect(
    settings: Settings, *, acting_for: str = "", patience: Patience | None = None
) -> AsyncIterator[Connection]:
    """Makes the channels and what stands on them; nothing is sent before the first call. Raises SettingsFault."""
    tls = settings.tls
    async with (
        open_channel(settings.address, tls) as channel,
        open_channel(settings.sign_in_address, tls) as sign_in_channel,
    ):
        place = Place(address=settings.address, sign_in_address=settings.sign_in_address)
        token_file = TokenFile(settings.token_file, place)
        sign_in = SignIn(sign_in_channel, settings.sign_in_address)
        credentials = _credentials(settings, token_file, sign_in, acting_for)
        chat = chat_pb2_grpc.ChatServiceStub(channel)
        usage = usage_pb2_grpc.UsageServiceStub(channel)
        audit = audit_pb2_grpc.AuditServiceStub(channel)
        yield Connection(
            settings=settings,
            acting_for=acting_for,
            token_file=token_file,
            outbox=Outbox(settings.outbox, is_near=is_loopback(settings.sign_in_address)),
            sign_in=sign_in,
            credentials=credentials,
            questions=Questions(chat, usage, audit, credentials, address=settings.address),
            chat=chat,
            patience=patience or Patience(),
        )


def _credentials(settings: Settings, file: TokenFile, sign_in: SignIn, acting_for: str) -> Credentials:
    if not settings.token_command:
        return ActingCredentials(file, sign_in, acting_for) if acting_for else OwnCredentials(file, sign_in)
    if acting_for:
        raise SettingsFault(
            f"--for needs a sign-in of your own here; with {VARIABLE} the command says whom its token speaks for."
        )
    return CommandCredentials(settings.token_command)
