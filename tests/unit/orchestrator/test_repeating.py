"""Which reads are made again after a yes, and what was settled by them."""

from datetime import UTC, datetime

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.expressions import Expressions
from orchestrator_server.plan import Outcome, OutcomeStatus
from orchestrator_server.repeating import stale
from orchestrator_server.schedule import World
from tests.fakes import plan, ref, step


@pytest.fixture(scope="module")
def world():
    catalogue = shop_catalogue()
    return World(catalogue=catalogue, expressions=Expressions(catalogue), now=datetime(2026, 11, 22, 12, tzinfo=UTC))


def came(id, status=OutcomeStatus.SUCCEEDED, server="order"):
    return Outcome(step_id=id, status=status, server=server)


def left_out(id, status=OutcomeStatus.SKIPPED):
    return came(id, status, server="")


CHAIN = plan(
    step("s1", "order.list"),
    step("s2", "order.get", order_id=ref("s1.orders[0].id")),
    step("s3", "loyalty.get_points"),
    step("s4", "order.cancel", order_id="A-1", when="!has(s2.order.shipped_at)"),
    step("s5", "newsletter.unsubscribe", when="has(s2.order.shipped_at)"),
)


def test_reads_that_the_effect_stands_on_directly_or_not_are_repeated_and_others_are_not(world):
    outcomes = [came("s1"), came("s3"), came("s2")]
    assert stale(CHAIN, outcomes, frozenset({"s4"}), world) == {"s1", "s2"}


def test_what_was_left_out_because_of_them_is_decided_again(world):
    outcomes = [came("s1"), came("s3"), came("s2"), left_out("s5")]
    assert stale(CHAIN, outcomes, frozenset({"s4"}), world) == {"s1", "s2", "s5"}


def test_what_the_user_said_no_to_stays_so(world):
    outcomes = [came("s1"), came("s2"), left_out("s5", OutcomeStatus.CANCELLED)]
    assert stale(CHAIN, outcomes, frozenset({"s4"}), world) == {"s1", "s2"}


def test_what_was_read_before_an_effect_that_ran_is_not_read_again(world):
    made = plan(
        step("s1", "order.get", order_id="A-1"),
        step("s2", "order.cancel", order_id="A-1", when="!has(s1.order.shipped_at)"),
        step("s3", "order.list", status="CANCELLED"),
        step("s4", "newsletter.unsubscribe", when="!has(s1.order.shipped_at) && size(s3.orders) > 0"),
    )
    outcomes = [came("s1"), came("s2"), came("s3")]
    assert stale(made, outcomes, frozenset({"s4"}), world) == {"s3"}


def test_an_effect_without_reads_repeats_nothing(world):
    made = plan(step("s1", "loyalty.get_points"), step("s2", "order.cancel", order_id="A-1"))
    assert stale(made, [came("s1")], frozenset({"s2"}), world) == frozenset()
