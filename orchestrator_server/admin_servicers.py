"""MigrationService, UsageService and AuditService: what administrators and users see of the machinery."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp
from llm_orchestrator.orchestrator.v1 import (
    audit_pb2,
    audit_pb2_grpc,
    migration_pb2,
    migration_pb2_grpc,
    usage_pb2,
    usage_pb2_grpc,
)

from orchestrator_server.audit import Wanted, position_of
from orchestrator_server.audit_collector import AuditCollector
from orchestrator_server.audit_pages import page_token, read_token
from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.history import History
from service_kit.caller import current_caller
from service_kit.errors import InvalidArgument, PermissionDenied
from service_kit.types import Context

PAGE = 50
MAX_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationServicer(migration_pb2_grpc.MigrationServiceServicer):
    """Shows, intent by intent, who serves what."""

    catalogue: Callable[[], Catalogue]

    async def ListRoutes(
        self, request: migration_pb2.ListRoutesRequest, context: Context
    ) -> migration_pb2.ListRoutesResponse:
        """Lists the route of every intent."""
        _be_admin()
        routes = [_route(intent) for intent in self.catalogue().intents.values()]
        return migration_pb2.ListRoutesResponse(routes=routes)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageServicer(usage_pb2_grpc.UsageServiceServicer):
    """Tells callers what they used."""

    history: History

    async def GetUsage(self, request: usage_pb2.GetUsageRequest, context: Context) -> usage_pb2.GetUsageResponse:
        """Sums the caller's own usage."""
        since = _moment(request.since) if request.HasField("since") else None
        total = await self.history.total(current_caller().email, since)
        return usage_pb2.GetUsageResponse(
            turns=total.turns,
            model_calls=total.usage.model_calls,
            prompt_tokens=total.usage.prompt_tokens,
            completion_tokens=total.usage.completion_tokens,
            rpc_calls=total.usage.rpc_calls,
            judged_conditions=total.usage.judged_conditions,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditServicer(audit_pb2_grpc.AuditServiceServicer):
    """Shows the records of all servers, the newest included."""

    collector: AuditCollector

    async def ListAuditRecords(
        self, request: audit_pb2.ListAuditRecordsRequest, context: Context
    ) -> audit_pb2.ListAuditRecordsResponse:
        """Lists records, newest first."""
        _be_admin()
        wanted = Wanted(
            person=request.person.lower(), kind=request.kind, turn_id=request.turn_id, server=request.server
        )
        after = read_token(request.page_token, wanted) if request.page_token else None
        missing = await self.collector.collect()
        size = min(max(request.page_size or PAGE, 1), MAX_PAGE)
        found = await self.collector.records.listed(wanted, after, size + 1)
        return audit_pb2.ListAuditRecordsResponse(
            records=found[:size],
            next_page_token=page_token(position_of(found[size - 1]), wanted) if len(found) > size else "",
            missing_servers=missing,
        )


def _be_admin() -> None:
    if "admin" not in current_caller().roles:
        raise PermissionDenied("ROLE_MISSING", "This needs the role admin.")


def _moment(since: Timestamp) -> datetime:
    try:
        return since.ToDatetime(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidArgument("SINCE_WRONG", "Give since as a time between the years 1 and 9999.") from error


def _route(intent: Intent) -> migration_pb2.Route:
    """With both sides it is modern, and legacy can stand in; with one side there is nothing to choose."""
    modern = [offer for offer in intent.offers if offer.is_modern]
    legacy = [offer for offer in intent.offers if not offer.is_modern]
    stage = migration_pb2.STAGE_MODERN if modern and legacy else migration_pb2.STAGE_RETIRED
    return migration_pb2.Route(
        intent=intent.name,
        stage=stage if modern else migration_pb2.STAGE_LEGACY,
        modern_servers=[offer.server for offer in modern],
        legacy_servers=[offer.server for offer in legacy],
        compatible=all(offer.is_compatible for offer in intent.offers),
        missing_fields=sorted({path for offer in intent.offers for path in offer.missing_fields}),
    )
