"""What happens around every call, in this order: log, translate errors, admit, decode, bind, validate, time out."""

import asyncio
import inspect
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import grpc
from google.protobuf.message import DecodeError, Message
from grpc_status import rpc_status

from service_kit.access import Gate, action_of
from service_kit.caller import Caller, set_caller
from service_kit.denials import Denials
from service_kit.errors import DeadlineExceeded, InvalidArgument, ServiceError
from service_kit.settings import ServerSettings
from service_kit.sizes import insist_on_metadata, message_too_large
from service_kit.status import to_status
from service_kit.types import Context, Handler
from service_kit.validation import bind_subject, validate

calls = logging.getLogger("calls")


class Unfit:
    """Stands for request bytes that are not let in; `error` says why."""

    def __init__(self, error: ServiceError) -> None:
        self.error = error


class CallInterceptor(grpc.aio.ServerInterceptor):
    """Wraps every handler of a server, so that servicers hold only what is theirs."""

    def __init__(self, settings: ServerSettings, gate: Gate, denials: Denials | None = None) -> None:
        self._settings = settings
        self._gate = gate
        self._denials = denials

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[Handler | None]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Handler | None:
        """The handler of the call, wrapped; none where the method does not exist."""
        handler = await continuation(handler_call_details)
        if handler is None:
            return None
        return _Guarded(self._settings, self._gate, self._denials, handler_call_details.method, handler).handler()


class _Guarded:
    def __init__(
        self, settings: ServerSettings, gate: Gate, denials: Denials | None, method: str, handler: Handler
    ) -> None:
        self._settings = settings
        self._gate = gate
        self._denials = denials
        self._method = method
        self._inner = handler

    def handler(self) -> Handler:
        """The same call shape with everything around it."""
        inner = self._inner
        codec = (_tolerant(inner.request_deserializer, self._settings.max_message_bytes), inner.response_serializer)
        if inner.unary_unary:
            return grpc.unary_unary_rpc_method_handler(self._unary(inner.unary_unary), *codec)
        if inner.stream_unary:
            return grpc.stream_unary_rpc_method_handler(self._unary(inner.stream_unary), *codec)
        if inner.unary_stream:
            return grpc.unary_stream_rpc_method_handler(self._stream(inner.unary_stream), *codec)
        assert inner.stream_stream is not None
        return grpc.stream_stream_rpc_method_handler(self._stream(inner.stream_stream), *codec)

    def _unary(self, behaviour: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def call(request: Any, context: Context) -> Any:
            async with self._around(context) as caller, self._deadline(context):
                return await behaviour(_checked(request, caller), context)

        return call

    def _stream(self, behaviour: Callable[..., Any]) -> Callable[..., Any]:
        """Both styles of streaming: async generators, and coroutines that write to the context."""

        async def generate(request: Any, context: Context) -> AsyncIterator[Any]:
            async with self._around(context) as caller:
                async for response in behaviour(_checked(request, caller), context):
                    yield response

        async def write(request: Any, context: Context) -> None:
            async with self._around(context) as caller:
                await behaviour(_checked(request, caller), context)

        return generate if inspect.isasyncgenfunction(behaviour) else write

    @asynccontextmanager
    async def _around(self, context: Context) -> AsyncIterator[Caller | None]:
        started = time.perf_counter()
        code, reason = grpc.StatusCode.OK, ""
        try:
            set_caller(None, action_of(self._method))
            insist_on_metadata(context.invocation_metadata(), self._settings.max_metadata_bytes)
            caller = await self._gate.admit(self._method, context)
            yield caller
        except ServiceError as error:
            code, reason = error.code, error.reason
            if self._denials is not None and not self._gate.is_open(self._method):
                self._denials.note(error)
            await context.abort_with_status(rpc_status.to_status(to_status(error, self._settings.name)))
        except asyncio.CancelledError:
            code = grpc.StatusCode.CANCELLED
            raise
        except grpc.aio.AbortError:
            code = context.code() or grpc.StatusCode.UNKNOWN
            raise
        except Exception:  # noqa: BLE001  # the last net: logged whole, told as INTERNAL without details
            code, reason = grpc.StatusCode.INTERNAL, "INTERNAL"
            calls.exception("unexpected", extra={"method": self._method})
            hidden = ServiceError(reason, "Something went wrong here; the server's log has the details.")
            await context.abort_with_status(rpc_status.to_status(to_status(hidden, self._settings.name)))
        finally:
            elapsed = round((time.perf_counter() - started) * 1000, 2)
            fields = {"method": self._method, "code": code.name, "reason": reason, "elapsed_ms": elapsed}
            calls.log(_level(self._method), "call", extra=fields)

    @asynccontextmanager
    async def _deadline(self, context: Context) -> AsyncIterator[None]:
        longest = self._settings.call_seconds
        given = context.time_remaining()
        timer = asyncio.timeout(longest if given is None else min(given, longest))
        try:
            async with timer:
                yield
        except TimeoutError as error:
            if not timer.expired():  # the handler's own
                raise
            raise DeadlineExceeded("TOOK_TOO_LONG", "The call took longer than it may.") from error


def _checked(request: Any, caller: Caller | None) -> Any:
    return _check(request, caller) if isinstance(request, (Message, Unfit)) else _checked_each(request, caller)


async def _checked_each(requests: AsyncIterator[Any], caller: Caller | None) -> AsyncIterator[Any]:
    async for request in requests:
        yield _check(request, caller)


def _check(request: Message | Unfit, caller: Caller | None) -> Message:
    if isinstance(request, Unfit):
        raise request.error
    if caller is not None:
        bind_subject(request, caller)
    validate(request)
    return request


def _tolerant(deserializer: Callable[[bytes], Any] | None, longest: int) -> Callable[[bytes], Any] | None:
    """Without it grpc.aio answers undecodable bytes with UNKNOWN and the exception's text."""
    if deserializer is None:
        return None

    def decode(raw: bytes) -> Any:
        if len(raw) > longest:
            return Unfit(message_too_large(len(raw), longest))
        try:
            return deserializer(raw)
        except DecodeError:
            text = "The request's bytes are not a message of the expected type."
            return Unfit(InvalidArgument("REQUEST_UNDECODABLE", text))

    return decode


def _level(method: str) -> int:
    """Probes come every few seconds and say nothing; they are logged at debug level."""
    return logging.DEBUG if method.startswith("/grpc.health.") else logging.INFO
