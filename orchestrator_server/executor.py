"""Makes one call: a message from values, a token for one server, a deadline, retries where they are safe."""

import asyncio
import itertools
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import grpc
from google.protobuf.message import DecodeError, Message

from orchestrator_server.catalogue import Catalogue, Intent, Offer
from orchestrator_server.channels import Channels
from orchestrator_server.json_message import read_message
from orchestrator_server.json_scalars import JsonMessageError
from orchestrator_server.plan import Call, Outcome, OutcomeStatus, StoredResponse
from orchestrator_server.transcode import transcode
from service_kit.caller import Caller
from service_kit.idempotency import KEY_HEADER
from service_kit.status import RemoteError, from_rpc_error
from service_kit.tokens import Mandate, Signer

TOKEN_LIFETIME = timedelta(seconds=60)
TRIES = 3
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 1.0
MAYBE_HAPPENED = frozenset(
    {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED, grpc.StatusCode.UNKNOWN}
)
BROKE = frozenset({grpc.StatusCode.INTERNAL, grpc.StatusCode.DATA_LOSS})
TRY_AGAIN = frozenset({grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.ABORTED})
NEVER_LEFT = ("connections to all backends failing", "failed to connect to all addresses", "errors resolving ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Executor:
    """Calls servers on behalf of a caller. `call_seconds` is the deadline of one try.

    `doubt_seconds` is how long a server is asked again about an effect that may have happened, where a key keeps it
    from happening twice.
    """

    channels: Channels
    signer: Signer
    call_seconds: float
    doubt_seconds: float

    async def call(
        self,
        call: Call,
        offers: Sequence[Offer],
        caller: Caller,
        catalogue: Catalogue,
        left: Callable[[Offer], Any],
        *,
        is_in_doubt: bool = False,
    ) -> Outcome:
        """What became of `call`, asked of the first of `offers` that answers.

        An effect goes to another server only when it surely never left for the one before. `left(offer)` is awaited
        before a request goes out. `is_in_doubt`: the call may have been made before.
        """
        intent = catalogue.intents[call.step.intent]
        outcome = _unserved(call, intent)
        for offer in offers:
            await left(offer)
            outcome, may_go_on = await self._ask(call, offer, intent, caller, catalogue, is_in_doubt)
            if not may_go_on:
                break
        return outcome

    async def _ask(
        self, call: Call, offer: Offer, intent: Intent, caller: Caller, catalogue: Catalogue, is_in_doubt: bool
    ) -> tuple[Outcome, bool]:
        """The outcome at one server, and whether the next one may be asked."""
        started = time.perf_counter()
        try:
            request = _request(call, offer, intent, caller, catalogue)
            content = await self._try(call, offer, caller, request, is_in_doubt)
            response = catalogue.message_class(offer.response_type).FromString(content)
        except JsonMessageError as error:
            return _failed(call, offer, "ARGUMENTS_DO_NOT_FIT", f"The arguments do not fit: {error}"), False
        except DecodeError:
            return _unreadable(call, offer), False
        except grpc.aio.AioRpcError as error:
            return _told(call, offer, from_rpc_error(error), _never_left(error, self.channels[offer.server]))
        canonical = transcode(response, catalogue.message_class(intent.response_type))
        outcome = Outcome(
            step_id=call.step.id,
            index=call.index,
            status=OutcomeStatus.SUCCEEDED,
            server=offer.server,
            is_modern=offer.is_modern,
            arguments=call.arguments,
            response=StoredResponse(
                content=canonical.SerializeToString(),
                type_name=intent.response_type,
                catalogue_etag=catalogue.etag,
            ),
            elapsed=timedelta(seconds=time.perf_counter() - started),
        )
        return outcome, False

    async def _try(self, call: Call, offer: Offer, caller: Caller, request: Message, was_in_doubt: bool) -> bytes:
        """The response as it came: a response that cannot be read must not look like a call that failed."""
        rpc: grpc.aio.UnaryUnaryMultiCallable[Message, bytes] = self.channels[offer.server].unary_unary(
            offer.method, request_serializer=type(request).SerializeToString
        )
        doubt: grpc.aio.AioRpcError | None = None
        started = time.monotonic()
        for tried in itertools.count(1):
            try:
                return await rpc(request, timeout=self.call_seconds, metadata=self._metadata(call, offer, caller))
            except grpc.aio.AioRpcError as error:
                # once a try may have arrived, a later refusal to connect does not undo it
                doubt = doubt or (None if _never_left(error, self.channels[offer.server]) else error)
                is_in_doubt = call.has_effect and (was_in_doubt or doubt is not None)
                is_over = time.monotonic() - started > self.doubt_seconds if is_in_doubt else tried >= TRIES
                if is_over or not _may_try_again(call, offer, error):
                    raise (doubt or error) from None
            await asyncio.sleep(_pause(tried))
        raise AssertionError("the last try returns or raises")

    def _metadata(self, call: Call, offer: Offer, caller: Caller) -> tuple[tuple[str, str], ...]:
        """A token that only this server accepts, for this intent and a minute; the key of an effect."""
        token = self.signer.sign(
            subject=caller.email,
            audience=offer.server,
            lifetime=TOKEN_LIFETIME,
            roles=caller.roles,
            actor=self.signer.issuer,
            agent=caller.agent,
            mandate=Mandate(
                scope=call.step.intent,
                turn_id=caller.turn_id,
                plan_id=call.key.partition("/")[0],
                step_id=call.step.id,
            ),
        )
        key = ((KEY_HEADER, call.key),) if call.has_effect else ()
        return (("authorization", f"Bearer {token}"), *key)


def _request(call: Call, offer: Offer, intent: Intent, caller: Caller, catalogue: Catalogue) -> Message:
    bound = {parameter.name: caller.email for parameter in intent.parameters if parameter.is_subject}
    return read_message({**call.arguments, **bound}, catalogue.message_class(offer.request_type))


def _may_repeat(call: Call, offer: Offer) -> bool:
    return not call.has_effect or offer.honours_key or offer.is_idempotent


def _may_try_again(call: Call, offer: Offer, error: grpc.aio.AioRpcError) -> bool:
    """Only what cannot happen twice is tried again; an effect with a key also after an answer that got lost."""
    if not _may_repeat(call, offer):
        return False
    return error.code() in TRY_AGAIN or (call.has_effect and error.code() in MAYBE_HAPPENED)


def _pause(tried: int) -> float:
    """Seconds before the next try: they double, are bounded and jittered."""
    longest: float = min(FIRST_PAUSE_SECONDS * 2.0**tried, LONGEST_PAUSE_SECONDS)
    return longest * random.uniform(0.5, 1)  # noqa: S311  # jitter only


def _never_left(error: grpc.aio.AioRpcError, channel: grpc.aio.Channel) -> bool:
    """gRPC's own words for a call that found no connection, on a channel that has none; anything else may have arrived.

    A server that answers with these words, its own downstream being gone, has a connection.
    """
    is_connected = channel.get_state() is grpc.ChannelConnectivity.READY
    is_refused = error.code() is grpc.StatusCode.UNAVAILABLE and (error.details() or "").startswith(NEVER_LEFT)
    return is_refused and not is_connected


def _told(call: Call, offer: Offer, error: RemoteError, never_left: bool) -> tuple[Outcome, bool]:
    """A failed call as an outcome, and whether another server may be asked."""
    if never_left or (not call.has_effect and error.code in MAYBE_HAPPENED):
        message = f"The {offer.server} service does not answer right now; please try again later."
        return _failed(call, offer, "SERVER_UNAVAILABLE", message), True
    if call.has_effect and (error.code in MAYBE_HAPPENED | BROKE or _is_ours(error)):
        message = f"The {offer.server} service did not answer in time."
        return _ended(call, offer, OutcomeStatus.UNKNOWN, "OUTCOME_UNKNOWN", message), False
    return _failed(call, offer, error.reason, error.message), False


def _is_ours(error: RemoteError) -> bool:
    """Did gRPC refuse what the server answered, because it is too large? The server has done its work by then."""
    return error.code is grpc.StatusCode.RESOURCE_EXHAUSTED and error.reason == error.code.name


def _unreadable(call: Call, offer: Offer) -> Outcome:
    """The server did what it was asked for, and what it says of it does not fit its contract."""
    message = f"The {offer.server} service answered something that cannot be read."
    if call.has_effect:
        return _ended(call, offer, OutcomeStatus.UNKNOWN, "OUTCOME_UNKNOWN", message)
    return _failed(call, offer, "RESPONSE_UNREADABLE", message)


def _failed(call: Call, offer: Offer, reason: str, message: str) -> Outcome:
    return _ended(call, offer, OutcomeStatus.FAILED, reason, message)


def _ended(call: Call, offer: Offer, status: OutcomeStatus, reason: str, message: str) -> Outcome:
    return Outcome(
        step_id=call.step.id,
        index=call.index,
        status=status,
        server=offer.server,
        is_modern=offer.is_modern,
        reason=reason,
        message=message,
        arguments=call.arguments,
    )


def _unserved(call: Call, intent: Intent) -> Outcome:
    names = " or ".join(offer.server for offer in intent.offers)
    return Outcome(
        step_id=call.step.id,
        index=call.index,
        status=OutcomeStatus.FAILED,
        reason="SERVER_UNAVAILABLE",
        message=f"The {names} service does not answer right now; please try again later.",
        arguments=call.arguments,
    )
