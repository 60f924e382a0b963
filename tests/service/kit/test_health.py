"""Readiness apart from liveness, told before the door closes."""

import asyncio
from dataclasses import replace

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from service_kit import probe
from service_kit.health import LIVENESS
from service_kit.server import started
from service_kit.transport import balanced
from tests.service.kit.small_server import ORDER_SERVICE, services

CAPABILITIES = "llm_orchestrator.capabilities.v1.CapabilitiesService"
SERVING, NOT_SERVING, UNKNOWN = "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"


class Ground:
    """What a server stands on; it may give way."""

    def __init__(self) -> None:
        self.is_there = True
        self.breaks = False

    async def __call__(self) -> bool:
        if self.breaks:
            raise OSError
        return self.is_there


async def word(address: str, service: str = "") -> str:
    async with grpc.aio.insecure_channel(address) as channel:
        try:
            answer = await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service=service))
        except grpc.aio.AioRpcError as error:
            return error.code().name
        return health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)


async def watched(call) -> str:
    answer = await asyncio.wait_for(call.read(), 20)
    assert answer is not grpc.aio.EOF
    return health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)


def watching(channel: grpc.aio.Channel, service: str = ""):
    return health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest(service=service))


@pytest.mark.parametrize("service", ["", ORDER_SERVICE, CAPABILITIES, LIVENESS])
async def test_every_service_and_the_whole_are_ready(running, service):
    assert await word(running.address, service) == SERVING


async def test_a_service_that_is_not_here_is_not_found(running, channel):
    assert await word(running.address, "nowhere") == "NOT_FOUND"
    assert await watched(watching(channel, "nowhere")) == UNKNOWN


async def test_a_server_whose_database_is_gone_is_not_ready_and_lives(settings):
    ground = Ground()
    async with started(settings, services(), is_ready=ground) as server:
        async with grpc.aio.insecure_channel(server.address) as channel:
            watches = [watching(channel), watching(channel), watching(channel, ORDER_SERVICE)]
            assert {await watched(each) for each in watches} == {SERVING}
            ground.breaks = True
            assert {await watched(each) for each in watches} == {NOT_SERVING}
            assert await word(server.address) == NOT_SERVING
            assert await word(server.address, LIVENESS) == SERVING
            watches.pop().cancel()
            ground.breaks = False
            assert {await watched(each) for each in watches} == {SERVING}
            ground.is_there = False
            assert {await watched(each) for each in watches} == {NOT_SERVING}


async def test_a_server_that_starts_without_its_database_is_not_ready(settings):
    ground = Ground()
    ground.breaks = True
    async with started(settings, services(), is_ready=ground) as server:
        assert await word(server.address) == NOT_SERVING


async def test_readiness_ends_before_the_door_closes(settings):
    """Each answer below comes while the server drains: it says that it is not ready, and still serves newcomers."""
    ending = asyncio.Event()

    async def serve(address: asyncio.Future[str]) -> None:
        async with started(replace(settings, drain_seconds=600), services()) as server:
            address.set_result(server.address)
            await ending.wait()

    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(serve(address))
    async with grpc.aio.insecure_channel(await address) as channel:
        watch = watching(channel)
        assert await watched(watch) == SERVING
        ending.set()
        assert await watched(watch) == NOT_SERVING
        assert await word(address.result(), ORDER_SERVICE) == NOT_SERVING
        assert await word(address.result(), LIVENESS) == SERVING
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_nobody_who_watches_keeps_a_server_from_stopping(settings):
    async with started(replace(settings, grace_seconds=600), services()) as server:
        channel = grpc.aio.insecure_channel(server.address)
        watch = watching(channel)
        assert await watched(watch) == SERVING
    assert await watched(watch) == NOT_SERVING
    assert await asyncio.wait_for(watch.read(), 20) is grpc.aio.EOF
    await channel.close()


async def test_a_balanced_channel_leaves_out_who_is_not_ready(settings):
    ground = Ground()
    ground.is_there = False
    async with started(settings, services(), is_ready=ground) as one, started(settings, services()) as other:
        both = f"ipv4:{one.address},{other.address}"
        async with grpc.aio.insecure_channel(both, options=balanced()) as channel:
            stub = health_pb2_grpc.HealthStub(channel)
            for _ in range(10):
                answer = await stub.Check(health_pb2.HealthCheckRequest())
                assert answer.status == health_pb2.HealthCheckResponse.SERVING


async def test_the_probe_tells_by_its_exit_status(running, capsys):
    async def status(*arguments: str) -> int:
        return await asyncio.to_thread(probe.main, arguments)

    assert await status(running.address) == 0
    assert await status(running.address, LIVENESS) == 0
    assert await status(running.address, "nowhere") == 1
    assert await status("127.0.0.1:1") == 1
    assert "UNAVAILABLE" in capsys.readouterr().out
    assert await status("shop.example.com:50051") == 1
    assert "plaintext" in capsys.readouterr().out
    assert await status() == 2
