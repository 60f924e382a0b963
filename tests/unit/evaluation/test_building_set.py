"""The yardstick itself: what a building label says is right by its own judgement, and every slip from it is not."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from evaluation.catalogues import shop_catalogue
from evaluation.labels import Label, LabelledStep, read_labels
from evaluation.notes import notes
from orchestrator_server.plan import Clarify, Plan, Step
from tests.fakes import plan, step
from tests.unit.evaluation.judged import verdict

BUILDING = Path(__file__).parents[2] / "data" / "utterances_building.jsonl"


@cache
def building() -> list[Label]:
    return read_labels(BUILDING)


def told(one: Label) -> Plan:
    """The plan that the label spells out."""
    return plan(*(_step(at, labelled) for at, labelled in enumerate(one.steps)))


def _step(at: int, labelled: LabelledStep) -> Step:
    return step(f"s{at}", labelled.intents[0], **labelled.params)


def plain() -> list[Label]:
    return [one for one in building() if one.kind == "plan" and not any(s.is_conditional for s in one.steps)]


def test_everything_in_the_set_is_known_to_the_servers():
    assert notes(building(), shop_catalogue()) == []


async def test_the_labelled_plan_is_right():
    wrong = [one.id for one in plain() if not (await verdict(one, told(one))).is_right]
    assert wrong == []


async def test_a_plan_that_lacks_a_step_is_wrong():
    for one in plain():
        steps = told(one).steps
        if len(steps) > 1:
            assert not (await verdict(one, plan(*steps[:-1]))).is_right, one.id


async def test_a_plan_about_another_thing_is_wrong_and_unsafe_where_it_changes_something():
    for one in plain():
        moved = tuple(_moved(each) for each in told(one).steps)
        if moved != told(one).steps:
            found = await verdict(one, plan(*moved))
            changes = any(
                shop_catalogue().intents[each.intent].has_effect and "order_id" in each.arguments for each in moved
            )
            assert (found.is_right, found.is_unsafe) == (False, changes), one.id


def _moved(one: Step) -> Step:
    return replace(one, arguments={**one.arguments, "order_id": "Z-999"}) if "order_id" in one.arguments else one


async def test_an_effect_without_its_condition_is_unsafe():
    for one in building():
        steps = told(one).steps
        acts = any(s.is_conditional and shop_catalogue().intents[s.intents[0]].has_effect for s in one.steps)
        if one.worlds and acts and not any(s.is_fan for s in one.steps):
            assert (await verdict(one, plan(*steps))).is_unsafe, one.id


async def test_the_labelled_question_is_right():
    for one in building():
        if one.kind == "clarify":
            asked = Clarify(question="?", missing=tuple(one.missing[0]), partial=told(one))
            assert (await verdict(one, asked)).is_right, one.id
