"""A yes and a no with a request each, put together from parts: the right one runs in each world, and never both."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from evaluation.catalogues import shop_catalogue
from evaluation.labels import Facts, Label
from tests.unit.embedded.combined import ORDER, conditional, read_of, step
from tests.unit.embedded.scored import scored, share, told, unsafe
from tests.unit.embedded.test_combinations import DELIVERED, PENDING, SHIPPED, cost, holding

LEAST = 96.0
"""Percent; above what was reached when the tables were written, less a little."""
EVERY = 2
"""Every so many of all sentences are judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is asked, in wordings that are so in the worlds `yes`; `holds` and `fails` point at the answers."""

    asked: str
    supposed: str
    holds: str
    fails: str
    yes: tuple[Facts, ...]
    no: tuple[Facts, ...]


MATTERS = (
    Matter(
        asked="""
Has {id} shipped?
Has {id} gone out yet?
Did {id} leave your warehouse already?
Could you tell me if {id} has shipped?
I think {id} has shipped.
{id} has shipped by now I guess.
Not sure whether {id} has shipped.
Please check if {id} has shipped.
I think {id} hasn't shipped.
Has {id} not shipped yet?
""",
        supposed="""
{it} has shipped
{it} is already on its way
{it} went out already
""",
        holds="it has",
        fails="it hasn't",
        yes=(SHIPPED,),
        no=(PENDING,),
    ),
    Matter(
        asked="""
Is {id} still pending?
I assume {id} is still pending.
I wonder if {id} is still pending.
My guess is that {id} is pending.
{id} isn't pending any more, I think.
""",
        supposed="""
{it} is still pending
{it} hasn't been shipped yet
""",
        holds="it is",
        fails="it isn't",
        yes=(PENDING,),
        no=(SHIPPED, DELIVERED),
    ),
    Matter(
        asked="""
Is {id} more than 50 euros?
I believe {id} was over 50 euros.
""",
        supposed="""
{it} was more than 50 euros
{it} cost over 50 euros
""",
        holds="it is",
        fails="it isn't",
        yes=(cost(60.0),),
        no=(cost(50.0),),
    ),
    Matter(
        asked="""
Is there a lamp in {id}?
""",
        supposed="""
{it} contains a lamp
""",
        holds="there is",
        fails="there isn't",
        yes=(holding("lamp", "rug"),),
        no=(holding("rug"),),
    ),
)
ANSWERS = """
{q} If so {y}. If not {n}.
{q} If not, {n}. If so, {y}.
{q} If not, {n}, otherwise {y}.
{q} If so, {y}, otherwise {n}.
{q} If not {n}, else {y}
{q} {n} if not, {y} if so.
{q} {y} if so, {n} otherwise.
{q} {n} if not, otherwise {y}.
{q} If yes {y}, if no {n}.
{q} {y} if yes, {n} if no
{q} If {fails}, {n}, if {holds}, {y}.
{q} {n} if {fails}, {y} if {holds}.
{q} If {holds}, {y}, else {n}.
{q} If {fails}, {n}. Otherwise {y}.
{q} Yes: {y}. No: {n}.
{q} yes -> {y}, no -> {n}
"""
"""Behind a question or a guess; a guess with a "not" in it takes only those that say outright what is so."""
OUTRIGHT = ("{holds}", "{fails}", "If not", "if not")
CASES = """
If {c}, {y}, otherwise {n}.
if {c} {y}, if not {n}
{y} if {c}, otherwise {n}
{n} unless {c}, in which case {y}
{n}. If {c}, {y} instead.
{n}, but if {c} {y}
{n} (if {c}, {y} instead)
{n} unless {c}, otherwise {y}
Unless {c}, {n}, otherwise {y}.
If {c}: {y}, else: {n}
If {c} then {y}. If that's not the case {n}.
In case {c}, {y}. In case not, {n}.
{n}, or if {c}, {y}
"""
REQUESTS = (
    ("cancel {it}", step("order.cancel", {"order_id": ORDER}, is_conditional=True)),
    ("send me the invoice", step("invoice.get", {"order_id": ORDER}, is_conditional=True)),
)


def lines(table: str) -> list[str]:
    return table.strip().split("\n")


def answered() -> Iterator[Label]:
    for matter, is_swapped in product(MATTERS, (False, True)):
        for question, answers in product(lines(matter.asked), lines(ANSWERS)):
            is_negative = "n't" in question or " not " in question
            if is_negative and not any(sure in answers for sure in OUTRIGHT):
                continue
            if is_negative and any(vague in answers for vague in ("so", "yes")):
                continue
            yield label(matter, answers.replace("{q}", question.format(id=ORDER)), is_swapped=is_swapped, first="it")


def supposed() -> Iterator[Label]:
    for matter, is_swapped in product(MATTERS, (False, True)):
        for wording, shape in product(lines(matter.supposed), lines(CASES)):
            if not is_swapped and shape.startswith("{n}") and "unless" not in shape:
                continue  # what is only shown may be shown in any case
            is_late = shape.index("{c}") > min(shape.index("{y}"), shape.index("{n}"))
            text = shape.replace("{c}", wording.format(it="it" if is_late else ORDER))
            yield label(matter, text, is_swapped=is_swapped, first=ORDER if is_late else "it")


def label(matter: Matter, text: str, *, is_swapped: bool, first: str) -> Label:
    """What must come of it: one of the two requests in each world."""
    (yes, of_yes), (no, of_no) = reversed(REQUESTS) if is_swapped else REQUESTS
    is_yes_first = text.index("{y}") < text.index("{n}")
    names = {"y": first if is_yes_first else "it", "n": "it" if is_yes_first else first}
    if first != "it" and "{it}" not in (yes if is_yes_first else no):
        said = yes if is_yes_first else no
        yes, no = (f"{said} for {first}", no) if is_yes_first else (yes, f"{said} for {first}")
    text = text.format(y=yes.format(it=names["y"]), n=no.format(it=names["n"]), holds=matter.holds, fails=matter.fails)
    read = read_of(("order.get", "shipping.track"), {"order_id": ORDER})
    worlds = [(facts, {0, 1}) for facts in matter.yes] + [(facts, {0, 2}) for facts in matter.no]
    return conditional(text, (read, of_yes, of_no), worlds)


async def test_of_a_yes_and_a_no_each_runs_in_its_worlds() -> None:
    results = await scored([*answered(), *supposed()][::EVERY], shop_catalogue())
    assert unsafe(results) == []
    assert share(results) >= LEAST, told(results)
