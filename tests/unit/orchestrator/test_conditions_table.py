"""Conditions in worlds: the user's words, their expression, and in which states of the world the step runs.

Each condition meets the worlds on both sides of its boundary, exactly on it, and with the field unset. A step RUNS, is
SKIPPED (known to be false), or FAILS (not known): a step never runs, and is never skipped, on a guess.
"""

# ruff: noqa: E501  # one condition, one row

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.checks import check
from orchestrator_server.expressions import Expressions
from orchestrator_server.plan import Outcome, OutcomeStatus, StoredResponse
from orchestrator_server.schedule import World, schedule
from tests.fakes import plan, ref, step

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STATUS = "llm_orchestrator.order.v1.OrderStatus.ORDER_STATUS"
LEVEL = "llm_orchestrator.user.v1.Membership.MEMBERSHIP"
PENDING, DELIVERED, CANCELLED = "PENDING", "DELIVERED", "CANCELLED"
SHIPPED = "SHIPPED"

RUNS, SKIPPED, FAILS = "runs", "skipped", "fails"


@cache
def world() -> World:
    catalogue = shop_catalogue()
    return World(catalogue=catalogue, expressions=Expressions(catalogue), now=NOW)


def order(
    status: str = PENDING, total: float | None = 10, items: int = 1, currency: str = "EUR", **ago: float
) -> dict[str, Any]:
    """An order; `placed=3` is three days ago, `placed=None` unset, `total=None` unset."""
    made: dict[str, Any] = {"id": "A-1042", "items": [{"name": "Desk Lamp", "quantity": n + 1} for n in range(items)]}
    if status:
        made["status"] = f"ORDER_STATUS_{status}"
    if total is not None:
        made["total"] = {"amount_minor": round(total * 100), "currency": currency}
    for name, days in {"placed": 1, **ago}.items():
        if days is not None:
            made[f"{name}_at"] = NOW - timedelta(days=days)
    return made


def one(**facts: Any) -> dict[str, Any]:
    return {"order": order(**facts)}


def many(*orders: dict[str, Any]) -> dict[str, Any]:
    return {"orders": list(orders)}


def profile(level: str = "", phone: str = "") -> dict[str, Any]:
    return {"profile": {"membership": f"MEMBERSHIP_{level}" if level else None, "phone": phone}}


BARE = {"order": {}}
"""An order of which nothing is known."""
NOTHING: dict[str, Any] = {}
"""A response without an order."""

ON_ORDER = [
    # Stage, by dates and by name
    ("only if it hasn't shipped", "!has(s1.order.shipped_at)", {RUNS: [one(), BARE], SKIPPED: [one(shipped=1)]}),
    ("unless it has shipped", "!has(s1.order.shipped_at)", {RUNS: [one()], SKIPPED: [one(shipped=0)]}),
    ("if it has been delivered", "has(s1.order.delivered_at)", {RUNS: [one(delivered=1)], SKIPPED: [one(shipped=1), BARE]}),
    ("if it has shipped but not arrived", "has(s1.order.shipped_at) && !has(s1.order.delivered_at)", {RUNS: [one(shipped=2)], SKIPPED: [one(), one(shipped=2, delivered=1)]}),
    ("if it is still pending", f"s1.order.status == {STATUS}_PENDING", {RUNS: [one()], SKIPPED: [one(status=SHIPPED)], FAILS: [one(status=""), BARE, NOTHING]}),
    ("if it isn't pending any more", f"s1.order.status != {STATUS}_PENDING", {RUNS: [one(status=SHIPPED)], SKIPPED: [one()], FAILS: [one(status=""), NOTHING]}),
    ("as long as it isn't cancelled", f"!(s1.order.status == {STATUS}_CANCELLED)", {RUNS: [one()], SKIPPED: [one(status=CANCELLED)], FAILS: [BARE]}),
    ("if it's pending or shipped", f"s1.order.status in [{STATUS}_PENDING, {STATUS}_SHIPPED]", {RUNS: [one(), one(status=SHIPPED)], SKIPPED: [one(status=DELIVERED)], FAILS: [BARE]}),
    ("if it's neither pending nor shipped", f"!(s1.order.status in [{STATUS}_PENDING, {STATUS}_SHIPPED])", {RUNS: [one(status=DELIVERED)], SKIPPED: [one()], FAILS: [BARE]}),
    ("if its stage is known at all", "has(s1.order.status)", {RUNS: [one()], SKIPPED: [one(status=""), BARE]}),
    # Ages and dates
    ("if it's older than two weeks", "now - s1.order.placed_at > days(14)", {RUNS: [one(placed=14.01)], SKIPPED: [one(placed=14), one(placed=13.99)], FAILS: [one(placed=None), NOTHING]}),
    ("if it's at least two weeks old", "now - s1.order.placed_at >= days(14)", {RUNS: [one(placed=14)], SKIPPED: [one(placed=13.99)], FAILS: [one(placed=None)]}),
    ("if it's newer than two weeks", "now - s1.order.placed_at < days(14)", {RUNS: [one(placed=13.99)], SKIPPED: [one(placed=14)], FAILS: [one(placed=None)]}),
    ("if it's older than two weeks, as far as known", "has(s1.order.placed_at) && now - s1.order.placed_at > days(14)", {RUNS: [one(placed=15)], SKIPPED: [one(placed=14), one(placed=None)]}),
    ("unless it was placed in the last two weeks", "!has(s1.order.placed_at) || now - s1.order.placed_at > days(14)", {RUNS: [one(placed=15), one(placed=None)], SKIPPED: [one(placed=14)]}),
    ("if it was delivered less than 30 days ago", "has(s1.order.delivered_at) ? now - s1.order.delivered_at < days(30) : false", {RUNS: [one(delivered=29)], SKIPPED: [one(delivered=30), one()]}),
    ("if it was placed less than 6 hours ago", "now - s1.order.placed_at < hours(6)", {RUNS: [one(placed=0.2)], SKIPPED: [one(placed=0.25)], FAILS: [one(placed=None)]}),
    ("if it was placed before November", "s1.order.placed_at < timestamp('2026-11-01T00:00:00Z')", {RUNS: [one(placed=22)], SKIPPED: [one(placed=21.5), one(placed=1)], FAILS: [one(placed=None)]}),
    ("if it was placed this year", "s1.order.placed_at.getFullYear() == now.getFullYear()", {RUNS: [one(placed=300)], SKIPPED: [one(placed=400)], FAILS: [one(placed=None)]}),
    ("if it took more than a week to arrive", "s1.order.delivered_at - s1.order.shipped_at > days(7)", {RUNS: [one(shipped=9, delivered=1)], SKIPPED: [one(shipped=8, delivered=1)], FAILS: [one(shipped=9), one(delivered=1)]}),
    ("if it shipped after it was placed", "s1.order.shipped_at > s1.order.placed_at", {RUNS: [one(shipped=0)], SKIPPED: [one(shipped=1)], FAILS: [one(), one(shipped=1, placed=None)]}),
    ("if the day of delivery is known and past", "has(s1.order.delivered_at) && s1.order.delivered_at <= now", {RUNS: [one(delivered=0)], SKIPPED: [one(delivered=-1), one()]}),
    # Amounts
    ("if it cost more than 40 euros", "money(s1.order.total) > 40", {RUNS: [one(total=40.01)], SKIPPED: [one(total=40), one(total=39.99)], FAILS: [one(total=None), NOTHING]}),
    ("if it cost 40 euros or more", "money(s1.order.total) >= 40.0", {RUNS: [one(total=40)], SKIPPED: [one(total=39.99)], FAILS: [one(total=None)]}),
    ("if it cost less than 40 euros", "money(s1.order.total) < 40", {RUNS: [one(total=39.99)], SKIPPED: [one(total=40)], FAILS: [one(total=None)]}),
    ("if it cost under €19.99", "money(s1.order.total) < 19.99", {RUNS: [one(total=19.98)], SKIPPED: [one(total=19.99)], FAILS: [one(total=None)]}),
    ("if it was exactly 40 euros", "money(s1.order.total) == 40", {RUNS: [one(total=40)], SKIPPED: [one(total=40.01)], FAILS: [one(total=None)]}),
    ("if it was free", "money(s1.order.total) == 0", {RUNS: [one(total=0)], SKIPPED: [one(total=0.01)], FAILS: [one(total=None), NOTHING]}),
    ("if it cost between 20 and 40 euros", "20 <= money(s1.order.total) && money(s1.order.total) <= 40", {RUNS: [one(total=20), one(total=40)], SKIPPED: [one(total=19.99), one(total=40.01)], FAILS: [one(total=None)]}),
    ("if half of it is more than 20 euros", "money(s1.order.total) / 2 > 20", {RUNS: [one(total=40.02)], SKIPPED: [one(total=40)], FAILS: [one(total=None)]}),
    ("if it was more than 40, in euros", "s1.order.total.currency == 'EUR' && money(s1.order.total) > 40", {RUNS: [one(total=41)], SKIPPED: [one(total=41, currency="USD"), one(total=39)], FAILS: [one(total=None)]}),
    ("unless it cost more than 40 euros", "!(money(s1.order.total) > 40)", {RUNS: [one(total=40)], SKIPPED: [one(total=40.01)], FAILS: [one(total=None)]}),
    # Counts and membership
    ("if it has more than two items", "s1.order.items.size() > 2", {RUNS: [one(items=3)], SKIPPED: [one(items=2), one(items=0), BARE], FAILS: [NOTHING]}),
    ("if it has exactly one item", "size(s1.order.items) == 1", {RUNS: [one(items=1)], SKIPPED: [one(items=2), one(items=0)]}),
    ("if there is a lamp in it", "s1.order.items.exists(i, i.name.contains('Lamp'))", {RUNS: [one()], SKIPPED: [one(items=0)]}),
    ("if it is all lamps", "s1.order.items.all(i, i.name.matches('(?i)lamp'))", {RUNS: [one(items=2), one(items=0)]}),
    ("if I took three of something", "s1.order.items.exists(i, i.quantity >= 3)", {RUNS: [one(items=3)], SKIPPED: [one(items=2)]}),
    ("if the second item is a lamp", "s1.order.items[1].name == 'Desk Lamp'", {RUNS: [one(items=2)], FAILS: [one(items=1), BARE]}),
    ("if it is A-1042 or A-1043", "s1.order.id in ['A-1042', 'A-1043']", {RUNS: [one()], SKIPPED: [{"order": {"id": "A-1"}}], FAILS: [NOTHING]}),
    # Several at once: what decides alone decides
    ("if it's pending and older than two weeks", f"s1.order.status == {STATUS}_PENDING && now - s1.order.placed_at > days(14)", {RUNS: [one(placed=15)], SKIPPED: [one(placed=1), one(status=SHIPPED, placed=None)], FAILS: [one(placed=None)]}),
    ("if it's old, and pending", f"now - s1.order.placed_at > days(14) && s1.order.status == {STATUS}_PENDING", {SKIPPED: [one(status=SHIPPED, placed=None)], FAILS: [one(placed=None)]}),
    ("if it's cheap or old", "money(s1.order.total) < 20 || now - s1.order.placed_at > days(14)", {RUNS: [one(total=None, placed=15), one(placed=None)], SKIPPED: [one(total=20)], FAILS: [one(total=None), one(total=20, placed=None)]}),
    ("otherwise", "!(!has(s1.order.shipped_at))", {RUNS: [one(shipped=1)], SKIPPED: [one()]}),
    ("if nothing is divided by nothing", "10 / (s1.order.items.size() - 1) == 10", {RUNS: [one(items=2)], FAILS: [one(items=1)]}),
    ("if a key is there", "{'PENDING': true}[s1.order.id]", {FAILS: [one()]}),
]  # fmt: skip

ON_OTHERS = [
    ("if I have at least 500 points", "loyalty.get_points", "s1.points >= 500", {RUNS: [{"points": 500}], SKIPPED: [{"points": 499}, NOTHING]}),
    ("if I'm a gold member", "user.get_profile", f"s1.profile.membership == {LEVEL}_GOLD", {RUNS: [profile("GOLD")], SKIPPED: [profile("SILVER")], FAILS: [profile(), NOTHING]}),
    ("if you have my phone number", "user.get_profile", "s1.profile.phone != ''", {RUNS: [profile(phone="+49 30 5550199")], SKIPPED: [profile()], FAILS: [NOTHING]}),
    ("if it arrives within 3 days", "shipping.estimate_delivery", "s1.days_left <= 3", {RUNS: [{"days_left": 3}], SKIPPED: [{"days_left": 4}]}),
    ("if it arrives in more than 3 days", "shipping.estimate_delivery", "s1.estimated_delivery_at - now > days(3)", {RUNS: [{"estimated_delivery_at": NOW + timedelta(days=4)}], SKIPPED: [{"estimated_delivery_at": NOW + timedelta(days=3)}], FAILS: [NOTHING]}),
    ("if I have any orders", "order.list", "s1.orders.size() > 0", {RUNS: [many(order())], SKIPPED: [many()]}),
    ("if I have more than one pending order", "order.list", f"s1.orders.filter(o, o.status == {STATUS}_PENDING).size() > 1", {RUNS: [many(order(), order())], SKIPPED: [many(order(), order(status=SHIPPED)), many()], FAILS: [many(order(), order(status=""))]}),
    ("if one of my orders is older than two weeks", "order.list", "s1.orders.exists(o, now - o.placed_at > days(14))", {RUNS: [many(order(placed=15)), many(order(placed=None), order(placed=15))], SKIPPED: [many(order(placed=14)), many()], FAILS: [many(order(placed=None), order())]}),
    ("if all my orders have shipped", "order.list", "s1.orders.all(o, has(o.shipped_at))", {RUNS: [many(order(shipped=1)), many()], SKIPPED: [many(order(shipped=1), order())]}),
    ("if exactly one is delivered", "order.list", "s1.orders.exists_one(o, has(o.delivered_at))", {RUNS: [many(order(delivered=1), order())], SKIPPED: [many(order()), many(order(delivered=1), order(delivered=2))]}),
    ("if my last order hasn't shipped", "order.list", "!has(s1.orders[0].shipped_at)", {RUNS: [many(order())], SKIPPED: [many(order(shipped=1))], FAILS: [many()]}),
    ("if all that cost over 40 euros are old", "order.list", "s1.orders.filter(o, money(o.total) > 40).all(o, now - o.placed_at > days(14))", {RUNS: [many(order(total=41, placed=15)), many(order(placed=None))], SKIPPED: [many(order(total=41))], FAILS: [many(order(total=None)), many(order(total=41, placed=None))]}),
]  # fmt: skip

CASES = [
    pytest.param(intent, expression, response, expected, id=f"{words} - {expected} {number}")
    for words, intent, expression, worlds in [*((words, "order.get", *rest) for words, *rest in ON_ORDER), *ON_OTHERS]
    for expected, responses in worlds.items()
    for number, response in enumerate(responses, 1)
]


def outcome(intent: str, response: dict[str, Any]) -> Outcome:
    """A response as a server sends it."""
    kind = world().catalogue.intents[intent].response_type
    content = world().catalogue.message_class(kind)(**_given(response)).SerializeToString()
    stored = StoredResponse(content=content, type_name=kind, catalogue_etag=world().catalogue.etag)
    return Outcome(step_id="s1", status=OutcomeStatus.SUCCEEDED, server="order", response=stored)


def _given(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _given(part) for name, part in value.items() if part is not None}
    return [_given(element) for element in value] if isinstance(value, list) else value


def read(intent: str) -> Any:
    needs_order = world().catalogue.intents[intent].parameter("order_id") is not None
    return step("s1", intent, **({"order_id": "A-1042"} if needs_order else {}))


@pytest.mark.parametrize(("intent", "expression", "response", "expected"), CASES)
def test_a_condition_decides_as_its_words_say(intent, expression, response, expected):
    made = plan(read(intent), step("s2", "order.cancel", order_id="A-1042", when=expression))
    assert check(made, world().catalogue, world().expressions, frozenset(world().catalogue.intents)) == ()
    found = schedule(made, [outcome(intent, response)], world())
    if expected == RUNS:
        assert [call.step.id for call in found.calls] == ["s2"]
        return
    (settled,) = found.settled
    status = OutcomeStatus.SKIPPED if expected == SKIPPED else OutcomeStatus.FAILED
    assert (settled.status, found.calls) == (status, ())
    assert settled.reason == ("CONDITION_FALSE" if expected == SKIPPED else "CONDITION_FAILED")


def test_the_table_is_as_long_as_it_claims():
    assert len(CASES) >= 140
    assert len(ON_ORDER) + len(ON_OTHERS) >= 55


FANS = [
    ("all my orders", "s1.orders", None, "runs A B C D E"),
    ("all that haven't shipped", "s1.orders.filter(o, !has(o.shipped_at))", None, "runs A B C E"),
    ("all that are pending", f"s1.orders.filter(o, o.status == {STATUS}_PENDING)", None, "runs A B C E"),
    ("all older than two weeks, as far as known", "s1.orders.filter(o, has(o.placed_at) && now - o.placed_at > days(14))", None, "runs C D"),
    ("all older than two weeks", "s1.orders.filter(o, now - o.placed_at > days(14))", None, "fails FOR_EACH_FAILED"),
    ("all over 40 euros", "s1.orders.filter(o, money(o.total) > 40)", None, "runs C"),
    ("all over 400 euros", "s1.orders.filter(o, money(o.total) > 400)", None, "skipped NOTHING_MATCHED"),
    ("each if it is older than two weeks", "s1.orders", "now - each.placed_at > days(14)", "runs C D; skipped A B; fails E"),
    ("each unless it has shipped", "s1.orders", "!has(each.shipped_at)", "runs A B C E; skipped D"),
]  # fmt: skip


@pytest.mark.parametrize(("each", "when", "expected"), [row[1:] for row in FANS], ids=[row[0] for row in FANS])
def test_a_fan_out_takes_the_elements_that_its_words_say(each, when, expected):
    made = plan(read("order.list"), step("s2", "order.cancel", each=each, order_id=ref("each.id"), when=when))
    orders = [
        order(placed=1),
        order(placed=14),
        order(placed=14.01, total=41),
        order(status=SHIPPED, placed=20, shipped=18),
        order(placed=None),
    ]
    for name, made_order in zip("ABCDE", orders, strict=True):
        made_order["id"] = name
    found = schedule(made, [outcome("order.list", many(*orders))], world())
    assert told(found) == expected


def told(found: Any) -> str:
    """What runs, by the ids that it runs for; the others by their place among the elements, or by their reason."""
    parts = {"runs": [str(call.arguments["order_id"]) for call in found.calls], "skipped": [], "fails": []}
    for settled in found.settled:
        by_element = settled.reason in {"CONDITION_FALSE", "CONDITION_FAILED"}
        kind = "skipped" if settled.status is OutcomeStatus.SKIPPED else "fails"
        parts[kind].append("ABCDE"[settled.index] if by_element else settled.reason)
    return "; ".join(f"{kind} {' '.join(names)}" for kind, names in parts.items() if names)


def test_a_skipped_step_tells_what_was_seen_and_a_failed_one_what_is_not_known():
    made = plan(
        read("order.get"),
        step("s2", "order.cancel", order_id="A-1042", words="if it is old", when="now - s1.order.placed_at > days(14)"),
    )
    (skipped,) = schedule(made, [outcome("order.get", one(placed=4))], world()).settled
    assert [(seen.path, seen.value) for seen in skipped.seen] == [("s1.order.placed_at", "18 November")]
    (failed,) = schedule(made, [outcome("order.get", one(placed=None))], world()).settled
    assert failed.message == "I could not check “if it is old”: s1.order.placed_at is not set."


def test_an_argument_that_is_not_set_fails_the_step_instead_of_passing_an_empty_one():
    made = plan(read("order.get"), step("s2", "order.cancel", order_id=ref("s1.order.id")))
    (failed,) = schedule(made, [outcome("order.get", NOTHING)], world()).settled
    assert (failed.reason, failed.message) == (
        "ARGUMENT_FAILED",
        "I could not work out what order.cancel needs: s1.order is not set.",
    )


def test_a_constant_of_an_enum_is_handed_on_by_its_name():
    made = plan(read("order.get"), step("s2", "order.list", status=ref("s1.order.status")))
    (call,) = schedule(made, [outcome("order.get", one(status=SHIPPED))], world()).calls
    assert call.arguments == {"status": "SHIPPED"}
