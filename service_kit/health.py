"""What a server says of itself on the standard health service: whether to send it calls, and whether it lives.

Readiness is the overall service (the empty name) and every service by its name; load balancers and clients watch it.
Liveness is a name of its own, for whoever restarts servers: a server that waits for its database, or that lets its last
calls end, must not be killed for it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from service_kit.types import Context

log = logging.getLogger(__name__)

LIVENESS = "liveness"
OVERALL = ""
ASK_SECONDS = 1.0
PATIENCE_SECONDS = 2.0

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
UNKNOWN = health_pb2.HealthCheckResponse.SERVICE_UNKNOWN

IsReady = Callable[[], Awaitable[bool]]
"""Whether what a server stands on (its database) can be had; what it raises means no."""


class Health(health_pb2_grpc.HealthServicer):
    """Answers and shows the health of a server with `services`; not ready until `kept` says so."""

    def __init__(self, services: Iterable[str]) -> None:
        self._readiness = frozenset((OVERALL, *services))
        self._is_ready = False
        self._is_over = False
        self._changed = asyncio.Event()

    async def Check(self, request: health_pb2.HealthCheckRequest, context: Context) -> health_pb2.HealthCheckResponse:
        """The health of a service by name; NOT_FOUND where there is none of that name."""
        if (status := self._status(request.service)) == UNKNOWN:
            await context.abort(grpc.StatusCode.NOT_FOUND, f"There is no service {request.service!r} here.")
        return health_pb2.HealthCheckResponse(status=status)

    async def Watch(
        self, request: health_pb2.HealthCheckRequest, context: Context
    ) -> AsyncIterator[health_pb2.HealthCheckResponse]:
        """The health of a service, now and whenever it changes; the stream ends with the server's last word."""
        told = None
        while True:
            changed = self._changed
            if (status := self._status(request.service)) != told:
                told = status
                yield health_pb2.HealthCheckResponse(status=status)
            if self._is_over:
                return
            await changed.wait()

    @asynccontextmanager
    async def kept(self, is_ready: IsReady | None) -> AsyncIterator[None]:
        """Ready within the block for as long as `is_ready` says so, which is asked every second; without it at once."""
        if is_ready is None:
            self._set(is_ready=True)
            yield
            return
        await self._ask(is_ready)
        asking = asyncio.create_task(self._keep_asking(is_ready))
        try:
            yield
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

    def drain(self) -> None:
        """Not ready from now on."""
        self._set(is_ready=False)

    def end(self) -> None:
        """Ends all streams of `Watch`, which would keep the server from stopping."""
        self._is_over = True
        self._tell()

    async def _keep_asking(self, is_ready: IsReady) -> None:
        while True:
            await asyncio.sleep(ASK_SECONDS)
            await self._ask(is_ready)

    async def _ask(self, is_ready: IsReady) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                self._set(is_ready=await is_ready())
        except Exception as error:  # noqa: BLE001  # whatever keeps it from answering, the server cannot be used
            if self._is_ready:
                log.warning("not ready", extra={"error": type(error).__name__})
            self._set(is_ready=False)

    def _status(self, service: str) -> int:
        if service == LIVENESS:
            return SERVING
        if service not in self._readiness:
            return UNKNOWN
        return SERVING if self._is_ready else NOT_SERVING

    def _set(self, *, is_ready: bool) -> None:
        if is_ready != self._is_ready:
            self._is_ready = is_ready
            self._tell()

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
