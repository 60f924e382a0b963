"""Collects the records of every configured server: again and again, and at once when somebody asks.

No server is trusted to be there, to be quick, or to be brief: a round ends after its deadline and its number of pages.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import grpc
from llm_orchestrator.capabilities.v1 import audit_log_pb2, audit_log_pb2_grpc

from orchestrator_server.channels import Channels
from orchestrator_server.store_audit import AuditRecords
from service_kit.tokens import Mandate, Signer

log = logging.getLogger(__name__)

PAGE = 250
PAGES = 20
ROUND_SECONDS = 3.0
TOKEN_LIFETIME = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditCollector:
    """Fetches what is new and has it kept. `every_seconds` lie between two rounds."""

    channels: Channels
    signer: Signer
    records: AuditRecords
    every_seconds: float

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Collects in the background until the block ends."""
        task = asyncio.create_task(self._keep_collecting())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def collect(self) -> list[str]:
        """One round; the names of the servers whose newest records could not be had. Takes three seconds at most."""
        names = [name for name in self.channels if name != self.signer.issuer]
        had = await asyncio.gather(*(self._is_up_to_date(name) for name in names))
        return sorted(name for name, is_had in zip(names, had, strict=True) if not is_had)

    async def _keep_collecting(self) -> None:
        while True:
            await self.collect()
            await asyncio.sleep(self.every_seconds)

    async def _is_up_to_date(self, server: str) -> bool:
        """Whatever a server or the file does, the other servers' records are collected."""
        try:
            async with asyncio.timeout(ROUND_SECONDS):
                return await self._fetch(server)
        except grpc.aio.AioRpcError as error:
            return error.code() is grpc.StatusCode.UNIMPLEMENTED  # it has no record, so none is missing
        except TimeoutError:
            return False
        except Exception:  # a server may answer anything; whatever it was must not stop the collecting
            log.exception("audit not collected", extra={"target": server})
            return False

    async def _fetch(self, server: str) -> bool:
        """Fetches pages until nothing new comes; False where there was no end to it."""
        after = await self.records.last(server)
        for _ in range(PAGES):
            new = _new(await self._page(server, after), after)
            if not new:
                return True
            await self.records.keep(server, new)
            after = new[-1].number
        return False

    async def _page(self, server: str, after: int) -> Sequence[audit_log_pb2.AuditRecord]:
        stub = audit_log_pb2_grpc.AuditLogServiceStub(self.channels[server])
        request = audit_log_pb2.ListRecordsRequest(after=after, page_size=PAGE)
        response = await stub.ListRecords(request, timeout=ROUND_SECONDS, metadata=self._metadata(server))
        return response.records

    def _metadata(self, server: str) -> tuple[tuple[str, str], ...]:
        token = self.signer.sign(
            subject=self.signer.issuer,
            audience=server,
            lifetime=TOKEN_LIFETIME,
            roles=["admin"],
            actor=self.signer.issuer,
            mandate=Mandate(scope="audit"),
        )
        return (("authorization", f"Bearer {token}"),)


def _new(records: Sequence[audit_log_pb2.AuditRecord], after: int) -> list[audit_log_pb2.AuditRecord]:
    """Those that were asked for, upwards, whatever came."""
    return sorted((record for record in records[:PAGE] if record.number > after), key=lambda record: record.number)
