"""Part of load.py: the floor, a grpc.aio server that does nothing but answer, and its client."""

import asyncio
import time
from collections.abc import AsyncIterator
from multiprocessing.connection import Connection
from typing import Any

import grpc

from benchmarks.load_streams import OWN_CONNECTION

METHOD = "/load.Echo/Chat"


def serve(pipe: Connection, answers: int, size: int) -> None:
    """Sends `answers` messages of `size` bytes for each that comes; tells its port, serves until anything is said."""
    asyncio.run(_serve(pipe, answers, size))


async def _serve(pipe: Connection, answers: int, size: int) -> None:
    content = b"x" * size

    async def chat(requests: AsyncIterator[bytes], _: Any) -> AsyncIterator[bytes]:
        async for _request in requests:
            for _number in range(answers):
                yield content

    class Echo(grpc.GenericRpcHandler):
        def service(self, details: grpc.HandlerCallDetails) -> Any:
            return grpc.stream_stream_rpc_method_handler(chat) if details.method == METHOD else None

    server = grpc.aio.server()
    server.add_generic_rpc_handlers((Echo(),))
    pipe.send(server.add_insecure_port("127.0.0.1:0"))
    await server.start()
    await asyncio.to_thread(pipe.recv)
    await server.stop(0)


class EchoStream:
    """A stream of the floor; takes turns as a chat stream does."""

    def __init__(self, address: str, answers: int) -> None:
        self._channel = grpc.aio.insecure_channel(address, options=OWN_CONNECTION)
        self._answers = answers
        self._turn = asyncio.Lock()
        self._call: Any = self._channel.stream_stream(METHOD)()

    async def turn(self) -> float:
        """One message up, all its answers down; seconds."""
        begin = time.perf_counter()
        async with self._turn:
            await self._call.write(b"Where is my order?")
            for _ in range(self._answers):
                await self._call.read()
        return time.perf_counter() - begin

    async def close(self) -> None:
        """Ends the stream."""
        await self._call.done_writing()
        await self._call.read()
        await self._channel.close()
