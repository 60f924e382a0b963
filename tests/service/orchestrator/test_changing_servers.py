"""Whole turns over servers whose contracts contradict each other, or change in the middle of a conversation."""

from contextlib import AsyncExitStack

from orchestrator_server.channels import Target
from tests.chat_events import kinds, reply
from tests.compiling import compiled_text
from tests.dynamic_server import Answer, Contract, DynamicServer, answering, serving
from tests.fakes import ScriptedPlanner, plan, step

STATES = "enum State { STATE_UNSPECIFIED = 0; STATE_GOOD = 1; }"
FIELDS = "State state = 1; string note = 2;"
RENUMBERED = "enum State { STATE_UNSPECIFIED = 0; STATE_GOOD = 5; STATE_WORN = 1; }"
MOVED = "string more = 2; State state = 7; string note = 8;"
OTHER_NOTE = "State state = 1; int32 note = 2;"
CHANGED = "The services changed since I asked; please ask me again."

GET = step("s1", "thing.get", thing="T-1")
BREAK = step("s2", "thing.break", thing="T-1", when="s1.state == one.v1.State.STATE_GOOD")


def things(
    fields: str, answer: Answer, *, package: str = "one.v1", generation: str = "MODERN", enum: str = STATES
) -> Contract:
    """A server with the read `thing.get` and the effect `thing.break`, whose response has `fields`."""
    options = f"access: ACCESS_PUBLIC generation: GENERATION_{generation}"
    text = f"""
      package {package};
      import "llm_orchestrator/capabilities/v1/annotations.proto";
      message ThingRequest {{ string thing = 1; }}
      message ThingResponse {{ {fields} }}
      {enum}
      service ThingService {{
        rpc Get(ThingRequest) returns (ThingResponse) {{
          option idempotency_level = NO_SIDE_EFFECTS;
          option (llm_orchestrator.capabilities.v1.intent) = {{ name: "thing.get" {options} }};
        }}
        rpc Break(ThingRequest) returns (ThingResponse) {{
          option (llm_orchestrator.capabilities.v1.intent) = {{ name: "thing.break" {options} }};
        }}
      }}
    """
    files = compiled_text(**{package.replace(".", "_"): text})
    return Contract(files=files, service=f"{package}.ThingService", answers={"Get": answer, "Break": answer})


GOOD = answering(state="STATE_GOOD", note="kept")
BEFORE = things(FIELDS, GOOD)


async def change(server: DynamicServer, after: Contract) -> None:
    """The server is replaced, and the orchestrator has noticed."""
    server.contract = after
    await server.read_anew()


def calls(server: DynamicServer) -> list[str]:
    return [name for name, _ in server.requests]


async def test_an_incompatible_overlap_is_never_used_for_fallback(start_house):
    old = things("int32 state = 1;", answering(state=1), package="old.v1", generation="LEGACY")
    planner = ScriptedPlanner(plan(GET), plan(GET))
    async with AsyncExitStack() as stack:
        modern = await stack.enter_async_context(AsyncExitStack())
        one = await modern.enter_async_context(serving("modern", BEFORE))
        two = await stack.enter_async_context(serving("old", old))
        targets = tuple(Target(name=server.name, address=server.address) for server in (one, two))
        without = frozenset({"legacy", "user", "order", "shipping"})
        house = await stack.enter_async_context(start_house(planner, without=without, targets=targets))
        async with house.window() as window:
            assert "kept" in reply(await window.ask("get T-1"))
            await modern.aclose()
            assert "does not answer" in reply(await window.ask("get T-1"))
    assert two.requests == []


async def test_a_running_plan_keeps_the_snapshot_that_it_was_checked_against(start_servers):
    second = step("s2", "thing.get", thing="T-2", when="s1.state == one.v1.State.STATE_GOOD && s1.note == 'kept'")

    async def answer(request):
        """Says something else about itself from the first call on; goes on when that is known."""
        if server.announced is None:
            server.announced = things("string other = 1;", answering(other="x"))
            await server.read_anew()
        return {"state": "STATE_GOOD", "note": "kept"}

    planner = ScriptedPlanner(plan(GET, second), plan(GET, second), plan(GET, second))
    async with AsyncExitStack() as stack:
        house, server = await start_servers(stack, planner, one=things(FIELDS, answer))
        async with house.window() as window:
            events = await window.ask("get T-1, then T-2")
            assert kinds(events).count("step_finished") == 2, events
            assert "kept" in reply(events)
            assert "step_finished" not in kinds(await window.ask("once more: T-1, then T-2"))
    assert planner.faults[-1]  # the next plan was checked against what the server says now
    assert calls(server) == ["Get", "Get"]


async def test_a_response_from_before_the_change_is_read_with_the_contract_of_its_time(start_servers):
    planner = ScriptedPlanner(plan(GET, BREAK))
    async with AsyncExitStack() as stack:
        house, server = await start_servers(stack, planner, one=BEFORE)
        async with house.window() as window:
            asked = await window.ask("break T-1 if it is good")
            assert kinds(asked)[-1] == "turn_done"
            await change(server, things(MOVED, GOOD, enum=RENUMBERED))
            events = await window.ask("yes")
    assert "step_finished" in kinds(events), events
    assert calls(server)[-1] == "Break"


async def test_a_response_that_cannot_be_read_any_more_is_refused_in_words(start_servers):
    planner = ScriptedPlanner(plan(GET, BREAK))
    async with AsyncExitStack() as stack:
        house, server = await start_servers(stack, planner, one=BEFORE)
        async with house.window() as window:
            await window.ask("break T-1 if it is good")
            await change(server, things(OTHER_NOTE, answering(state="STATE_GOOD", note=1)))
            assert reply(await window.ask("yes")) == CHANGED
    assert "Break" not in calls(server)


async def test_a_plan_that_does_not_fit_the_new_contract_is_refused_in_words(start_servers):
    planner = ScriptedPlanner(plan(GET, BREAK))
    async with AsyncExitStack() as stack:
        house, server = await start_servers(stack, planner, one=BEFORE)
        async with house.window() as window:
            await window.ask("break T-1 if it is good")
            await change(server, things("string note = 2;", answering(note="x")))
            assert reply(await window.ask("yes")) == CHANGED
    assert "Break" not in calls(server)


async def test_a_response_from_before_a_restart_is_read_under_the_contract_it_was_stored_under(start_servers):
    for after in (BEFORE, things(MOVED, GOOD, enum=RENUMBERED)):
        async with AsyncExitStack() as stack:
            house, _ = await start_servers(stack, ScriptedPlanner(plan(GET, BREAK)), one=BEFORE)
            async with house.window() as window:
                await window.ask("break T-1 if it is good")
                conversation, seen = window.opened.conversation_id, window.events[-1].number
        async with AsyncExitStack() as stack:
            house, _ = await start_servers(stack, ScriptedPlanner(), one=after)
            async with house.window(conversation=conversation, seen=seen) as window:
                events = await window.ask("yes")
                assert kinds(events).count("step_finished") == 2


async def test_a_response_that_does_not_fit_the_contract_is_told_and_an_effect_is_in_doubt(start_servers):
    unlike = things("State state = 1; bytes note = 2;", answering(note="_-8="))
    planner = ScriptedPlanner(plan(GET), plan(step("s1", "thing.break", thing="T-1")))
    async with AsyncExitStack() as stack:
        house, server = await start_servers(stack, planner, one=BEFORE)
        server.contract, server.announced = unlike, BEFORE
        async with house.window() as window:
            assert "answered something that cannot be read" in reply(await window.ask("get T-1"))
            await window.ask("break T-1")
            events = await window.ask("yes")
    failed = next(event.step_failed for event in events if event.HasField("step_failed"))
    assert failed.outcome.reason == "OUTCOME_UNKNOWN"
    assert calls(server) == ["Get", "Break"]
