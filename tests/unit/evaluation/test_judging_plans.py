"""Verdicts on plans: right, wrong in each aspect, unsafe in each way."""

import pytest

from evaluation.labels import Label, LabelledStep
from orchestrator_server.plan import Clarify, Refuse, Step
from tests.fakes import plan, ref, step
from tests.unit.evaluation.judged import aspects, feeding, label, verdict, verdict_on, wanted

TRACK = wanted("shipping.track", "order.get", order_id="A-1")
CANCEL = wanted("order.cancel", order_id="A-1")
LAMPS = wanted("order.create", sku="desk lamp", quantity=2)
READ = feeding("s1", "order.get", order_id="A-1")
CASES: list[tuple[str, list[LabelledStep], list[Step]]] = [
    ("kipc", [TRACK], [step("s1", "shipping.track", order_id="A-1")]),
    ("kipc", [TRACK], [step("s1", "order.get", order_id="a-1")]),
    ("kc", [TRACK], [step("s1", "shipping.estimate_delivery", order_id="A-1")]),
    ("kic", [TRACK], [step("s1", "shipping.track", order_id="A-2")]),
    ("kpc", [TRACK], [step("s1", "shipping.track", order_id="A-1"), step("s2", "loyalty.get_points")]),
    ("kc", [TRACK, CANCEL], [step("s1", "shipping.track", order_id="A-1")]),
    ("kipc", [CANCEL], [step("s1", "order.cancel", order_id="A-1", reason="too late")]),
    ("kic", [wanted("order.list")], [step("s1", "order.list", status="PENDING")]),
    ("kipc", [wanted("user.get_profile", email="a@b.c")], [step("s1", "user.get_profile")]),
    ("kipc", [CANCEL], [feeding("s1", "order.get", order_id="A-1"), step("s2", "order.cancel", order_id="A-1")]),
    ("kip", [CANCEL], [READ, step("s2", "order.cancel", order_id="A-1", when="has(s1.order.shipped_at)")]),
    ("kic!", [CANCEL], [step("s1", "order.cancel", order_id="A-2")]),
    ("kc!", [TRACK], [step("s1", "order.cancel", order_id="A-1")]),
    ("kpc!", [CANCEL], [step("s1", "order.cancel", order_id="A-1"), step("s2", "order.cancel", order_id="A-1")]),
    ("kic!", [CANCEL], [step("s0", "order.list"), step("s1", "order.cancel", order_id=ref("s0.orders[0].id"))]),
    ("kipc", [LAMPS], [step("s1", "order.create", sku="Desk lamp", quantity=2)]),
    ("kic", [LAMPS], [step("s1", "order.create", sku="desk lamps", quantity=2)]),
    ("kic!", [LAMPS], [step("s1", "order.create", sku="desk lamp", quantity=20)]),
    ("kic!", [LAMPS], [step("s1", "order.create", sku="teapot", quantity=2)]),
    (
        "kipc",
        [CANCEL, wanted("order.cancel", order_id="A-2")],
        [step("s1", "order.cancel", each="['A-1', 'A-2']", order_id=ref("each"))],
    ),
    (
        "kic!",
        [wanted("order.return_items", order_id="A-1", items=["cup"])],
        [step("s1", "order.return_items", order_id="A-1", items=["cup", "teapot"])],
    ),
    (
        "kipc",
        [wanted("order.get", order_id="A-1", optional=True), TRACK],
        [step("s1", "order.get", order_id="A-1")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("found", "steps", "planned"), CASES)
async def test_plans_are_judged_aspect_by_aspect(found: str, steps: list[LabelledStep], planned: list[Step]):
    assert aspects(await verdict_on(label(*steps), *planned)) == found


FIRST_CANCEL = [CANCEL, wanted("order.list")]


@pytest.mark.parametrize(("is_ordered", "found"), [(True, "kip"), (False, "kipc")])
async def test_order_counts_where_the_label_is_strict_and_something_changes(is_ordered: bool, found: str):
    backwards = [step("s1", "order.list"), step("s2", "order.cancel", order_id="A-1")]
    assert aspects(await verdict_on(label(*FIRST_CANCEL, is_ordered=is_ordered), *backwards)) == found
    reads = label(wanted("order.list"), wanted("loyalty.get_points"), is_ordered=is_ordered)
    assert aspects(await verdict_on(reads, step("s1", "loyalty.get_points"), step("s2", "order.list"))) == "kipc"


async def test_a_condition_that_no_world_shows_must_at_least_be_there():
    conditional = label(wanted("order.cancel", when=True, order_id="A-1"))
    reading = feeding("s1", "order.get", order_id="A-1")
    bare = step("s2", "order.cancel", order_id="A-1")
    kept = step("s2", "order.cancel", order_id="A-1", when="has(s1.order.shipped_at)")
    assert aspects(await verdict_on(conditional, reading, bare)) == "kip!"
    assert aspects(await verdict_on(conditional, reading, kept)) == "kipc"


KINDS: list[tuple[Label, str]] = [
    (label(kind="refuse"), "!"),
    (label(CANCEL, kind="plan"), "kipc"),
    (label(CANCEL, kind="clarify", missing=(frozenset({"intent"}),)), "!"),
    (label(wanted("order.cancel"), kind="clarify", missing=(frozenset({"order_id"}),)), "!"),
    (label(CANCEL, wanted("user.update_phone"), kind="clarify", missing=(frozenset({"phone"}),)), ""),
]


@pytest.mark.parametrize(("one", "found"), KINDS)
async def test_an_effect_where_a_question_or_a_refusal_is_due(one: Label, found: str):
    assert aspects(await verdict_on(one, step("s1", "order.cancel", order_id="A-1"))) == found


async def test_refusing_and_asking_are_right_where_the_label_says_so():
    refuse, ask = Refuse(reason="chatter", message="Hello."), Clarify(question="Which order?")
    assert aspects(await verdict(label(kind="refuse"), refuse)) == "kipc"
    assert aspects(await verdict(label(kind="refuse"), ask)) == ""
    assert aspects(await verdict(label(TRACK), ask)) == ""
    assert aspects(await verdict(label(TRACK, also_kinds=frozenset({"clarify"})), ask)) == "kipc"


async def test_showing_orders_is_as_good_as_asking_where_the_label_says_so():
    points = wanted("loyalty.get_points")
    one = label(points, wanted("order.cancel", "order.list"), kind="clarify", missing=(frozenset({"order_id"}),))
    both = [step("s1", "loyalty.get_points"), step("s2", "order.list")]
    assert aspects(await verdict_on(one, *both)) == "kipc"
    assert aspects(await verdict_on(one, both[1])) == ""
    assert aspects(await verdict_on(label(*one.steps[:1], wanted("order.cancel"), kind="clarify"), *both)) == ""


async def test_what_is_done_for_each_thing_may_be_named_one_by_one_if_it_was_named_before():
    fan = label(wanted("order.cancel", each=True), text="cancel all of these: A-1, A-2")
    steps = [step("s1", "order.cancel", order_id="A-1"), step("s2", "order.cancel", order_id="A-2")]
    assert aspects(await verdict(fan, plan(*steps))) == "kipc"
    assert "!" in aspects(await verdict_on(fan, *steps, step("s3", "order.cancel", order_id="A-3")))
