"""The plain questions to the orchestrator, each one call. They give the messages as they are; views read them."""

from typing import TYPE_CHECKING

from llm_orchestrator.orchestrator.v1 import audit_pb2, chat_pb2, usage_pb2

from client.credentials import Credentials
from client.errors import NotSignedIn
from client.rpc import Request, Response, call

if TYPE_CHECKING:
    import grpc
    from llm_orchestrator.orchestrator.v1 import audit_pb2_grpc, chat_pb2_grpc, usage_pb2_grpc


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

    async def conversations(self, count: int = 20) -> chat_pb2.ListConversationsResponse:
        """The newest conversations, at most 200."""
        return await self._ask(self._chat.ListConversations, chat_pb2.ListConversationsRequest(page_size=count))

    async def conversation(self, conversation_id: str) -> chat_pb2.GetConversationResponse:
        """What was said in one conversation."""
        request = chat_pb2.GetConversationRequest(conversation_id=conversation_id)
        return await self._ask(self._chat.GetConversation, request)

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
