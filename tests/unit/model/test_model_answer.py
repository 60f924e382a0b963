"""AnswerReader: what models send, bound to the schema or not."""

import json
from typing import Any

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.model.answer import AnswerError, AnswerReader
from orchestrator_server.plan import Clarify, Condition, Decision, Plan, Reference, Refuse

READER = AnswerReader(shop_catalogue().intents, plan_id="p1", planner="m")


def plan(intent: str, **arguments: Any) -> str:
    return json.dumps({"kind": "plan", "steps": [{"intent": intent, "arguments": arguments}]})


def arguments(decision: Decision) -> Any:
    assert isinstance(decision, Plan)
    return dict(decision.steps[0].arguments)


@pytest.mark.parametrize(
    ("intent", "given", "read"),
    [
        ("order.list", {"status": "PENDING", "limit": None}, {"status": "PENDING"}),
        ("order.list", {"status": "pending"}, {"status": "PENDING"}),
        ("order.list", {"status": "ORDER_STATUS_SHIPPED"}, {"status": "SHIPPED"}),
        ("order.list", {"status": "lost"}, {"status": "lost"}),
        ("order.list", {"status": "", "limit": 0}, {"limit": 0}),
        ("order.create", {"sku": "desk lamp", "quantity": "2"}, {"sku": "desk lamp", "quantity": 2}),
        ("order.create", {"quantity": "two"}, {"quantity": "two"}),
        ("order.return_items", {"items": "desk lamp"}, {"items": ["desk lamp"]}),
        ("order.return_items", {"items": []}, {}),
        ("order.return_items", {"items": {"from": "s1.x"}}, {"items": Reference(expression="s1.x")}),
        ("order.get", {"order_id": {"from": "each.id"}}, {"order_id": Reference(expression="each.id")}),
        ("order.get", {"colour": "red"}, {"colour": "red"}),
        ("no.such", {"a": {"b": 1}}, {"a": {"b": 1}}),
    ],
)
def test_arguments_are_read_as_they_are_plainly_meant(intent: str, given: Any, read: Any):
    assert arguments(READER.read(plan(intent, **given))) == read


@pytest.mark.parametrize("wrap", ["{}", "```json\n{}\n```", "Here you are: {} Enjoy!", "<think>{{a}}</think>\n{}"])
def test_what_stands_around_the_object_does_not_matter(wrap: str):
    text = wrap.replace("{}", plan("order.get", order_id="A-1"))
    assert arguments(READER.read(text)) == {"order_id": "A-1"}


def test_an_empty_condition_is_none():
    step = {"intent": "order.get", "arguments": None, "condition": {"words": "", "expression": ""}, "for_each": ""}
    decision = READER.read(json.dumps({"kind": "plan", "steps": [step]}))
    assert isinstance(decision, Plan)
    assert (decision.steps[0].condition, decision.steps[0].for_each) == (None, None)


@pytest.mark.parametrize("judge", [[], ["s1"]])
def test_a_condition_in_words_alone_is_never_lost(judge: list[str]):
    condition = {"words": "only if it sounds angry", "expression": None, "judge": judge}
    step = {"intent": "order.get", "arguments": None, "condition": condition, "for_each": None}
    decision = READER.read(json.dumps({"kind": "plan", "steps": [step]}))
    assert isinstance(decision, Plan)
    kept = Condition(words="only if it sounds angry", judged_over=tuple(judge))
    assert decision.steps[0].condition == kept


def test_a_plan_without_steps_that_asks_is_a_question():
    decision = READER.read('{"kind":"plan","steps":[],"question":"Which order?"}')
    assert decision == Clarify(question="Which order?")


def test_a_question_without_words_gets_some():
    decision = READER.read('{"kind":"clarify","steps":[],"missing":["order_id"]}')
    assert isinstance(decision, Clarify)
    assert decision.question == "Please tell me: order id."


def test_the_step_that_lacks_something_is_named():
    steps = [
        {"intent": "order.get", "arguments": {"order_id": "A-1"}},
        {"intent": "order.cancel", "arguments": {"order_id": None}},
    ]
    decision = READER.read(json.dumps({"kind": "clarify", "steps": steps, "question": "?", "missing": ["order_id"]}))
    assert isinstance(decision, Clarify)
    assert decision.step_id == "s2"


def test_names_that_are_no_list_are_none():
    condition = {"words": "only if it sounds angry", "judge": 5}
    step = {"intent": "order.get", "arguments": {}, "condition": condition}
    decision = READER.read(json.dumps({"kind": "clarify", "steps": [step], "question": "?", "missing": 5}))
    assert isinstance(decision, Clarify)
    assert decision.missing == ()


def test_a_choice_that_names_no_member_stays_for_the_checks():
    chosen = {"address": {"which": [], "value": None}}
    assert arguments(READER.read(plan("invoice.get", **chosen))) == chosen


def test_a_refusal_without_words_gets_some():
    assert READER.read('{"kind":"refuse"}') == Refuse(reason="OUT_OF_SCOPE", message="I cannot do that here.")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no JSON object"),
        ("no", "no JSON object"),
        ('{"kind": "plan"', "no JSON object"),
        ("{" * 100_000, "no JSON object"),
        ('{"a":' * 100_000, "no JSON object"),
        ("{}", "neither plan, question nor refusal"),
        ('{"kind":"plan"}', "plans no step"),
        ('{"kind":"plan","steps":"all"}', "steps are no list"),
        ('{"kind":"plan","steps":["order.get"]}', "step 1 names no intent"),
        ('{"kind":"plan","steps":[{"intent":"a","arguments":[1]}]}', "arguments of step 1"),
        ('{"kind":"clarify","question":"\\ud800"}', "no JSON object"),
    ],
)
def test_nonsense_is_named(text: str, why: str):
    with pytest.raises(AnswerError, match=why):
        READER.read(text)
