"""Signing in and out: the door to the sign-in server."""

import time

import grpc
from llm_orchestrator.user.v1 import sign_in_pb2, sign_in_pb2_grpc

from client.rpc import call
from client.token_file import SignedIn

AUDIENCE = "orchestrator"


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

    async def sign_out(self, refresh_token: str) -> None:
        """Ends the session on the server."""
        await call(self._stub.SignOut, sign_in_pb2.SignOutRequest(refresh_token=refresh_token), address=self._address)


def _signed_in(tokens: sign_in_pb2.Tokens) -> SignedIn:
    return SignedIn(
        email=tokens.email,
        access_token=tokens.access_token,
        refresh_token=tokens.refresh_token,
        obtained_at=time.time(),
        expires_at=tokens.expires_at.seconds + tokens.expires_at.nanos / 1e9,
    )
