"""What belongs to another looks like what does not exist, to the last byte; the server writes down who tried."""

import grpc
import pytest

from service_kit.audit import AuditKind

ERIK = "erik.holm@example.com"
BY_ID = [
    ("order", "GetOrder", {}),
    ("order", "CancelOrder", {}),
    ("order", "ReturnItems", {"items": ["rain jacket"]}),
    ("shipping", "TrackShipment", {}),
    ("shipping", "ChangeAddress", {"address": "12 Harbour Street, 20457 Hamburg"}),
    ("shipping", "EstimateDelivery", {}),
    ("legacy", "GetOrder", {}),
    ("legacy", "CancelOrder", {}),
    ("legacy", "TrackShipment", {}),
    ("legacy", "GetInvoice", {}),
]
MISSING, DANAS = "A-9042", "A-1042"


async def status_of(call) -> tuple[grpc.StatusCode, str, bytes]:
    """Everything a caller is told, with the order's number made the same."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    error = caught.value
    trailing = dict(error.trailing_metadata())
    said = (error.details(), trailing["grpc-status-details-bin"])
    return error.code(), said[0].replace(MISSING, DANAS), said[1].replace(MISSING.encode(), DANAS.encode())


def denials(shop) -> list[tuple]:
    return shop.execute("SELECT server, action, reason, actor FROM _audit WHERE kind = 2").fetchall()


@pytest.mark.parametrize(("server", "rpc", "fields"), BY_ID)
async def test_anothers_order_is_like_none_and_the_attempt_is_recorded(start, shop, server, rpc, fields):
    async with start(server) as dana:
        erik = dana.by(ERIK)
        missing = await status_of(erik(rpc, key="a", order_id=MISSING, **fields))
        assert denials(shop) == []
        assert await status_of(erik(rpc, key="b", order_id=DANAS, **fields)) == missing
    ((recorded_by, action, reason, actor),) = denials(shop)
    assert (recorded_by, reason, actor) == (server, "NOT_OWNER", ERIK)
    assert action.split(".")[0] in ("order", "shipping", "invoice")
    assert shop.execute("SELECT status FROM orders WHERE id = ?", [DANAS]).fetchone() == ("PENDING",)
    assert shop.execute("SELECT count(*) FROM _audit WHERE kind = ?", [AuditKind.EFFECT.value]).fetchone() == (0,)


async def test_every_rpc_that_takes_an_id_is_here():
    from llm_orchestrator.capabilities.v1 import annotations_pb2
    from llm_orchestrator.legacy.v1 import legacy_pb2
    from llm_orchestrator.order.v1 import order_pb2
    from llm_orchestrator.shipping.v1 import shipping_pb2

    packages = {"order": order_pb2, "shipping": shipping_pb2, "legacy": legacy_pb2}
    owned = {
        (name, method.name)
        for name, package in packages.items()
        for service in package.DESCRIPTOR.services_by_name.values()
        for method in service.methods
        if method.GetOptions().Extensions[annotations_pb2.intent].access == annotations_pb2.ACCESS_OWNER
    }
    assert owned == {(server, rpc) for server, rpc, _ in BY_ID}


async def test_anothers_e_mail_is_refused_and_recorded(start, shop):
    async with start("order") as dana:
        with pytest.raises(grpc.aio.AioRpcError):
            await dana.by(ERIK)("ListOrders", email=dana.email)
    assert denials(shop) == [("order", "order.list", "NOT_YOUR_DATA", ERIK)]
