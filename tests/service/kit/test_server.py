"""Starting and stopping: ports, sentences instead of tracebacks, SIGTERM."""

import asyncio
import signal
import socket
from dataclasses import replace

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from llm_orchestrator.order.v1 import order_pb2, order_pb2_grpc

from service_kit.errors import StartError
from service_kit.server import started
from tests.service.kit.small_server import ENDLESS, WAITING, services


async def test_port_0_picks_a_port_and_tells_it(running):
    assert running.port > 0
    assert running.address == f"127.0.0.1:{running.port}"


async def test_a_taken_port_is_told_in_a_sentence(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(StartError, match="cannot be had") as caught:
            async with started(replace(settings, address=address), services()):
                pass
    assert address in str(caught.value)


async def test_two_servers_never_share_a_port(settings, running):
    with pytest.raises(StartError, match="port taken"):
        async with started(replace(settings, address=running.address), services()):
            pass


async def test_a_missing_trust_file_is_told_in_a_sentence(settings, tmp_path):
    with pytest.raises(StartError, match=r"missing\.json"):
        async with started(replace(settings, trust_file=tmp_path / "missing.json"), services()):
            pass


@pytest.mark.parametrize("text", ["{", "[]", '{"user": "keys.json"}', '{"user": {}}'])
async def test_a_broken_trust_file_is_told_in_a_sentence(settings, tmp_path, text):
    path = tmp_path / "broken.json"
    path.write_text(text)
    with pytest.raises(StartError, match=r"broken\.json"):
        async with started(replace(settings, trust_file=path), services()):
            pass


async def test_a_port_is_free_again_after_the_end(settings):
    async with started(settings, services()) as first:
        pass
    async with started(replace(settings, address=first.address), services()) as second:
        assert second.port == first.port


async def test_a_call_that_never_ends_is_ended_after_the_grace(settings, as_anna):
    settings = replace(settings, grace_seconds=0.1, call_seconds=60)
    async with started(settings, services()) as server:
        channel = grpc.aio.insecure_channel(server.address)
        call = order_pb2_grpc.OrderServiceStub(channel).GetOrder(
            order_pb2.GetOrderRequest(order_id=ENDLESS), metadata=as_anna
        )
        await channel.channel_ready()
        await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
    with pytest.raises(grpc.aio.AioRpcError):
        await asyncio.wait_for(call, 5)
    await channel.close()


# As a program


async def lets_in(address: str) -> bool:
    """Does a newcomer get an answer there?"""
    async with grpc.aio.insecure_channel(address) as channel:
        try:
            await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
        except grpc.aio.AioRpcError as error:
            return error.code() == grpc.StatusCode.CANCELLED  # caught in the door
        return True


async def test_sigterm_lets_a_running_call_end_and_takes_no_new_one(start_program, as_anna):
    async with start_program() as program, grpc.aio.insecure_channel(program.address) as channel:
        stub = order_pb2_grpc.OrderServiceStub(channel)
        call = asyncio.ensure_future(stub.GetOrder(order_pb2.GetOrderRequest(order_id=WAITING), metadata=as_anna))
        assert await asyncio.wait_for(program.process.stdout.readline(), 20) == b"waiting\n"
        program.process.send_signal(signal.SIGTERM)
        assert (await program.line())["message"] == "stopping"
        async with asyncio.timeout(10):  # the line comes a moment before the door closes
            while await lets_in(program.address):
                pass
        assert not call.done()
        program.process.stdin.write(b"go on\n")
        assert (await call).order.id == WAITING
        log = await program.end()
        assert program.process.returncode == 0
    assert [line["message"] for line in log] == ["serving", "stopping", "call"]
    assert log[-1]["code"] == "OK"


@pytest.mark.parametrize("wanted", [signal.SIGTERM, signal.SIGINT])
async def test_an_idle_server_stops_at_once(start_program, wanted):
    async with start_program(LLM_ORCHESTRATOR_GRACE_SECONDS="600") as program:
        program.process.send_signal(wanted)
        await program.end()
        assert program.process.returncode == 0


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"ORDER_SERVER_ADDRESS": "nowhere", "LLM_ORCHESTRATOR_CALL_SECONDS": "x"}, ["not host:port", "not a number"]),
        ({"LLM_ORCHESTRATOR_TRUST_FILE": "/nowhere/trust.json"}, ["/nowhere/trust.json"]),
        ({"ORDER_SERVER_ADDRESS": "TAKEN"}, ["port taken"]),
    ],
)
async def test_a_program_that_cannot_start_says_why_and_ends_with_status_1(running, run_program, values, said):
    values = {name: value.replace("TAKEN", running.address) for name, value in values.items()}
    status, text = await run_program(**values)
    assert status == 1
    assert "Traceback" not in text
    for part in said:
        assert part in text
