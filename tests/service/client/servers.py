"""The servers of the fake shop: sign-in, the record, and the port that all of it is served on."""

from typing import Any

import grpc
from google.rpc import code_pb2
from llm_orchestrator.orchestrator.v1 import audit_pb2, audit_pb2_grpc, chat_pb2_grpc, usage_pb2_grpc
from llm_orchestrator.user.v1 import sign_in_pb2, sign_in_pb2_grpc

from tests.service.client.fakes import FakeChat, fail
from tests.service.client.shop import Shop


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
        if request.acting_for and not self._shop.is_support:
            await fail(context, code_pb2.PERMISSION_DENIED, "ROLE_MISSING", "This needs the role support.")
        self._shop.refresh_tokens.remove(request.refresh_token)
        customer = request.acting_for if self._shop.knows_acting else ""
        return sign_in_pb2.RefreshTokenResponse(tokens=self._shop.issue(acting_for=customer))

    async def SignOut(self, request: Any, context: Any) -> sign_in_pb2.SignOutResponse:
        self._shop.refresh_tokens.discard(request.refresh_token)
        return sign_in_pb2.SignOutResponse()


class FakeAudit(audit_pb2_grpc.AuditServiceServicer):
    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    async def ListAuditRecords(self, request: Any, context: Any) -> audit_pb2.ListAuditRecordsResponse:
        if not self._shop.is_admin:
            await fail(context, code_pb2.PERMISSION_DENIED, "ROLE_MISSING", "This needs the role admin.")
        found = [
            record
            for record in self._shop.records
            if request.person in ("", record.actor, record.subject)
            and request.kind in (0, record.kind)
            and request.turn_id in ("", record.turn_id)
            and request.server in ("", record.server)
        ]
        start = int(request.page_token or 0)
        end = start + (request.page_size or 50)
        return audit_pb2.ListAuditRecordsResponse(
            records=found[start:end],
            next_page_token=str(end) if end < len(found) else "",
            missing_servers=self._shop.missing_servers,
        )


class Servers:
    """Both services on one port, which stays the same over a restart. Stopping is a crash: every stream breaks."""

    def __init__(self, shop: Shop, credentials: grpc.ServerCredentials | None = None) -> None:
        self.shop = shop
        self.port = 0
        self._credentials = credentials

    async def start(self) -> None:
        self._server = grpc.aio.server(options=[("grpc.so_reuseport", 0)])
        self._chat = FakeChat(self.shop)
        chat_pb2_grpc.add_ChatServiceServicer_to_server(self._chat, self._server)
        usage_pb2_grpc.add_UsageServiceServicer_to_server(self._chat, self._server)
        sign_in_pb2_grpc.add_SignInServiceServicer_to_server(FakeSignIn(self.shop), self._server)
        audit_pb2_grpc.add_AuditServiceServicer_to_server(FakeAudit(self.shop), self._server)
        address = f"127.0.0.1:{self.port}"
        if self._credentials:
            self.port = self._server.add_secure_port(address, self._credentials)
        else:
            self.port = self._server.add_insecure_port(address)
        await self._server.start()

    async def stop(self) -> None:
        await self._chat.stop()
        await self._server.stop(0)
