"""Conversations before the labelled message: a yes to what waits, a no, a part of it, an answer to a question."""

import pytest

from evaluation.catalogues import shop_catalogue
from evaluation.conversation import Conversation
from evaluation.labels import Label
from orchestrator_server.embedded import EmbeddedPlanner
from orchestrator_server.plan import Clarify, Decision, Plan, Refuse, Said
from orchestrator_server.planning import Planning
from orchestrator_server.thinking import make_id
from tests.fakes import ScriptedPlanner, plan, step
from tests.unit.evaluation.judged import NOW, label, theatre


def talk(*said: str, last: str) -> Label:
    """Customer and assistant in turn, the customer first."""
    return label(text=last, earlier=tuple(Said(is_user=at % 2 == 0, text=text) for at, text in enumerate(said)))


def conversation(planner: object) -> Conversation:
    return Conversation(
        planning=Planning(planner=planner),  # type: ignore[arg-type]  # the test's own
        catalogue=shop_catalogue(),
        expressions=theatre().expressions,
        roles=frozenset({"customer"}),
        now=NOW,
    )


async def decision(one: Label, planner: object) -> Decision:
    asked = conversation(planner)
    return (await asked.decide(one.email, one.text, await asked.remember(one))).decision


def cancels(found: Decision) -> list[object]:
    assert isinstance(found, Plan)
    return [one.arguments["order_id"] for one in found.steps]


ASKED = "cancel A-1042 and A-1043", "Shall I cancel order A-1042 and cancel order A-1043?"


@pytest.mark.parametrize(
    ("answer", "left"), [("yes", ["A-1042", "A-1043"]), ("only the first", ["A-1042"]), ("all but A-1042", ["A-1043"])]
)
async def test_a_yes_lets_run_what_was_asked_about(answer: str, left: list[str]):
    waiting = plan(step("s1", "order.cancel", order_id="A-1042"), step("s2", "order.cancel", order_id="A-1043"))
    assert cancels(await decision(talk(*ASKED, last=answer), ScriptedPlanner(waiting))) == left


async def test_a_no_ends_it_and_an_unclear_answer_is_asked_about():
    waiting = plan(step("s1", "order.cancel", order_id="A-1042"), step("s2", "order.cancel", order_id="A-1043"))
    assert isinstance(await decision(talk(*ASKED, last="no thanks"), ScriptedPlanner(waiting)), Refuse)
    assert isinstance(await decision(talk(*ASKED, last="only the fifth"), ScriptedPlanner(waiting)), Clarify)


@pytest.mark.parametrize("reply", ["A-1042 is cancelled. Anything else I can do?", "A-1042 is cancelled.", ""])
async def test_a_yes_to_another_question_repeats_nothing(reply: str):
    done, refusal = plan(step("s1", "order.cancel", order_id="A-1042")), Refuse(reason="chatter", message="Fine.")
    found = await decision(talk("cancel A-1042", reply, last="yes"), ScriptedPlanner(done, refusal))
    assert found == refusal


async def test_an_answer_completes_what_the_planner_asked_for():
    one = talk("cancel my order", "Which order do you mean? (for example A-1042)", last="A-1043")
    assert cancels(await decision(one, EmbeddedPlanner(make_id))) == ["A-1043"]


async def test_turns_need_no_replies_and_a_greeting_no_message():
    greeting = label(text="cancel A-1042", earlier=(Said(is_user=False, text="Hello, how can I help?"),))
    assert cancels(await decision(greeting, EmbeddedPlanner(make_id))) == ["A-1042"]
    alone = label(
        text="cancel A-1042", earlier=(Said(is_user=True, text="hello"), Said(is_user=True, text="you there"))
    )
    assert cancels(await decision(alone, EmbeddedPlanner(make_id))) == ["A-1042"]


async def test_the_example_of_a_question_is_nothing_that_was_shown():
    one = talk("cancel my order", "Which order do you mean? (for example A-1042)", last="where is it?")
    assert isinstance(await decision(one, EmbeddedPlanner(make_id)), Clarify)
