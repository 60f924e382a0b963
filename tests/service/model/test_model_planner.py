"""ModelPlanner with the real SDK over HTTP: what is asked, how often, and what becomes of the answers."""

import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.model.endpoint import ModelEndpoint
from orchestrator_server.model.planner import ModelPlanner
from orchestrator_server.plan import Clarify, Fault, Plan, Proposal, Recollection, Reference, Refuse, Request, Said
from orchestrator_server.planner import Planner, PlannerError
from tests.openai_server import EVERYTHING, Fail, OpenAIServer, say

SHOP = shop_catalogue()
INTENTS = tuple(SHOP.intents.values())
NOTHING = Recollection()
NOW = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)


def asks(text: str = "cancel A-1042", email: str = "ada@example.com", memory: Recollection = NOTHING) -> Request:
    return Request(text=text, email=email, now=NOW, memory=memory)


def answer(kind: str = "plan", **fields: Any) -> str:
    blank = {"kind": kind, "steps": [], "question": None, "missing": [], "reason": None}
    return json.dumps(blank | fields)


def step(intent: str, condition: Any = None, for_each: Any = None, **arguments: Any) -> dict[str, Any]:
    return {"intent": intent, "arguments": arguments, "condition": condition, "for_each": for_each}


CANCEL = answer(steps=[step("order.cancel", order_id="A-1042", reason=None)])


@asynccontextmanager
async def planner_at(server: OpenAIServer, **settings: Any) -> AsyncIterator[ModelPlanner]:
    numbers = itertools.count(1)
    endpoint = ModelEndpoint(server.address, max_retries=0)
    try:
        yield ModelPlanner(endpoint, new_plan_id=lambda: f"p{next(numbers)}", **settings)
    finally:
        await endpoint.close()


async def propose(*answers: str, request: Request | None = None) -> Proposal:
    async with OpenAIServer(*(say(text) for text in answers)) as server, planner_at(server) as planner:
        return await planner.propose(request or asks(), INTENTS, SHOP)


async def test_a_plan_comes_back_with_ids_and_usage():
    proposal = await propose(CANCEL)
    plan = proposal.decision
    assert isinstance(plan, Plan)
    assert (plan.id, plan.planner, proposal.usage.model_calls) == ("p1", "test-model", 1)
    assert [(s.id, s.intent, dict(s.arguments)) for s in plan.steps] == [("s1", "order.cancel", {"order_id": "A-1042"})]


async def test_references_conditions_and_fan_out_come_through():
    condition = {"words": "if pending", "expression": "s1.orders.size() > 0"}
    steps = [
        step("order.list", status="PENDING", limit=None),
        step("order.cancel", condition, "s1.orders", order_id={"from": "each.id"}, reason=None),
    ]
    plan = (await propose(answer(steps=steps))).decision
    assert isinstance(plan, Plan)
    cancel = plan.steps[1]
    assert cancel.arguments == {"order_id": Reference(expression="each.id")}
    assert cancel.condition is not None
    assert (cancel.condition.words, cancel.for_each) == ("if pending", "s1.orders")


async def test_a_question_keeps_the_partial_plan():
    steps = [step("order.cancel", order_id=None, reason=None)]
    decision = (await propose(answer("clarify", steps=steps, question="Which one?", missing=["order_id"]))).decision
    assert isinstance(decision, Clarify)
    assert (decision.question, decision.missing, decision.step_id) == ("Which one?", ("order_id",), "s1")
    assert decision.partial is not None


async def test_a_refusal_says_what_can_be_done_instead():
    decision = (await propose(answer("refuse", reason="I can only help with orders."))).decision
    assert decision == Refuse(reason="OUT_OF_SCOPE", message="I can only help with orders.")


@pytest.mark.parametrize("supports", [EVERYTHING, EVERYTHING - {"json_schema"}, frozenset({"temperature"})])
async def test_one_call_makes_a_plan_whatever_the_endpoint_supports(supports: frozenset[str]):
    server = OpenAIServer(always=lambda _: say(CANCEL), supports=supports)
    async with server, planner_at(server) as planner:
        await planner.propose(asks(), INTENTS, SHOP)
        before = len(server.asked)
        proposal = await planner.propose(asks(), INTENTS, SHOP)
    assert (len(server.asked) - before, proposal.usage.model_calls) == (1, 1)


async def test_the_prompt_begins_with_the_same_bytes_for_everybody():
    memory = Recollection(recent=(Said(is_user=True, text="hello"),))
    server = OpenAIServer(always=lambda _: say(CANCEL))
    async with server, planner_at(server) as planner, planner_at(server) as another:
        await planner.propose(asks(), INTENTS, SHOP)
        await planner.propose(asks("my profile", "bob@example.com", memory), tuple(reversed(INTENTS)), SHOP)
        await another.propose(asks("track A-1"), INTENTS, shop_catalogue(unavailable=frozenset({"user"})))
    prefixes = {json.dumps(asked.messages[:-1]) for asked in server.asked}
    schemas = {json.dumps(asked.body["response_format"]) for asked in server.asked}
    assert (len(prefixes), len(schemas)) == (1, 1)
    assert "ada@example.com" not in prefixes.pop()


async def test_roles_alternate_because_chat_templates_insist():
    async with OpenAIServer(say(CANCEL)) as server, planner_at(server) as planner:
        await planner.propose(asks(), INTENTS, SHOP)
    roles = [message["role"] for message in server.asked[0].messages]
    assert roles == ["system", *["user", "assistant"] * 8, "user"]


async def test_a_repair_shows_the_model_its_own_answer_and_what_is_wrong():
    fault = Fault(reason="UNKNOWN_FIELD", step_id="s1", message='undefined field "shipped"')
    async with OpenAIServer(say("{" + CANCEL[1:]), say(CANCEL)) as server, planner_at(server) as planner:
        await planner.propose(asks(), INTENTS, SHOP)
        await planner.propose(asks(), INTENTS, SHOP, [fault])
    first, second = server.asked
    assert second.messages[: len(first.messages)] == first.messages
    assert [message["role"] for message in second.messages[-2:]] == ["assistant", "user"]
    assert second.messages[-2]["content"] == CANCEL
    assert r'- s1: "undefined field \"shipped\""' in second.last


async def test_a_repair_by_another_process_still_names_the_faults():
    fault = Fault(reason="TOO_MANY_STEPS", step_id="", message="at most 20 steps")
    async with OpenAIServer(say(CANCEL)) as server, planner_at(server) as planner:
        await planner.propose(asks(), INTENTS, SHOP, [fault])
    assert '- plan: "at most 20 steps"' in server.asked[0].last
    assert [message["role"] for message in server.asked[0].messages[-2:]] == ["assistant", "user"]


async def test_answers_of_two_users_are_not_mixed_up_in_a_repair():
    refuse = answer("refuse", reason="no")
    fault = Fault(reason="X", step_id="s1", message="wrong")
    async with OpenAIServer(say(CANCEL), say(refuse), say(CANCEL)) as server, planner_at(server) as planner:
        await planner.propose(asks(), INTENTS, SHOP)
        await planner.propose(asks(email="bob@example.com"), INTENTS, SHOP)
        await planner.propose(asks(), INTENTS, SHOP, [fault])
    assert server.asked[2].messages[-2]["content"] == CANCEL


@pytest.mark.parametrize("text", ["I will cancel it for you.", "{}", '{"kind": "plan", "steps": []}', "[1]"])
async def test_an_answer_that_is_no_plan_is_told_as_nonsense_after_one_call(text: str):
    async with OpenAIServer(say(text)) as server, planner_at(server) as planner:
        with pytest.raises(PlannerError) as caught:
            await planner.propose(asks(), INTENTS, SHOP)
    assert (caught.value.reason, len(server.asked)) == ("MODEL_NONSENSE", 1)
    assert "say it in other words" in caught.value.message


async def test_what_the_endpoint_does_wrong_is_a_planner_error():
    async with OpenAIServer(Fail(500)) as server, planner_at(server) as planner:
        with pytest.raises(PlannerError, match="failed") as caught:
            await planner.propose(asks(), INTENTS, SHOP)
    assert caught.value.reason == "MODEL_FAILED"


async def test_nobody_without_intents_makes_a_refused_schema():
    async with (
        OpenAIServer(say(answer("refuse", reason="Nothing is offered."))) as server,
        planner_at(server) as planner,
    ):
        proposal = await planner.propose(asks(), (), SHOP)
    assert isinstance(proposal.decision, Refuse)


async def test_it_is_a_planner():
    async with OpenAIServer() as server, planner_at(server) as planner:
        same: Planner = planner
        assert same.name == "test-model"
