"""Several servers behind one name: calls are spread, and one that is killed is not missed.

A target of several addresses stands for a name in DNS that has them.
"""

import asyncio
import json
import os
import signal
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import grpc
import pytest
from llm_orchestrator.legacy.v1 import legacy_pb2, legacy_pb2_grpc

from orchestrator_server.channels import OPTIONS, Target
from orchestrator_server.policy import ApprovalMode
from service_kit.server import Service, started
from service_kit.settings import NO_TLS
from service_kit.transport import is_loopback, open_channel
from tests.chat_events import reply
from tests.fakes import ScriptedPlanner, plan, step

ROOT = Path(__file__).parents[3]
READ = step("s1", "order.get", order_id="A-1042")
LEGACY = legacy_pb2.DESCRIPTOR.services_by_name["LegacyService"].full_name


@dataclass(kw_only=True)
class Replica:
    """An order server in a process of its own; `methods` are the calls that it answered, as its log tells."""

    process: asyncio.subprocess.Process
    address: str = ""
    methods: list[str] = field(default_factory=list)

    async def line(self) -> dict[str, object]:
        assert self.process.stderr is not None
        return json.loads(await asyncio.wait_for(self.process.stderr.readline(), 20))

    async def read_log(self) -> None:
        while line := await self.process.stderr.readline():
            if "method" in (said := json.loads(line)):
                self.methods.append(said["method"].rpartition("/")[2])

    async def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()


@pytest.fixture
def start_replica(tmp_path, trust_file, seeded_shop):
    @asynccontextmanager
    async def start():
        database = tmp_path / "shop.db"
        if not database.exists():
            database.write_bytes(seeded_shop.read_bytes())
        environment = {
            **os.environ,
            "ORDER_SERVER_ADDRESS": "127.0.0.1:0",
            "LLM_ORCHESTRATOR_TRUST_FILE": str(trust_file),
            "LLM_ORCHESTRATOR_SHOP_DATABASE": str(database),
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "order_server"), cwd=ROOT, env=environment, stderr=asyncio.subprocess.PIPE
        )
        replica = Replica(process=process)
        try:
            while not replica.address:
                replica.address = str((await replica.line()).get("address", ""))
            reading = asyncio.create_task(replica.read_log())
            yield replica
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
        await reading

    return start


def behind_one_name(*replicas: Replica) -> Target:
    return Target(name="order", address="ipv4:" + ",".join(replica.address for replica in replicas))


async def test_calls_are_spread_and_a_killed_server_is_not_missed(start_house, start_replica):
    reads = 12
    planner = ScriptedPlanner(*(plan(READ) for _ in range(3 * reads)))
    async with start_replica() as one, start_replica() as other:
        target = behind_one_name(one, other)
        house = start_house(planner, without=frozenset({"order"}), targets=(target,), discovery_seconds=0.05)
        async with house as running, running.window() as window:
            for _ in range(reads):  # until a connection to each of them stands
                await window.ask("show me A-1042")
                if "GetOrder" in one.methods and "GetOrder" in other.methods:
                    break
            before = len(one.methods), len(other.methods)  # discovery asks over the same channel and takes its turns
            for _ in range(reads):
                assert "Order A-1042 is pending" in reply(await window.ask("show me A-1042"))
            spread = len(one.methods) - before[0], len(other.methods) - before[1]
            reads_before = other.methods.count("GetOrder")
            await one.kill()
            for _ in range(reads):
                events = await window.ask("show me A-1042")
                assert "Order A-1042 is pending" in reply(events)
                told = next(event.step_started for event in events if event.HasField("step_started"))
                assert told.server == "order", "the monolith stood in"
    assert min(spread) >= sum(spread) // 4 > 0
    assert other.methods.count("GetOrder") - reads_before >= reads


async def test_an_effect_goes_to_the_replica_that_is_left_and_happens_once(start_house, start_replica):
    planner = ScriptedPlanner(plan(step("s1", "order.cancel", order_id="A-1042")))
    async with start_replica() as one, start_replica() as other:
        house = start_house(planner, without=frozenset({"order"}), targets=(behind_one_name(one, other),))
        async with house as running, running.window() as window:
            await window.ask("cancel A-1042")
            await one.kill()
            assert reply(await window.ask("yes")).endswith("is cancelled.")
            assert running.status("A-1042") == "CANCELLED"
            rows = running.shop.execute("SELECT count(*) FROM orders WHERE status = 'CANCELLED' AND id = 'A-1042'")
            assert rows.fetchone()[0] == 1


async def test_without_any_replica_the_monolith_stands_in_for_an_effect_that_never_left(start_house, start_replica):
    """The words of a balanced channel that has no connection are known: nothing has left."""
    planner = ScriptedPlanner(plan(step("s1", "order.cancel", order_id="A-1042")))
    changes = {"discovery_seconds": 300, "approval_mode": ApprovalMode.NEVER}
    async with start_replica() as one, start_replica() as other:
        target = behind_one_name(one, other)
        house = start_house(planner, without=frozenset({"order"}), targets=(target,), **changes)
        async with house as running, running.window() as window:
            await one.kill()
            await other.kill()
            assert reply(await window.ask("cancel A-1042")).endswith("is cancelled.")
            assert running.status("A-1042") == "CANCELLED"


class Monolith(legacy_pb2_grpc.LegacyServiceServicer):
    """Refuses as a server does that goes away."""

    def __init__(self):
        self.calls = 0

    async def Unsubscribe(self, request, context):
        self.calls += 1
        await context.abort(grpc.StatusCode.UNAVAILABLE, "going down")


async def test_grpc_itself_repeats_no_call_of_an_intent(server_settings_for, token_for):
    monolith = Monolith()
    service = Service(name=LEGACY, add=legacy_pb2_grpc.add_LegacyServiceServicer_to_server, servicer=monolith)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(started(server_settings_for("legacy"), [service]))
        channel = await stack.enter_async_context(open_channel(server.address, NO_TLS, OPTIONS))
        metadata = [("authorization", "Bearer " + token_for("anna@example.com", "legacy"))]
        with pytest.raises(grpc.aio.AioRpcError):
            await legacy_pb2_grpc.LegacyServiceStub(channel).Unsubscribe(
                legacy_pb2.UnsubscribeRequest(email="anna@example.com"), metadata=metadata
            )
    assert monolith.calls == 1


@pytest.mark.parametrize(
    ("address", "is_here"),
    [
        ("dns:///localhost:50051", True),
        ("ipv4:127.0.0.1:50051,127.0.0.1:50052", True),
        ("ipv4:127.0.0.1:50051,10.0.0.5:50051", False),
        ("dns:///orders.internal:50051", False),
        ("dns://10.0.0.5/localhost:50051", False),
    ],
)
def test_a_name_for_many_is_on_this_machine_only_if_all_are(address, is_here):
    assert is_loopback(address) is is_here
