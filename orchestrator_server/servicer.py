"""ChatService: translates between the wire and the rooms behind it."""

import re
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass

from llm_orchestrator.orchestrator.v1 import chat_pb2, chat_pb2_grpc

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.chat_stream import ChatStream
from orchestrator_server.event_codec import generation, timestamp
from orchestrator_server.history import ConversationSummary, Exchange, History
from orchestrator_server.intake import Rooms
from orchestrator_server.open_streams import OpenStreams
from orchestrator_server.rights import Rights
from orchestrator_server.windows import response_of
from service_kit.caller import current_caller
from service_kit.errors import InvalidArgument
from service_kit.times import to_text
from service_kit.types import Context

PAGE = 20
MAX_PAGE = 200
STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}\+00:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatServicer(chat_pb2_grpc.ChatServiceServicer):
    """Talks with users and shows what is behind the talk."""

    rooms: Rooms
    streams: OpenStreams
    history: History
    rights: Rights
    catalogue: Callable[[], Catalogue]
    planner: str
    make_id: Callable[[], str]

    async def Chat(
        self, request_iterator: AsyncIterator[chat_pb2.ChatRequest], context: Context
    ) -> AsyncIterator[chat_pb2.ChatResponse]:
        """Carries a conversation."""
        caller = current_caller()
        with self.streams.one_more(caller.person):
            stream = ChatStream(self.rooms, caller, self.make_id())
            async with aclosing(stream.run(request_iterator, self.planner)) as responses:
                async for response in responses:
                    yield response

    async def ListConversations(
        self, request: chat_pb2.ListConversationsRequest, context: Context
    ) -> chat_pb2.ListConversationsResponse:
        """Lists the caller's conversations, newest first."""
        size = min(max(request.page_size or PAGE, 1), MAX_PAGE)
        found = await self.history.conversations(current_caller(), _before(request.page_token), size + 1)
        page = found[:size]
        more = to_text(page[-1].updated_at) if len(found) > size else ""
        return chat_pb2.ListConversationsResponse(
            conversations=[_conversation(one) for one in page], next_page_token=more
        )

    async def GetConversation(
        self, request: chat_pb2.GetConversationRequest, context: Context
    ) -> chat_pb2.GetConversationResponse:
        """Shows the messages of one of the caller's conversations."""
        summary, exchanges = await self.history.conversation(request.conversation_id, current_caller())
        return chat_pb2.GetConversationResponse(conversation=_conversation(summary), messages=_messages(exchanges))

    async def ExportConversations(
        self, request: chat_pb2.ExportConversationsRequest, context: Context
    ) -> AsyncIterator[chat_pb2.ExportConversationsResponse]:
        """Sends everything that is kept of the caller's conversations; it counts as one of their streams."""
        caller = current_caller()
        with self.streams.one_more(caller.person):
            async with aclosing(self.rights.export(caller, request.conversation_id)) as exported:
                async for kept in exported:
                    yield chat_pb2.ExportConversationsResponse(
                        conversation=_conversation(kept.summary),
                        messages=_messages(kept.exchanges),
                        events=map(response_of, kept.events),
                    )

    async def DeleteConversations(
        self, request: chat_pb2.DeleteConversationsRequest, context: Context
    ) -> chat_pb2.DeleteConversationsResponse:
        """Deletes one of the caller's conversations, or all of them."""
        if bool(request.conversation_id) == request.all:
            raise InvalidArgument("CONVERSATION_UNCLEAR", "Name one conversation or ask for all of them, one of both.")
        if request.all:
            deleted = await self.rights.delete_all(current_caller())
        else:
            deleted = await self.rights.delete(current_caller(), request.conversation_id)
        return chat_pb2.DeleteConversationsResponse(deleted=deleted)

    async def GetCatalogue(
        self, request: chat_pb2.GetCatalogueRequest, context: Context
    ) -> chat_pb2.GetCatalogueResponse:
        """Shows every intent that the caller may use, who serves it and which servers answer."""
        catalogue = self.catalogue()
        return chat_pb2.GetCatalogueResponse(
            intents=[_intent(intent) for intent in catalogue.for_roles(current_caller().roles)],
            servers=[
                chat_pb2.CatalogueServer(
                    name=server.name,
                    target=server.target,
                    available=server.is_available,
                    problem=server.problem,
                    etag=server.etag,
                )
                for server in catalogue.servers
            ],
            planner=self.planner,
            findings=catalogue.findings,
        )


def _before(token: str) -> str:
    if token and not STAMP.fullmatch(token):
        raise InvalidArgument("PAGE_TOKEN_WRONG", "Use the next_page_token of the page before, or none.")
    return token


def _conversation(summary: ConversationSummary) -> chat_pb2.Conversation:
    return chat_pb2.Conversation(
        id=summary.id,
        title=summary.title,
        created_at=timestamp(summary.created_at),
        updated_at=timestamp(summary.updated_at),
        message_count=summary.message_count,
        agent=summary.agent,
    )


def _messages(exchanges: Iterable[Exchange]) -> list[chat_pb2.Message]:
    return [message for exchange in exchanges for message in _both(exchange)]


def _both(exchange: Exchange) -> list[chat_pb2.Message]:
    at = timestamp(exchange.created_at)
    said = chat_pb2.Message(turn_id=exchange.turn_id, author=chat_pb2.AUTHOR_USER, text=exchange.text, created_at=at)
    if not exchange.reply:
        return [said]
    author = chat_pb2.AUTHOR_ASSISTANT
    return [said, chat_pb2.Message(turn_id=exchange.turn_id, author=author, text=exchange.reply, created_at=at)]


def _intent(intent: Intent) -> chat_pb2.CatalogueIntent:
    offers = [
        chat_pb2.CatalogueOffer(
            server=offer.server,
            generation=generation(offer.is_modern),
            method=offer.method.lstrip("/").replace("/", "."),
            available=offer.is_available,
        )
        for offer in intent.offers
    ]
    return chat_pb2.CatalogueIntent(
        name=intent.name,
        description=intent.description,
        has_effect=intent.has_effect,
        offers=offers,
        examples=intent.examples,
    )
