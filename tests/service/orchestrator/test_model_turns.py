"""Whole turns with a language model over HTTP: how often it is asked, how replies stream, and when it breaks."""

import json
from contextlib import asynccontextmanager

from orchestrator_server.model.composer import ModelComposer
from orchestrator_server.model.endpoint import ModelEndpoint
from orchestrator_server.model.judge import ModelJudge
from orchestrator_server.model.planner import ModelPlanner
from tests.chat_events import kinds, reply
from tests.openai_server import EVERYTHING, Fail, OpenAIServer, Say, say

NO_SCHEMA = EVERYTHING - {"json_schema"}


def answer(*steps, kind="plan", **fields):
    return json.dumps({"kind": kind, "steps": steps, "question": None, "missing": [], "reason": None} | fields)


def wanted(intent, condition=None, **arguments):
    return {"intent": intent, "arguments": arguments, "condition": condition, "for_each": None}


def only_if(expression):
    return {"words": "it hasn't shipped", "expression": expression}


def cancel_unless_shipped(expression):
    return answer(
        wanted("order.get", order_id="A-1043"),
        wanted("order.cancel", only_if(expression), order_id="A-1043", reason=None),
        wanted("loyalty.get_points"),
    )


@asynccontextmanager
async def talking(start_house, server):
    endpoint = ModelEndpoint(server.address, max_retries=0)
    try:
        planner, composer, judge = ModelPlanner(endpoint), ModelComposer(endpoint), ModelJudge(endpoint)
        async with start_house(planner, composer=composer, judge=judge) as house, house.window() as window:
            yield window
    finally:
        await endpoint.close()


async def test_a_turn_with_steps_and_conditions_takes_two_calls(start_house):
    plan = cancel_unless_shipped("!has(s1.order.shipped_at)")
    async with OpenAIServer(say(plan), say("It has ", "shipped. ", "You have 1,240 points.")) as server:
        async with talking(start_house, server) as window:
            assert window.opened.planner == "test-model"
            events = await window.ask("cancel A-1043 if it hasn't shipped and tell me my points")
    assert len(server.asked) == 2
    assert [event.reply_delta.text for event in events if event.HasField("reply_delta")] == [
        "It has ",
        "shipped. ",
        "You have 1,240 points.",
    ]
    assert reply(events) == "It has shipped. You have 1,240 points."
    usage = events[-1].turn_done.usage
    assert (usage.model_calls, usage.prompt_tokens, usage.completion_tokens) == (2, 200, 40)


async def test_without_schema_support_one_refused_probe_and_then_two_calls_a_turn(start_house):
    answers = (say(answer(wanted("loyalty.get_points"))), say("1,240."))
    async with OpenAIServer(*answers, *answers, supports=NO_SCHEMA) as server:
        async with talking(start_house, server) as window:
            await window.ask("points?")
            await window.ask("points again?")
    assert [asked.format for asked in server.asked] == ["json_schema", "json_object", "", "json_object", ""]


async def test_a_faulty_plan_is_mended_with_one_more_call(start_house):
    wrong, right = cancel_unless_shipped("!s1.order.shipped"), cancel_unless_shipped("!has(s1.order.shipped_at)")
    async with OpenAIServer(say(wrong), say(right), say("Done.")) as server:
        async with talking(start_house, server) as window:
            events = await window.ask("cancel A-1043 if it hasn't shipped and tell me my points")
    assert len(server.asked) == 3
    assert "undefined field 'shipped'" in server.asked[1].last
    assert "step_skipped" in kinds(events)


async def test_a_plan_that_stays_wrong_runs_nothing(start_house):
    wrong = cancel_unless_shipped("!s1.order.shipped")
    async with OpenAIServer(say(wrong), say(wrong)) as server:
        async with talking(start_house, server) as window:
            events = await window.ask("cancel A-1043 if it hasn't shipped and tell me my points")
    assert len(server.asked) == 2
    assert kinds(events) == ["user_message", "reply", "turn_done"]


async def test_a_reply_that_breaks_off_is_taken_back_and_templates_answer(start_house):
    broken = Say(pieces=("You ", "have "), resets_after=1)
    async with OpenAIServer(say(answer(wanted("loyalty.get_points"))), broken) as server:
        async with talking(start_house, server) as window:
            events = await window.ask("points?")
    assert "reply_reset" in kinds(events)
    assert reply(events) == "You have 1,240 loyalty points."


async def test_a_model_that_fails_ends_the_turn_with_what_to_do(start_house):
    async with OpenAIServer(Fail(500)) as server:
        async with talking(start_house, server) as window:
            failed = (await window.ask("points?"))[-1].turn_failed
    assert failed.reason == "MODEL_FAILED"
    assert "Traceback" not in failed.message


ANGRY = answer(
    wanted("shipping.track", order_id="A-1042"),
    wanted(
        "order.cancel",
        {"words": "only if the note sounds angry", "expression": None, "judge": ["s1"]},
        order_id="A-1042",
    ),
)


async def test_a_condition_that_cel_cannot_say_is_judged_over_its_results_alone(start_house):
    answers = (say(ANGRY), say('{"holds": false}'), say("I left it."))
    async with OpenAIServer(*answers) as server, talking(start_house, server) as window:
        events = await window.ask("cancel A-1042 only if the note sounds angry")
    judged = server.asked[1]
    assert len(server.asked) == 3
    assert "only if the note sounds angry" in judged.last
    assert "A-1042" in judged.last
    assert len(judged.messages) == 2
    assert "step_skipped" in kinds(events)
    assert events[-1].turn_done.usage.judged_conditions == 1


async def test_a_judged_condition_is_asked_once_also_across_the_yes(start_house):
    answers = (say(ANGRY), say('{"holds": true}'), say("Cancelled."))
    async with OpenAIServer(*answers) as server, talking(start_house, server) as window:
        asked = await window.ask("cancel A-1042 only if the note sounds angry")
        assert "approval_requested" in kinds(asked)
        done = await window.ask("yes")
    assert len(server.asked) == 3
    assert "step_finished" in kinds(done)


async def test_a_judge_that_makes_no_sense_fails_the_step_and_changes_nothing(start_house):
    answers = (say(ANGRY), say("perhaps"), say("Sorry."))
    async with OpenAIServer(*answers) as server, talking(start_house, server) as window:
        events = await window.ask("cancel A-1042 only if the note sounds angry")
    failed = next(event.step_failed.outcome for event in events if event.HasField("step_failed"))
    assert failed.reason == "MODEL_NONSENSE"
    assert "approval_requested" not in kinds(events)


async def test_a_condition_in_words_alone_goes_back_and_never_becomes_always(start_house):
    lost = answer(wanted("order.cancel", {"words": "if angry", "expression": None, "judge": []}, order_id="A-1042"))
    async with OpenAIServer(say(lost), say(lost)) as server, talking(start_house, server) as window:
        events = await window.ask("cancel A-1042 if angry")
    assert kinds(events) == ["user_message", "reply", "turn_done"]
    assert len(server.asked) == 2
