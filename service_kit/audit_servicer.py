"""AuditLogService: shows the record of one server to administrators, and to the orchestrator that collects it."""

from llm_orchestrator.capabilities.v1 import audit_log_pb2, audit_log_pb2_grpc

from service_kit.audit import Audit, AuditEntry
from service_kit.caller import current_caller
from service_kit.denials import Denials
from service_kit.errors import PermissionDenied
from service_kit.times import to_timestamp
from service_kit.types import Context

NAME = audit_log_pb2.DESCRIPTOR.services_by_name["AuditLogService"].full_name
PAGE = 500
MOST = 1_000


class AuditLogServicer(audit_log_pb2_grpc.AuditLogServiceServicer):
    """Lists what `server` wrote down."""

    def __init__(self, server: str, audit: Audit, denials: Denials) -> None:
        self._server = server
        self._audit = audit
        self._denials = denials

    async def ListRecords(
        self, request: audit_log_pb2.ListRecordsRequest, context: Context
    ) -> audit_log_pb2.ListRecordsResponse:
        """Lists records in the order they were written."""
        if not current_caller().has_any(frozenset({"admin"})):
            raise PermissionDenied("ROLE_MISSING", "This needs the role admin.")
        await self._denials.settle()
        size = min(max(request.page_size or PAGE, 1), MOST)
        found = await self._audit.listed(request.after, size)
        return audit_log_pb2.ListRecordsResponse(records=[self._record(number, entry) for number, entry in found])

    def _record(self, number: int, entry: AuditEntry) -> audit_log_pb2.AuditRecord:
        return audit_log_pb2.AuditRecord(
            number=number,
            created_at=to_timestamp(entry.created_at),
            server=self._server,
            kind=audit_log_pb2.AuditKind.ValueType(entry.kind.value),
            actor=entry.actor,
            subject=entry.subject,
            action=entry.action,
            result=entry.result,
            reason=entry.reason,
            turn_id=entry.turn_id,
            key=entry.key,
        )
