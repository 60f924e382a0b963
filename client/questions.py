"""The plain questions to the orchestrator, each one call. They give the messages as they are; views read them."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from llm_orchestrator.orchestrator.v1 import audit_pb2, chat_pb2, usage_pb2

from client.credentials import Credentials
from client.errors import NotSignedIn
from client.rpc import Request, Response, call
from client.streamed import streamed

if TYPE_CHECKING:
    import grpc
    from llm_orchestrator.orchestrator.v1 import audit_pb2_grpc, chat_pb2_grpc, usage_pb2_grpc

_MOST = 200
"""What one page lists at most."""


class Questions:
    """Asks for the user who is signed in. Every method raises ClientError."""

    def __init__(
        self,
        chat: "chat_pb2_grpc.ChatServiceAsyncStub",
        usage: "usage_pb2_grpc.UsageServiceAsyncStub",
        audit: "audit_pb2_grpc.AuditServiceAsyncStub",
        credentials: Credentials,
        *,
        address: str,
    ) -> None:
        self._chat = chat
        self._usage = usage
        self._audit = audit
        self._credentials = credentials
        self._address = address

    async def catalogue(self) -> chat_pb2.GetCatalogueResponse:
        """Every intent, who serves it and which servers answer."""
        return await self._ask(self._chat.GetCatalogue, chat_pb2.GetCatalogueRequest())

    async def conversations(self, count: int = 20, page_token: str = "") -> chat_pb2.ListConversationsResponse:
        """The newest conversations, at most 200; or those that follow an earlier page."""
        request = chat_pb2.ListConversationsRequest(page_size=count, page_token=page_token)
        return await self._ask(self._chat.ListConversations, request)

    async def count_conversations(self) -> int:
        """How many conversations there are."""
        page = await self.conversations(_MOST)
        count = len(page.conversations)
        while page.next_page_token:
            page = await self.conversations(_MOST, page.next_page_token)
            count += len(page.conversations)
        return count

    async def conversation(self, conversation_id: str) -> chat_pb2.GetConversationResponse:
        """What was said in one conversation."""
        request = chat_pb2.GetConversationRequest(conversation_id=conversation_id)
        return await self._ask(self._chat.GetConversation, request)

    async def export(self, conversation_id: str = "") -> AsyncIterator[chat_pb2.ExportConversationsResponse]:
        """Everything that is kept of one conversation, or of all of them, one after the other."""
        request = chat_pb2.ExportConversationsRequest(conversation_id=conversation_id)
        token, has_begun = await self._credentials.token(), False
        try:
            async for kept in streamed(self._chat.ExportConversations, request, address=self._address, token=token):
                has_begun = True
                yield kept
            return
        except NotSignedIn:
            if has_begun:
                raise
        fresh = await self._credentials.replace(token)
        async for kept in streamed(self._chat.ExportConversations, request, address=self._address, token=fresh):
            yield kept

    async def delete(self, conversation_id: str) -> chat_pb2.DeleteConversationsResponse:
        """Deletes one conversation for good."""
        request = chat_pb2.DeleteConversationsRequest(conversation_id=conversation_id)
        return await self._ask(self._chat.DeleteConversations, request)

    async def delete_all(self) -> chat_pb2.DeleteConversationsResponse:
        """Deletes all conversations for good."""
        return await self._ask(self._chat.DeleteConversations, chat_pb2.DeleteConversationsRequest(all=True))

    async def usage(self) -> usage_pb2.GetUsageResponse:
        """What the user's turns took, since the beginning."""
        return await self._ask(self._usage.GetUsage, usage_pb2.GetUsageRequest())

    async def audit(self, chosen: audit_pb2.ListAuditRecordsRequest) -> audit_pb2.ListAuditRecordsResponse:
        """One page of what was decided, newest first; for administrators."""
        return await self._ask(self._audit.ListAuditRecords, chosen)

    async def _ask(self, method: "grpc.aio.UnaryUnaryMultiCallable[Request, Response]", request: Request) -> Response:
        """Asks; where the token is not accepted, once more with a fresh one."""
        token = await self._credentials.token()
        try:
            return await call(method, request, address=self._address, token=token)
        except NotSignedIn:
            fresh = await self._credentials.replace(token)
            return await call(method, request, address=self._address, token=fresh)
