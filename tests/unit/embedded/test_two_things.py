"""Two things with a request and a case each, put together from parts: a case governs its own thing and no other."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product

from evaluation.catalogues import shop_catalogue
from evaluation.labels import Facts, Label
from tests.unit.embedded.combined import ORDER, conditional, read_of, step
from tests.unit.embedded.scored import scored, share, told, unsafe
from tests.unit.embedded.test_combinations import DELIVERED, PENDING, SHIPPED, cost

LEAST = 93.0
"""Percent; above what was reached when the tables were written, less a little."""
OF_EACH_SHAPE = 9
OTHER = "A-3002"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What may be so of a thing, with a world in which it is and one in which it is not."""

    said: str
    holds: Facts
    fails: Facts


CASES = (
    Case(said="{it} is still pending", holds=PENDING, fails=SHIPPED),
    Case(said="{it} hasn't shipped", holds=PENDING, fails=SHIPPED),
    Case(said="{it} has been delivered", holds=DELIVERED, fails=PENDING),
    Case(said="{it} cost more than 50 euros", holds=cost(60.0), fails=cost(30.0)),
    Case(said="{it} has already shipped", holds=SHIPPED, fails=PENDING),
)
Request = tuple[str, str, dict[str, list[str]]]
EFFECTS: tuple[Request, ...] = (
    ("cancel {it}", "order.cancel", {}),
    ("return the rug from {it}", "order.return_items", {"items": ["rug"]}),
)
REQUESTS: tuple[Request, ...] = (
    *EFFECTS,
    ("send me the invoice for {it}", "invoice.get", {}),
    ("track {it}", "shipping.track", {}),
)
BOTH = """
If {c1}, {r1}. If {c2}, {r2}.
{r1} if {c1_it} and {r2} if {c2_it}
{r1} if {c1_it}, {r2} if {c2_it}
{r1} if {c1_it}. {r2} if {c2_it}.
if {c1} {r1_it}, and if {c2} {r2_it}
If {c1} then {r1_it}, and if {c2} then {r2_it}.
{id1}: {r1_it} if {c1_it}. {id2}: {r2_it} if {c2_it}.
{id1}: if {c1_it} {r1_it}; {id2}: if {c2_it} {r2_it}
1. {r1} if {c1_it} 2. {r2} if {c2_it}
{r1} provided {c1_it}; as for {id2}, {r2_it} as long as {c2_it}
I have two orders, {id1} and {id2}. If {c1}, {r1_it}. If {c2}, {r2_it}.
please {r1} (if {c1_it}) and {r2} (if {c2_it})
"""
"""Each of the two has a case of its own."""
FIRST = """
{r1} if {c1_it} and {r2}
{r1} if {c1_it}. And {r2} please.
{r1} if {c1_it}. {r2} in any case.
{r2} and {r1} if {c1_it}
{r2}. And if {c1}, {r1_it}.
{r2}, and also {r1} but only if {c1_it}
About {id1}: {r1_it} if {c1_it}. About {id2}: {r2_it}.
first {r2}, then, if {c1}, {r1_it}
{r2}, then if {c1} {r1_it}
{r1} only if {c1_it}. {r2} regardless.
please {r1} (only if {c1_it}) and {r2}
"""
"""Only the first of the two has a case."""
OPPOSED = """
If {c1}, {r1_it}, otherwise {r2}.
{r1} if {c1_it}, otherwise {r2}
If {c1} {r1_it}, if not {r2}
{r1} if {c1_it}, and {r2} if not
"""
"""Where the case is not so, the second is wanted."""


def labels() -> Iterator[Label]:
    chosen = random.Random(7)
    for table, others in ((BOTH, (True,)), (FIRST, (None,)), (OPPOSED, (False,))):
        for shape, is_own in product(table.strip().split("\n"), others):
            cases = [(one, two) for one, two in product(CASES, CASES)]
            requests = [(one, two) for one, two in permutations(REQUESTS, 2) if one in EFFECTS]
            for (c1, c2), (r1, r2) in chosen.sample(list(product(cases, requests)), OF_EACH_SHAPE):
                yield label(shape, (c1, c2), (r1, r2), is_own)


def label(
    shape: str,
    cases: tuple[Case, Case],
    requests: tuple[Request, Request],
    is_own: bool | None,
) -> Label:
    """What must come of it in every world; `is_own` says whether the second has a case of its own, or the opposite."""
    text = shape.format(
        id1=ORDER, id2=OTHER, **_parts(1, cases[0], requests[0][0]), **_parts(2, cases[1], requests[1][0])
    )
    reads = [read_of(("order.get", "shipping.track"), {"order_id": order}) for order in (ORDER, OTHER)]
    first = step(requests[0][1], {"order_id": ORDER, **requests[0][2]}, is_conditional=True)
    second = step(requests[1][1], {"order_id": OTHER, **requests[1][2]}, is_conditional=is_own is not None)
    worlds = []
    for one, two in product((True, False), repeat=2):
        is_second = {None: True, True: two, False: not one}[is_own]
        executed = {0, 1} | ({2} if one else set()) | ({3} if is_second else set())
        worlds.append(({**_of(ORDER, cases[0], one), **_of(OTHER, cases[1], two)}, executed))
    return conditional(text, (*reads, first, second), worlds)


def _parts(number: int, case: Case, request: str) -> dict[str, str]:
    order = (ORDER, OTHER)[number - 1]
    return {
        f"c{number}": case.said.format(it=order),
        f"c{number}_it": case.said.format(it="it"),
        f"r{number}": request.format(it=order),
        f"r{number}_it": request.format(it="it"),
    }


def _of(order: str, case: Case, is_so: bool) -> Facts:
    facts = case.holds if is_so else case.fails
    return {order: facts[ORDER]}


async def test_the_case_of_one_thing_governs_nothing_of_the_other() -> None:
    results = await scored(list(labels()), shop_catalogue())
    assert unsafe(results) == []
    assert share(results) >= LEAST, told(results)
