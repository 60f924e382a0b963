"""One chat stream: what comes up in order, what goes down as it happens."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from llm_orchestrator.orchestrator.v1 import chat_pb2

from orchestrator_server.conversations import Conversations, Listener
from orchestrator_server.draining import drained
from orchestrator_server.event_codec import timestamp
from orchestrator_server.memory import Memory
from orchestrator_server.turn_values import TurnStart
from service_kit.caller import Caller
from service_kit.errors import FieldViolation, InvalidArgument, ResourceExhausted, ServiceError, Unauthenticated
from service_kit.tokens import Verifier

MAX_TEXT = 4_000
MAX_ID = 64
CREDENTIALS_PATIENCE = timedelta(seconds=30)

Requests = AsyncIterator[chat_pb2.ChatRequest]


class ChatStream:
    """The state of one stream: who speaks (as fresh as their last token), in which conversation."""

    def __init__(
        self,
        caller: Caller,
        conversations: Conversations,
        memory: Memory,
        verifier: Verifier,
        make_id: Callable[[], str],
    ) -> None:
        self._caller = caller
        self._conversations = conversations
        self._memory = memory
        self._verifier = verifier
        self._make_id = make_id
        self._conversation_id = ""

    async def run(self, requests: Requests, planner: str) -> AsyncIterator[chat_pb2.ChatResponse]:
        """Everything to send. Raises ServiceError where the conversation itself cannot go on."""
        opened = await _first(requests)
        self._conversation_id = opened.conversation_id or self._make_id()
        last = await self._memory.open_conversation(self._conversation_id, self._caller.email, datetime.now(UTC))
        async with self._conversations.listening(self._conversation_id) as listener:
            yield self._opened(planner, last)
            seen = min(opened.last_event_seen, last)
            for response in await self._stored(seen):
                seen = response.number
                yield response
            async with self._reading(requests, listener) as reader:
                async for response in _sent(listener, reader):
                    if response.number == 0 or response.number > seen:
                        yield response

    @asynccontextmanager
    async def _reading(self, requests: Requests, listener: Listener) -> AsyncIterator[asyncio.Task[None]]:
        reader = asyncio.create_task(self._read(requests, listener))
        try:
            yield reader
        finally:
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)

    async def _read(self, requests: Requests, listener: Listener) -> None:
        """Takes what comes up, one after the other, until the client is done; then lets its last turn end."""
        async for request in requests:
            match request.WhichOneof("message"):
                case "credentials":
                    await self._refresh(request.credentials.token)
                case "cancel":
                    await self._conversations.cancel(self._conversation_id, request.cancel.turn_id)
                case "user_message" | "approval":
                    await self._be_signed_in(requests, listener)
                    await self._submit(request, listener)
                case "open":
                    raise InvalidArgument("ALREADY_OPEN", "The stream is open already; open comes first and once.")
                case _:
                    raise InvalidArgument("EMPTY_MESSAGE", "The message is of no kind; set one of the oneof's fields.")
        await self._conversations.idle(self._conversation_id)

    async def _submit(self, request: chat_pb2.ChatRequest, listener: Listener) -> None:
        start = self._start(request)
        try:
            ahead = await self._conversations.submit(start)
        except ResourceExhausted as error:
            failed = chat_pb2.TurnFailed(reason=error.reason, message=error.message)
            listener.put(chat_pb2.ChatResponse(turn_id=start.turn_id, turn_failed=failed))
            return
        if ahead is None:
            await self._repeat(start.turn_id, listener)
        elif ahead:
            listener.put(chat_pb2.ChatResponse(turn_id=start.turn_id, queued=chat_pb2.Queued(ahead=ahead)))

    async def _repeat(self, turn_id: str, listener: Listener) -> None:
        """A turn that is known: what it said so far is sent again."""
        if await self._memory.turn_conversation(turn_id) != self._conversation_id:
            raise InvalidArgument("TURN_ID_TAKEN", "This turn id belongs to another conversation; make a new one.")
        for response in await self._stored(0):
            if response.turn_id == turn_id:
                listener.put(response)

    def _start(self, request: chat_pb2.ChatRequest) -> TurnStart:
        is_message = request.HasField("user_message")
        turn_id = request.user_message.turn_id if is_message else request.approval.turn_id
        text = request.user_message.text.strip() if is_message else ("Yes." if request.approval.approved else "No.")
        _check_turn(turn_id, text, MAX_TEXT)
        return TurnStart(
            turn_id=turn_id,
            conversation_id=self._conversation_id,
            text=text,
            caller=self._caller,
            now=datetime.now(UTC),
            plan_id=None if is_message else request.approval.plan_id,
            approved=None if is_message else request.approval.approved,
        )

    async def _be_signed_in(self, requests: Requests, listener: Listener) -> None:
        """Asks for a fresh token where the last one has expired; nothing is lost meanwhile."""
        if self._caller.expires_at > datetime.now(UTC):
            return
        until = datetime.now(UTC) + CREDENTIALS_PATIENCE
        needed = chat_pb2.CredentialsNeeded(until=timestamp(until))
        listener.put(chat_pb2.ChatResponse(credentials_needed=needed))
        try:
            async with asyncio.timeout(CREDENTIALS_PATIENCE.total_seconds()):
                request = await anext(requests)
        except (TimeoutError, StopAsyncIteration) as error:
            raise Unauthenticated("TOKEN_EXPIRED", "The token has expired and no fresh one came.") from error
        if request.WhichOneof("message") != "credentials":
            raise Unauthenticated("TOKEN_EXPIRED", "The token has expired; send credentials first.")
        await self._refresh(request.credentials.token)

    async def _refresh(self, token: str) -> None:
        fresh = await self._verifier.verify(token)
        if fresh.email != self._caller.email:
            raise Unauthenticated("TOKEN_SUBJECT", "The fresh token is for somebody else; open another stream.")
        self._caller = fresh

    def _opened(self, planner: str, last: int) -> chat_pb2.ChatResponse:
        opened = chat_pb2.Opened(
            conversation_id=self._conversation_id,
            last_event=last,
            planner=planner,
            email=self._caller.email,
            running_turn_id=self._conversations.running_turn(self._conversation_id),
        )
        return chat_pb2.ChatResponse(opened=opened)

    async def _stored(self, after: int) -> list[chat_pb2.ChatResponse]:
        found = []
        for event in await self._memory.events_after(self._conversation_id, after):
            response = chat_pb2.ChatResponse.FromString(event.content)
            response.number = event.number
            found.append(response)
        return found


async def _first(requests: Requests) -> chat_pb2.Open:
    async for request in requests:
        if not request.HasField("open"):
            break
        if len(request.open.conversation_id) > MAX_ID:
            raise InvalidArgument("CONVERSATION_ID_WRONG", f"A conversation id has at most {MAX_ID} characters.")
        return request.open
    raise InvalidArgument("OPEN_FIRST", "The first message on the stream must be open.")


async def _sent(listener: Listener, reader: asyncio.Task[None]) -> AsyncIterator[chat_pb2.ChatResponse]:
    """What the listener gets, until the reader is done and everything was sent."""
    async for response in drained(listener.queue, reader):
        if listener.is_behind:
            raise ResourceExhausted("TOO_SLOW", "Events came faster than they were read; reconnect to get the rest.")
        yield response
    if error := reader.exception():
        raise error if isinstance(error, ServiceError) else RuntimeError("reading the stream broke") from error


def _check_turn(turn_id: str, text: str, longest: int) -> None:
    violations = []
    if not 0 < len(turn_id) <= MAX_ID:
        violations.append(FieldViolation(field="turn_id", description=f"has 1 to {MAX_ID} characters; a UUID is best"))
    if not 0 < len(text) <= longest:
        violations.append(FieldViolation(field="text", description=f"has 1 to {longest} characters"))
    if violations:
        said = "; ".join(f"{violation.field} {violation.description}" for violation in violations)
        raise InvalidArgument("MESSAGE_WRONG", f"The message cannot be taken: {said}.", violations)
