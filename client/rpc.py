"""How the client reaches a server: the channel, a deadline for every call, and errors as sentences."""

from collections.abc import Sequence
from typing import TypeVar, cast

import grpc
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from client.errors import ClientError, NotAllowed, NotSignedIn, RequestRefused, ServerUnreachable, SettingsFault
from client.text import clean
from client.token_file import SIGN_IN_HINT
from service_kit import transport
from service_kit.errors import StartError
from service_kit.settings import TlsSettings

Request = TypeVar("Request", bound=Message)
Response = TypeVar("Response", bound=Message)

DEADLINE = 10.0

# Reconnecting is paced by the session, so the channel itself comes back fast. Pings keep under the five minutes that
# gRPC servers insist on by default.
_OPTIONS: Sequence[tuple[str, str | int]] = (
    ("grpc.max_receive_message_length", 64 * 1024 * 1024),  # an export sends a whole conversation at once
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 1_000),
    ("grpc.max_reconnect_backoff_ms", 1_000),
    ("grpc.keepalive_time_ms", 310_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    ("grpc.use_local_subchannel_pool", 1),
    *transport.balanced(),
)


def open_channel(address: str, tls: TlsSettings) -> grpc.aio.Channel:
    """Opens a channel, which connects with the first call. Raises SettingsFault where plaintext would go far."""
    try:
        return transport.open_channel(address, tls, _OPTIONS)
    except StartError as error:
        raise SettingsFault(str(error)) from error


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
            return unreachable(address, error)
        case grpc.StatusCode.DEADLINE_EXCEEDED:
            return ServerUnreachable(f"The server at {address} did not answer in time. Try again in a moment.")
        case grpc.StatusCode.UNAUTHENTICATED:
            message = f"The server does not accept your sign-in. {SIGN_IN_HINT}"
            return NotSignedIn(message, reason=reason_of(error), words=words)
        case grpc.StatusCode.UNIMPLEMENTED:
            return RequestRefused(f"The server at {address} does not offer this.", reason="UNIMPLEMENTED")
        case grpc.StatusCode.PERMISSION_DENIED:
            return NotAllowed(words or "You may not do this.", reason=reason_of(error), words=words)
        case code:
            message = words or f"The server answered with the error {code.name}, without a word."
            return RequestRefused(message, reason=reason_of(error), words=words)


def unreachable(address: str, error: grpc.aio.AioRpcError | None = None) -> ServerUnreachable:
    """Says that nobody answers, or nobody who can be trusted, and what to do about it."""
    told = (error.details() or "").lower() if error else ""
    if "certificate_verify_failed" in told or "hostname verification" in told:
        return ServerUnreachable(
            f"The certificate of the server at {address} is not signed by a CA that is trusted here, or is for another "
            "name. Check the address and LLM_ORCHESTRATOR_TLS_AUTHORITIES."
        )
    if "handshake" in told:
        return ServerUnreachable(
            f"The server at {address} does not answer in the same way: one side speaks TLS and the other does not, or "
            "it wants a certificate. Check LLM_ORCHESTRATOR_TLS_AUTHORITIES, _TLS_CERTIFICATE and _TLS_KEY."
        )
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
