"""A server in about twenty lines: health, reflection, capabilities, identity, validation and errors come with it."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from llm_orchestrator.capabilities.v1 import audit_log_pb2_grpc, capabilities_pb2, capabilities_pb2_grpc

from service_kit.access import Gate
from service_kit.audit import Audit
from service_kit.audit_servicer import NAME as AUDIT_LOG_NAME
from service_kit.audit_servicer import AuditLogServicer
from service_kit.capabilities import CapabilitiesServicer
from service_kit.denials import Denials
from service_kit.health import Health, IsReady
from service_kit.interceptor import CallInterceptor
from service_kit.reflection import V1_NAME, V1ALPHA_NAME, add_reflection
from service_kit.settings import ServerSettings
from service_kit.sizes import hard_limits
from service_kit.transport import bind
from service_kit.trust import Trust
from service_kit.verifier import Verifier

log = logging.getLogger(__name__)

CAPABILITIES_NAME = capabilities_pb2.DESCRIPTOR.services_by_name["CapabilitiesService"].full_name
HEALTH_NAME = health_pb2.DESCRIPTOR.services_by_name["Health"].full_name
OPEN_TO_ALL = (HEALTH_NAME, CAPABILITIES_NAME)
REFLECTION = (V1_NAME, V1ALPHA_NAME)


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
    settings: ServerSettings,
    services: Sequence[Service],
    audit: Audit | None = None,
    is_ready: IsReady | None = None,
    once_stopping: Callable[[], None] = lambda: None,
) -> None:
    """Serves until SIGTERM or SIGINT, drains, then lets running calls end within the grace. Raises StartError.

    With `audit` the server records there whom it refuses, and shows the record. While `is_ready` says no, the server
    says NOT_SERVING and serves on. `once_stopping` is called when it begins to stop, before anything is refused.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, stop.set)
    async with started(settings, services, audit, is_ready, once_stopping) as running:
        log.info("serving", extra={"address": running.address})
        await stop.wait()
        log.info("stopping")


@asynccontextmanager
async def started(
    settings: ServerSettings,
    services: Sequence[Service],
    audit: Audit | None = None,
    is_ready: IsReady | None = None,
    once_stopping: Callable[[], None] = lambda: None,
) -> AsyncIterator[Started]:
    """A server for as long as the block runs. Raises StartError without address, trust file or certificate.

    When the block ends, the server is not ready first, so that those who send it calls notice before it refuses them.
    """
    trust = Trust(settings.trust_file, settings.provider)
    trust.check()
    gate = Gate(Verifier(trust, settings.name), _open_names(settings, services))
    denials = Denials(audit) if audit else None
    server = grpc.aio.server(interceptors=[CallInterceptor(settings, gate, denials)], options=_options(settings))
    shown = [_audit_log(settings, audit, denials)] if audit and denials else []
    health = _add_services(server, settings, [*services, *shown])
    port = bind(server, settings.address, settings.tls)
    await server.start()
    try:
        async with health.kept(is_ready):
            yield Started(address=f"{settings.address.rpartition(':')[0]}:{port}", port=port)
    finally:
        health.drain()
        once_stopping()
        await asyncio.sleep(settings.drain_seconds)
        health.end()
        await server.stop(settings.grace_seconds)
        if denials is not None:
            await denials.settle(is_over=True)


def _audit_log(settings: ServerSettings, audit: Audit, denials: Denials) -> Service:
    servicer = AuditLogServicer(settings.name, audit, denials)
    return Service(name=AUDIT_LOG_NAME, add=audit_log_pb2_grpc.add_AuditLogServiceServicer_to_server, servicer=servicer)


def _add_services(server: grpc.aio.Server, settings: ServerSettings, services: Sequence[Service]) -> Health:
    for service in services:
        service.add(service.servicer, server)
    names = [service.name for service in services]
    capabilities_pb2_grpc.add_CapabilitiesServiceServicer_to_server(CapabilitiesServicer(settings.name, names), server)
    health = Health([*names, CAPABILITIES_NAME])
    health_pb2_grpc.add_HealthServicer_to_server(health, server)
    add_reflection(server, [*names, CAPABILITIES_NAME, HEALTH_NAME])
    return health


def _open_names(settings: ServerSettings, services: Sequence[Service]) -> list[str]:
    own = [service.name for service in services if service.is_open]
    return [*OPEN_TO_ALL, *(REFLECTION if settings.is_reflection_open else ()), *own]


def _options(settings: ServerSettings) -> list[tuple[str, int]]:
    """Port reuse is for workers: with it, any two servers bind one port silently and share its traffic.

    A connection that grows old is given up, and its running calls end in peace: clients then look for new replicas.
    """
    age = (
        [("grpc.max_connection_age_ms", int(settings.connection_seconds * 1000))] if settings.connection_seconds else []
    )
    return [("grpc.so_reuseport", int(settings.is_port_shared)), *age, *hard_limits(settings)]
