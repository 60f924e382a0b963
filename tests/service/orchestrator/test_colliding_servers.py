"""Whole turns over servers that call different things the same, and over a request with every shape."""

from contextlib import AsyncExitStack

import pytest

from tests.chat_events import kinds, reply
from tests.compiling import compiled
from tests.dynamic_server import Answer, Contract, answering
from tests.fakes import ScriptedPlanner, plan, step

PARCEL = "parcel/v1/parcel.proto"
GET = step("s1", "parcel.get", parcel_id="P-1")
FIND = step("s2", "locker.find", parcel_id="P-1")
SEND = {"street": "Elm 1", "city": "Bonn", "door": {"found_by": {"which": "floor", "value": 3}}}


def vendor(name: str, **answers: Answer) -> Contract:
    return Contract(files=compiled(f"vendor_{name}", PARCEL), service="parcel.v1.ParcelService", answers=answers)


def vendor_a(state: str = "STATE_GONE") -> Contract:
    answer = answering(parcel={"id": "P-1", "state": state})
    return vendor("a", GetParcel=answer, Send=answer)


def vendor_b(state: str = "STATE_WAITING") -> Contract:
    return vendor("b", FindParcel=answering(parcel={"locker": 12, "state": state}))


@pytest.mark.parametrize(
    "condition",
    [
        "s1.parcel.state == parcel.v1.State.STATE_GONE && s2.parcel.state == parcel.v1.State.STATE_WAITING",
        "s2.parcel.state == parcel.v1.State.STATE_WAITING && s1.parcel.state in [parcel.v1.State.STATE_GONE]",
        "[s2].exists(x, x.parcel.state != parcel.v1.State.STATE_GONE && x.parcel.locker == 12)",
        "s2.parcel.state == x_b.parcel.v1.State.STATE_WAITING",
    ],
)
async def test_a_condition_over_both_responses_uses_the_names_of_each_server(start_servers, condition):
    third = step("s3", "parcel.get", parcel_id="P-2", when=condition)
    planner = ScriptedPlanner(plan(GET, FIND, third), plan(GET, FIND, third))
    async with AsyncExitStack() as stack:
        house, _, b = await start_servers(stack, planner, a=vendor_a(), b=vendor_b())
        async with house.window() as window:
            events = await window.ask("get P-1 and find it, then P-2")
            assert kinds(events).count("step_finished") == 3, events
            assert "Parcel P-1 is gone." in reply(events)
            assert "Locker 12 is waiting." in reply(events)
            b.contract = vendor_b("STATE_GONE")
            assert "step_skipped" in kinds(await window.ask("again: P-1 and P-2"))
    assert b.requests[0] == ("FindParcel", {"parcel_id": "P-1"})


async def test_a_message_parameter_arrives_with_all_its_shapes(start_servers):
    arguments = {
        "address": SEND,
        "labels": [{"key": "colour", "value": "red"}],
        "items": [{"name": "lamp", "count": 2}, {"name": "chair", "count": None}],
        "once": "GONE",
        "grams": "1250",
    }
    said = "send 2 lamp and a chair to Elm 1, Bonn, floor 3, 1250 grams, colour red"
    async with AsyncExitStack() as stack:
        planner = ScriptedPlanner(plan(step("s1", "parcel.send", **arguments)))
        house, a = await start_servers(stack, planner, a=vendor_a("STATE_WAITING"))
        async with house.window() as window:
            asked = await window.ask(said)
            assert "send a parcel to Elm 1" in reply(asked)
            request = next(event.approval_requested for event in asked if event.HasField("approval_requested"))
            await window.approve(request.plan_id)
            assert "Parcel P-1 is waiting." in reply(await window.turn())
    assert a.requests == [
        (
            "Send",
            {
                "address": {"street": "Elm 1", "city": "Bonn", "door": {"floor": 3}},
                "labels": {"colour": "red"},
                "items": [{"name": "lamp", "count": 2}, {"name": "chair"}],
                "once": "STATE_GONE",
                "grams": "1250",
            },
        )
    ]


async def test_a_message_with_an_invented_part_counts_as_not_given(start_servers):
    async with AsyncExitStack() as stack:
        planner = ScriptedPlanner(plan(step("s1", "parcel.send", address={**SEND, "city": "Atlantis"})))
        house, a = await start_servers(stack, planner, a=vendor_a())
        async with house.window() as window:
            assert "where it goes" in reply(await window.ask("send it to Elm 1, floor 3"))
    assert a.requests == []


async def test_a_misspelt_part_goes_back_to_the_planner_with_its_path(start_servers):
    wrong = plan(step("s1", "parcel.send", address={"street": "Elm 1", "town": "Bonn"}))
    async with AsyncExitStack() as stack:
        planner = ScriptedPlanner(wrong, wrong)
        house, _ = await start_servers(stack, planner, a=vendor_a())
        async with house.window() as window:
            await window.ask("send it to Elm 1, Bonn")
    (fault,) = planner.faults[1]
    assert fault.reason == "WRONG_TYPE"
    assert "address.town is unknown there; known are: city, door, street" in fault.message
