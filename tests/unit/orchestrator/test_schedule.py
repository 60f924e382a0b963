"""What is ready when: order, conditions, fan-out, and what a broken step takes with it."""

from datetime import UTC, datetime

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.expressions import Expressions
from orchestrator_server.plan import Outcome, OutcomeStatus, StoredResponse
from orchestrator_server.schedule import MAX_ELEMENTS, World, schedule
from tests.fakes import plan, ref, step

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def world():
    catalogue = shop_catalogue()
    return World(catalogue=catalogue, expressions=Expressions(catalogue), now=NOW)


def answered(world, id, intent, **fields):
    kind = world.catalogue.intents[intent].response_type
    content = world.catalogue.message_class(kind)(**fields).SerializeToString()
    response = StoredResponse(content=content, type_name=kind, catalogue_etag=world.catalogue.etag)
    return Outcome(step_id=id, status=OutcomeStatus.SUCCEEDED, server="order", response=response)


def ended(id, status, index=0):
    return Outcome(step_id=id, index=index, status=status, message="it broke", arguments={"order_id": "x"})


def ready(found):
    return [call.key.partition("/")[2] for call in found.calls]


def test_independent_reads_are_ready_together(world):
    found = schedule(plan(step("s1", "loyalty.get_points"), step("s2", "order.list")), [], world)
    assert ready(found) == ["s1", "s2"]


def test_a_step_waits_for_what_its_expressions_name(world):
    made = plan(step("s1", "order.list"), step("s2", "order.get", order_id=ref("s1.orders[0].id")))
    assert ready(schedule(made, [], world)) == ["s1"]
    after = schedule(made, [answered(world, "s1", "order.list", orders=[{"id": "A-7"}])], world)
    assert [dict(call.arguments) for call in after.calls] == [{"order_id": "A-7"}]


def test_a_read_behind_an_effect_waits_unless_an_effect_needs_it(world):
    made = plan(
        step("s1", "order.cancel", order_id="A-1"),
        step("s2", "order.list"),
        step("s3", "order.get", order_id="A-2"),
        step("s4", "order.cancel", order_id="A-2", when="!has(s3.order.shipped_at)"),
    )
    assert ready(schedule(made, [], world)) == ["s1", "s3"]
    cancelled = answered(world, "s1", "order.cancel")
    assert ready(schedule(made, [cancelled, answered(world, "s3", "order.get")], world)) == ["s2", "s4"]


def test_a_false_condition_settles_the_step_and_what_depends_on_it(world):
    made = plan(
        step("s1", "order.get", order_id="A-1"),
        step("s2", "order.get", order_id="A-2", when="has(s1.order.shipped_at)"),
        step("s3", "order.get", order_id=ref("s2.order.id")),
    )
    first = schedule(made, [answered(world, "s1", "order.get")], world)
    assert [(outcome.step_id, outcome.status) for outcome in first.settled] == [("s2", OutcomeStatus.SKIPPED)]
    second = schedule(made, [answered(world, "s1", "order.get"), *first.settled], world)
    assert [(outcome.step_id, outcome.reason) for outcome in second.settled] == [("s3", "DEPENDS_ON_SKIPPED")]


def test_a_failed_step_fails_only_what_depends_on_it(world):
    made = plan(
        step("s1", "order.get", order_id="A-1"),
        step("s2", "order.get", order_id=ref("s1.order.id")),
        step("s3", "loyalty.get_points"),
    )
    found = schedule(made, [ended("s1", OutcomeStatus.FAILED)], world)
    assert [(outcome.step_id, outcome.message) for outcome in found.settled] == [("s2", "it broke")]
    assert ready(found) == ["s3"]


def test_a_condition_that_cannot_be_evaluated_is_a_failure_and_not_false(world):
    made = plan(step("s1", "order.list"), step("s2", "order.cancel", order_id="A-1", when="s1.orders[3].id == 'x'"))
    found = schedule(made, [answered(world, "s1", "order.list")], world)
    assert [(outcome.status, outcome.reason) for outcome in found.settled] == [
        (OutcomeStatus.FAILED, "CONDITION_FAILED")
    ]


def test_each_element_has_its_own_key_and_is_settled_by_itself(world):
    made = plan(step("s1", "order.list"), step("s2", "order.cancel", each="s1.orders", order_id=ref("each.id")))
    listed = answered(world, "s1", "order.list", orders=[{"id": "A-1"}, {"id": "A-2"}, {"id": "A-3"}])
    found = schedule(made, [listed], world)
    assert ready(found) == ["s2/0", "s2/1", "s2/2"]
    again = schedule(made, [listed, ended("s2", OutcomeStatus.FAILED, 1)], world)
    assert ready(again) == ["s2/0", "s2/2"]


def test_a_fan_out_over_nothing_is_skipped_and_over_too_much_refused_whole(world):
    made = plan(step("s1", "order.list"), step("s2", "order.cancel", each="s1.orders", order_id=ref("each.id")))
    nothing = schedule(made, [answered(world, "s1", "order.list")], world)
    assert [outcome.reason for outcome in nothing.settled] == ["NOTHING_MATCHED"]
    many = answered(world, "s1", "order.list", orders=[{"id": str(n)} for n in range(MAX_ELEMENTS + 1)])
    refused = schedule(made, [many], world)
    assert [outcome.reason for outcome in refused.settled] == ["TOO_MANY_ELEMENTS"]
    assert schedule(made, [many, *refused.settled], world) == schedule(plan(), [], world)


def test_the_same_outcomes_give_the_same_calls_and_keys(world):
    made = plan(step("s1", "order.list"), step("s2", "order.cancel", each="s1.orders", order_id=ref("each.id")))
    listed = answered(world, "s1", "order.list", orders=[{"id": "A-1"}, {"id": "A-2"}])
    assert schedule(made, [listed], world) == schedule(made, [listed], world)
