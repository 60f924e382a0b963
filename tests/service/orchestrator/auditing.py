"""A server whose records a test writes by hand, and a look at the audit as an administrator has it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from llm_orchestrator.capabilities.v1 import audit_log_pb2, audit_log_pb2_grpc
from llm_orchestrator.orchestrator.v1 import audit_pb2, audit_pb2_grpc

from orchestrator_server.channels import Target

SHOP = frozenset({"legacy", "user", "order", "shipping"})
ADMIN, DANA = "admin@example.com", "dana.fields@example.com"
APPROVAL, DENIAL, EFFECT = (
    audit_log_pb2.AUDIT_KIND_APPROVAL,
    audit_log_pb2.AUDIT_KIND_DENIAL,
    audit_log_pb2.AUDIT_KIND_EFFECT,
)


def record(number: int, **fields: Any) -> audit_log_pb2.AuditRecord:
    moment = Timestamp()
    moment.FromDatetime(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number % 100_000))
    values = {"created_at": moment, "kind": EFFECT, "actor": DANA, "subject": DANA, "action": "parcel.send"} | fields
    return audit_log_pb2.AuditRecord(number=number, **values)


class Vendor(audit_log_pb2_grpc.AuditLogServiceServicer):
    """A server of somebody else, with the records that a test gives it."""

    def __init__(self, *records: audit_log_pb2.AuditRecord) -> None:
        self.records = list(records)

    async def ListRecords(self, request, context):
        newer = [each for each in self.records if each.number > request.after]
        return audit_log_pb2.ListRecordsResponse(records=newer[: request.page_size])


class Endless(Vendor):
    """Always has more than it was asked for."""

    async def ListRecords(self, request, context):
        return audit_log_pb2.ListRecordsResponse(records=[record(request.after + n) for n in range(1, 2_000)])


class Repeating(Vendor):
    """Says what it always says, whatever it is asked."""

    async def ListRecords(self, request, context):
        return audit_log_pb2.ListRecordsResponse(records=self.records)


class Watched(Vendor):
    """Notices when it is asked for what comes after all that it has."""

    def __init__(self, *records: audit_log_pb2.AuditRecord) -> None:
        super().__init__(*records)
        self.is_known = asyncio.Event()

    async def ListRecords(self, request, context):
        if request.after == self.records[-1].number:
            self.is_known.set()
        return await super().ListRecords(request, context)


@asynccontextmanager
async def running(vendor: Vendor, address: str = "127.0.0.1:0") -> AsyncIterator[Target]:
    server = grpc.aio.server(options=[("grpc.so_reuseport", 0)])
    audit_log_pb2_grpc.add_AuditLogServiceServicer_to_server(vendor, server)
    port = server.add_insecure_port(address)
    await server.start()
    try:
        yield Target(name="vendor", address=f"127.0.0.1:{port}")
    finally:
        await server.stop(None)


async def listing(
    house, email: str = ADMIN, roles=("customer", "admin"), **fields
) -> audit_pb2.ListAuditRecordsResponse:
    async with grpc.aio.insecure_channel(house.address) as channel:
        metadata = [("authorization", f"Bearer {house.token_for(email, 'orchestrator', roles=roles)}")]
        request = audit_pb2.ListAuditRecordsRequest(**fields)
        return await audit_pb2_grpc.AuditServiceStub(channel).ListAuditRecords(request, metadata=metadata)


async def numbers(house, **fields) -> list[int]:
    return [each.number for each in (await listing(house, **fields)).records]
