"""AuditLogService on the small server: who may read it, and what the interceptor writes into it."""

from datetime import timedelta

import grpc
import pytest
from llm_orchestrator.capabilities.v1 import audit_log_pb2, audit_log_pb2_grpc
from llm_orchestrator.order.v1 import order_pb2, order_pb2_grpc
from llm_orchestrator.user.v1 import sign_in_pb2, sign_in_pb2_grpc

from service_kit import audit
from service_kit.audit import AuditLog
from service_kit.database import open_database
from service_kit.denials import MOST
from service_kit.keys import load_or_create_key, publish
from service_kit.server import started
from service_kit.status import from_rpc_error
from service_kit.tokens import Mandate, Signer
from tests.service.kit.small_server import services

DENIAL = audit_log_pb2.AUDIT_KIND_DENIAL


@pytest.fixture
async def log(tmp_path):
    async with open_database(tmp_path / "audit.db", audit.create_table) as database:
        yield AuditLog(database, "order")


@pytest.fixture
async def audited(settings, log):
    async with (
        started(settings, services(), audit=log) as server,
        grpc.aio.insecure_channel(server.address) as channel,
    ):
        yield channel


@pytest.fixture
def admin(token_for):
    return (("authorization", "Bearer " + token_for("admin@example.com", "order", roles=("customer", "admin"))),)


async def records(channel, metadata, **fields):
    request = audit_log_pb2.ListRecordsRequest(**fields)
    return list((await audit_log_pb2_grpc.AuditLogServiceStub(channel).ListRecords(request, metadata=metadata)).records)


async def refused(call) -> tuple[grpc.StatusCode, str]:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return caught.value.code(), from_rpc_error(caught.value).reason


def get_order(channel, metadata=()):
    request = order_pb2.GetOrderRequest(order_id="A-1042")
    return order_pb2_grpc.OrderServiceStub(channel).GetOrder(request, metadata=metadata)


def collecting(tmp_path, scope: str):
    """Metadata of a call by an orchestrator that is trusted."""
    key = load_or_create_key(tmp_path / "keys" / "orchestrator.pem")
    publish(tmp_path / "public" / "orchestrator.jwks.json", key)
    token = Signer(issuer="orchestrator", key=key).sign(
        subject="orchestrator",
        audience="order",
        lifetime=timedelta(seconds=60),
        roles=["admin"],
        actor="orchestrator",
        mandate=Mandate(scope=scope),
    )
    return (("authorization", f"Bearer {token}"),)


async def test_customers_are_refused_and_that_is_recorded(audited, as_anna, admin):
    assert await refused(records(audited, as_anna)) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_MISSING")
    (record,) = await records(audited, admin)
    assert (record.kind, record.action, record.reason) == (DENIAL, "AuditLogService.ListRecords", "ROLE_MISSING")
    assert (record.server, record.actor, record.subject) == ("order", "anna@example.com", "anna@example.com")


async def test_the_orchestrator_reads_it_with_the_scope_for_it_alone(audited, tmp_path):
    assert await refused(get_order(audited)) == (grpc.StatusCode.UNAUTHENTICATED, "TOKEN_MISSING")
    assert len(await records(audited, collecting(tmp_path, "audit"))) == 1
    code, reason = await refused(records(audited, collecting(tmp_path, "order.get")))
    assert (code, reason) == (grpc.StatusCode.PERMISSION_DENIED, "SCOPE_MISMATCH")
    code, reason = await refused(get_order(audited, collecting(tmp_path, "audit")))
    assert (code, reason) == (grpc.StatusCode.PERMISSION_DENIED, "SCOPE_MISMATCH")


async def test_a_caller_who_is_known_and_may_not_is_named(audited, admin, token_for):
    metadata = (("authorization", "Bearer " + token_for("anna@example.com", "order", roles=())),)
    request = order_pb2.ListOrdersRequest(email="ben@example.com")
    call = order_pb2_grpc.OrderServiceStub(audited).ListOrders(request, metadata=metadata)
    assert (await refused(call))[0] is grpc.StatusCode.PERMISSION_DENIED
    (record,) = await records(audited, admin)
    assert (record.action, record.actor) == ("order.list", "anna@example.com")


async def test_calls_without_identity_are_recorded_and_bounded(audited, admin):
    for _ in range(MOST + 5):
        assert await refused(get_order(audited)) == (grpc.StatusCode.UNAUTHENTICATED, "TOKEN_MISSING")
    found = await records(audited, admin)
    assert [(record.actor, record.action, record.reason) for record in found] == [
        ("", "order.get", "TOKEN_MISSING")
    ] * MOST


async def test_what_was_left_out_is_written_at_the_stop(settings, log):
    async with (
        started(settings, services(), audit=log) as server,
        grpc.aio.insecure_channel(server.address) as channel,
    ):
        for _ in range(MOST + 5):
            await refused(get_order(channel))
    assert (await log.listed(0, 1_000))[-1][1].reason == "5_MORE_REFUSED"


async def test_an_open_service_keeps_its_own_record(audited, admin):
    call = sign_in_pb2_grpc.SignInServiceStub(audited).RequestCode(
        sign_in_pb2.RequestCodeRequest(email="a@example.com")
    )
    assert (await refused(call))[0] is grpc.StatusCode.UNAUTHENTICATED
    assert await records(audited, admin) == []


async def test_pages_follow_one_another_and_have_bounds(audited, admin):
    for _ in range(3):
        await refused(get_order(audited))
    first, second, third = await records(audited, admin)
    assert await records(audited, admin, page_size=1) == [first]
    assert await records(audited, admin, after=first.number, page_size=5_000) == [second, third]
    assert await records(audited, admin, after=-1, page_size=-1) == [first]
    assert await records(audited, admin, after=third.number) == []


async def test_a_refusal_stands_when_it_cannot_be_written(settings, tmp_path):
    async with (
        open_database(tmp_path / "audit.db") as without_table,
        started(settings, services(), audit=AuditLog(without_table, "order")) as server,
        grpc.aio.insecure_channel(server.address) as channel,
    ):
        assert await refused(get_order(channel)) == (grpc.StatusCode.UNAUTHENTICATED, "TOKEN_MISSING")
