"""A small orchestrator and sign-in server: real gRPC, scripted turns, state that outlives the server."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status
from llm_orchestrator.orchestrator.v1 import chat_pb2, chat_pb2_grpc, usage_pb2, usage_pb2_grpc
from llm_orchestrator.user.v1 import sign_in_pb2, sign_in_pb2_grpc

UNSTORED = {"opened", "credentials_needed", "queued", "reply_delta", "reply_reset"}


@dataclass
class Turn:
    """What a script gets to know of its turn, and what it can wait for."""

    id: str
    text: str = ""
    plan_id: str = ""
    approved: bool = False
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
    refresh_tokens: set[str] = field(default_factory=set)
    used_refresh_tokens: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    on_code: Callable[[str, str], None] = lambda _email, _code: None
    catalogue: chat_pb2.GetCatalogueResponse = field(default_factory=chat_pb2.GetCatalogueResponse)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    def issue(self, email: str = "ada@example.com") -> sign_in_pb2.Tokens:
        tokens = sign_in_pb2.Tokens(access_token=f"a-{uuid.uuid4()}", refresh_token=f"r-{uuid.uuid4()}", email=email)
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


class FakeChat(chat_pb2_grpc.ChatServiceServicer, usage_pb2_grpc.UsageServiceServicer):
    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._tasks: set[asyncio.Task[None]] = set()
        if shop.resumes:
            for talk in shop.conversations.values():
                for turn in [t for t in talk.turns.values() if not talk.is_over(t.id)]:
                    self._start(talk, turn)

    async def Chat(self, request_iterator: Any, context: Any) -> AsyncIterator[chat_pb2.ChatResponse]:
        await self._check(context)
        request = await anext(request_iterator)
        first = request.open
        if not self._shop.opens.is_set():
            await self._shop.hear(request)
            await self._shop.opens.wait()
        talk = await self._conversation(first.conversation_id, context)
        window: asyncio.Queue[chat_pb2.ChatResponse | None] = asyncio.Queue()
        opened = chat_pb2.Opened(
            conversation_id=talk.id,
            last_event=len(talk.stored),
            planner="embedded",
            email="ada@example.com",
            running_turn_id=talk.running,
        )
        yield chat_pb2.ChatResponse(opened=opened)
        for event in talk.stored[0 if self._shop.replays_all else first.last_event_seen :]:
            yield event
        talk.windows.append(window)
        await self._shop.hear(request)
        reader = asyncio.create_task(self._listen(request_iterator, talk))
        try:
            while told := await window.get():
                yield told
            await context.abort(grpc.StatusCode.UNAVAILABLE, "The stream was cut.")
        finally:
            talk.windows.remove(window)
            reader.cancel()

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for talk in self._shop.conversations.values():
            talk.running = ""

    async def ListConversations(self, request: Any, context: Any) -> chat_pb2.ListConversationsResponse:
        await self._check(context)
        listed = [
            chat_pb2.Conversation(id=c.id, title=next(iter(c.turns.values())).text, message_count=2 * len(c.turns))
            for c in self._shop.conversations.values()
            if c.turns
        ]
        return chat_pb2.ListConversationsResponse(conversations=listed[: request.page_size])

    async def GetConversation(self, request: Any, context: Any) -> chat_pb2.GetConversationResponse:
        await self._check(context)
        talk = await self._conversation(request.conversation_id, context)
        response = chat_pb2.GetConversationResponse(conversation=chat_pb2.Conversation(id=talk.id))
        for event in talk.stored:
            if event.HasField("user_message"):
                response.messages.add(author=chat_pb2.AUTHOR_USER, text=event.user_message.text)
            if event.HasField("reply"):
                response.messages.add(author=chat_pb2.AUTHOR_ASSISTANT, text=event.reply.text)
        return response

    async def GetCatalogue(self, request: Any, context: Any) -> chat_pb2.GetCatalogueResponse:
        await self._check(context)
        return self._shop.catalogue

    async def GetUsage(self, request: Any, context: Any) -> usage_pb2.GetUsageResponse:
        await self._check(context)
        return usage_pb2.GetUsageResponse(
            turns=3, model_calls=4, prompt_tokens=1234, completion_tokens=56, rpc_calls=7, judged_conditions=8
        )

    async def _listen(self, requests: Any, talk: Conversation) -> None:
        async for request in requests:
            match request.WhichOneof("message"):
                case "user_message":
                    message = request.user_message
                    self._begin(talk, Turn(id=message.turn_id, text=message.text))
                case "approval":
                    yes = request.approval
                    self._begin(talk, Turn(id=yes.turn_id, plan_id=yes.plan_id, approved=yes.approved))
                case "cancel" if request.cancel.turn_id in talk.turns:
                    talk.turns[request.cancel.turn_id].cancelled.set()
                case "credentials" if request.credentials.token in self._shop.tokens:
                    for turn in talk.turns.values():
                        turn.fresh_token.set()
            await self._shop.hear(request)

    def _begin(self, talk: Conversation, turn: Turn) -> None:
        if talk.running != turn.id and not talk.is_over(turn.id):
            self._start(talk, talk.turns.setdefault(turn.id, turn))

    def _start(self, talk: Conversation, turn: Turn) -> None:
        talk.running = turn.id
        task = asyncio.create_task(self._run(talk, turn))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, talk: Conversation, turn: Turn) -> None:
        """Runs the script; after a crash from the start, but what is stored already is not told again."""
        known = sum(event.turn_id == turn.id for event in talk.stored)
        if turn.id in talk.replying:
            self._tell(talk, chat_pb2.ChatResponse(turn_id=turn.id, reply_reset=chat_pb2.ReplyReset()))
        async for parts in self._shop.script(turn):
            event = chat_pb2.ChatResponse(turn_id=turn.id, **parts)
            if event.WhichOneof("event") in UNSTORED:
                if event.HasField("reply_delta"):
                    talk.replying.add(turn.id)
            elif known > 0:
                known -= 1
                continue
            else:
                talk.stored.append(event)
                event.number = len(talk.stored)
                event.created_at.GetCurrentTime()
            if event.WhichOneof("event") in ("turn_done", "turn_failed"):
                talk.running = ""
            self._tell(talk, event)

    def _tell(self, talk: Conversation, event: chat_pb2.ChatResponse) -> None:
        for window in talk.windows:
            window.put_nowait(event)

    async def _conversation(self, name: str, context: Any) -> Conversation:
        if not name:
            name = f"c-{len(self._shop.conversations) + 1}"
            self._shop.conversations[name] = Conversation(id=name)
        if name not in self._shop.conversations:
            await fail(context, code_pb2.NOT_FOUND, "CONVERSATION_UNKNOWN", f"There is no conversation {name}.")
        return self._shop.conversations[name]

    async def _check(self, context: Any) -> None:
        token = dict(context.invocation_metadata()).get("authorization", "").removeprefix("Bearer ")
        if token not in self._shop.tokens:
            await fail(context, code_pb2.UNAUTHENTICATED, "TOKEN_EXPIRED", "The token has expired.")


class FakeSignIn(sign_in_pb2_grpc.SignInServiceServicer):
    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    async def RequestCode(self, request: Any, context: Any) -> sign_in_pb2.RequestCodeResponse:
        self._shop.codes[request.email] = f"{len(self._shop.codes) + 123456}"
        self._shop.on_code(request.email, self._shop.codes[request.email])
        return sign_in_pb2.RequestCodeResponse()

    async def RedeemCode(self, request: Any, context: Any) -> sign_in_pb2.RedeemCodeResponse:
        if request.audience != "orchestrator" or self._shop.codes.get(request.email) != request.code:
            await fail(context, code_pb2.UNAUTHENTICATED, "CODE_WRONG", "The code is wrong; tries left: 4.")
        del self._shop.codes[request.email]
        return sign_in_pb2.RedeemCodeResponse(tokens=self._shop.issue(request.email))

    async def RefreshToken(self, request: Any, context: Any) -> sign_in_pb2.RefreshTokenResponse:
        self._shop.used_refresh_tokens.append(request.refresh_token)
        if request.refresh_token not in self._shop.refresh_tokens:
            self._shop.refresh_tokens.clear()
            await fail(context, code_pb2.UNAUTHENTICATED, "SESSION_ENDED", "The session has ended.")
        self._shop.refresh_tokens.remove(request.refresh_token)
        return sign_in_pb2.RefreshTokenResponse(tokens=self._shop.issue())

    async def SignOut(self, request: Any, context: Any) -> sign_in_pb2.SignOutResponse:
        self._shop.refresh_tokens.discard(request.refresh_token)
        return sign_in_pb2.SignOutResponse()


class Servers:
    """Both services on one port, which stays the same over a restart. Stopping is a crash: every stream breaks."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.port = 0

    async def start(self) -> None:
        self._server = grpc.aio.server(options=[("grpc.so_reuseport", 0)])
        self._chat = FakeChat(self.shop)
        chat_pb2_grpc.add_ChatServiceServicer_to_server(self._chat, self._server)
        usage_pb2_grpc.add_UsageServiceServicer_to_server(self._chat, self._server)
        sign_in_pb2_grpc.add_SignInServiceServicer_to_server(FakeSignIn(self.shop), self._server)
        self.port = self._server.add_insecure_port(f"127.0.0.1:{self.port}")
        await self._server.start()

    async def stop(self) -> None:
        await self._chat.stop()
        await self._server.stop(0)


async def fail(context: Any, code: int, reason: str, message: str) -> None:
    status = status_pb2.Status(code=code, message=message)
    status.details.add().Pack(error_details_pb2.ErrorInfo(reason=reason, domain="fake"))
    await context.abort_with_status(rpc_status.to_status(status))
