"""How the client reaches a server: the channel, a deadline for every call, and errors as sentences."""

from collections.abc import Sequence
from typing import TypeVar, cast

import grpc
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from client.errors import ClientError, NotSignedIn, RequestRefused, ServerUnreachable
from client.settings import is_loopback
from client.text import clean

Request = TypeVar("Request", bound=Message)
Response = TypeVar("Response", bound=Message)

DEADLINE = 10.0
SIGN_IN_HINT = "Sign in with: llm-orchestrator login"

# Reconnecting is paced by the session, so the channel itself comes back fast. Pings keep under the five minutes that
# gRPC servers insist on by default.
_OPTIONS: Sequence[tuple[str, int]] = (
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 1_000),
    ("grpc.max_reconnect_backoff_ms", 1_000),
    ("grpc.keepalive_time_ms", 310_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    ("grpc.use_local_subchannel_pool", 1),
)


def open_channel(address: str) -> grpc.aio.Channel:
    """Opens a channel; it connects with the first call. A proxy is never asked for this very machine."""
    options = [*_OPTIONS, ("grpc.enable_http_proxy", 0 if is_loopback(address) else 1)]
    return grpc.aio.insecure_channel(address, options=options)


async def call(
    method: "grpc.aio.UnaryUnaryMultiCallable[Request, Response]", request: Request, *, address: str, token: str = ""
) -> Response:
    """Makes one call, within 10 s. Raises a ClientError."""
    try:
        return await method(request, metadata=bearer(token), timeout=DEADLINE)
    except grpc.aio.AioRpcError as error:
        raise explain(error, address=address) from error


def bearer(token: str) -> tuple[tuple[str, str], ...]:
    """The metadata that carries a token; empty without one."""
    return (("authorization", f"Bearer {token}"),) if token else ()


def explain(error: grpc.aio.AioRpcError, *, address: str) -> ClientError:
    """Turns an error of gRPC into one of ours, with a sentence that says what to do."""
    words = clean(error.details() or "")
    match error.code():
        case grpc.StatusCode.UNAVAILABLE:
            return unreachable(address)
        case grpc.StatusCode.DEADLINE_EXCEEDED:
            return ServerUnreachable(f"The server at {address} did not answer in time. Try again in a moment.")
        case grpc.StatusCode.UNAUTHENTICATED:
            message = f"The server does not accept your sign-in. {SIGN_IN_HINT}"
            return NotSignedIn(message, reason=reason_of(error), words=words)
        case grpc.StatusCode.UNIMPLEMENTED:
            return RequestRefused(f"The server at {address} does not offer this.", reason="UNIMPLEMENTED")
        case code:
            message = words or f"The server answered with the error {code.name}, without a word."
            return RequestRefused(message, reason=reason_of(error), words=words)


def unreachable(address: str) -> ServerUnreachable:
    """Says that nobody answers, and what to do about it."""
    return ServerUnreachable(
        f"Nothing answers at {address}. Start the servers (make cluster), or say where they are with --address "
        "and --sign-in-address."
    )


def reason_of(error: grpc.aio.AioRpcError) -> str:
    """Reads the reason that the server attached for programs; empty where it attached none."""
    try:
        status = rpc_status.from_call(cast("grpc.Call", error))  # it has the methods that are needed
    except ValueError:  # the attached status contradicts the code: not ours
        return ""
    info = error_details_pb2.ErrorInfo()
    for detail in status.details if status else ():
        if detail.Unpack(info):
            return str(info.reason)
    return ""
