"""Part of load.py: chat streams as a client holds them, each with a conversation and a check of what comes down."""

import asyncio
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field

import grpc
from llm_orchestrator.orchestrator.v1 import chat_pb2, chat_pb2_grpc

from benchmarks.load_cluster import Customer

TURN_SECONDS = 60
OWN_CONNECTION = (("grpc.use_local_subchannel_pool", 1), ("grpc.enable_http_proxy", 0))
BAD = frozenset({"turn_failed", "step_failed", "step_skipped", "approval_requested", "credentials_needed"})
ONCE = ("user_message", "plan_made", "reply", "turn_done")


@dataclass(slots=True, eq=False)
class Stream:
    """One window of `customer` on a connection of its own. `faults` says what went wrong, `events` counts what came."""

    customer: Customer
    channel: grpc.aio.Channel
    last: int = 0
    turns: int = 0
    events: int = 0
    bytes: int = 0
    faults: list[str] = field(default_factory=list)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _call: grpc.aio.StreamStreamCall[chat_pb2.ChatRequest, chat_pb2.ChatResponse] | None = None

    @classmethod
    async def opened(cls, address: str, customer: Customer) -> "Stream":
        """A stream that has said `opened`."""
        stream = cls(customer, grpc.aio.insecure_channel(address, options=OWN_CONNECTION))
        stub = chat_pb2_grpc.ChatServiceStub(stream.channel)
        metadata = (("authorization", f"Bearer {customer.token}"),)
        call = stream._call = stub.Chat(metadata=metadata)
        await call.write(chat_pb2.ChatRequest(open=chat_pb2.Open()))
        first = await call.read()
        if not isinstance(first, chat_pb2.ChatResponse) or not first.HasField("opened"):
            stream.faults.append(f"not opened: {first}")
        return stream

    async def turn(self) -> float:
        """Says something and reads to the end of the turn; seconds, with the wait for the turn before it."""
        begin = time.perf_counter()
        async with self._turn:
            await self._say(self.customer.questions[self.turns % len(self.customer.questions)])
        return time.perf_counter() - begin

    async def _say(self, text: str) -> None:
        assert self._call is not None
        self.turns += 1
        turn_id = uuid.uuid4().hex
        try:
            async with asyncio.timeout(TURN_SECONDS):
                message = chat_pb2.UserMessage(turn_id=turn_id, text=text)
                await self._call.write(chat_pb2.ChatRequest(user_message=message))
                await self._read(turn_id, text)
        except (TimeoutError, grpc.aio.AioRpcError, asyncio.InvalidStateError) as error:
            self.faults.append(f"{text}: {type(error).__name__} {error}")

    async def close(self) -> None:
        """Says goodbye; whatever still comes down is a fault."""
        if self._call is not None:
            try:
                async with asyncio.timeout(TURN_SECONDS):
                    await self._call.done_writing()
                    while (more := await self._call.read()) is not grpc.aio.EOF:
                        self.faults.append(f"came after the end: {more}")
            except (TimeoutError, grpc.aio.AioRpcError, asyncio.InvalidStateError) as error:
                self.faults.append(f"close: {type(error).__name__} {error}")
        await self.channel.close()

    async def _read(self, turn_id: str, text: str) -> None:
        assert self._call is not None
        seen: Counter[str] = Counter()
        while not (seen["turn_done"] or seen["turn_failed"]):
            event = await self._call.read()
            if not isinstance(event, chat_pb2.ChatResponse):
                self.faults.append(f"{text}: the stream ended")
                return
            kind = event.WhichOneof("event") or "nothing"
            seen[kind] += 1
            self.events += 1
            self.bytes += event.ByteSize()
            if event.turn_id != turn_id or kind in BAD:
                self.faults.append(f"{text}: {kind} {event}")
            if event.number:
                if event.number != self.last + 1:
                    self.faults.append(f"{text}: event {event.number} came after {self.last}")
                self.last = event.number
        if any(seen[kind] != 1 for kind in ONCE) or seen["step_started"] != seen["step_finished"]:
            self.faults.append(f"{text}: {dict(seen)}")
