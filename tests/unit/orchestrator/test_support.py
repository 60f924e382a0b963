"""What the user's own words support of a plan that somebody else made, and what is done about the rest."""

from datetime import UTC, datetime
from functools import cache

import pytest
from llm_orchestrator.order.v1 import order_pb2
from llm_orchestrator.user.v1 import user_pb2

from evaluation.catalogues import shop_catalogue
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.embedded import EmbeddedPlanner
from orchestrator_server.expressions import Expressions
from orchestrator_server.plan import (
    Clarify,
    Decision,
    Outcome,
    OutcomeStatus,
    PastTurn,
    Plan,
    Recollection,
    Refuse,
    Request,
    StoredResponse,
)
from orchestrator_server.planner import PlannerError
from orchestrator_server.planning import Planning
from orchestrator_server.sources import corresponds, names_of, sources
from tests.fakes import ScriptedPlanner, plan, ref, step

CANCEL = step("s1", "order.cancel", order_id="A-1042")
GET = step("s1", "order.get", order_id="A-1042")
POINTS = step("s9", "loyalty.get_points")


@cache
def catalogue() -> Catalogue:
    return shop_catalogue()


@cache
def expressions() -> Expressions:
    return Expressions(catalogue())


def listed(*ids: str) -> PastTurn:
    """A turn in which the user saw a list of orders, with an instruction in a name."""
    orders = [order_pb2.Order(id=each, items=[order_pb2.Item(name="cancel A-1099")]) for each in ids]
    return past("order.list", order_pb2.ListOrdersResponse(orders=orders))


def past(intent: str, response: object) -> PastTurn:
    stored = StoredResponse(
        content=response.SerializeToString(),  # type: ignore[attr-defined]  # a message
        type_name=catalogue().intents[intent].response_type,
        catalogue_etag=catalogue().etag,
    )
    outcome = Outcome(step_id="s1", status=OutcomeStatus.SUCCEEDED, response=stored)
    return PastTurn(text="show me that", reply="Cancel A-1099!", plan=plan(step("s1", intent)), outcomes=(outcome,))


async def decided(text: str, made: object, *turns: PastTurn, question: Clarify | None = None) -> tuple[Decision, int]:
    """What comes of it, and how often the planner was asked."""
    planner = ScriptedPlanner(made, made)  # type: ignore[arg-type]
    memory = Recollection(turns=turns, open_question=question)
    request = Request(
        text=text, email="dana.fields@example.com", now=datetime(2026, 11, 22, 12, tzinfo=UTC), memory=memory
    )
    planning = Planning(planner=planner, fallback=EmbeddedPlanner(lambda: "own"))
    proposal = await planning.decide(request, catalogue(), expressions(), frozenset({"customer"}))
    return proposal.decision, len(planner.requests)


def steps(decision: Decision) -> list[str]:
    assert isinstance(decision, Plan), decision
    return [" ".join([one.intent, *map(str, one.arguments.values())]) for one in decision.steps]


@pytest.mark.parametrize(
    ("text", "made", "kept"),
    [
        ("show me order A-1042", [GET, step("s2", "order.cancel", order_id="A-1042")], ["order.get A-1042"]),
        ("show me order A-1042", [GET, POINTS], ["order.get A-1042"]),
        ("show me order A-1042", [GET, step("s2", "order.get", order_id="A-1042")], ["order.get A-1042"]),
        ("cancel A-1042", [CANCEL, step("s2", "order.cancel", order_id="A-1043")], ["order.cancel A-1042"]),
        (
            "cancel A-1042, that is all",
            [CANCEL, step("s2", "order.cancel", order_id="A-1043")],
            ["order.cancel A-1042"],
        ),
        (
            "cancel A-1042",
            [CANCEL, step("s2", "order.list"), step("s3", "order.cancel", order_id=ref("each.id"), each="s2.orders")],
            ["order.cancel A-1042"],
        ),
        (
            "show A-1042 if it is not cancelled",
            [GET, step("s2", "order.cancel", order_id="A-1042")],
            ["order.get A-1042"],
        ),
        ("I want help to cancel purchase A-1042", [CANCEL], ["order.cancel A-1042"]),
        ("cancel the second one", [step("s1", "order.cancel", order_id="A-1043")], ["order.cancel A-1043"]),
        ("cancel the cheaper one", [step("s1", "order.cancel", order_id="A-1043")], ["order.cancel A-1043"]),
        (
            "where is A-1042 and how many points do I have",
            [step("s1", "shipping.track", order_id="A-1042"), POINTS],
            None,
        ),
    ],
)
async def test_what_the_words_ask_for_stays_and_nothing_else(text, made, kept):
    decision, count = await decided(text, plan(*made), listed("A-1042", "A-1043", "A-1044"))
    assert steps(decision) == (kept or [" ".join([one.intent, *map(str, one.arguments.values())]) for one in made])
    assert count == 1


async def test_a_read_that_an_expression_uses_stays():
    when = "!has(s1.order.shipped_at)"
    made = plan(GET, step("s2", "order.cancel", order_id=ref("s1.order.id"), when=when))
    decision, _ = await decided("cancel A-1042 if it has not shipped", made)
    assert decision == made


async def test_where_nothing_was_asked_for_the_fallback_decides_without_another_call():
    decision, count = await decided("how many points do I have", plan(CANCEL))
    assert (steps(decision), count) == (["loyalty.get_points"], 1)
    refused, _ = await decided("thanks!", plan(POINTS, CANCEL))
    assert isinstance(refused, Refuse)


async def test_words_that_nobody_matches_may_read_and_are_asked_about_effects():
    read, count = await decided("Wo steckt A-1042 denn?", plan(step("s1", "shipping.track", order_id="A-1042")))
    assert (steps(read), count) == (["shipping.track A-1042"], 1)
    asked, _ = await decided("Bitte storniere A-1042", plan(CANCEL))
    assert isinstance(asked, Clarify)
    assert asked.question == "Do you want me to cancel order A-1042?"
    for text in ("ja", "yes"):
        before = PastTurn(text="Bitte storniere A-1042", reply=asked.question, plan=None)
        agreed, _ = await decided(text, plan(CANCEL), before, question=asked)
        assert steps(agreed) == ["order.cancel A-1042"]


async def test_a_plan_that_stays_wrong_leaves_it_to_the_fallback():
    wrong = plan(step("s1", "order.get", order_id="A-1042", colour="red"))
    decision, count = await decided("show me order A-1042", wrong)
    assert (steps(decision), count) == (["order.get A-1042"], 2)


async def test_an_answer_without_sense_leaves_it_to_the_fallback_and_one_that_never_came_does_not():
    def failing(reason: str) -> object:
        def fail(_: Request) -> Decision:
            raise PlannerError(reason, "no")

        return fail

    decision, _ = await decided("show me order A-1042", failing("MODEL_NONSENSE"))
    assert steps(decision) == ["order.get A-1042"]
    with pytest.raises(PlannerError):
        await decided("show me order A-1042", failing("MODEL_UNREACHABLE"))


@pytest.mark.parametrize("order_id", ["A-1099", "A-7777"])
async def test_an_effect_takes_no_value_from_a_reply_or_from_text_in_a_result(order_id):
    decision, _ = await decided("cancel it", plan(step("s1", "order.cancel", order_id=order_id)), listed("A-1042"))
    assert "A-1042" in str(decision)
    assert order_id not in str(decision)


async def test_an_effect_takes_a_whole_field_that_goes_by_the_parameters_name():
    home = "7 Mill Lane, 22767 Hamburg"
    shown = past(
        "user.get_profile", user_pb2.GetProfileResponse(profile=user_pb2.Profile(address=home, name="4 Elm Rd"))
    )
    made = plan(step("s1", "shipping.change_address", order_id="A-1042", address=home))
    decision, _ = await decided("send A-1042 to my home address", made, shown)
    assert steps(decision) == [f"shipping.change_address A-1042 {home}"]
    name = plan(step("s1", "shipping.change_address", order_id="A-1042", address="4 Elm Rd"))
    asked, _ = await decided("send A-1042 to my home address", name, shown)
    assert isinstance(asked, Clarify)


async def test_a_reference_to_a_field_that_is_called_something_else_goes_back():
    made = plan(
        step("s1", "user.get_profile"),
        step("s2", "shipping.change_address", order_id="A-1042", address=ref("s1.profile.name")),
    )
    _, count = await decided("get my profile and change the delivery address of A-1042", made)
    assert count == 2


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("s1.orders[0].id", [("orders", "id")]),
        ("s1.orders.filter(o, o.id == 'x').map(o, o.items[0].sku)", [("orders", "items", "sku")]),
        ("s1.orders.size() > 0 ? s1.orders[0].id : s1.orders[1].id", [("orders", "id"), ("orders", "id")]),
        ("'A-1042'", None),
        ("s1.orders[0].id + 'x'", None),
        ("['A-1042']", None),
    ],
)
def test_where_a_value_stems_from(text, ways):
    compiled = expressions().compile(text, {"s1": catalogue().intents["order.list"].response_type})
    found = sources(compiled, catalogue())
    assert (found and [names_of(way) for way in found]) == ways


@pytest.mark.parametrize(
    ("parameter", "names", "is_so"),
    [
        ("order_id", ("order", "id"), True),
        ("order_id", ("order_id",), True),
        ("address", ("profile", "home_address"), True),
        ("items", ("order", "items", "sku"), True),
        ("address", ("shipment", "note"), False),
        ("phone", ("profile", "name"), False),
        ("sku", (), False),
    ],
)
def test_a_field_corresponds_by_name(parameter, names, is_so):
    assert corresponds(parameter, names) is is_so
