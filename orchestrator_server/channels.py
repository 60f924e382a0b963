"""One gRPC channel to every configured server, made once and shared by discovery and executor."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import grpc

OPTIONS = (
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 1_000),  # a server that comes back is used within seconds
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.max_receive_message_length", 4 * 1024 * 1024),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A configured server: its name (the audience of tokens for it), where it is, which intents it may claim."""

    name: str
    address: str
    may_claim: tuple[str, ...] = ("*",)


Channels = Mapping[str, grpc.aio.Channel]


@asynccontextmanager
async def open_channels(targets: Iterable[Target]) -> AsyncIterator[Channels]:
    """Channels by server name, closed when the block ends."""
    channels = {target.name: grpc.aio.insecure_channel(target.address, options=OPTIONS) for target in targets}
    try:
        yield channels
    finally:
        for channel in channels.values():
            await channel.close(grace=None)
