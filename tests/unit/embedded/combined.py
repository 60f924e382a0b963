"""Sentences put together from shapes and parts: what each must do is known, so that thousands can be judged.

A condition is told of one order, with `{it}` for it; a shape says what is to happen, with `{c}` for the condition and
`{id}` for the order. Where the condition comes first, it names the order and the rest points at it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.labels import ANY, Facts, Label, LabelledStep, LabelledWorld

ORDER = "A-3001"
_READS = ("order.get", "shipping.estimate_delivery", "shipping.track")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A condition in several wordings, worlds in which it holds and worlds in which it does not."""

    wordings: tuple[str, ...]
    holds: tuple[Facts, ...]
    fails: tuple[Facts, ...]
    read: str = "order.get"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A sentence that does the effect where its condition holds, or where it does not."""

    text: str
    is_positive: bool


def told(shape: Shape, wording: str) -> str:
    """The sentence with the condition; the order is named once and pointed at afterwards."""
    if shape.text.index("{c}") > shape.text.index("{id}"):
        return shape.text.format(c=wording.format(it="it"), id=ORDER)
    return shape.text.format(c=wording.format(it=ORDER), id="it" if "{it}" in wording else ORDER)


def label(case: Case, wording: str, shape: Shape) -> Label:
    """What must come of the sentence: the effect in the right worlds, with no step beside it but reads."""
    runs, rests = (case.holds, case.fails) if shape.is_positive else (case.fails, case.holds)
    read = read_of((case.read, *_READS), {"order_id": ORDER} if case.read in _READS else {})
    steps = (read, step("order.cancel", {"order_id": ORDER}, is_conditional=True))
    worlds = [(facts, {0, 1}) for facts in runs] + [(facts, {0}) for facts in rests]
    return conditional(told(shape, wording), steps, worlds, name=f"{wording} | {shape.text}")


def read_of(intents: Sequence[str], params: Mapping[str, Any], also: Mapping[str, Any] | None = None) -> LabelledStep:
    """A read that a condition needs and that need not be planned, by any of `intents`; `also` may be given with it."""
    return LabelledStep(
        intents=tuple(intents),
        params=params,
        optional_params=also or {},
        is_optional=True,
        is_conditional=False,
        is_fan=False,
    )


def conditional(
    text: str, steps: Sequence[LabelledStep], worlds: Iterable[tuple[Facts, Iterable[int]]], *, name: str = ""
) -> Label:
    """A message and the steps that must run in each world."""
    return _label(
        text,
        "conditional",
        steps,
        tuple(LabelledWorld(facts=facts, executed=frozenset(executed)) for facts, executed in worlds),
        name,
    )


def _label(
    text: str, category: str, steps: Sequence[LabelledStep], worlds: tuple[LabelledWorld, ...] = (), name: str = ""
) -> Label:
    return Label(
        id=name or text,
        category=category,
        email="someone@example.com",
        earlier=(),
        text=text,
        kind="plan",
        also_kinds=frozenset(),
        is_ordered=False,
        steps=tuple(steps),
        missing=(),
        worlds=worlds,
    )


def step(intent: str, params: Mapping[str, Any], *, is_conditional: bool = False) -> LabelledStep:
    """A call that must be planned; any reason may be given with it."""
    also = {"shipping.track": ("order.get",), "order.get": ("invoice.get",)}.get(intent, ())
    return LabelledStep(
        intents=(intent, *also),
        params=params,
        optional_params={"reason": ANY},
        is_optional=False,
        is_conditional=is_conditional,
        is_fan=False,
    )


def several(requests: Sequence[tuple[str, LabelledStep]], joints: Sequence[str]) -> Label:
    """Requests one after the other, each behind its joint."""
    text = requests[0][0]
    for (said, _), joint in zip(requests[1:], joints, strict=True):
        text += joint + (said[0].upper() + said[1:] if joint.rstrip(" ").endswith((".", "!", "\n")) else said)
    return _label(text, "several", [wanted for _, wanted in requests])


def rotated(cases: Sequence[Case], shapes: Sequence[Shape], each: int) -> Iterator[Label]:
    """Every wording in `each` of the shapes, so that all shapes come up equally often."""
    at = 0
    for case in cases:
        for wording in case.wordings:
            for _ in range(each):
                yield label(case, wording, shapes[at % len(shapes)])
                at += 1
