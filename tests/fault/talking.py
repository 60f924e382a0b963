"""A client that outlives orchestrators: it opens again with the last event it saw and says the same again.

What it hears is checked as it comes: numbers without a gap, and a number that comes again brings the same event.
"""

import asyncio
import itertools
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import grpc
from llm_orchestrator.orchestrator.v1 import chat_pb2, chat_pb2_grpc

ENDINGS = ("turn_done", "turn_failed")
PAUSE_SECONDS = 0.1
TURN_SECONDS = 120
GOES_AWAY = {
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.CANCELLED,
    grpc.StatusCode.UNKNOWN,
    grpc.StatusCode.INTERNAL,
}
OPTIONS = (("grpc.initial_reconnect_backoff_ms", 50), ("grpc.max_reconnect_backoff_ms", 200))


class Dropped(Exception):
    """The client went away in the middle."""


@dataclass(eq=False, kw_only=True)
class Talker:
    """Talks in one conversation with whichever of `addresses` answers. `heard` are the numbered events, in order."""

    addresses: Sequence[str]
    token: str
    conversation_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    heard: list[chat_pb2.ChatResponse] = field(default_factory=list)
    losses: int = 0
    drops: Callable[[], bool] = lambda: False
    """Asked at each event: does the connection break now?"""

    async def say(self, text: str) -> list[chat_pb2.ChatResponse]:
        """The events of a turn that says `text`, however often the connection breaks."""
        message = chat_pb2.UserMessage(turn_id=uuid.uuid4().hex, text=text)
        return await self.turn(message.turn_id, chat_pb2.ChatRequest(user_message=message))

    async def approve(self, plan_id: str) -> list[chat_pb2.ChatResponse]:
        """The events of a turn that says yes to what waits."""
        approval = chat_pb2.Approval(turn_id=uuid.uuid4().hex, plan_id=plan_id, approved=True)
        return await self.turn(approval.turn_id, chat_pb2.ChatRequest(approval=approval))

    async def turn(self, turn_id: str, request: chat_pb2.ChatRequest) -> list[chat_pb2.ChatResponse]:
        async with asyncio.timeout(TURN_SECONDS):
            for address in self._ways():
                try:
                    await self._listen(address, turn_id, request)
                    break
                except Dropped:
                    self.losses += 1
                except grpc.aio.AioRpcError as error:
                    if error.code() not in GOES_AWAY:
                        raise
                    self.losses += 1
                    await asyncio.sleep(PAUSE_SECONDS)
        return [event for event in self.heard if event.turn_id == turn_id]

    @property
    def last(self) -> int:
        """The number of the last event that was heard."""
        return len(self.heard)

    def _ways(self) -> Iterator[str]:
        """Where to ask, one after the other, first where it was asked last."""
        return itertools.islice(itertools.cycle(self.addresses), self.losses % len(self.addresses), None)

    async def _listen(self, address: str, turn_id: str, request: chat_pb2.ChatRequest) -> None:
        """Opens a stream, says it and hears the turn to its end."""
        async with grpc.aio.insecure_channel(address, options=OPTIONS) as channel:
            call = chat_pb2_grpc.ChatServiceStub(channel).Chat(
                metadata=(("authorization", f"Bearer {self.token}"),), timeout=TURN_SECONDS
            )
            opening = chat_pb2.Open(conversation_id=self.conversation_id, last_event_seen=self.last)
            await call.write(chat_pb2.ChatRequest(open=opening))
            await call.write(request)
            while not self._has_ended(turn_id):
                event = await call.read()
                if event is grpc.aio.EOF:
                    raise Dropped(await call.code())
                self._hear(event)
                if self.drops():
                    raise Dropped("on purpose")
            call.cancel()

    def _hear(self, event: chat_pb2.ChatResponse) -> None:
        if event.number == 0:
            return
        if event.number <= self.last:
            assert event == self.heard[event.number - 1], f"event {event.number} came again and is another one"
            return
        assert event.number == self.last + 1, f"event {event.number} followed {self.last}"
        self.heard.append(event)

    def _has_ended(self, turn_id: str) -> bool:
        return any(event.turn_id == turn_id and event.WhichOneof("event") in ENDINGS for event in reversed(self.heard))
