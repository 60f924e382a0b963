"""Reads what a server sends in answer to one question, message after message."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import grpc

from client.rpc import Request, Response, bearer, explain

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

DEADLINE = 600.0


async def streamed(
    method: "grpc.aio.UnaryStreamMultiCallable[Request, Response]", request: Request, *, address: str, token: str = ""
) -> "AsyncGenerator[Response, None]":
    """Every message, within 10 minutes. Raises a ClientError, also in the middle."""
    call = method(request, metadata=bearer(token), timeout=DEADLINE)
    responses: AsyncIterator[Response] = aiter(call)
    try:
        async for response in responses:
            yield response
    except grpc.aio.AioRpcError as error:
        raise explain(error, address=address) from error
    finally:
        call.cancel()
