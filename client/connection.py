"""Puts the client together: the only file that knows every class. Tests use it with other addresses."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from llm_orchestrator.orchestrator.v1 import chat_pb2_grpc, usage_pb2_grpc

from client.credentials import Credentials
from client.outage import Patience
from client.outbox import Outbox
from client.questions import Questions
from client.rpc import open_channel
from client.session import Session
from client.settings import Settings, is_loopback
from client.sign_in import SignIn
from client.token_file import TokenFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Everything a command needs."""

    settings: Settings
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
async def connect(settings: Settings, *, patience: Patience | None = None) -> AsyncIterator[Connection]:
    """Makes the channels and what stands on them; nothing is sent before the first call."""
    async with open_channel(settings.address) as channel, open_channel(settings.sign_in_address) as sign_in_channel:
        token_file = TokenFile(settings.token_file)
        sign_in = SignIn(sign_in_channel, settings.sign_in_address)
        credentials = Credentials(token_file, sign_in)
        chat = chat_pb2_grpc.ChatServiceStub(channel)
        usage = usage_pb2_grpc.UsageServiceStub(channel)
        yield Connection(
            settings=settings,
            token_file=token_file,
            outbox=Outbox(settings.outbox, is_near=is_loopback(settings.sign_in_address)),
            sign_in=sign_in,
            credentials=credentials,
            questions=Questions(chat, usage, credentials, address=settings.address),
            chat=chat,
            patience=patience or Patience(),
        )
