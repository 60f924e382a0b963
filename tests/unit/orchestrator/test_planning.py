"""Checks, grounding and normalising: what a plan must be before anything of it runs."""

from datetime import UTC, datetime

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.checks import MAX_STEPS, check, missing
from orchestrator_server.expressions import Expressions
from orchestrator_server.grounding import Ground
from orchestrator_server.normalising import normalised
from orchestrator_server.plan import PastTurn, Recollection, Request
from tests.fakes import plan, ref, step


@pytest.fixture(scope="module")
def catalogue():
    return shop_catalogue()


@pytest.fixture(scope="module")
def expressions(catalogue):
    return Expressions(catalogue)


def faults(made, catalogue, expressions, allowed=None):
    allowed = frozenset(catalogue.intents) if allowed is None else allowed
    return [(fault.reason, fault.step_id) for fault in check(made, catalogue, expressions, allowed)]


def said(text, *turns):
    memory = Recollection(turns=tuple(PastTurn(text=one, reply=two, plan=None) for one, two in turns))
    return Ground(Request(text=text, email="dana.fields@example.com", now=datetime.now(UTC), memory=memory))


GET = step("s1", "order.get", order_id="A-1042")


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (plan(GET), []),
        (plan(GET, step("s2", "order.cancel", order_id=ref("s1.order.id"), when="!has(s1.order.shipped_at)")), []),
        (plan(step("s1", "order.list"), step("s2", "order.cancel", each="s1.orders", order_id=ref("each.id"))), []),
        (plan(), [("NO_STEPS", "")]),
        (plan(*[step(f"s{n}", "loyalty.get_points") for n in range(MAX_STEPS + 1)]), [("TOO_MANY_STEPS", "")]),
        (plan(step("s1", "order.fly")), [("UNKNOWN_INTENT", "s1")]),
        (plan(GET, step("s1", "order.list")), [("DUPLICATE_STEP", "s1")]),
        (plan(step("s1", "order.get", order="A-1")), [("UNKNOWN_PARAMETER", "s1")]),
        (plan(step("s1", "order.get", order_id=["A-1"])), [("WRONG_TYPE", "s1")]),
        (
            plan(step("s1", "order.get", order_id=ref("s2.order.id")), step("s2", "order.list")),
            [("FORWARD_REFERENCE", "s1")],
        ),
        (plan(GET, step("s2", "order.get", order_id=ref("s1.order.nope"))), [("UNKNOWN_FIELD", "s2")]),
        (plan(GET, step("s2", "order.cancel", order_id="A-1", when="s1.order.id")), [("CONDITION_NOT_BOOL", "s2")]),
        (plan(GET, step("s2", "order.cancel", order_id="A-1", when="s1.nope")), [("UNKNOWN_FIELD", "s2")]),
        (plan(GET, step("s2", "order.cancel", order_id="A-1", when="1 == 1")), [("CONDITION_SEES_NOTHING", "s2")]),
        (plan(GET, step("s2", "order.cancel", each="s1.order", order_id="A-1")), [("FOR_EACH_NOT_LIST", "s2")]),
    ],
)
def test_every_fault_is_named(catalogue, expressions, made, expected):
    assert faults(made, catalogue, expressions) == expected


def test_an_intent_that_the_user_may_not_call_is_unknown(catalogue, expressions):
    assert faults(plan(GET), catalogue, expressions, frozenset({"order.list"})) == [("UNKNOWN_INTENT", "s1")]


@pytest.mark.parametrize(
    ("intent", "given", "words", "kept"),
    [
        ("order.get", {"order_id": "A-1042"}, "show A-1042", {"order_id": "A-1042"}),
        ("order.get", {"order_id": "a-1042"}, "show a 1042 please", {"order_id": "A-1042"}),
        ("order.get", {"order_id": "A-1042"}, "show my order", {}),
        ("order.get", {"order_id": "A1042"}, "show A1042", {}),
        ("order.get", {"order_id": None}, "show A-1042", {}),
        ("order.list", {"status": "pending"}, "anything", {"status": "PENDING"}),
        ("order.list", {"status": "ORDER_STATUS_PENDING"}, "anything", {"status": "PENDING"}),
        ("order.list", {"status": "flying"}, "flying", {}),
        ("order.create", {"sku": "desk lamp", "quantity": 2}, "two desk lamps", {"sku": "desk lamp", "quantity": 2}),
        ("order.create", {"sku": "desk lamp", "quantity": "1"}, "a desk lamp", {"sku": "desk lamp"}),
        ("order.create", {"sku": "desk lamp", "quantity": 7}, "two desk lamps", {"sku": "desk lamp"}),
        ("order.return_items", {"order_id": "A-1", "items": "lamp"}, "return the lamp", {"items": ["lamp"]}),
        (
            "user.get_profile",
            {"email": "erik.holm@example.com"},
            "erik.holm@example.com's profile",
            {"email": "erik.holm@example.com"},
        ),
    ],
)
def test_values_count_only_when_they_were_said_and_fit(catalogue, intent, given, words, kept):
    made = normalised(plan(step("s1", intent, **given)), catalogue, said(words))
    assert dict(made.steps[0].arguments) == kept


def test_what_was_said_earlier_is_ground_too(catalogue):
    ground = said("the same for the other one", ("my orders?", "You have A-1042 and A-1043."))
    made = normalised(plan(step("s1", "order.get", order_id="A-1043")), catalogue, ground)
    assert made.steps[0].arguments["order_id"] == "A-1043"


def test_for_an_effect_what_the_assistant_said_is_no_ground_and_what_the_user_said_is():
    turns = (PastTurn(text="is it A-1044?", reply="You have A-1043.", plan=None),)
    asked = Request(text="cancel it", email="a@b.co", now=datetime.now(UTC), memory=Recollection(turns=turns))
    effect, read = Ground(asked, is_for_effect=True), Ground(asked)
    assert (effect.says("A-1043"), read.says("A-1043")) == (False, True)
    assert effect.says("A-1044")
    assert effect.says("a@b.co")


def test_a_reply_that_came_from_results_is_no_ground_for_anything():
    turns = (PastTurn(text="my orders?", reply="You have A-1043.", plan=plan(GET)),)
    asked = Request(text="show it", email="a@b.co", now=datetime.now(UTC), memory=Recollection(turns=turns))
    assert not Ground(asked).says("A-1043")


def test_what_is_required_and_not_given_is_named(catalogue):
    made = plan(step("s1", "order.list"), step("s2", "order.create", sku="desk lamp"))
    assert [(found.id, name) for found, name in missing(made, catalogue)] == [("s2", "quantity")]
