"""Whole turns over real servers: plans run, conditions decide, effects wait for a yes."""

from tests.chat_events import kinds, reply
from tests.fakes import Clarify, Refuse, ScriptedPlanner, plan, ref, step

PENDING = "llm_orchestrator.order.v1.OrderStatus.ORDER_STATUS_PENDING"


async def test_a_read_is_answered_from_the_modern_server(start_house):
    async with start_house(ScriptedPlanner(plan(step("s1", "order.get", order_id="A-1042")))) as house:
        async with house.window() as window:
            events = await window.ask("show me A-1042")
    assert kinds(events) == ["user_message", "plan_made", "step_started", "step_finished", "reply", "turn_done"]
    started = events[2].step_started
    assert (started.server, started.generation) == ("order", 2)
    assert "Order A-1042 is pending" in reply(events)
    assert events[-1].turn_done.usage.model_calls == 1
    assert events[-1].turn_done.usage.rpc_calls == 1


async def test_an_effect_waits_for_a_yes_and_then_happens(start_house):
    async with start_house(ScriptedPlanner(plan(step("s1", "order.cancel", order_id="A-1042")))) as house:
        async with house.window() as window:
            asked = await window.ask("cancel A-1042")
            request = next(event.approval_requested for event in asked if event.HasField("approval_requested"))
            assert house.status("A-1042") == "PENDING"
            assert [effect.description for effect in request.effects] == ["cancel order A-1042"]
            assert request.effects[0].server == "order"
            await window.approve(request.plan_id)
            done = await window.turn()
        assert house.status("A-1042") == "CANCELLED"
    assert reply(done).endswith("is cancelled.")


async def test_yes_in_plain_words_counts_and_a_second_yes_does_nothing(start_house):
    planner = ScriptedPlanner(plan(step("s1", "order.cancel", order_id="A-1042")), Refuse(reason="x", message="Hm."))
    async with start_house(planner) as house, house.window() as window:
        await window.ask("cancel A-1042")
        assert "is cancelled" in reply(await window.ask("Yes, go ahead!"))
        assert reply(await window.ask("yes")) == "Hm."  # nothing waits any more: it is planned like any message


async def test_a_yes_to_something_else_runs_nothing_older(start_house):
    asked_about = Clarify(question="Do you mean A-1044?")
    hm = Refuse(reason="chatter", message="Hm.")
    planner = ScriptedPlanner(plan(step("s1", "order.cancel", order_id="A-1042")), asked_about, hm)
    async with start_house(planner) as house, house.window() as window:
        await window.ask("cancel A-1042")
        await window.ask("should I cancel A-1044?")
        assert reply(await window.ask("yes")) == "Hm."
        assert house.status("A-1042") == "PENDING"


async def test_a_no_leaves_everything_as_it_is(start_house):
    async with start_house(ScriptedPlanner(plan(step("s1", "order.cancel", order_id="A-1042")))) as house:
        async with house.window() as window:
            await window.ask("cancel A-1042")
            events = await window.ask("no")
        assert house.status("A-1042") == "PENDING"
    assert reply(events) == "I did not cancel order A-1042."


async def test_two_windows_approve_and_the_effect_happens_once(start_house):
    async with start_house(ScriptedPlanner(plan(step("s1", "order.cancel", order_id="A-1042")))) as house:
        async with house.window() as one:
            await one.ask("cancel A-1042")
            plan_id = one.events[-3].approval_requested.plan_id
            async with house.window(conversation=one.opened.conversation_id, seen=10_000) as two:
                await one.approve(plan_id)
                await two.approve(plan_id)
                replies = [reply(await one.turn()), reply(await one.turn())]
        stock = house.shop.execute("SELECT COUNT(*) FROM _idempotency_keys").fetchone()[0]
    assert stock == 1
    assert sorted("is cancelled" in text for text in replies) == [False, True]


async def test_a_false_condition_changes_nothing_and_says_what_it_saw(start_house):
    shipped = plan(
        step("s1", "order.get", order_id="A-1043"),
        step("s2", "order.cancel", order_id="A-1043", when="!has(s1.order.shipped_at)", words="it hasn't shipped"),
    )
    async with start_house(ScriptedPlanner(shipped)) as house:
        async with house.window() as window:
            events = await window.ask("cancel A-1043 if it hasn't shipped")
        assert house.status("A-1043") == "SHIPPED"
    skipped = next(event.step_skipped for event in events if event.HasField("step_skipped"))
    assert (skipped.condition, skipped.expression) == ("it hasn't shipped", "!has(s1.order.shipped_at)")
    assert [seen.path for seen in skipped.outcome.seen] == ["s1.order.shipped_at"]
    assert "I did not cancel order A-1043, because it was shipped on " in reply(events)


async def test_a_true_condition_asks_and_the_read_behind_the_effect_sees_the_effect(start_house):
    decided = plan(
        step("s1", "order.get", order_id="A-1042"),
        step("s2", "order.cancel", order_id="A-1042", when=f"s1.order.status == {PENDING}"),
        step("s3", "order.list", status="CANCELLED"),
    )
    async with start_house(ScriptedPlanner(decided)) as house, house.window() as window:
        asked = await window.ask("cancel A-1042 if it is pending, then show my cancelled orders")
        assert "approval_requested" in kinds(asked)
        assert "order.list" not in str([event for event in asked if event.HasField("step_started")])
        done = await window.ask("yes")
    listed = next(event.step_finished.outcome for event in done if event.step_finished.outcome.step_id == "s3")
    assert "A-1042" in str(listed.response)


async def test_fan_out_runs_once_for_each_element(start_house):
    decided = plan(
        step("s1", "order.list", status="PENDING"),
        step(
            "s2",
            "order.cancel",
            each="s1.orders.filter(o, now - o.placed_at > days(14))",
            order_id=ref("each.id"),
        ),
    )
    async with start_house(ScriptedPlanner(decided)) as house, house.window() as window:
        await window.ask("cancel my pending orders older than two weeks")
        request = next(event.approval_requested for event in window.events if event.HasField("approval_requested"))
        assert sorted(effect.description for effect in request.effects) == [
            "cancel order A-1044",
            "cancel order A-1045",
        ]
        done = await window.ask("yes")
        assert [house.status(order) for order in ("A-1042", "A-1044", "A-1045")] == [
            "PENDING",
            "CANCELLED",
            "CANCELLED",
        ]
    assert kinds(done).count("step_finished") == 3  # the list is read again before the two effects


async def test_another_customers_order_looks_like_none(start_house):
    planner = ScriptedPlanner(
        plan(step("s1", "order.get", order_id="A-1050")), plan(step("s1", "order.get", order_id="A-9999"))
    )
    async with start_house(planner) as house, house.window() as window:
        theirs = reply(await window.ask("show me A-1050"))
        nobodys = reply(await window.ask("show me A-9999"))
    assert theirs.replace("A-1050", "A-9999") == nobodys


async def test_legacy_stands_in_when_the_modern_server_is_down(start_house):
    planner = ScriptedPlanner(plan(step("s1", "order.get", order_id="A-1042")))
    async with start_house(planner, without=frozenset({"order"})) as house, house.window() as window:
        events = await window.ask("show me A-1042")
    assert next(event.step_started.server for event in events if event.HasField("step_started")) == "legacy"
    assert "Order A-1042 is pending" in reply(events)


async def test_a_server_that_dies_is_told_and_the_rest_is_answered(start_house):
    planner = ScriptedPlanner(
        plan(step("s1", "shipping.estimate_delivery", order_id="A-1043"), step("s2", "loyalty.get_points"))
    )
    async with start_house(planner) as house, house.window() as window:
        await house.servers["shipping"].aclose()
        text = reply(await window.ask("when does A-1043 come, and my points?"))
    assert "The shipping service does not answer right now" in text
    assert "1,240 loyalty points" in text


async def test_faults_go_back_to_the_planner_once_and_then_the_user_is_asked(start_house):
    wrong = plan(
        step("s1", "order.get", order_id="A-1042"), step("s2", "order.cancel", order_id="A-1042", when="s1.nope")
    )
    planner = ScriptedPlanner(wrong, wrong)
    async with start_house(planner) as house, house.window() as window:
        events = await window.ask("cancel A-1042 if nope")
    assert "undefined field 'nope'" in planner.faults[1][0].message
    assert kinds(events) == ["user_message", "reply", "turn_done"]
    assert events[-1].turn_done.usage.model_calls == 2


async def test_what_was_not_said_is_asked_for_and_the_answer_completes_it(start_house):
    invented = plan(step("s1", "order.get", order_id="A-7777"))
    planner = ScriptedPlanner(invented, lambda request: request.memory.open_question.partial)
    async with start_house(planner) as house, house.window() as window:
        asked = await window.ask("show me my order")
        assert "the order's id (for example A-1042)" in reply(asked)
        await window.ask("A-1042")
        question = planner.requests[1].memory.open_question
        assert (question.missing, question.step_id) == (("order_id",), "s1")


async def test_memory_carries_this_conversation_and_the_one_before(start_house):
    refuse = Refuse(reason="chatter", message="Fine.")
    planner = ScriptedPlanner(plan(step("s1", "loyalty.get_points")), refuse, refuse)
    async with start_house(planner) as house:
        async with house.window() as window:
            await window.ask("my points?")
            await window.ask("thanks")
        async with house.window() as other:
            await other.ask("hello again")
    past = planner.requests[1].memory.turns
    assert (past[0].text, past[0].plan.steps[0].intent) == ("my points?", "loyalty.get_points")
    assert "1,240" in past[0].reply
    assert past[0].outcomes[0].server == "legacy"
    assert [said.text for said in planner.requests[2].memory.recent][:2] == ["my points?", past[0].reply]


async def test_clarify_and_refuse_run_nothing(start_house):
    planner = ScriptedPlanner(
        Clarify(question="Which?"), Refuse(reason="out_of_scope", message="I can do other things.")
    )
    async with start_house(planner) as house, house.window() as window:
        assert [event.reply.kind for event in await window.ask("it") if event.HasField("reply")] == [2]
        assert [event.reply.kind for event in await window.ask("fly me") if event.HasField("reply")] == [3]
