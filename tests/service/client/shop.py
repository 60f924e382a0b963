"""The state of the fake servers, which outlives them: tokens, conversations, what was received."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from llm_orchestrator.capabilities.v1 import audit_log_pb2
from llm_orchestrator.orchestrator.v1 import chat_pb2
from llm_orchestrator.user.v1 import sign_in_pb2


@dataclass
class Turn:
    """What a script gets to know of its turn, and what it can wait for."""

    id: str
    text: str = ""
    plan_id: str = ""
    approved: bool = False
    only: tuple[tuple[str, int], ...] = ()
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    fresh_token: asyncio.Event = field(default_factory=asyncio.Event)


def _set_event() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event


Script = Callable[[Turn], AsyncIterator[dict[str, Any]]]


@dataclass
class Conversation:
    """Stored events, and the turns that were begun."""

    id: str
    stored: list[chat_pb2.ChatResponse] = field(default_factory=list)
    turns: dict[str, Turn] = field(default_factory=dict)
    running: str = ""
    replying: set[str] = field(default_factory=set)
    windows: list["asyncio.Queue[chat_pb2.ChatResponse | None]"] = field(default_factory=list)

    def is_over(self, turn_id: str) -> bool:
        return any(e.turn_id == turn_id and (e.HasField("turn_done") or e.HasField("turn_failed")) for e in self.stored)


@dataclass
class Shop:
    """The state of both servers: it stays when they are stopped."""

    script: Script
    resumes: bool = False
    replays_all: bool = False
    opens: asyncio.Event = field(default_factory=_set_event)
    token_life: float = 600
    conversations: dict[str, Conversation] = field(default_factory=dict)
    received: list[chat_pb2.ChatRequest] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    acting: dict[str, str] = field(default_factory=dict)
    spoken_with: list[str] = field(default_factory=list)
    is_support: bool = False
    is_admin: bool = False
    knows_acting: bool = True
    records: list[audit_log_pb2.AuditRecord] = field(default_factory=list)
    missing_servers: list[str] = field(default_factory=list)
    refresh_tokens: set[str] = field(default_factory=set)
    used_refresh_tokens: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    on_code: Callable[[str, str], None] = lambda _email, _code: None
    catalogue: chat_pb2.GetCatalogueResponse = field(default_factory=chat_pb2.GetCatalogueResponse)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    def issue(self, email: str = "ada@example.com", acting_for: str = "") -> sign_in_pb2.Tokens:
        """Tokens that count; those that act for another customer end."""
        tokens = sign_in_pb2.Tokens(
            access_token=f"a-{uuid.uuid4()}", refresh_token=f"r-{uuid.uuid4()}", email=email, acting_for=acting_for
        )
        self.tokens -= {token for token, customer in self.acting.items() if customer != acting_for}
        if acting_for:
            self.acting[tokens.access_token] = acting_for
        tokens.expires_at.FromNanoseconds(int((time.time() + self.token_life) * 1e9))
        self.tokens.add(tokens.access_token)
        self.refresh_tokens.add(tokens.refresh_token)
        return tokens

    def names(self) -> list[str]:
        return [request.WhichOneof("message") or "" for request in self.received]

    async def hear(self, request: chat_pb2.ChatRequest) -> None:
        async with self.arrived:
            self.received.append(request)
            self.arrived.notify_all()

    def cut_streams(self) -> None:
        """Ends every stream, while the turns go on."""
        for talk in self.conversations.values():
            for window in talk.windows:
                window.put_nowait(None)

    async def heard(self, name: str, count: int = 1) -> chat_pb2.ChatRequest:
        """Waits until so many messages of a kind came; gives the last of them."""
        async with asyncio.timeout(10), self.arrived:
            await self.arrived.wait_for(lambda: self.names().count(name) >= count)
        return [request for request in self.received if request.WhichOneof("message") == name][-1]

    def last_turn(self) -> Turn:
        return [turn for talk in self.conversations.values() for turn in talk.turns.values()][-1]
