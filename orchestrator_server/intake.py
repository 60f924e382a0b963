"""What comes up on one stream, taken in order; the credentials that it needs, and its end when nothing happens.

A message that comes when the token has expired is held: the client is asked for a fresh token, and what was held is
served in order once it is there. A cancel needs no token and waits for nothing.
"""

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from llm_orchestrator.orchestrator.v1 import chat_pb2

from orchestrator_server import event_sql, turn_sql
from orchestrator_server.chat_requests import Requests, turn_start
from orchestrator_server.conversations import MAX_WAITING_TURNS, Conversations
from orchestrator_server.event_codec import timestamp
from orchestrator_server.settings import Limits
from orchestrator_server.store import Store
from orchestrator_server.turn_values import TurnStart
from orchestrator_server.windows import Listener, Windows, response_of
from service_kit.caller import Caller
from service_kit.errors import InvalidArgument, ResourceExhausted, Unauthenticated, Unavailable
from service_kit.verifier import Verifier

CREDENTIALS_PATIENCE = timedelta(seconds=30)
RECHECK_SECONDS = 20.0
"""How long an open stream may outlive its session at the most; what is said is checked at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """What a stream leads to, and what is too much. `draining` is set when this instance is about to stop."""

    conversations: Conversations
    windows: Windows
    store: Store
    verifier: Verifier
    limits: Limits
    draining: asyncio.Event = field(default_factory=asyncio.Event)


class Intake:
    """The way up of one stream. `caller` is who speaks, as fresh as their last token."""

    def __init__(self, rooms: Rooms, conversation_id: str, caller: Caller, listener: Listener) -> None:
        self._rooms = rooms
        self._conversation_id = conversation_id
        self._caller = caller
        self._listener = listener
        self._held: list[TurnStart] = []
        self._held_cancels: set[str] = set()
        self._patience = asyncio.timeout(None)
        self._said_at = time.monotonic()

    async def run(self, requests: Requests) -> None:
        """Returns when the client is done and its last turn has ended. Raises ServiceError."""
        # in this order: who reads may have to ask for credentials, and the asking is watched by then
        await _first_to_end(
            self._watch_credentials(), self._watch_silence(), self._watch_leaving(), self._read(requests)
        )

    async def _read(self, requests: Requests) -> None:
        async for request in requests:
            self._said_at = time.monotonic()
            await self._take(request)
        if self._held:
            raise _expired()
        await self._rooms.conversations.idle(self._conversation_id)
        await self._rooms.windows.read_on(self._conversation_id)  # another instance may have worked on the last turn

    async def _take(self, request: chat_pb2.ChatRequest) -> None:
        match request.WhichOneof("message"):
            case "credentials":
                await self._refresh(request.credentials.token)
            case "cancel":
                await self._cancel(request.cancel.turn_id)
            case "user_message" | "approval":
                start = turn_start(request, self._conversation_id, self._caller, self._rooms.limits)
                await self._submit_or_hold(start)
            case "open":
                raise InvalidArgument("ALREADY_OPEN", "The stream is open already; open comes first and once.")
            case _:
                raise InvalidArgument("EMPTY_MESSAGE", "The message is of no kind; set one of the oneof's fields.")

    async def _submit_or_hold(self, start: TurnStart) -> None:
        if not self._held and await self._is_signed_in():
            await self._submit(start)
        elif len(self._held) < MAX_WAITING_TURNS:
            self._held.append(start)
            self._ask()
        else:
            self._tell_failed(
                start, "TOO_MANY_WAITING", "Too many messages wait for fresh credentials; send those first."
            )

    async def _submit(self, start: TurnStart) -> None:
        try:
            ahead = await self._rooms.conversations.submit(replace(start, caller=self._caller))
        except ResourceExhausted as error:
            self._tell_failed(start, error.reason, error.message)
            return
        if ahead is None:
            await self._repeat(start.turn_id)
        elif ahead:
            self._listener.put(chat_pb2.ChatResponse(turn_id=start.turn_id, queued=chat_pb2.Queued(ahead=ahead)))

    def _tell_failed(self, start: TurnStart, reason: str, message: str) -> None:
        failed = chat_pb2.TurnFailed(reason=reason, message=message)
        self._listener.put(chat_pb2.ChatResponse(turn_id=start.turn_id, turn_failed=failed))

    async def _repeat(self, turn_id: str) -> None:
        """A turn that is known: what it said so far is sent again."""
        if await self._rooms.store.read(partial(turn_sql.conversation_of, turn_id)) != self._conversation_id:
            raise InvalidArgument("TURN_ID_TAKEN", "This turn id belongs to another conversation; make a new one.")
        for event in await self._rooms.store.read(partial(event_sql.of_turn, turn_id)):
            self._listener.put(response_of(event))

    async def _cancel(self, turn_id: str) -> None:
        """Stops a turn; one that is held is stopped as soon as it may begin."""
        if any(start.turn_id == turn_id for start in self._held):
            self._held_cancels.add(turn_id)
        else:
            await self._rooms.conversations.cancel(self._conversation_id, turn_id)

    async def _refresh(self, token: str) -> None:
        """Takes a fresh token and serves what was held for it."""
        fresh = await self._rooms.verifier.verify(token)
        if (fresh.email, fresh.agent) != (self._caller.email, self._caller.agent):
            raise Unauthenticated("TOKEN_SUBJECT", "The fresh token is for somebody else; open another stream.")
        self._caller = fresh
        self._patience.reschedule(None)
        held, self._held = self._held, []
        cancelled, self._held_cancels = self._held_cancels, set()
        for start in held:
            await self._submit(start)
            if start.turn_id in cancelled:
                await self._rooms.conversations.cancel(self._conversation_id, start.turn_id)

    async def _is_signed_in(self) -> bool:
        """Has the token not expired yet? Raises Unauthenticated where its session has ended."""
        if self._caller.expires_at <= datetime.now(UTC):
            return False
        await self._rooms.verifier.recheck(self._caller)
        return True

    def _ask(self) -> None:
        """Asks for a fresh token, once."""
        if self._patience.when() is None:
            seconds = CREDENTIALS_PATIENCE.total_seconds()
            self._patience.reschedule(asyncio.get_running_loop().time() + seconds)
            needed = chat_pb2.CredentialsNeeded(until=timestamp(datetime.now(UTC) + CREDENTIALS_PATIENCE))
            self._listener.put(chat_pb2.ChatResponse(credentials_needed=needed))

    async def _watch_credentials(self) -> None:
        """Nobody listens on without a token that counts: it is looked at every now and then, and asked for."""
        try:
            async with self._patience:
                while True:
                    await asyncio.sleep(RECHECK_SECONDS)
                    if not await self._is_signed_in():
                        self._ask()
        except TimeoutError as error:
            raise _expired() from error

    async def _watch_leaving(self) -> None:
        """Ends the stream when this instance is about to stop, once its turn has ended; another one goes on."""
        await self._rooms.draining.wait()
        await self._rooms.conversations.idle(self._conversation_id)
        await self._rooms.windows.read_on(self._conversation_id)
        raise Unavailable(
            "GOING_AWAY", "This server is about to stop; open the stream again to go on with another one."
        )

    async def _watch_silence(self) -> None:
        """Ends the stream when nothing is said and nothing happens for long. A turn that runs is no silence."""
        longest = self._rooms.limits.idle_seconds
        left = longest
        while left > 0:
            await asyncio.sleep(left)
            is_busy = await self._rooms.conversations.running_turn(self._conversation_id)
            left = longest if is_busy else max(self._said_at, self._listener.put_at) + longest - time.monotonic()
        raise idle(longest)


def idle(seconds: float) -> Unavailable:
    """What a stream ends with that was silent for too long."""
    return Unavailable("IDLE", f"Nothing was said for {seconds:g} seconds, so the stream was closed; open it again.")


def _expired() -> Unauthenticated:
    return Unauthenticated("TOKEN_EXPIRED", "The token has expired and no fresh one came; refresh it and open again.")


async def _first_to_end(*coroutines: Coroutine[Any, Any, None]) -> None:
    """Runs them side by side until the first one ends, and raises what that one raised."""
    tasks = [asyncio.create_task(each) for each in coroutines]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
