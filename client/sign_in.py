"""Signing in and out: the door to the sign-in server."""

import time
from dataclasses import dataclass

import grpc
from llm_orchestrator.user.v1 import sign_in_pb2, sign_in_pb2_grpc

from client.rpc import call
from client.token_file import SignedIn

AUDIENCE = "orchestrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingToken:
    """What support gets to act for a customer, and the refresh token of their own session that came with it.

    `acting_for` is whom the token speaks for by the server's word; empty where the server knows nothing of acting.
    """

    acting_for: str
    access_token: str
    refresh_token: str
    obtained_at: float
    expires_at: float


class SignIn:
    """The sign-in service at `address`. Every method raises ClientError."""

    def __init__(self, channel: grpc.aio.Channel, address: str) -> None:
        self._stub = sign_in_pb2_grpc.SignInServiceStub(channel)
        self._address = address

    async def request_code(self, email: str) -> None:
        """Has a one-time code sent to an e-mail; the answer is the same for e-mails that nobody has."""
        request = sign_in_pb2.RequestCodeRequest(email=email)
        await call(self._stub.RequestCode, request, address=self._address)

    async def redeem_code(self, email: str, code: str) -> SignedIn:
        """Exchanges the code for tokens."""
        request = sign_in_pb2.RedeemCodeRequest(email=email, code=code, audience=AUDIENCE)
        response = await call(self._stub.RedeemCode, request, address=self._address)
        return _signed_in(response.tokens)

    async def refresh(self, refresh_token: str) -> SignedIn:
        """Exchanges a refresh token for fresh tokens; the old one ends."""
        request = sign_in_pb2.RefreshTokenRequest(refresh_token=refresh_token, audience=AUDIENCE)
        response = await call(self._stub.RefreshToken, request, address=self._address)
        return _signed_in(response.tokens)

    async def act_for(self, customer: str, refresh_token: str) -> ActingToken:
        """Exchanges a refresh token of support for a token that speaks for a customer; the old refresh token ends."""
        request = sign_in_pb2.RefreshTokenRequest(refresh_token=refresh_token, audience=AUDIENCE, acting_for=customer)
        tokens = (await call(self._stub.RefreshToken, request, address=self._address)).tokens
        return ActingToken(
            acting_for=tokens.acting_for,
            access_token=tokens.access_token,
            refresh_token=tokens.refresh_token,
            obtained_at=time.time(),
            expires_at=_seconds(tokens),
        )

    async def sign_out(self, refresh_token: str) -> None:
        """Ends the session on the server."""
        await call(self._stub.SignOut, sign_in_pb2.SignOutRequest(refresh_token=refresh_token), address=self._address)


def _signed_in(tokens: sign_in_pb2.Tokens) -> SignedIn:
    return SignedIn(
        email=tokens.email,
        access_token=tokens.access_token,
        refresh_token=tokens.refresh_token,
        obtained_at=time.time(),
        expires_at=_seconds(tokens),
    )


def _seconds(tokens: sign_in_pb2.Tokens) -> float:
    return tokens.expires_at.seconds + tokens.expires_at.nanos / 1e9
