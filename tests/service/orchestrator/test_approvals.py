"""What a yes is bound to: exactly the effects that were shown, as they stand when the reads are repeated."""

from dataclasses import replace
from datetime import timedelta

import pytest
from llm_orchestrator.orchestrator.v1 import chat_pb2

from orchestrator_server.plan import Condition, Usage
from orchestrator_server.policy import ApprovalMode
from tests.chat_events import kinds, reply
from tests.fakes import Refuse, ScriptedPlanner, plan, ref, step

STATUS = "llm_orchestrator.order.v1.OrderStatus.ORDER_STATUS_"
IF_PENDING = plan(
    step("s1", "order.get", order_id="A-1042"),
    step("s2", "order.cancel", order_id="A-1042", when=f"s1.order.status == {STATUS}PENDING", words="it is pending"),
)
CANCEL_AND_UNSUBSCRIBE = plan(step("s1", "order.cancel", order_id="A-1042"), step("s2", "newsletter.unsubscribe"))
OLD_ONES = plan(
    step("s1", "order.list", status="PENDING"),
    step("s2", "order.cancel", each="s1.orders.filter(o, now - o.placed_at > days(14))", order_id=ref("each.id")),
)


def request_of(events):
    return next(event.approval_requested for event in events if event.HasField("approval_requested"))


def ship(house, order):
    """Somebody else ships an order meanwhile."""
    house.shop.execute("UPDATE orders SET status = 'SHIPPED', shipped_at = placed_at WHERE id = ?", [order])
    house.shop.conn.commit()


def is_subscribed(house):
    sql = "SELECT newsletter FROM customers WHERE email = 'dana.fields@example.com'"
    return bool(house.shop.execute(sql).fetchone()[0])


async def test_the_request_shows_arguments_server_and_what_the_condition_saw(start_house):
    async with start_house(ScriptedPlanner(IF_PENDING)) as house, house.window() as window:
        events = await window.ask("cancel A-1042 if it is pending")
        (effect,) = request_of(events).effects
        assert [(argument.name, argument.literal.string_value) for argument in effect.arguments] == [
            ("order_id", "A-1042")
        ]
        assert (effect.server, effect.generation, effect.condition) == ("order", 2, "it is pending")
        assert [(seen.path, seen.value) for seen in effect.seen] == [("s1.order.status", "pending")]
        assert reply(events) == "I am about to cancel order A-1042, since it is pending. Shall I go ahead?"
        assert house.status("A-1042") == "PENDING"


async def test_the_reads_are_repeated_and_a_condition_that_no_longer_holds_stops_the_effect(start_house):
    async with start_house(ScriptedPlanner(IF_PENDING)) as house, house.window() as window:
        await window.ask("cancel A-1042 if it is pending")
        ship(house, "A-1042")
        events = await window.ask("yes")
        assert house.status("A-1042") == "SHIPPED"
    assert "approval_requested" not in kinds(events)
    assert "I did not cancel order A-1042, because it is shipped, not pending." in reply(events)


async def test_effects_that_came_out_different_are_asked_about_again(start_house):
    async with start_house(ScriptedPlanner(OLD_ONES)) as house, house.window() as window:
        first = request_of(await window.ask("cancel my pending orders older than two weeks"))
        assert sorted(effect.description for effect in first.effects) == ["cancel order A-1044", "cancel order A-1045"]
        ship(house, "A-1044")
        events = await window.ask("yes")
        again = request_of(events)
        assert again.changed
        assert [effect.description for effect in again.effects] == ["cancel order A-1045"]
        assert reply(events).startswith("Things changed since you said yes. I am about to cancel order A-1045.")
        assert house.status("A-1045") == "PENDING"
        done = await window.ask("yes")
        assert (house.status("A-1044"), house.status("A-1045")) == ("SHIPPED", "CANCELLED")
    assert "A-1045" in reply(done)


async def test_the_other_branch_is_asked_about_when_the_condition_turned(start_house):
    either = plan(
        step("s1", "order.get", order_id="A-1042"),
        step("s2", "order.cancel", order_id="A-1042", when=f"s1.order.status == {STATUS}PENDING"),
        step("s3", "newsletter.unsubscribe", when=f"s1.order.status != {STATUS}PENDING"),
    )
    async with start_house(ScriptedPlanner(either)) as house, house.window() as window:
        await window.ask("cancel A-1042 if pending, otherwise stop the newsletter")
        ship(house, "A-1042")
        request = request_of(await window.ask("yes"))
        assert [effect.intent for effect in request.effects] == ["newsletter.unsubscribe"]
        assert request.changed
        assert (house.status("A-1042"), is_subscribed(house)) == ("SHIPPED", True)
        await window.ask("yes")
        assert not is_subscribed(house)


@pytest.mark.parametrize("words", ["only the first", "just A-1042", "all but the newsletter"])
async def test_a_part_can_be_approved_in_plain_words(start_house, words):
    async with start_house(ScriptedPlanner(CANCEL_AND_UNSUBSCRIBE)) as house, house.window() as window:
        question = reply(await window.ask("cancel A-1042 and stop the newsletter"))
        assert "1. cancel order A-1042\n2. " in question
        done = await window.ask(words)
        assert (house.status("A-1042"), is_subscribed(house)) == ("CANCELLED", True)
    assert "is cancelled." in reply(done)
    assert "I did not unsubscribe" in reply(done)


async def test_a_part_can_be_approved_by_name(start_house):
    async with start_house(ScriptedPlanner(CANCEL_AND_UNSUBSCRIBE)) as house, house.window() as window:
        request = request_of(await window.ask("cancel A-1042 and stop the newsletter"))
        only = [chat_pb2.EffectRef(step_id=request.effects[1].step_id)]
        approval = chat_pb2.Approval(turn_id="t1", plan_id=request.plan_id, approved=True, only=only)
        await window.call.write(chat_pb2.ChatRequest(approval=approval))
        await window.turn()
        assert (house.status("A-1042"), is_subscribed(house)) == ("PENDING", False)


async def test_an_unclear_part_is_asked_again_and_nothing_is_lost(start_house):
    async with start_house(ScriptedPlanner(CANCEL_AND_UNSUBSCRIBE)) as house, house.window() as window:
        await window.ask("cancel A-1042 and stop the newsletter")
        assert reply(await window.ask("the third")).startswith("I asked about 2 things.")
        assert house.status("A-1042") == "PENDING"
        await window.ask("both")
        assert (house.status("A-1042"), is_subscribed(house)) == ("CANCELLED", False)


async def test_the_yes_is_for_the_server_that_was_shown(start_house):
    cancel = plan(step("s1", "order.cancel", order_id="A-1042"))
    async with start_house(ScriptedPlanner(cancel)) as house, house.window() as window:
        assert request_of(await window.ask("cancel A-1042")).effects[0].server == "order"
        await house.servers["order"].aclose()
        await house.until_noticed("order")
        again = request_of(await window.ask("yes"))
        assert (again.changed, again.effects[0].server, again.effects[0].generation) == (True, "legacy", 1)
        assert house.status("A-1042") == "PENDING"
        await window.ask("yes")
        assert house.status("A-1042") == "CANCELLED"


async def test_a_request_survives_a_restart(start_house):
    async with start_house(ScriptedPlanner(IF_PENDING)) as house, house.window() as window:
        plan_id = request_of(await window.ask("cancel A-1042 if it is pending")).plan_id
        conversation = window.opened.conversation_id
    async with start_house(ScriptedPlanner()) as house, house.window(conversation=conversation, seen=10_000) as window:
        await window.approve(plan_id)
        assert "is cancelled." in reply(await window.turn())
        assert house.status("A-1042") == "CANCELLED"


async def test_a_request_expires(start_house):
    cancel = plan(step("s1", "order.cancel", order_id="A-1042"))
    async with start_house(ScriptedPlanner(cancel), approval_lifetime=timedelta(0)) as house:
        async with house.window() as window:
            plan_id = request_of(await window.ask("cancel A-1042")).plan_id
            expired = "That question has expired, so nothing was done; please ask again."
            assert reply(await window.ask("yes")) == expired
            await window.approve(plan_id)
            assert reply(await window.turn()) == expired
        assert house.status("A-1042") == "PENDING"


async def test_always_asks_about_reads_too_and_asks_once(start_house):
    async with start_house(ScriptedPlanner(IF_PENDING), approval_mode=ApprovalMode.ALWAYS) as house:
        async with house.window() as window:
            first = request_of(await window.ask("cancel A-1042 if it is pending"))
            assert [effect.intent for effect in first.effects] == ["order.get"]
            second = request_of(await window.ask("yes"))
            assert [effect.intent for effect in second.effects] == ["order.cancel"]
            assert "is cancelled." in reply(await window.ask("yes"))
        assert house.status("A-1042") == "CANCELLED"


async def test_never_asks_about_nothing(start_house):
    async with start_house(ScriptedPlanner(IF_PENDING), approval_mode=ApprovalMode.NEVER) as house:
        async with house.window() as window:
            events = await window.ask("cancel A-1042 if it is pending")
        assert house.status("A-1042") == "CANCELLED"
    assert "approval_requested" not in kinds(events)


async def test_an_effect_that_needs_another_effects_answer_is_asked_about_in_its_turn(start_house):
    chained = plan(
        step("s1", "order.get", order_id="A-1042"),
        step("s2", "order.cancel", order_id="A-1042", when=f"s1.order.status == {STATUS}PENDING"),
        step("s3", "newsletter.unsubscribe", when=f"s2.order.status == {STATUS}CANCELLED"),
    )
    async with start_house(ScriptedPlanner(chained)) as house, house.window() as window:
        first = request_of(await window.ask("cancel A-1042 if pending; once it is cancelled, stop the newsletter"))
        assert [effect.intent for effect in first.effects] == ["order.cancel"]
        second = request_of(await window.ask("yes"))
        assert ([effect.intent for effect in second.effects], second.changed) == (["newsletter.unsubscribe"], False)
        done = await window.ask("yes")
        assert not is_subscribed(house)
    read_again = [event for event in done if event.HasField("step_started") and event.step_started.step_id == "s1"]
    assert not read_again  # it told how things stood before the order was cancelled


async def test_a_no_repeats_nothing(start_house):
    async with start_house(ScriptedPlanner(IF_PENDING)) as house, house.window() as window:
        await window.ask("cancel A-1042 if it is pending")
        events = await window.ask("no")
    assert "step_started" not in kinds(events)


class CountingJudge:
    """Says yes to every doubt and counts them."""

    def __init__(self):
        self.doubts = 0

    async def holds(self, doubt, now):
        self.doubts += 1
        return True, Usage(model_calls=1, judged_conditions=1)


@pytest.mark.parametrize(("is_changed", "asked"), [(False, 1), (True, 2)])
async def test_what_was_judged_is_judged_again_only_where_the_results_changed(start_house, is_changed, asked):
    angry = Condition(words="if it looks like a mistake", judged_over=("s1",))
    judged = plan(
        step("s1", "order.get", order_id="A-1042"),
        replace(step("s2", "newsletter.unsubscribe"), condition=angry),
    )
    judge = CountingJudge()
    async with start_house(ScriptedPlanner(judged), judge=judge) as house, house.window() as window:
        await window.ask("if A-1042 looks like a mistake, stop the newsletter")
        if is_changed:
            ship(house, "A-1042")
        await window.ask("yes")
        assert not is_subscribed(house)
    assert judge.doubts == asked


async def test_another_message_withdraws_the_question(start_house):
    planner = ScriptedPlanner(IF_PENDING, Refuse(reason="chatter", message="Hm."))
    async with start_house(planner) as house, house.window() as window:
        plan_id = request_of(await window.ask("cancel A-1042 if it is pending")).plan_id
        await window.ask("yes, but only if it is raining")
        await window.approve(plan_id)
        assert "nothing waiting for a yes any more" in reply(await window.turn())
        assert house.status("A-1042") == "PENDING"


async def test_an_approval_of_another_conversation_is_none(start_house):
    async with start_house(ScriptedPlanner(IF_PENDING)) as house:
        async with house.window() as window, house.window("erik.holm@example.com") as stranger:
            plan_id = request_of(await window.ask("cancel A-1042 if it is pending")).plan_id
            await stranger.approve(plan_id)
            assert "nothing waiting" in reply(await stranger.turn())
        assert house.status("A-1042") == "PENDING"
