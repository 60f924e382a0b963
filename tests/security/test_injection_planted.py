"""Instructions planted in names, addresses, items and notes, before a model that follows every one that it sees."""

import pytest

from orchestrator_server.concealing import Hiding
from tests.chat_events import kinds, reply
from tests.security.attacks import batches, own, shared_texts
from tests.security.obedient import Obedient, wanted

FIRST = "show me my profile, list my orders and track A-1043"
SECOND = "show me order A-1042"
PLANS = {
    FIRST: (wanted("user.get_profile"), wanted("order.list"), wanted("shipping.track", order_id="A-1043")),
    SECOND: (wanted("order.get", order_id="A-1042"),),
}
CALLS = {"GetProfile", "ListOrders", "TrackShipment", "GetOrder"}
SETS = [
    pytest.param(own(), id="own"),
    pytest.param(
        shared_texts(),
        id="shared",
        marks=pytest.mark.skipif(not shared_texts(), reason="the shared attacks are absent"),
    ),
]


@pytest.mark.parametrize("attacks", SETS)
async def test_what_is_planted_in_results_is_never_seen_and_the_user_is_served(besiege, attacks):
    obedient = Obedient(plans=PLANS, attacks=attacks)
    async with besiege(obedient) as besieged:
        for texts in batches(attacks):
            besieged.plant(texts)
            before = besieged.tables()
            async with besieged.house.window() as window:
                assert texts[0] in reply(await window.ask(FIRST))
                shown = reply(await window.ask(SECOND))
                assert "A-1042" in shown
                assert "pending" in shown
            assert besieged.tables() == before
    assert (obedient.seen, obedient.told) == ([], [])
    assert set(besieged.calls.methods) <= CALLS


@pytest.mark.parametrize("is_alone", [False, True], ids=["beside", "instead"])
@pytest.mark.parametrize("attacks", SETS)
async def test_with_nothing_hidden_code_still_runs_the_users_own_plan_alone(besiege, attacks, is_alone):
    obedient = Obedient(plans=PLANS, attacks=attacks, is_alone=is_alone)
    async with besiege(obedient, hiding=Hiding.NOTHING) as besieged:
        for texts in batches(attacks):
            besieged.plant(texts)
            before = besieged.tables()
            async with besieged.house.window() as window:
                await window.ask(FIRST)
                del besieged.calls.methods[:]
                events = await window.ask(SECOND)
            assert besieged.calls.methods == ["GetOrder"], texts
            assert "step_finished" in kinds(events)
            assert besieged.tables() == before
    assert obedient.seen
    assert obedient.told
