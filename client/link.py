"""One connected stream: it opens, carries messages both ways, keeps its credentials fresh, and breaks.

Putting a broken stream together again is the session's work, not this file's.
"""

import asyncio
import contextlib
from typing import TYPE_CHECKING

import grpc
from llm_orchestrator.orchestrator.v1 import chat_pb2

from client.credentials import Credentials
from client.errors import ClientError
from client.rpc import DEADLINE, bearer

_SHORTEST_PAUSE = 1.0

if TYPE_CHECKING:  # the class takes parameters only in the stubs
    ChatMethod = grpc.aio.StreamStreamMultiCallable[chat_pb2.ChatRequest, chat_pb2.ChatResponse]


class LinkBroken(Exception):
    """The stream ended though nobody asked; carries gRPC's error where there is one."""

    def __init__(self, error: grpc.aio.AioRpcError | None = None) -> None:
        super().__init__(str(error))
        self.error = error


class Link:
    """A stream. `opened` is what the server said at its start; `token` is what the stream speaks with."""

    def __init__(self, method: "ChatMethod", credentials: Credentials, token: str) -> None:
        self.opened = chat_pb2.Opened()
        self.token = token
        self._call = method(metadata=bearer(token))
        self._credentials = credentials
        self._writing = asyncio.Lock()
        self._arrived: asyncio.Queue[chat_pb2.ChatResponse | Exception] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def is_open(self) -> bool:
        """Whether the server has answered; a stream that broke later still counts until somebody notices."""
        return bool(self._tasks)

    async def open(self, request: chat_pb2.Open) -> None:
        """Says with which conversation to go on, and waits for the server's word. Raises LinkBroken."""
        try:
            async with asyncio.timeout(DEADLINE):
                with contextlib.suppress(LinkBroken):
                    await self.send(chat_pb2.ChatRequest(open=request))
                self.opened = (await self._read()).opened
        except TimeoutError as error:
            raise LinkBroken from error
        self._tasks = [asyncio.create_task(self._pump()), asyncio.create_task(self._keep_fresh())]

    async def send(self, request: chat_pb2.ChatRequest) -> None:
        """Sends a message. Raises LinkBroken."""
        async with self._writing:
            try:
                await self._call.write(request)
            except grpc.aio.AioRpcError as error:
                raise LinkBroken(_told(error)) from error
            except asyncio.InvalidStateError as error:  # the call has ended; reading tells why
                raise LinkBroken from error

    async def receive(self) -> chat_pb2.ChatResponse:
        """Waits for the next event. Raises LinkBroken, or a ClientError when fresh credentials cannot be had."""
        item = await self._arrived.get()
        if isinstance(item, Exception):
            self._arrived.put_nowait(item)  # whoever asks again is told again
            raise item
        return item

    def receive_ready(self) -> chat_pb2.ChatResponse | None:
        """Hands out an event that has come already; nothing otherwise. Never raises."""
        if self._arrived.empty():
            return None
        item = self._arrived.get_nowait()
        if isinstance(item, Exception):
            self._arrived.put_nowait(item)
            return None
        return item

    async def close(self) -> None:
        """Ends the stream."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._call.cancel()

    async def _read(self) -> chat_pb2.ChatResponse:
        try:
            response = await self._call.read()
        except grpc.aio.AioRpcError as error:
            raise LinkBroken(_told(error)) from error
        if not isinstance(response, chat_pb2.ChatResponse):  # grpc.aio.EOF
            raise LinkBroken
        return response

    async def _pump(self) -> None:
        try:
            while True:
                response = await self._read()
                if response.HasField("credentials_needed"):
                    await self._replace_token()
                else:
                    self._arrived.put_nowait(response)
        except (LinkBroken, ClientError) as error:
            self._arrived.put_nowait(error)

    async def _keep_fresh(self) -> None:
        """Sends a fresh token before the old one ends. What fails here is met again when the server asks."""
        while True:
            with contextlib.suppress(LinkBroken, ClientError):
                await asyncio.sleep(max(_SHORTEST_PAUSE, self._credentials.seconds_left()))
                if await self._credentials.token() != self.token:
                    await self._replace_token()
                continue
            await asyncio.sleep(DEADLINE)

    async def _replace_token(self) -> None:
        self.token = await self._credentials.replace(self.token)
        await self.send(chat_pb2.ChatRequest(credentials=chat_pb2.Credentials(token=self.token)))


def _told(error: grpc.aio.AioRpcError) -> grpc.aio.AioRpcError | None:
    """What the server said; nothing where gRPC itself says that it could not write to a stream that was gone."""
    is_local = error.code() is grpc.StatusCode.INTERNAL and error.details() == "Internal error from Core"
    return None if is_local else error
