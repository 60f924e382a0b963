"""A proxy between the orchestrator and a server that does to calls what networks do: delays, cuts, duplicates."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc

STREAMS = frozenset({"ServerReflectionInfo", "Watch"})
"""Go through as they are."""


@dataclass
class Proxy:
    """`delays` are seconds before an answer of a method comes back; `cuts` how many answers are lost after the server
    has done its work; `doubles` how many calls arrive twice. By the last word of the method, each used up one by one.
    """

    address: str = ""
    delays: dict[str, list[float]] = field(default_factory=dict)
    cuts: Counter[str] = field(default_factory=Counter)
    doubles: Counter[str] = field(default_factory=Counter)
    arrived: Counter[str] = field(default_factory=Counter)


class _Forwarder(grpc.GenericRpcHandler):
    def __init__(self, proxy: Proxy, channel: grpc.aio.Channel) -> None:
        self._proxy = proxy
        self._channel = channel

    def service(self, details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler:
        method = details.method

        async def forward(requests: AsyncIterator[bytes], context: Any) -> AsyncIterator[bytes]:
            metadata = [(name, value) for name, value in context.invocation_metadata() if name != "user-agent"]
            async for response in self._forwarded(method, requests, metadata, context):
                yield response

        return grpc.stream_stream_rpc_method_handler(forward)

    async def _forwarded(
        self, method: str, requests: AsyncIterator[bytes], metadata: Any, context: Any
    ) -> AsyncIterator[bytes]:
        name = method.rpartition("/")[2]
        if name in STREAMS:
            call = self._channel.stream_stream(method)(requests, metadata=metadata)
            async for response in call:
                yield response
            return
        request = await anext(requests)
        try:
            for _ in range(1 + (self._proxy.doubles[name] > 0)):
                self._proxy.arrived[name] += 1
                answer = await self._channel.unary_unary(method)(request, metadata=metadata, timeout=10)
            self._proxy.doubles[name] -= self._proxy.doubles[name] > 0
        except grpc.aio.AioRpcError as error:
            context.set_trailing_metadata(error.trailing_metadata() or ())
            await context.abort(error.code(), error.details() or "")
        if delays := self._proxy.delays.get(name):
            await asyncio.sleep(delays.pop(0))
        if self._proxy.cuts[name] > 0:
            self._proxy.cuts[name] -= 1
            await context.abort(grpc.StatusCode.UNAVAILABLE, "connection reset by peer")
        yield answer


@asynccontextmanager
async def proxied(address: str) -> AsyncIterator[Proxy]:
    """A proxy before the server at `address` for as long as the block runs."""
    proxy = Proxy()
    async with grpc.aio.insecure_channel(address) as channel:
        server = grpc.aio.server()
        server.add_generic_rpc_handlers((_Forwarder(proxy, channel),))
        proxy.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
        await server.start()
        try:
            yield proxy
        finally:
            await server.stop(0)
