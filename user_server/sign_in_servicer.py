"""SignInService: proto ⇄ domain. Errors it answers with are raised by `codes`, `sessions` and `acting`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from llm_orchestrator.user.v1 import sign_in_pb2, sign_in_pb2_grpc

from service_kit.errors import ServiceError, Unauthenticated
from service_kit.revocations import session_ended
from service_kit.times import to_timestamp
from service_kit.tokens import Signer
from service_kit.types import Context
from user_server import acting
from user_server.courier import Courier
from user_server.ended_sessions import EndedSessions
from user_server.journal import ACT_FOR, CUSTOMER_GONE, REFRESH_TOKEN_REUSED, SIGNED_OUT, Journal
from user_server.network_rate import NetworkRate
from user_server.sessions import Ended, RefreshTokenReused, Session
from user_server.sign_in_requests import (
    audience_fault,
    code_fault,
    email_fault,
    email_of,
    refresh_token_fault,
    refuse,
)
from user_server.sign_in_store import Clock, SignInStore, utc_now

RolesOf = Callable[[str], Awaitable[frozenset[str] | None]]
"""The roles of the customer with this lower-case e-mail; None where there is no such customer."""

DEFAULT_AUDIENCE = "orchestrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessTokens:
    """Signs access tokens of one `lifetime`."""

    signer: Signer
    lifetime: timedelta
    clock: Clock = utc_now

    def sign(self, session: Session, roles: frozenset[str], audience: str) -> tuple[str, datetime]:
        """A token, and when it expires (in whole seconds, never later than the token itself)."""
        expires_at = (self.clock() + self.lifetime).replace(microsecond=0)
        token = self.signer.sign(
            subject=session.acting_for or session.email,
            audience=audience or DEFAULT_AUDIENCE,
            lifetime=self.lifetime,
            roles=acting.ROLES if session.acting_for else roles,
            agent=session.email if session.acting_for else "",
            session_id=session.session_id,
        )
        return token, expires_at


class SignInServicer(sign_in_pb2_grpc.SignInServiceServicer):
    """Issues and ends the tokens of users."""

    def __init__(
        self,
        *,
        store: SignInStore,
        roles_of: RolesOf,
        courier: Courier,
        tokens: AccessTokens,
        ended: EndedSessions,
        journal: Journal,
        rate: NetworkRate,
    ) -> None:
        self._store = store
        self._roles_of = roles_of
        self._courier = courier
        self._access_tokens = tokens
        self._ended = ended
        self._journal = journal
        self._rate = rate

    async def RequestCode(
        self, request: sign_in_pb2.RequestCodeRequest, context: Context
    ) -> sign_in_pb2.RequestCodeResponse:
        """Sends a code where the e-mail is a customer's, and answers the same where it is not."""
        self._rate.count(context.peer())
        email = email_of(request.email)
        refuse(email_fault(email))
        with self._courier.place():
            is_customer = await self._roles_of(email) is not None
            async with self._journal.recorded("sign_in.request_code", email if is_customer else ""):
                code = await self._store.new_code(email, is_customer=is_customer)
            if is_customer:
                await self._courier.bring(email, code)
        return sign_in_pb2.RequestCodeResponse(expires_at=to_timestamp(code.expires_at))

    async def RedeemCode(
        self, request: sign_in_pb2.RedeemCodeRequest, context: Context
    ) -> sign_in_pb2.RedeemCodeResponse:
        """Exchanges the code for the tokens of a new session."""
        self._rate.count(context.peer())
        email, digits = email_of(request.email), request.code.strip()
        refuse(email_fault(email), code_fault(digits), audience_fault(request.audience))
        roles = await self._roles_of(email)
        async with self._journal.recorded("sign_in.redeem_code", "" if roles is None else email):
            session = await self._store.redeem(email, digits)
        if roles is None:
            raise await self._gone(session.refresh_token)
        return sign_in_pb2.RedeemCodeResponse(tokens=self._tokens(session, roles, request.audience))

    async def RefreshToken(
        self, request: sign_in_pb2.RefreshTokenRequest, context: Context
    ) -> sign_in_pb2.RefreshTokenResponse:
        """Exchanges the refresh token for new tokens, of oneself or of the customer whom support acts for."""
        acting_for = email_of(request.acting_for)
        refuse(
            refresh_token_fault(request.refresh_token),
            audience_fault(request.audience),
            email_fault(acting_for, "acting_for") if acting_for else None,
        )
        try:
            session, roles = await self._refreshed(request.refresh_token, acting_for)
        except RefreshTokenReused as error:
            await self._tell(error.ended, REFRESH_TOKEN_REUSED)
            raise
        try:
            if session.acted_for not in ("", session.acting_for):
                await self._ended.publish()
        finally:
            await self._journal.refreshed(session)
        return sign_in_pb2.RefreshTokenResponse(tokens=self._tokens(session, roles, request.audience))

    async def SignOut(self, request: sign_in_pb2.SignOutRequest, context: Context) -> sign_in_pb2.SignOutResponse:
        """Ends the session; repeating it changes nothing."""
        refuse(refresh_token_fault(request.refresh_token))
        ended = await self._store.end(request.refresh_token)
        if ended is not None:
            await self._tell(ended, SIGNED_OUT)
        await self._ended.catch_up()
        return sign_in_pb2.SignOutResponse()

    async def _refreshed(self, refresh_token: str, acting_for: str) -> tuple[Session, frozenset[str]]:
        """The session and its owner's roles of now. What may be refused is checked first: a refusal costs no token."""
        owner = await self._store.owner(refresh_token)
        roles = await self._roles_of(owner)
        if roles is None:
            raise await self._gone(refresh_token)
        if acting_for:
            await self._check_acting(owner, roles, acting_for)
        return await self._store.refresh(refresh_token, acting_for), roles

    async def _check_acting(self, owner: str, roles: frozenset[str], customer: str) -> None:
        try:
            acting.check_acting(roles, await self._roles_of(customer))
        except ServiceError as error:
            await self._journal.refused(ACT_FOR, owner, customer, error)
            raise

    async def _gone(self, refresh_token: str) -> Unauthenticated:
        """Signs out who is no customer any more; what to answer."""
        ended = await self._store.end(refresh_token)
        if ended is not None:
            await self._tell(ended, CUSTOMER_GONE)
        return session_ended()

    async def _tell(self, ended: Ended, reason: str) -> None:
        """Lets everybody know that a session is over: the servers first."""
        try:
            await self._ended.publish()
        finally:
            await self._journal.ended(ended, reason)

    def _tokens(self, session: Session, roles: frozenset[str], audience: str) -> sign_in_pb2.Tokens:
        token, expires_at = self._access_tokens.sign(session, roles, audience)
        return sign_in_pb2.Tokens(
            access_token=token,
            expires_at=to_timestamp(expires_at),
            refresh_token=session.refresh_token,
            email=session.email,
            acting_for=session.acting_for,
        )
