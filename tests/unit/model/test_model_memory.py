"""What the model is told of earlier turns, within its allowance."""

from datetime import UTC, datetime
from typing import Any

from orchestrator_server.model.memory import context_of
from orchestrator_server.model.quoting import quote
from orchestrator_server.model.tokens import estimate
from orchestrator_server.plan import (
    Clarify,
    Condition,
    Outcome,
    OutcomeStatus,
    PastTurn,
    Plan,
    Recollection,
    Reference,
    Request,
    Said,
    Step,
)

PLAN = Plan(
    id="p7",
    planner="m",
    steps=(
        Step(id="s1", intent="order.get", arguments={"order_id": "A-1042"}),
        Step(
            id="s2",
            intent="order.cancel",
            arguments={"order_id": Reference(expression="s1.order.id")},
            condition=Condition(words="if pending", expression="true"),
        ),
    ),
)
OUTCOMES = (
    Outcome(step_id="s1", status=OutcomeStatus.SUCCEEDED),
    Outcome(step_id="s2", status=OutcomeStatus.FAILED, reason="ORDER_ALREADY_SHIPPED"),
)


def context(memory: Recollection, conversation_tokens: int = 2_000, recent_tokens: int = 500) -> Any:
    request = Request(text="x", email="ada@example.com", now=datetime(2026, 11, 22, 9, tzinfo=UTC), memory=memory)
    return context_of(request, conversation_tokens=conversation_tokens, recent_tokens=recent_tokens)


def turns(count: int, length: int = 10) -> tuple[PastTurn, ...]:
    return tuple(PastTurn(text=f"{n} " + "t" * length, reply=f"r{n}", plan=None) for n in range(count))


def test_without_memory_only_the_moment_and_the_caller_are_told():
    assert context(Recollection()) == {"now": "2026-11-22T09:00:00+00:00", "signed_in": "ada@example.com"}


def test_an_earlier_turn_is_told_with_its_plan_and_what_became_of_it():
    memory = Recollection(turns=(PastTurn(text="cancel it", reply="It has shipped.", plan=PLAN, outcomes=OUTCOMES),))
    (turn,) = context(memory)["this_conversation"]
    assert (turn["user"], turn["plan"], turn["reply"]) == ("cancel it", "p7", "It has shipped.")
    assert turn["steps"][0] == {
        "id": "s1",
        "intent": "order.get",
        "arguments": {"order_id": "A-1042"},
        "became": "SUCCEEDED",
    }
    assert turn["steps"][1]["arguments"] == {"order_id": {"from": "s1.order.id"}}
    assert turn["steps"][1]["became"] == "FAILED ORDER_ALREADY_SHIPPED"


def test_a_step_without_outcome_did_not_run():
    memory = Recollection(turns=(PastTurn(text="x", reply="y", plan=PLAN),))
    assert [step["became"] for step in context(memory)["this_conversation"][0]["steps"]] == ["NOT_RUN", "NOT_RUN"]


def test_an_open_question_is_told_with_the_plan_that_waits_and_is_never_trimmed():
    question = Clarify(question="Which order?", missing=("order_id",), step_id="s2", partial=PLAN)
    told = context(Recollection(turns=turns(5), open_question=question), conversation_tokens=0)["open_question"]
    assert (told["question"], told["missing"], told["missing_in"]) == ("Which order?", ["order_id"], "s2")
    assert [step["id"] for step in told["steps"]] == ["s1", "s2"]


def test_the_oldest_turns_go_first():
    told = context(Recollection(turns=turns(100, 100)), conversation_tokens=200)["this_conversation"]
    assert estimate(quote(told)) <= 210
    assert told[-1]["reply"] == "r99"
    assert [turn["reply"] for turn in told] == [f"r{n}" for n in range(100 - len(told), 100)]
    assert len(told) > 1


def test_a_last_turn_that_is_too_long_is_shortened_and_not_lost():
    (told,) = context(Recollection(turns=turns(2, 3_000)), conversation_tokens=100)["this_conversation"]
    assert told["user"].endswith("…")
    assert estimate(quote(told)) <= 120


def test_other_conversations_are_marked_as_reference_and_have_their_own_allowance():
    recent = tuple(Said(is_user=n % 2 == 0, text=f"{n} " + "x" * 100) for n in range(50))
    told = context(Recollection(turns=turns(3), recent=recent), recent_tokens=100)
    others = told["other_conversations_for_reference_only"]
    assert len(told["this_conversation"]) == 3
    assert 1 <= len(others) <= 4
    assert others[-1] == {"reply": recent[-1].text}
