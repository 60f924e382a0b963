"""SignInService: proto ⇄ domain. Errors it answers with are raised by `sign_in_store`."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from llm_orchestrator.user.v1 import sign_in_pb2, sign_in_pb2_grpc

from service_kit.errors import FieldViolation, InvalidArgument
from service_kit.times import to_timestamp
from service_kit.tokens import Signer
from service_kit.types import Context
from user_server.sign_in_store import Clock, Code, Session, SignInStore, session_ended, utc_now

RolesOf = Callable[[str], Awaitable[frozenset[str] | None]]
"""The roles of the customer with this lower-case e-mail; None where there is no such customer."""

DEFAULT_AUDIENCE = "orchestrator"
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")
CODE = re.compile(r"[0-9]{6}")
AUDIENCE = re.compile(r"[a-z_]{1,32}")
LONGEST_REFRESH_TOKEN = 200


class Courier(Protocol):
    """Brings a code to its owner."""

    def put(self, email: str, code: Code) -> None:
        """Delivers `code`; called beside the event loop's thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessTokens:
    """Signs access tokens of one `lifetime`."""

    signer: Signer
    lifetime: timedelta
    clock: Clock = utc_now

    def sign(self, email: str, roles: frozenset[str], audience: str) -> tuple[str, datetime]:
        """A token, and when it expires (in whole seconds, never later than the token itself)."""
        expires_at = (self.clock() + self.lifetime).replace(microsecond=0)
        return self.signer.sign(subject=email, audience=audience, lifetime=self.lifetime, roles=roles), expires_at


class SignInServicer(sign_in_pb2_grpc.SignInServiceServicer):
    """Issues and ends the tokens of users."""

    def __init__(self, store: SignInStore, roles_of: RolesOf, courier: Courier, tokens: AccessTokens) -> None:
        self._store = store
        self._roles_of = roles_of
        self._courier = courier
        self._access_tokens = tokens

    async def RequestCode(
        self, request: sign_in_pb2.RequestCodeRequest, context: Context
    ) -> sign_in_pb2.RequestCodeResponse:
        """Sends a code where the e-mail is a customer's, and answers the same where it is not."""
        email = _email(request.email)
        _refuse(_email_fault(email))
        is_customer = await self._roles_of(email) is not None
        code = await self._store.new_code(email, is_customer=is_customer)
        if is_customer:
            await asyncio.to_thread(self._courier.put, email, code)
        return sign_in_pb2.RequestCodeResponse(expires_at=to_timestamp(code.expires_at))

    async def RedeemCode(
        self, request: sign_in_pb2.RedeemCodeRequest, context: Context
    ) -> sign_in_pb2.RedeemCodeResponse:
        """Exchanges the code for the tokens of a new session."""
        email, digits = _email(request.email), request.code.strip()
        _refuse(_email_fault(email), _code_fault(digits), _audience_fault(request.audience))
        session = await self._store.redeem(email, digits)
        return sign_in_pb2.RedeemCodeResponse(tokens=await self._tokens(session, request.audience))

    async def RefreshToken(
        self, request: sign_in_pb2.RefreshTokenRequest, context: Context
    ) -> sign_in_pb2.RefreshTokenResponse:
        """Exchanges the refresh token for new tokens."""
        _refuse(_refresh_token_fault(request.refresh_token), _audience_fault(request.audience))
        session = await self._store.refresh(request.refresh_token)
        return sign_in_pb2.RefreshTokenResponse(tokens=await self._tokens(session, request.audience))

    async def SignOut(self, request: sign_in_pb2.SignOutRequest, context: Context) -> sign_in_pb2.SignOutResponse:
        """Ends the session; repeating it changes nothing."""
        _refuse(_refresh_token_fault(request.refresh_token))
        await self._store.end(request.refresh_token)
        return sign_in_pb2.SignOutResponse()

    async def _tokens(self, session: Session, audience: str) -> sign_in_pb2.Tokens:
        """The tokens of `session` with the roles of now; who is no customer any more is signed out."""
        roles = await self._roles_of(session.email)
        if roles is None:
            await self._store.end(session.refresh_token)
            raise session_ended()
        token, expires_at = self._access_tokens.sign(session.email, roles, audience or DEFAULT_AUDIENCE)
        return sign_in_pb2.Tokens(
            access_token=token,
            expires_at=to_timestamp(expires_at),
            refresh_token=session.refresh_token,
            email=session.email,
        )


def _email(text: str) -> str:
    return text.strip().lower()


def _email_fault(email: str) -> FieldViolation | None:
    if EMAIL.fullmatch(email) and email.isprintable():
        return None
    return FieldViolation(field="email", description="is no e-mail, for instance 'anna@example.com'")


def _code_fault(digits: str) -> FieldViolation | None:
    return None if CODE.fullmatch(digits) else FieldViolation(field="code", description="is not six digits")


def _audience_fault(audience: str) -> FieldViolation | None:
    if not audience or AUDIENCE.fullmatch(audience):
        return None
    return FieldViolation(field="audience", description="is no server's name, for instance 'order'")


def _refresh_token_fault(token: str) -> FieldViolation | None:
    if 0 < len(token) <= LONGEST_REFRESH_TOKEN:
        return None
    return FieldViolation(field="refresh_token", description="is not the refresh token that was issued last")


def _refuse(*faults: FieldViolation | None) -> None:
    violations = [fault for fault in faults if fault is not None]
    if violations:
        said = "; ".join(f"{v.field} {v.description}" for v in violations)
        raise InvalidArgument("INVALID_REQUEST", f"The request is not valid: {said}.", violations)
