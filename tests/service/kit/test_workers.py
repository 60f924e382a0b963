"""Several processes behind one port: told apart, replaced when they die, ended together."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from tests.service.kit.conftest import Program

ROOT = Path(__file__).parents[3]


@pytest.fixture
def start_crew(trust_file: Path):
    """`async with start_crew("--workers", "2", NAME="value") as parent`: what it says first is read already."""

    @asynccontextmanager
    async def start(*arguments: str, **values: str) -> AsyncIterator[Program]:
        environment = {
            **os.environ,
            "ORDER_SERVER_ADDRESS": "127.0.0.1:0",
            "LLM_ORCHESTRATOR_TRUST_FILE": str(trust_file),
            **values,
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.service.kit.small_server", *arguments),
            cwd=ROOT,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        program = Program(process=process, address="", log=[])
        try:
            yield program
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()  # ends when the last worker has ended: they share this pipe

    return start


async def serving(parent: Program, count: int) -> dict[int, int]:
    """Waits until so many more workers serve; the process ids of the workers known by now, by number."""
    seen = 0
    while seen < count:
        line = await parent.line()
        seen += line["message"] == "serving"
        parent.address = str(line.get("address", parent.address))
    return {int(line["worker"]): int(line["pid"]) for line in parent.log if line["message"] == "worker started"}


async def is_healthy(address: str) -> bool:
    async with grpc.aio.insecure_channel(address) as channel:
        try:
            answer = await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
        except grpc.aio.AioRpcError:
            return False
        return answer.status == health_pb2.HealthCheckResponse.SERVING


@pytest.mark.parametrize("said", [{"arguments": ["--workers", "2"]}, {"LLM_ORCHESTRATOR_WORKERS": "2"}])
@pytest.mark.parametrize("wanted", [signal.SIGTERM, signal.SIGINT])
async def test_workers_share_one_port_and_end_together(start_crew, said, wanted):
    said = dict(said)
    async with start_crew(*said.pop("arguments", ()), **said) as parent:
        assert len(await serving(parent, 2)) == 2
        addresses = [line["address"] for line in parent.log if "address" in line]
        assert len(addresses) == 3
        assert len(set(addresses)) == 1
        assert {line["worker"] for line in parent.log if line["message"] == "serving"} == {1, 2}
        assert await is_healthy(parent.address)
        parent.process.send_signal(wanted)
        log = await parent.end()
        assert parent.process.returncode == 0
    assert sorted(line.get("worker", 0) for line in log if line["message"] == "stopping") == [0, 1, 2]


async def test_a_worker_that_dies_is_replaced_and_the_others_go_on(start_crew):
    async with start_crew("--workers", "2") as parent:
        before = await serving(parent, 2)
        os.kill(before[1], signal.SIGKILL)
        after = await serving(parent, 1)
        assert after[1] != before[1]
        assert after[2] == before[2]
        for _ in range(10):
            assert await is_healthy(parent.address)


async def test_workers_whose_parent_is_killed_stop_by_themselves(start_crew):
    async with start_crew("--workers", "2") as parent:
        await serving(parent, 2)
        parent.process.kill()
        log = await parent.end()  # the pipe ends with the last worker
    assert sorted(line.get("worker", 0) for line in log if line["message"] == "stopping") == [1, 2]


async def test_workers_that_cannot_start_end_it_all_with_a_sentence(start_crew):
    async with start_crew("--workers", "2", LLM_ORCHESTRATOR_TRUST_FILE="/nowhere/trust.json") as parent:
        _, said = await asyncio.wait_for(parent.process.communicate(), 60)
        assert parent.process.returncode == 1
    assert b"/nowhere/trust.json" in said
    assert b"cannot be started" in said
    assert b"Traceback" not in said


@pytest.mark.parametrize("count", ["1", "2"])
async def test_nobody_shares_a_port_that_is_taken(start_crew, count):
    async with start_crew("--workers", "2") as parent:
        await serving(parent, 2)
        async with start_crew("--workers", count, ORDER_SERVER_ADDRESS=parent.address) as second:
            _, said = await asyncio.wait_for(second.process.communicate(), 60)
            assert second.process.returncode == 1
    assert b"port taken" in said
    assert b"Traceback" not in said


@pytest.mark.parametrize("wrong", [["--workers", "0"], ["--workers", "many"], ["--worker", "2"]])
async def test_what_cannot_be_understood_is_told(start_crew, wrong):
    async with start_crew(*wrong) as parent:
        _, said = await parent.process.communicate()
        assert parent.process.returncode == 2
    assert b"--workers" in said
