"""Verdicts on conditions: by what runs in the worlds, whatever the condition looks like."""

from dataclasses import replace

import pytest

from orchestrator_server.plan import Step
from tests.fakes import ref, step
from tests.unit.evaluation.judged import aspects, feeding, label, verdict_on, wanted, world

GET = wanted("order.get", "shipping.track", optional=True, order_id="A-1")
OVER_40 = label(
    GET,
    wanted("order.cancel", when=True, order_id="A-1"),
    worlds=(world([0, 1], A_1={"total": 41.0}), world([0], A_1={"total": 40.0})),
)
PENDING = label(
    GET,
    wanted("order.cancel", when=True, order_id="A-1"),
    wanted("shipping.track", "order.get", when=True, order_id="A-1"),
    worlds=(world([0, 1], A_1={"status": "pending"}), world([0, 2], A_1={"status": "shipped"})),
)
READ = feeding("s1", "order.get", order_id="A-1")


def cancel(when: str | None, **more: str) -> Step:
    return step("s2", "order.cancel", when=when, order_id="A-1", **more)


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("money(s1.order.total) > 40.0", "kipc"),
        ("!(money(s1.order.total) <= 40.0)", "kipc"),
        ("money(s1.order.total) >= 40.0", "kip!"),
        ("money(s1.order.total) <= 40.0", "kip!"),
        ("money(s1.order.total) > 50.0", "kip"),
        ("s1.order.items.size() > 2", "kip!"),
        (None, "kip!"),
    ],
)
async def test_conditions_are_judged_by_what_runs(when: str | None, found: str):
    assert aspects(await verdict_on(OVER_40, READ, cancel(when))) == found


async def test_a_condition_on_the_wrong_thing_is_unsafe():
    other = feeding("s1", "order.get", order_id="A-2")
    assert aspects(await verdict_on(OVER_40, other, cancel("money(s1.order.total) > 40.0"))) == "kip!"


async def test_a_condition_on_what_the_worlds_do_not_tell_is_no_luck():
    one = label(GET, wanted("order.cancel", when=True, order_id="A-1"), worlds=(world([0, 1], A_1={"total": 41.0}),))
    for when in ("money(s1.order.items[0].unit_price) < 100.0", "s1.order.placed_at < now - days(30)"):
        assert aspects(await verdict_on(one, READ, cancel(when))) == "kip", when


async def test_a_plan_may_leave_out_what_cannot_be_acted_upon():
    pending = "s1.order.status == llm_orchestrator.order.v1.OrderStatus.ORDER_STATUS_PENDING"
    assert aspects(await verdict_on(OVER_40, READ, cancel(f"{pending} && money(s1.order.total) > 40.0"))) == "kipc"


SHIPPED, NOT_SHIPPED = "has(s1.order.shipped_at)", "!has(s1.order.shipped_at)"


@pytest.mark.parametrize(
    ("planned", "found"),
    [
        ([READ, cancel(NOT_SHIPPED), step("s3", "shipping.track", order_id="A-1", when=SHIPPED)], "kipc"),
        ([READ, step("s3", "shipping.track", order_id="A-1", when=SHIPPED), cancel(NOT_SHIPPED)], "kipc"),
        ([step("s1", "order.get", order_id="A-1"), cancel(NOT_SHIPPED)], "kipc"),
        ([READ, cancel(NOT_SHIPPED)], "k"),
        ([READ, cancel(NOT_SHIPPED), step("s3", "shipping.track", order_id="A-1")], "kip"),
        ([READ, cancel(SHIPPED), step("s3", "shipping.track", order_id="A-1", when=NOT_SHIPPED)], "kip!"),
        ([READ, cancel(NOT_SHIPPED), replace(cancel(NOT_SHIPPED), id="s9")], "k!"),
    ],
)
async def test_both_branches_of_an_otherwise_are_played(planned: list[Step], found: str):
    assert aspects(await verdict_on(PENDING, *planned)) == found


OLD = label(
    wanted("order.list", optional=True),
    wanted("order.cancel", when=True, each=True),
    worlds=(
        world(
            [0, 1], A_1={"status": "pending", "placed_days_ago": 15}, A_2={"status": "pending", "placed_days_ago": 3}
        ),
        world([0], A_1={"status": "pending", "placed_days_ago": 14}),
        world([0], A_1={"status": "shipped", "placed_days_ago": 30}),
    ),
)
AGE = "now - o.placed_at > days(14)"


@pytest.mark.parametrize(
    ("each", "found"),
    [
        (f"s1.orders.filter(o, {AGE})", "kipc"),
        ("s1.orders", "kip!"),
        (f"s1.orders.filter(o, !({AGE}))", "kip!"),
        (f"s1.orders.filter(o, s1.orders.exists(o, {AGE}))", "kip!"),
        ("s1.orders.filter(o, now - o.placed_at > days(20))", "kip"),
    ],
)
async def test_what_is_done_for_each_thing_is_judged_thing_by_thing(each: str, found: str):
    reading = feeding("s1", "order.list", status="PENDING")
    fan = step("s2", "order.cancel", each=each, order_id=ref("each.id"))
    assert aspects(await verdict_on(OLD, reading, fan)) == found


async def test_a_reference_counts_for_what_it_yields():
    one = label(
        wanted("order.get", optional=True, order_id="A-1"),
        wanted("order.return_items", order_id="A-1", items=["cup"]),
        worlds=(world([0, 1], A_1={"status": "delivered", "items": ["cup"]}),),
    )
    items = ref("s1.order.items.map(i, i.name)")
    assert aspects(await verdict_on(one, READ, step("s2", "order.return_items", order_id="A-1", items=items))) == "kipc"
    more = label(*one.steps, worlds=(world([0, 1], A_1={"status": "delivered", "items": ["cup", "pan"]}),))
    assert "!" in aspects(await verdict_on(more, READ, step("s2", "order.return_items", order_id="A-1", items=items)))


async def test_optional_reads_need_not_be_listed_nor_made():
    worlds = (world([1], A_1={"total": 41.0}), world([], A_1={"total": 40.0}))
    one = label(*OVER_40.steps, worlds=worlds)
    over = cancel("money(s1.order.total) > 40.0")
    assert aspects(await verdict_on(one, READ, over)) == "kipc"
    assert aspects(await verdict_on(one, step("s1", "order.get", order_id="A-1"), over)) == "kipc"
    assert aspects(await verdict_on(one, READ, step("s0", "shipping.track", order_id="A-1"), over)) == "kpc"


async def test_worlds_may_stand_beside_plans_without_conditions():
    one = label(wanted("loyalty.get_points"), worlds=(world([0], user={"points": 5}),))
    assert aspects(await verdict_on(one, step("s1", "loyalty.get_points"))) == "kipc"
    assert aspects(await verdict_on(one, step("s2", "loyalty.get_points"), READ)) == "kipc"
    assert aspects(await verdict_on(one, step("s1", "loyalty.get_points"), step("s2", "user.get_profile"))) == "kp"
