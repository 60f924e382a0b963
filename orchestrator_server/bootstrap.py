"""Puts the parts together: the only file that knows every concrete class."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache, partial

from llm_orchestrator.orchestrator.v1 import (
    audit_pb2_grpc,
    chat_pb2_grpc,
    migration_pb2_grpc,
    usage_pb2_grpc,
)

from orchestrator_server.admin_servicers import AuditServicer, MigrationServicer, UsageServicer
from orchestrator_server.audit_collector import AuditCollector
from orchestrator_server.calling import CallRunner
from orchestrator_server.channels import open_channels
from orchestrator_server.contracts import Contracts
from orchestrator_server.conversations import Conversations
from orchestrator_server.discovery import Discovery
from orchestrator_server.executor import Executor
from orchestrator_server.expressions import Expressions
from orchestrator_server.history import History
from orchestrator_server.instance import instance_name
from orchestrator_server.intake import Rooms
from orchestrator_server.journal import Journal
from orchestrator_server.judgement import Judgement
from orchestrator_server.open_streams import OpenStreams
from orchestrator_server.planning import Planning
from orchestrator_server.retention import Retention
from orchestrator_server.rights import Rights
from orchestrator_server.servicer import ChatServicer
from orchestrator_server.settings import OrchestratorSettings, read_settings
from orchestrator_server.store import Store, answers
from orchestrator_server.store_audit import AuditRecords, OwnAudit
from orchestrator_server.store_opening import open_store
from orchestrator_server.thinking import Thinking, make_id, shielded, thinking
from orchestrator_server.turn import Turns
from orchestrator_server.windows import Windows
from service_kit.keyring import Keyring
from service_kit.server import Service, serve
from service_kit.settings import Environment
from service_kit.tokens import Signer
from service_kit.trust import Trust
from service_kit.verifier import Verifier

log = logging.getLogger(__name__)

PACKAGE = "llm_orchestrator.orchestrator.v1"


async def serve_orchestrator(environment: Environment) -> None:
    """Serves until SIGTERM, with everything that the settings say. Raises SettingsError and StartError."""
    settings = read_settings(environment)
    async with AsyncExitStack() as stack:
        thoughts = await stack.enter_async_context(thinking(settings.model, settings.limits, settings.hiding))
        house = await stack.enter_async_context(orchestrator(settings, thoughts))
        await serve(
            settings.server,
            house.services,
            audit=house.audit,
            is_ready=house.is_ready,
            once_stopping=house.draining.set,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What is put together: the services, the record, whether the store answers, and what tells streams to end."""

    services: list[Service]
    audit: OwnAudit
    is_ready: Callable[[], Awaitable[bool]]
    draining: asyncio.Event


@asynccontextmanager
async def orchestrator(
    settings: OrchestratorSettings, thinking: Thinking, wrap: Callable[[Store], Store] = lambda store: store
) -> AsyncIterator[House]:
    """The orchestrator's services, with discovery and memory behind them for as long as the block runs.

    `wrap` puts something around the store.
    """
    async with AsyncExitStack() as stack:
        store = wrap(await stack.enter_async_context(open_store(settings.store)))
        channels = await stack.enter_async_context(open_channels(settings.targets))
        signer = _signer(settings)
        contracts = Contracts(store)
        discovery = Discovery(settings.targets, channels, signer, settings.discovery_seconds)
        await stack.enter_async_context(discovery.running())
        thinking = shielded(thinking, settings.hiding, lambda: discovery.catalogue)
        collector = AuditCollector(
            channels=channels,
            signer=signer,
            records=AuditRecords(store),
            every_seconds=settings.audit_seconds,
        )
        await stack.enter_async_context(collector.running())
        executor = Executor(
            channels=channels,
            signer=signer,
            call_seconds=settings.call_seconds,
            doubt_seconds=settings.doubt_seconds,
        )
        trust = Trust(settings.server.trust_file, settings.server.provider)
        turns = Turns(
            planning=Planning(
                planner=thinking.planner, fallback=thinking.fallback, max_steps=settings.limits.plan_steps
            ),
            runner=CallRunner(executor=executor, sessions=trust),
            composer=thinking.composer,
            judge=thinking.judge,
            judgement=Judgement(mode=settings.approval_mode),
            contracts=contracts,
            catalogue=lambda: discovery.catalogue,
            expressions=lru_cache(maxsize=4)(Expressions),
            approval_lifetime=settings.approval_lifetime,
            max_elements=settings.limits.fan_out,
            doubt_seconds=settings.doubt_seconds,
        )
        windows = Windows(store)
        journal = Journal(store=store, windows=windows, owner=instance_name(), lease_seconds=settings.lease_seconds)
        conversations = Conversations(turns, journal, settings.turn_seconds)
        await stack.enter_async_context(windows.following())
        await stack.enter_async_context(conversations.open())
        await stack.enter_async_context(Retention(store, settings.keep).running())
        log.info("planner", extra={"planner": thinking.planner.name, "instance": journal.owner})
        rooms = Rooms(
            conversations=conversations,
            windows=windows,
            store=store,
            verifier=Verifier(trust, settings.server.name),
            limits=settings.limits,
        )
        services = _services(settings, thinking, rooms, discovery)
        services.append(_audit_service(collector))
        yield House(
            services=services,
            audit=OwnAudit(store),
            is_ready=partial(answers, store),
            draining=rooms.draining,
        )


def _services(
    settings: OrchestratorSettings,
    thinking: Thinking,
    rooms: Rooms,
    discovery: Discovery,
) -> list[Service]:
    history = History(rooms.store)
    chat = ChatServicer(
        rooms=rooms,
        streams=OpenStreams(settings.limits.streams_per_user),
        history=history,
        rights=Rights(rooms.store),
        catalogue=lambda: discovery.catalogue,
        planner=thinking.planner.name,
        make_id=make_id,
    )
    migration = MigrationServicer(catalogue=lambda: discovery.catalogue)
    usage = UsageServicer(history=history)
    return [
        Service(name=f"{PACKAGE}.ChatService", add=chat_pb2_grpc.add_ChatServiceServicer_to_server, servicer=chat),
        Service(
            name=f"{PACKAGE}.MigrationService",
            add=migration_pb2_grpc.add_MigrationServiceServicer_to_server,
            servicer=migration,
        ),
        Service(name=f"{PACKAGE}.UsageService", add=usage_pb2_grpc.add_UsageServiceServicer_to_server, servicer=usage),
    ]


def _audit_service(collector: AuditCollector) -> Service:
    add, servicer = audit_pb2_grpc.add_AuditServiceServicer_to_server, AuditServicer(collector=collector)
    return Service(name=f"{PACKAGE}.AuditService", add=add, servicer=servicer)


def _signer(settings: OrchestratorSettings) -> Signer:
    return Signer(issuer=settings.server.name, key=Keyring(settings.key_file, settings.public_keys).current)
