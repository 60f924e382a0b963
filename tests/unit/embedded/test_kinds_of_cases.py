# tables: one wording a line
"""Cases of every kind in every place, put together from parts: an effect never runs where its case does not hold."""

import dataclasses
from collections.abc import Iterator

from evaluation.catalogues import shop_catalogue
from evaluation.labels import ANY, Facts, Label, LabelledStep
from tests.unit.embedded.combined import ORDER, Shape, conditional, read_of, rotated, step
from tests.unit.embedded.scored import scored, share, told, unsafe
from tests.unit.embedded.test_combinations import case, cost, holding, order, user

LEAST, LEAST_OF_MANY = 97.0, 97.0
"""Percent; above what was reached when the tables were written, less a little."""
SHAPES_EACH = 7

POSITIVE = """
cancel {id} only if it's true that {c}
Cancel {id}. This only applies if {c}.
{id}: cancel, if {c}
If {c} -> cancel {id}
(if {c}) cancel {id}
In case {c}, cancel {id}.
I hope {c}. If so cancel {id}.
Hopefully {c}, in which case please cancel {id}.
Unless I'm wrong {c}. If that's correct, cancel {id}.
I think {c}. If that's right, cancel {id}.
Don't cancel {id} unless {c}.
do not cancel {id} if it isn't the case that {c}
I need you to check if {c} and cancel {id} if that is the case
cancel {id} unless it is not true that {c}
"""
NEGATIVE = """
Cancel {id}. But not if {c}!
cancel {id} only if it's not the case that {c}
If {c}, don't cancel {id}, else do cancel it
As long as {c} keep {id}, otherwise cancel
cancel {id}, other than if {c}
If {c} fine, else cancel {id}.
cancel {id} (unless {c})
"""


def shapes() -> list[Shape]:
    rows = [(text, True) for text in POSITIVE.strip().split("\n")]
    rows += [(text, False) for text in NEGATIVE.strip().split("\n")]
    return [Shape(text=text, is_positive=is_positive) for text, is_positive in rows]


def placed(days: int) -> Facts:
    return order(placed_days_ago=days)


def due(days: int) -> Facts:
    return order(estimated_delivery_in_days=days, placed_days_ago=2)


def sent(total: float) -> Facts:
    return order(status="shipped", shipped_days_ago=1, placed_days_ago=3, total=total)


ESTIMATE = "shipping.estimate_delivery"
PROFILE = "user.get_profile"
CASES = (
    case([cost(50.01)], [cost(50.0)], "{it} was over fifty euros\nI was charged more than 50 euros for {it}"),
    case([cost(30), cost(50)], [cost(29), cost(51)], "the total of {it} is somewhere between €30 and €50"),
    case([cost(31), cost(49)], [cost(29), cost(51)], "{it} is over 30 and under 50"),
    case([cost(29), cost(51)], [cost(31), cost(49)], "{it} is either under 30 or over 50 euros"),
    case([placed(9)], [placed(6)], "it's more than 7 days since I placed {it}\n{it} isn't from the last 7 days"),
    case([placed(6)], [placed(9)], "I ordered {it} less than a week ago\n{it} wasn't placed more than 7 days ago"),
    case([placed(14)], [placed(5)], "I placed {it} before November 10\n{it} was placed earlier than 10 November"),
    case(
        [due(9)],
        [due(6)],
        "{it} won't arrive for more than a week\n{it} arrives later than in 7 days\n"
        "there are more than 7 days left until {it} arrives",
        read=ESTIMATE,
    ),
    case([due(4)], [due(7)], "{it} gets here before Saturday\n{it} doesn't arrive after Friday", read=ESTIMATE),
    case([due(7)], [due(4)], "{it} won't be here by Friday\nyou can't deliver {it} by Friday", read=ESTIMATE),
    case([holding(*"abcd")], [holding(*"abc")], "{it} doesn't have fewer than 4 items\n{it} has 4 or more items"),
    case([holding("rug")], [holding("rug", "lamp")], "none of the items in {it} is a lamp\n{it} contains no lamp"),
    case(
        [holding("lamp", "rug")],
        [holding("lamp"), holding("rug")],
        "there's a lamp and a rug in {it}\n{it} has a lamp as well as a rug in it",
    ),
    case([holding("lamp"), holding("rug")], [holding("mug")], "there's a lamp or a rug in {it}"),
    case(
        [holding("mug")],
        [holding("mug", "lamp"), holding("rug")],
        "{it} doesn't contain a lamp or a rug\nthere's no lamp and no rug in {it}\nthere's no lamp or rug in {it}",
    ),
    case(
        [holding("lamp")],
        [holding("rug"), holding("lamp", "rug")],
        "there's a lamp but no rug in {it}\n{it} contains a lamp but not a rug",
    ),
    case([user(membership="basic")], [user(membership="gold")], "I haven't got gold status", read=PROFILE),
    case([user(membership="gold")], [user(membership="basic")], "my membership is silver or better", read=PROFILE),
    case([user(points=501)], [user(points=500)], "my balance is over 500 points", read="loyalty.get_points"),
    case(
        [cost(60)],
        [cost(40), sent(60), sent(40)],
        "{it} is both pending and over 50 euros\n{it} is over 50 but hasn't shipped yet",
    ),
    case(
        [cost(40)],
        [cost(60), sent(60), sent(40)],
        "{it} is pending and not over 50 euros\n{it} is neither shipped nor over 50 euros",
    ),
    case([cost(40), sent(60)], [sent(40)], "{it} is still pending or costs more than 50 euros"),
)


MANY = """
Cancel every {one}.
I want all {many} cancelled
All my {many} should be cancelled
cancel all {many} and tell me my points
"""
ALL_BUT = """
Cancel all my orders except {many}
Cancel all my orders apart from {many}
Keep all {many} and cancel the others
keep every {one} and cancel the rest
"""
OPEN, GONE = {"status": "pending", "placed_days_ago": 3}, {"status": "shipped", "shipped_days_ago": 1}
GROUPS: tuple[tuple[str, str, Facts, tuple[Facts, ...]], ...] = tuple(
    (one, many, {ORDER: {**OPEN, **of}}, tuple({ORDER: {**OPEN, **other}} for other in others))
    for one, many, of, others in (
        ("pending order over 50 euros", "pending orders over 50 euros", {"total": 60}, ({"total": 40}, GONE)),
        (
            "order that is pending but not over 50 euros",
            "orders that are pending but not over 50 euros",
            {"total": 40},
            ({"total": 60}, {**GONE, "total": 40}),
        ),
        (
            "order that is pending or over 50 euros",
            "orders that are pending or over 50 euros",
            {"total": 40},
            ({**GONE, "total": 40},),
        ),
        (
            "pending order with more than 3 items",
            "pending orders with more than 3 items",
            {"items": list("abcd"), "item_count": 4},
            ({"items": ["a"], "item_count": 1},),
        ),
        (
            "pending order older than a week",
            "pending orders older than a week",
            {"placed_days_ago": 12},
            ({}, {**GONE, "placed_days_ago": 12}),
        ),
        (
            "pending order that doesn't contain a lamp",
            "pending orders that don't contain a lamp",
            {"items": ["rug"], "item_count": 1},
            ({"items": ["lamp"], "item_count": 1},),
        ),
    )
)


def of_one() -> Iterator[Label]:
    """What must come of a case of one order; something else of that order may be shown as well."""
    for one in rotated(CASES, shapes(), SHAPES_EACH):
        also = _read("order.get", "shipping.track", ESTIMATE)
        worlds = (dataclasses.replace(world, executed=world.executed | {2}) for world in one.worlds)
        yield dataclasses.replace(one, steps=(*one.steps, also), worlds=tuple(worlds))


def of_many() -> Iterator[Label]:
    """What must come of a group of orders: those in it are cancelled, or those beside it."""
    for one, many, good, bad in GROUPS:
        for text in MANY.strip().split("\n"):
            yield _cancelling(text.format(one=one, many=many), (good,), bad)
        for text in ALL_BUT.strip().split("\n"):
            yield _cancelling(text.format(one=one, many=many), bad, (good,))


def _cancelling(text: str, runs: tuple[Facts, ...], rests: tuple[Facts, ...]) -> Label:
    fan = dataclasses.replace(step("order.cancel", {}), is_fan=True)
    worlds = [(facts, {0, 1, 2}) for facts in runs] + [(facts, {0, 2}) for facts in rests]
    return conditional(text, (_read("order.list"), fan, _read("loyalty.get_points")), worlds)


def _read(*intents: str) -> LabelledStep:
    return read_of(intents, {}, {"order_id": ANY, "status": ANY, "limit": ANY})


async def test_an_effect_runs_where_its_case_holds_and_nowhere_else() -> None:
    results = await scored(list(of_one()), shop_catalogue())
    assert unsafe(results) == []
    assert share(results) >= LEAST, told(results)


async def test_what_is_done_to_many_is_done_to_those_that_are_meant() -> None:
    results = await scored(list(of_many()), shop_catalogue())
    assert unsafe(results) == []
    assert share(results) >= LEAST_OF_MANY, told(results)
