"""A conversation: one turn after another over a stream that may break, as an iterator of events.

Rules: an event with a number is given out once, whatever is replayed. After a break the stream is opened again with the
last number seen; the last message is sent again, under the same turn id, once the replay has been heard and the turn is
neither over nor still running. Pieces of a reply that was joined half-way are held back until they are whole.
"""

import asyncio
import contextlib
import time
import uuid
from collections.abc import AsyncIterator, Iterable
from typing import TYPE_CHECKING

import grpc
from llm_orchestrator.orchestrator.v1 import chat_pb2

from client.credentials import Credentials
from client.errors import ClientError
from client.events import LinkLost
from client.link import Link, LinkBroken
from client.outage import Outage, Patience
from client.rpc import DEADLINE, explain, unreachable

if TYPE_CHECKING:
    from llm_orchestrator.orchestrator.v1 import chat_pb2_grpc

_PASSING = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED}
_CANCEL_WAIT = 2.0
_AT_FIRST = Patience(total=0.5, first=0.1)


class Session:
    """Talks in one conversation; an empty id starts a new one. Every method may raise ClientError."""

    def __init__(
        self,
        stub: "chat_pb2_grpc.ChatServiceAsyncStub",
        credentials: Credentials,
        *,
        address: str,
        conversation_id: str = "",
        patience: Patience | None = None,
    ) -> None:
        self.opened = chat_pb2.Opened(conversation_id=conversation_id)
        self._stub = stub
        self._credentials = credentials
        self._address = address
        self._patience = patience or Patience()
        self._link: Link | None = None
        self._is_new = not conversation_id
        self._last_seen = 0
        self._turn_id = ""
        self._elsewhere: list[chat_pb2.ChatResponse] = []
        self._is_cancelling = False
        self._is_joined_half_way = False

    async def open(self) -> chat_pb2.Opened:
        """Connects. The first time is not tried for long: whoever starts wants to know."""
        outage = Outage(_AT_FIRST)
        while True:
            try:
                await self._linked()
                return self.opened
            except LinkBroken as broken:
                await self._recover(broken, outage)

    async def replay(self) -> AsyncIterator[chat_pb2.ChatResponse]:
        """Goes through what was stored before the stream was opened. Stops early when nothing comes for 10 s."""
        with contextlib.suppress(LinkBroken):
            link = await self._linked()
            while self._last_seen < link.opened.last_event:
                try:
                    async with asyncio.timeout(DEADLINE):
                        response = await link.receive()
                except TimeoutError:
                    link.opened.last_event = self._last_seen
                    return
                if self._is_news(response):
                    yield response

    def say(self, text: str) -> AsyncIterator[chat_pb2.ChatResponse | LinkLost]:
        """Says something and goes through the events until the turn is over."""
        self._turn_id = str(uuid.uuid4())
        said = chat_pb2.UserMessage(turn_id=self._turn_id, text=text)
        return self._turn(chat_pb2.ChatRequest(user_message=said))

    def decide(
        self, plan_id: str, *, approved: bool, only: Iterable[tuple[str, int]] = ()
    ) -> AsyncIterator[chat_pb2.ChatResponse | LinkLost]:
        """Answers a request for approval and goes through the events until the turn is over.

        `only` names the effects that a yes is for, each by its step and index; none means all of them.
        """
        self._turn_id = str(uuid.uuid4())
        approval = chat_pb2.Approval(turn_id=self._turn_id, plan_id=plan_id, approved=approved)
        approval.only.extend(chat_pb2.EffectRef(step_id=step_id, index=index) for step_id, index in only)
        return self._turn(chat_pb2.ChatRequest(approval=approval))

    async def cancel(self) -> bool:
        """Asks the server to stop the running turn. False where the server cannot be told now."""
        self._is_cancelling = True
        link = self._link
        if not (link and link.is_open):
            return False
        try:
            async with asyncio.timeout(_CANCEL_WAIT):
                await link.send(self._cancel_request())
        except (LinkBroken, TimeoutError):
            return False
        return True

    @property
    def is_linked(self) -> bool:
        """Whether there is a stream just now that carries words."""
        return self._link is not None and self._link.is_open

    @property
    def turn_id(self) -> str:
        """Names the turn that runs, or ran last."""
        return self._turn_id

    def overheard(self) -> list[chat_pb2.ChatResponse]:
        """Hands out what other windows of the conversation did since it was last asked. Never waits."""
        heard, self._elsewhere = self._elsewhere, []
        while self._link and (response := self._link.receive_ready()):
            if self._is_news(response):
                heard.append(response)
        return heard

    async def close(self) -> None:
        """Ends the stream."""
        link, self._link = self._link, None
        if link:
            await link.close()

    async def _turn(self, request: chat_pb2.ChatRequest) -> AsyncIterator[chat_pb2.ChatResponse | LinkLost]:
        self._is_cancelling = self._is_joined_half_way = False
        self._credentials.check()
        outage, told = Outage(self._patience), None
        while True:
            try:
                link = await self._linked()
                if link is not told and self._last_seen >= link.opened.last_event:
                    await self._tell(link, request)
                    told = link
                response = await link.receive()
            except LinkBroken as broken:
                yield LinkLost()
                await self._recover(broken, outage)
                continue
            if not self._is_news(response):
                continue
            outage.ends()
            if response.turn_id != self._turn_id:
                self._elsewhere.append(response)
                continue
            yield response
            if response.HasField("turn_done") or response.HasField("turn_failed"):
                return

    async def _tell(self, link: Link, request: chat_pb2.ChatRequest) -> None:
        """Sends the request, unless its turn is known to be running already."""
        if link.opened.running_turn_id == self._turn_id:
            self._is_joined_half_way = True
        else:
            await link.send(request)
        if self._is_cancelling:
            await link.send(self._cancel_request())

    async def _linked(self) -> Link:
        if self._link and self._link.is_open:
            return self._link
        await self.close()  # what is left of one that was given up while it opened
        self._link = Link(self._stub.Chat, self._credentials, await self._credentials.token())
        await self._link.open(
            chat_pb2.Open(conversation_id=self.opened.conversation_id, last_event_seen=self._last_seen)
        )
        self.opened = self._link.opened
        self._last_seen = min(self._last_seen, self.opened.last_event)  # a deleted conversation begins anew
        return self._link

    async def _recover(self, broken: LinkBroken, outage: Outage) -> None:
        """Pauses before the next try, or raises what the user should know."""
        link, self._link = self._link, None
        if link:
            await link.close()
        code = broken.error.code() if broken.error else grpc.StatusCode.UNAVAILABLE
        if broken.error and code is grpc.StatusCode.UNAUTHENTICATED and link and not outage.was_refused:
            outage.was_refused = True
            await self._credentials.replace(link.token)
            return
        if code is grpc.StatusCode.NOT_FOUND and self._is_new and not self._last_seen and self.opened.conversation_id:
            self.opened = chat_pb2.Opened()  # a server that restarted need not know a conversation without a word in it
            return
        if broken.error and code not in _PASSING:
            raise explain(broken.error, address=self._address) from broken
        pause = outage.lost(time.monotonic())
        if pause is None:
            raise self._given_up(broken) from broken
        await asyncio.sleep(pause)

    def _given_up(self, broken: LinkBroken) -> ClientError:
        error = unreachable(self._address, broken.error)
        return type(error)(f"{error} Nothing is lost: the conversation is kept.") if self._last_seen else error

    def _is_news(self, response: chat_pb2.ChatResponse) -> bool:
        if response.number:
            is_new = response.number > self._last_seen
            self._last_seen = max(self._last_seen, response.number)
            return is_new
        if response.HasField("reply_reset"):
            self._is_joined_half_way = False
        return not (response.HasField("reply_delta") and self._is_joined_half_way)

    def _cancel_request(self) -> chat_pb2.ChatRequest:
        return chat_pb2.ChatRequest(cancel=chat_pb2.Cancel(turn_id=self._turn_id))
