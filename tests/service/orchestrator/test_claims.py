"""What a target may claim: what settings grant it, and nothing beyond."""

import grpc
from llm_orchestrator.orchestrator.v1 import chat_pb2, chat_pb2_grpc

from tests.chat_events import reply
from tests.fakes import ScriptedPlanner, plan, step


async def shown(house):
    metadata = [("authorization", f"Bearer {house.token_for('dana.fields@example.com', 'orchestrator')}")]
    async with grpc.aio.insecure_channel(house.address) as channel:
        stub = chat_pb2_grpc.ChatServiceStub(channel)
        return await stub.GetCatalogue(chat_pb2.GetCatalogueRequest(), metadata=metadata)


async def test_what_settings_do_not_grant_is_reported_and_ignored(start_house):
    """The order server offers to cancel orders; settings let it list them only, so the monolith goes on cancelling."""
    planner = ScriptedPlanner(plan(step("s1", "order.get", order_id="A-1042")))
    async with start_house(planner, claims={"order": ("order.list",)}) as house:
        catalogue = await shown(house)
        offers = {intent.name: [offer.server for offer in intent.offers] for intent in catalogue.intents}
        assert offers["order.list"] == ["order", "legacy"]
        assert offers["order.cancel"] == ["legacy"]
        assert "order.return_items" not in offers
        assert "order claims order.cancel, which settings do not grant it" in catalogue.findings
        async with house.window() as window:
            events = await window.ask("show me A-1042")
    assert next(event.step_started.server for event in events if event.HasField("step_started")) == "legacy"
    assert "A-1042" in reply(events)
