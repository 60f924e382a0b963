"""Several servers and processes write to the same file at once: exactly one wins, and the stock is right."""

import asyncio
import subprocess
import sys
from contextlib import AsyncExitStack

import grpc
import pytest

RIVAL = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from order_server import store
from service_kit.database import connect, transaction
from service_kit.errors import ServiceError

db = connect(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
try:
    transaction(db, lambda db: store.cancel_order(db, "dana.fields@example.com", "A-1042", "", datetime.now(UTC)))
    print("cancelled")
except ServiceError as error:
    print(error.reason)
"""


def stock(shop, sku: str) -> int:
    return shop.table("products").get(sku)["stock"]


async def rivals(start, names, rpc, **fields):
    """Everybody calls at once; the reasons of those that were refused, and the responses of the others."""
    async with AsyncExitStack() as stack:
        customers = [await stack.enter_async_context(start(name)) for name in names]
        answers = await asyncio.gather(*(customer(rpc, **fields) for customer in customers), return_exceptions=True)
    assert all(isinstance(answer, grpc.aio.AioRpcError) or hasattr(answer, "order") for answer in answers)
    return [answer for answer in answers if not isinstance(answer, Exception)], [
        answer.code() for answer in answers if isinstance(answer, grpc.aio.AioRpcError)
    ]


@pytest.mark.parametrize("names", [["order", "legacy"], ["order", "order", "order"], ["legacy", "legacy"]])
async def test_an_order_is_cancelled_once(start, shop, names):
    lamps = stock(shop, "LAMP-01")
    done, codes = await rivals(start, names, "CancelOrder", order_id="A-1042")
    assert len(done) == 1
    assert codes == [grpc.StatusCode.FAILED_PRECONDITION] * (len(names) - 1)
    assert stock(shop, "LAMP-01") == lamps + 1


@pytest.mark.parametrize("names", [["order", "legacy"], ["order", "order", "order"]])
async def test_the_last_piece_is_sold_once(start, shop, names):
    done, codes = await rivals(start, names, "CreateOrder", sku="office chair", quantity=1)
    assert len(done) == 1
    assert codes == [grpc.StatusCode.FAILED_PRECONDITION] * (len(names) - 1)
    assert stock(shop, "CHAIR-01") == 0


async def test_many_orders_at_once_get_numbers_of_their_own(start, shop):
    done, codes = await rivals(start, ["order", "legacy"] * 4, "CreateOrder", sku="notebook", quantity=1)
    assert codes == []
    assert len({answer.order.id for answer in done}) == 8
    assert stock(shop, "BOOK-01") == 292


async def test_the_same_key_at_once_is_one_effect(start, shop):
    done, codes = await rivals(start, ["order"] * 4, "CreateOrder", sku="notebook", quantity=1, key="k")
    assert codes == []
    assert len({answer.order.id for answer in done}) == 1
    assert stock(shop, "BOOK-01") == 299


def test_two_processes_cancel_once(shop, shop_path):
    lamps = stock(shop, "LAMP-01")
    command = [sys.executable, "-c", RIVAL, str(shop_path)]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    said = sorted(process.communicate(timeout=20)[0] for process in processes)
    assert said == ["ORDER_ALREADY_CANCELLED\n", "cancelled\n"]
    assert stock(shop, "LAMP-01") == lamps + 1


async def test_a_shop_is_replaced_while_a_server_runs(order, shop_path):
    from legacy_server.admin import main as admin

    await order("CancelOrder", order_id="A-1042")
    await asyncio.to_thread(admin, ["--database", str(shop_path), "seed", "--replace"], standalone_mode=False)
    assert (await order("GetOrder", order_id="A-1042")).order.status == 1
