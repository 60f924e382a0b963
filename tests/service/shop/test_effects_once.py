"""Idempotency keys: the same key has the same response and one effect, on every effect of every server."""

from types import SimpleNamespace

import pytest
from grpc import StatusCode

EFFECTS = [
    ("order", "CancelOrder", {"order_id": "A-1042"}),
    ("order", "CreateOrder", {"sku": "desk lamp", "quantity": 1}),
    ("order", "ReturnItems", {"order_id": "A-1046", "items": ["rain jacket"]}),
    ("shipping", "ChangeAddress", {"order_id": "A-1042", "address": "12 Harbour Street, 20457 Hamburg"}),
    ("user", "UpdatePhone", {"phone": "+49 30 5550199"}),
    ("user", "UpdateAddress", {"address": "12 Harbour Street, 20457 Hamburg"}),
    ("legacy", "UpdatePhone", {"phone": "+49 30 5550199"}),
    ("legacy", "UpdateAddress", {"address": "12 Harbour Street, 20457 Hamburg"}),
    ("legacy", "CancelOrder", {"order_id": "A-1042"}),
    ("legacy", "CreateOrder", {"sku": "desk lamp", "quantity": 1}),
    ("legacy", "Unsubscribe", {}),
]
OTHER = {"order_id": "A-1044", "phone": "+49 30 5550100", "address": "1 Other Street", "sku": "kettle"}


def world(shop) -> list:
    """Everything in the shop but the keys."""
    return [list(shop.table(name).rows) for name in sorted(shop.table_names()) if not name.startswith("_")]


def test_every_effect_of_the_contracts_is_here():
    from llm_orchestrator.capabilities.v1 import annotations_pb2
    from llm_orchestrator.legacy.v1 import legacy_pb2
    from llm_orchestrator.order.v1 import order_pb2
    from llm_orchestrator.shipping.v1 import shipping_pb2
    from llm_orchestrator.user.v1 import user_pb2

    packages = SimpleNamespace(legacy=legacy_pb2, order=order_pb2, shipping=shipping_pb2, user=user_pb2)
    promised = {
        (name, method.name)
        for name, package in vars(packages).items()
        for service in package.DESCRIPTOR.services_by_name.values()
        for method in service.methods
        if method.GetOptions().Extensions[annotations_pb2.intent].honours_idempotency_key
    }
    assert promised == {(server, rpc) for server, rpc, _ in EFFECTS}


@pytest.mark.parametrize(("server", "rpc", "fields"), EFFECTS)
async def test_a_repeat_gets_the_first_response_and_does_nothing(start, shop, server, rpc, fields):
    async with start(server) as dana:
        first = await dana(rpc, key="plan-1/step-1", **fields)
        after = world(shop)
        assert await dana(rpc, key="plan-1/step-1", **fields) == first
    assert world(shop) == after
    async with start(server) as restarted:
        assert await restarted(rpc, key="plan-1/step-1", **fields) == first
    assert world(shop) == after


@pytest.mark.parametrize(("server", "rpc", "fields"), [effect for effect in EFFECTS if effect[2]])
async def test_a_key_is_not_for_another_request(start, refused, shop, server, rpc, fields):
    async with start(server) as dana:
        await dana(rpc, key="k", **fields)
        after = world(shop)
        name = next(name for name in fields if name in OTHER)
        error = await refused(dana(rpc, key="k", **fields | {name: OTHER[name]}))
    assert (error.code, error.reason) == (StatusCode.INVALID_ARGUMENT, "IDEMPOTENCY_KEY_REUSED")
    assert world(shop) == after


async def test_another_key_is_another_effect(order):
    first = (await order("CreateOrder", key="a", sku="notebook", quantity=1)).order.id
    second = (await order("CreateOrder", key="b", sku="notebook", quantity=1)).order.id
    assert first != second


async def test_anothers_key_is_not_mine(order):
    mine = (await order("CreateOrder", key="a", sku="notebook", quantity=1)).order.id
    theirs = (await order.by("erik.holm@example.com")("CreateOrder", key="a", sku="notebook", quantity=1)).order.id
    assert mine != theirs


async def test_a_refused_effect_is_judged_anew(order, refused, shop):
    assert (await refused(order("CreateOrder", key="k", sku="tea set", quantity=1))).reason == "OUT_OF_STOCK"
    shop.execute("UPDATE products SET stock = 1 WHERE name = 'tea set'")
    assert (await order("CreateOrder", key="k", sku="tea set", quantity=1)).order.id
