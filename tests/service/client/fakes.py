"""A small orchestrator: real gRPC, scripted turns."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import grpc
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status
from llm_orchestrator.orchestrator.v1 import chat_pb2, chat_pb2_grpc, usage_pb2, usage_pb2_grpc

from tests.service.client.shop import Conversation, Shop, Turn

UNSTORED = {"opened", "credentials_needed", "queued", "reply_delta", "reply_reset"}


class FakeChat(chat_pb2_grpc.ChatServiceServicer, usage_pb2_grpc.UsageServiceServicer):
    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._tasks: set[asyncio.Task[None]] = set()
        if shop.resumes:
            for talk in shop.conversations.values():
                for turn in [t for t in talk.turns.values() if not talk.is_over(t.id)]:
                    self._start(talk, turn)

    async def Chat(self, request_iterator: Any, context: Any) -> AsyncIterator[chat_pb2.ChatResponse]:
        customer = self._shop.acting.get(await self._check(context), "")
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
            email=customer or "ada@example.com",
            agent="ada@example.com" if customer else "",
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
        start = int(request.page_token or 0)
        end = start + request.page_size
        more = str(end) if end < len(listed) else ""
        return chat_pb2.ListConversationsResponse(conversations=listed[start:end], next_page_token=more)

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

    async def ExportConversations(
        self, request: Any, context: Any
    ) -> AsyncIterator[chat_pb2.ExportConversationsResponse]:
        await self._check(context)
        for name in [request.conversation_id] if request.conversation_id else list(self._shop.conversations):
            talk = await self._conversation(name, context)
            yield chat_pb2.ExportConversationsResponse(
                conversation=chat_pb2.Conversation(id=talk.id), events=talk.stored
            )

    async def DeleteConversations(self, request: Any, context: Any) -> chat_pb2.DeleteConversationsResponse:
        await self._check(context)
        gone = list(self._shop.conversations) if request.all else [request.conversation_id]
        for name in gone:
            talk = await self._conversation(name, context)
            if talk.running:
                await fail(context, code_pb2.FAILED_PRECONDITION, "TURN_RUNNING", "A turn of it still runs.")
            del self._shop.conversations[name]
        return chat_pb2.DeleteConversationsResponse(deleted=len(gone))

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
                    only = tuple((effect.step_id, effect.index) for effect in yes.only)
                    self._begin(talk, Turn(id=yes.turn_id, plan_id=yes.plan_id, approved=yes.approved, only=only))
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

    async def _check(self, context: Any) -> str:
        token = dict(context.invocation_metadata()).get("authorization", "").removeprefix("Bearer ")
        self._shop.spoken_with.append(token)
        if token not in self._shop.tokens:
            await fail(context, code_pb2.UNAUTHENTICATED, "TOKEN_EXPIRED", "The token has expired.")
        return str(token)


async def fail(context: Any, code: int, reason: str, message: str) -> None:
    status = status_pb2.Status(code=code, message=message)
    status.details.add().Pack(error_details_pb2.ErrorInfo(reason=reason, domain="fake"))
    await context.abort_with_status(rpc_status.to_status(status))
