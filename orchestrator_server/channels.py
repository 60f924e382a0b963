"""One gRPC channel to every configured server, shared by discovery and executor."""

import asyncio
import logging
from collections.abc import AsyncIterator, Hashable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import grpc

from service_kit.certificates import stamp
from service_kit.errors import StartError
from service_kit.settings import NO_TLS, TlsSettings
from service_kit.transport import Options, balanced, open_channel

log = logging.getLogger(__name__)

ASKING = (
    "llm_orchestrator.capabilities.v1.CapabilitiesService",
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
)
"""What gRPC itself may try again. Intents never: the executor alone knows which effects may be repeated."""
OPTIONS: Options = (
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 1_000),  # a server that comes back is used within seconds
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.max_receive_message_length", 4 * 1024 * 1024),
    *balanced(retried=ASKING),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A configured server: its name (the audience of tokens for it), where it is, which intents it may claim."""

    name: str
    address: str
    may_claim: tuple[str, ...] = ("*",)
    tls: TlsSettings = NO_TLS


Channels = Mapping[str, grpc.aio.Channel]


@asynccontextmanager
async def open_channels(targets: Iterable[Target]) -> AsyncIterator[Channels]:
    """Channels by server name, closed when the block ends. Raises StartError where one cannot be secured.

    When the files behind its TLS have changed, the next look at a channel finds a new one.
    """
    channels = _Channels({target.name: _Renewed(target) for target in targets})
    try:
        yield channels
    finally:
        await channels.close()


class _Channels(Mapping[str, grpc.aio.Channel]):
    def __init__(self, renewed: Mapping[str, "_Renewed"]) -> None:
        self._renewed = renewed

    def __getitem__(self, name: str) -> grpc.aio.Channel:
        return self._renewed[name].channel()

    def __iter__(self) -> Iterator[str]:
        return iter(self._renewed)

    def __len__(self) -> int:
        return len(self._renewed)

    async def close(self) -> None:
        for each in self._renewed.values():
            await each.close()


class _Renewed:
    """The channel to one server. The one before it stays open until the next change: somebody may still call there."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._stamp: Hashable = stamp(target.tls)
        self._newest_last = [open_channel(target.address, target.tls, OPTIONS)]
        self._closing: set[asyncio.Task[None]] = set()

    def channel(self) -> grpc.aio.Channel:
        """The newest; the last good one while the files cannot be read."""
        if (now := stamp(self._target.tls)) != self._stamp:
            self._stamp = now
            self._renew()
        return self._newest_last[-1]

    async def close(self) -> None:
        for channel in self._newest_last:
            await channel.close(grace=None)
        await asyncio.gather(*self._closing)

    def _renew(self) -> None:
        try:
            self._newest_last.append(open_channel(self._target.address, self._target.tls, OPTIONS))
        except StartError as error:
            log.warning("certificate not renewed", extra={"target": self._target.name, "error": str(error)})
            return
        log.info("certificate renewed", extra={"target": self._target.name})
        if len(self._newest_last) > 2:
            task = asyncio.create_task(self._newest_last.pop(0).close(grace=None))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)
