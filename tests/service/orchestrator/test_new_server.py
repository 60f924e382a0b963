"""A server that appears while the orchestrator runs is understood with the next message, whatever its trade."""

import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import grpc

from orchestrator_server.channels import Target
from orchestrator_server.embedded.planner import EmbeddedPlanner
from orchestrator_server.thinking import make_id
from tests.chat_events import kinds, reply
from tests.dynamic_server import Contract, DynamicServer, answering
from tests.unit.embedded.practice import contract

APPOINTMENT = {
    "id": "4821-KD",
    "state": "APPOINTMENT_STATE_CONFIRMED",
    "doctor": "Dr. Weber",
    "starts_at": "2027-12-03T09:00:00Z",
    "minutes": 30,
    "fee": {"amount_minor": "4000", "currency": "EUR"},
}
VISITS = contract(
    "visits",
    ListAppointments=answering(appointments=[APPOINTMENT]),
    GetAppointment=answering(appointment=APPOINTMENT),
    CallOffAppointment=answering(appointment=APPOINTMENT | {"state": "APPOINTMENT_STATE_CALLED_OFF"}),
)


def free_address() -> str:
    """Where a server may listen later; nobody does yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


@asynccontextmanager
async def serving_at(address: str, served: Contract) -> AsyncIterator[DynamicServer]:
    """A server at `address` whose intents the orchestrator has read."""
    handler = DynamicServer(name="visits", contract=served, address=address)
    server = grpc.aio.server(handlers=[handler])
    assert server.add_insecure_port(address)
    await server.start()
    await handler.read_anew()
    try:
        yield handler
    finally:
        await server.stop(None)


async def test_a_server_that_starts_later_is_understood_with_the_next_message(start_house):
    target = Target(name="visits", address=free_address())
    planner = EmbeddedPlanner(make_id)
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(start_house(planner, targets=(target,), discovery_seconds=0.05))
        window = await stack.enter_async_context(house.window())
        before = await window.ask("when is my appointment 4821-KD?")
        assert "step_started" not in kinds(before)
        server = await stack.enter_async_context(serving_at(target.address, VISITS))
        after = await window.ask("when is my appointment 4821-KD?")
        assert "Appointment 4821-KD with Dr. Weber is confirmed" in reply(after)
        asked = await window.ask("please call off 4821-KD")
        assert "approval_requested" in kinds(asked), reply(asked)
        assert server.requests == [("GetAppointment", {"appointment_id": "4821-KD"})]
        done = await window.ask("yes")
        assert "is called off" in reply(done)
        assert server.requests[-1] == ("CallOffAppointment", {"appointment_id": "4821-KD"})


async def test_old_and_new_servers_are_asked_in_one_message(start_house):
    target = Target(name="visits", address=free_address())
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(
            start_house(EmbeddedPlanner(make_id), targets=(target,), discovery_seconds=0.05)
        )
        window = await stack.enter_async_context(house.window())
        await stack.enter_async_context(serving_at(target.address, VISITS))
        events = await window.ask("show me order A-1042 and list my appointments")
    assert "Order A-1042 is pending" in reply(events)
    assert "4821-KD: Dr. Weber" in reply(events)
