"""Two or three requests of which some have a case, put together from parts: nobody else's case governs a request."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evaluation.catalogues import shop_catalogue
from evaluation.labels import Facts, Label
from tests.unit.embedded.combined import ORDER, conditional, read_of, step
from tests.unit.embedded.scored import scored, share, told, unsafe
from tests.unit.embedded.test_combinations import DELIVERED, PENDING, SHIPPED, cost

LEAST = 88.0
"""Percent; above what was reached when the tables were written, less a little."""
OF_EACH_SHAPE = 10
PLACE = "4 Elm Road, Leeds LS1 4AB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A request that names the order, or points at it (`again`)."""

    said: str
    again: str
    intent: str
    params: dict[str, Any]


WISHES = (
    Wish(said="cancel {id}", again="cancel it", intent="order.cancel", params={"order_id": ORDER}),
    Wish(
        said="return the rug from {id}",
        again="return the rug",
        intent="order.return_items",
        params={"order_id": ORDER, "items": ["rug"]},
    ),
    Wish(
        said=f"change the delivery address of {{id}} to {PLACE}",
        again=f"change the delivery address to {PLACE}",
        intent="shipping.change_address",
        params={"order_id": ORDER, "address": PLACE},
    ),
    Wish(
        said="send me the invoice for {id}",
        again="send me the invoice",
        intent="invoice.get",
        params={"order_id": ORDER},
    ),
    Wish(
        said="order 2 desk lamps",
        again="order 2 desk lamps",
        intent="order.create",
        params={"sku": "desk lamp", "quantity": 2},
    ),
    Wish(
        said="unsubscribe me from the newsletter",
        again="unsubscribe me from the newsletter",
        intent="newsletter.unsubscribe",
        params={},
    ),
    Wish(
        said="change my phone number to +49 40 123456",
        again="change my phone number to +49 40 123456",
        intent="user.update_phone",
        params={"phone": "+49 40 123456"},
    ),
    Wish(said="tell me my points", again="tell me my points", intent="loyalty.get_points", params={}),
)
CASES: tuple[tuple[str, Facts, Facts], ...] = (
    ("{it} is still pending", PENDING, SHIPPED),
    ("{it} hasn't shipped yet", PENDING, SHIPPED),
    ("{it} has been delivered", DELIVERED, PENDING),
    ("{it} cost more than 50 euros", cost(60.0), cost(30.0)),
    ("{it} has already shipped", SHIPPED, PENDING),
    ("{it} isn't delivered yet", PENDING, DELIVERED),
)
SHAPES = """
yy | If {c}, {a} and {b}.
yy | If {c} {a} and then {b}
yy | If {c}, please {a}, and also {b} in that case.
yy | When {c}, {a}, and {b}.
yy | Only if {c}: {a} and {b}.
y- | If {c}, {a}. Also {b}.
y- | If {c}, {a}, and {b} either way.
y- | If {c}, {a}; {b} regardless
-y | {a} and, if {c}, {b}.
-y | {a}, and if {c}, also {b}.
-y | {a}, and then, if {c}, {b}.
-y | Please {a}. Also, if {c}, {b}.
-y | I'd like you to {a}. And in case {c} you can {b} as well.
-y | {a} first. Then check if {c} and if so {b}.
yn | If {c}, {a}, otherwise {b}.
ynn | If {c}, {a}, otherwise {b} and {d}.
yyn | If {c}, {a} and {b}, otherwise {d}.
yn- | If {c}, {a}, otherwise {b}. And {d} in any case.
yn- | If {c}, {a}, if not {b}, and either way {d}.
-yn | {a}, then if {c} {b}, otherwise {d}.
yyn | Is it so that {c}? If yes {a} and {b}, if no {d}.
nn | unless {c}, {a} and {b}
"""
"""Each with the cases of its requests: `y` where it is so, `n` where it is not, `-` in any case."""


def labels() -> Iterator[Label]:
    chosen = random.Random(3)
    for line in SHAPES.strip().split("\n"):
        runs, shape = line.split(" | ")
        for _ in range(OF_EACH_SHAPE):
            wishes = chosen.sample(WISHES, len(runs))
            if sum(wish.said != wish.again and wish.intent != "invoice.get" for wish in wishes) < 2:
                yield label(shape, runs, wishes, *chosen.choice(CASES))


def label(shape: str, runs: str, wishes: list[Wish], said: str, holds: Facts, fails: Facts) -> Label:
    """What must come of it in both worlds."""
    parts: dict[str, str] = {}
    is_named = False
    for name in sorted("abdc", key=lambda one: shape.find("{" + one + "}")):
        if "{" + name + "}" not in shape:
            continue
        if name == "c":
            parts[name] = said.format(it="it" if is_named else ORDER)
            is_named = True
            continue
        wish = wishes["abd".index(name)]
        parts[name] = wish.again if is_named else wish.said.format(id=ORDER)
        is_named = is_named or wish.said != wish.again
    text = shape.format(**parts)
    read = read_of(("order.get", "shipping.track"), {"order_id": ORDER})
    steps = [step(wish.intent, wish.params, is_conditional=run != "-") for wish, run in zip(wishes, runs, strict=True)]
    worlds = (
        (facts, {0, *(at + 1 for at, run in enumerate(runs) if run in ("-", so))})
        for facts, so in ((holds, "y"), (fails, "n"))
    )
    return conditional(text, (read, *steps), worlds)


async def test_a_case_governs_what_it_was_said_of_and_nothing_beside_it() -> None:
    results = await scored(list(labels()), shop_catalogue())
    assert unsafe(results) == []
    assert share(results) >= LEAST, told(results)
