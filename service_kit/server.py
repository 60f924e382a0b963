"""A server in about twenty lines: health, reflection, capabilities, identity, validation and errors come with it."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from llm_orchestrator.capabilities.v1 import capabilities_pb2, capabilities_pb2_grpc

from service_kit.access import Gate
from service_kit.capabilities import CapabilitiesServicer
from service_kit.errors import StartError
from service_kit.interceptor import CallInterceptor
from service_kit.reflection import V1_NAME, V1ALPHA_NAME, add_reflection
from service_kit.settings import ServerSettings
from service_kit.tokens import Trust, Verifier

log = logging.getLogger(__name__)

CAPABILITIES_NAME = capabilities_pb2.DESCRIPTOR.services_by_name["CapabilitiesService"].full_name
OPEN_TO_ALL = (health.SERVICE_NAME, V1_NAME, V1ALPHA_NAME, CAPABILITIES_NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service to serve: its fully qualified name, the generated function that adds it, and its servicer.

    `is_open` lets calls in without a token.
    """

    name: str
    add: Callable[[Any, grpc.aio.Server], None]
    servicer: object
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A server that runs; `address` is `host:port` as bound."""

    address: str
    port: int


async def serve(
    settings: ServerSettings, services: Sequence[Service], once_bound: Callable[[], Awaitable[None]] | None = None
) -> None:
    """Serves until SIGTERM or SIGINT, then lets running calls end within the grace. Raises StartError.

    `once_bound` is awaited when the address is had and before the first call.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, stop.set)
    async with started(settings, services, once_bound) as running:
        log.info("serving", extra={"address": running.address})
        await stop.wait()
        log.info("stopping")


@asynccontextmanager
async def started(
    settings: ServerSettings, services: Sequence[Service], once_bound: Callable[[], Awaitable[None]] | None = None
) -> AsyncIterator[Started]:
    """A server for as long as the block runs. Raises StartError when address or trust file cannot be had."""
    trust = Trust(settings.trust_file)
    trust.check()
    gate = Gate(Verifier(trust, settings.name), [*OPEN_TO_ALL, *(s.name for s in services if s.is_open)])
    server = grpc.aio.server(interceptors=[CallInterceptor(settings, gate)], options=_options(settings))
    health_servicer = await _add_services(server, settings, services)
    port = _bind(server, settings.address)
    if once_bound is not None:
        await once_bound()
    await server.start()
    try:
        yield Started(address=f"{settings.address.rpartition(':')[0]}:{port}", port=port)
    finally:
        await health_servicer.enter_graceful_shutdown()
        await server.stop(settings.grace_seconds)


async def _add_services(
    server: grpc.aio.Server, settings: ServerSettings, services: Sequence[Service]
) -> health.aio.HealthServicer:
    for service in services:
        service.add(service.servicer, server)
    names = [service.name for service in services]
    capabilities_pb2_grpc.add_CapabilitiesServiceServicer_to_server(CapabilitiesServicer(settings.name, names), server)
    health_servicer = health.aio.HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(health_servicer, server)
    add_reflection(server, [*names, CAPABILITIES_NAME, health.SERVICE_NAME])
    for name in ["", *names, CAPABILITIES_NAME]:
        await health_servicer.set(name, health_pb2.HealthCheckResponse.SERVING)
    return health_servicer


def _options(settings: ServerSettings) -> list[tuple[str, int]]:
    """Port reuse off: with it, two servers bind one port silently and share its traffic."""
    return [
        ("grpc.so_reuseport", 0),
        ("grpc.max_receive_message_length", settings.max_message_bytes),
        ("grpc.max_metadata_size", 16 * 1024),
    ]


def _bind(server: grpc.aio.Server, address: str) -> int:
    try:
        port = server.add_insecure_port(address)
    except RuntimeError:
        port = 0
    if not port:
        raise StartError(f"The address {address} cannot be had; is the port taken? Free it, or set another address.")
    return port
