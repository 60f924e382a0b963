import asyncio
from datetime import UTC, datetime

import pytest
from llm_orchestrator.order.v1 import order_pb2

from service_kit import audit, idempotency
from service_kit.caller import Caller, set_caller
from service_kit.database import open_database
from service_kit.errors import FailedPrecondition, InvalidArgument
from service_kit.idempotency import Effects


class Call:
    """The part of a call's context that effects look at."""

    def __init__(self, key: str | None) -> None:
        self._metadata = () if key is None else (("other", "x"), ("idempotency-key", key))

    def invocation_metadata(self):
        return self._metadata


class Shop:
    """Counts how often an order was cancelled."""

    def __init__(self, database) -> None:
        self._effects = Effects(database, "shop")
        self._database = database

    async def cancel(self, key: str | None, order_id: str = "A-1042", error: Exception | None = None):
        def effect(db):
            db.execute("UPDATE done SET n = n + 1")
            if error is not None:
                raise error
            number = db.execute("SELECT n FROM done").fetchone()[0]
            return order_pb2.CancelOrderResponse(order=order_pb2.Order(id=f"{order_id} #{number}"))

        request = order_pb2.CancelOrderRequest(order_id=order_id)
        response = await self._effects.once(Call(key), request, order_pb2.CancelOrderResponse, effect)
        return response.order.id

    async def done(self) -> int:
        return await self._database.read(lambda db: db.execute("SELECT n FROM done").fetchone()[0])


def act_as(email: str) -> None:
    set_caller(Caller(email=email, roles=frozenset(), actor=None, expires_at=datetime.now(UTC)))


@pytest.fixture
async def shop(tmp_path):
    def prepare(db):
        idempotency.create_table(db)
        audit.create_table(db)
        db.execute("CREATE TABLE done AS SELECT 0 AS n")
        db.conn.commit()

    async with open_database(tmp_path / "x.db", prepare) as database:
        yield Shop(database)


@pytest.fixture(autouse=True)
def anna():
    act_as("anna@example.com")


async def test_the_same_key_gives_the_same_response_and_does_nothing(shop):
    assert [await shop.cancel("plan/1") for _ in range(3)] == ["A-1042 #1"] * 3
    assert await shop.done() == 1


async def test_the_same_key_at_once_acts_once(shop):
    assert set(await asyncio.gather(*(shop.cancel("plan/1") for _ in range(10)))) == {"A-1042 #1"}
    assert await shop.done() == 1


async def test_another_key_acts_again(shop):
    assert [await shop.cancel(key) for key in ("plan/1", "plan/2")] == ["A-1042 #1", "A-1042 #2"]


async def test_without_a_key_every_call_acts(shop):
    assert [await shop.cancel(None) for _ in range(2)] == ["A-1042 #1", "A-1042 #2"]


async def test_a_key_that_came_with_another_request_is_refused(shop):
    await shop.cancel("plan/1")
    with pytest.raises(InvalidArgument) as caught:
        await shop.cancel("plan/1", "A-1043")
    assert caught.value.reason == "IDEMPOTENCY_KEY_REUSED"
    assert await shop.done() == 1


async def test_another_caller_with_the_same_key_is_never_handed_this_ones_response(shop):
    await shop.cancel("plan/1")
    act_as("ben@example.com")
    assert await shop.cancel("plan/1", "A-1043") == "A-1043 #2"


async def test_an_effect_that_failed_changed_nothing_and_is_tried_anew(shop):
    for error in (FailedPrecondition("ORDER_ALREADY_SHIPPED", "It has shipped."), LookupError("a bug")):
        with pytest.raises(type(error)):
            await shop.cancel("plan/1", error=error)
    assert await shop.done() == 0
    assert await shop.cancel("plan/1") == "A-1042 #1"


@pytest.mark.parametrize("key", ["", "x" * 201])
async def test_a_key_has_bounds(shop, key):
    with pytest.raises(InvalidArgument) as caught:
        await shop.cancel(key)
    assert caught.value.reason == "IDEMPOTENCY_KEY_INVALID"


async def test_keys_outlive_the_process(shop, tmp_path):
    await shop.cancel("plan/1")
    async with open_database(tmp_path / "x.db") as again:
        assert await Shop(again).cancel("plan/1") == "A-1042 #1"
