"""Few-shot turns out of what servers declare."""

import json
from dataclasses import replace
from typing import Any

from evaluation.catalogues import shop_catalogue
from orchestrator_server.catalogue import Intent
from orchestrator_server.expressions import Expressions
from orchestrator_server.model.examples import example_turns

SHOP = shop_catalogue()
INTENTS = tuple(SHOP.intents.values())


def shots(intents: tuple[Intent, ...] = INTENTS, count: int = 8) -> dict[str, Any]:
    turns = example_turns(intents, SHOP, count)
    said = [json.loads(turn["content"].removeprefix("Message: ")) for turn in turns[::2]]
    return dict(zip(said, [json.loads(turn["content"])["steps"] for turn in turns[1::2]], strict=True))


def test_they_are_bounded_and_the_same_every_time():
    assert len(example_turns(INTENTS, SHOP, 3)) == 6
    assert example_turns(INTENTS, SHOP, 0) == []
    assert example_turns(INTENTS, SHOP, 8) == example_turns(tuple(reversed(INTENTS)), shop_catalogue(), 8)


def test_examples_of_parameters_mark_their_places():
    assert shots()["order 2 of the desk lamp"][0]["arguments"] == {"sku": "desk lamp", "quantity": 2}
    assert shots()["list my pending orders"][0]["arguments"] == {"status": "PENDING", "limit": None}
    assert shots()["return the desk lamp from order A-1042"][0]["arguments"]["items"] == ["desk lamp"]


def test_an_example_within_another_word_marks_nothing():
    listing = SHOP.intents["order.list"]
    changed = replace(listing, examples=("suspending orders", "orders of 1945"))
    assert shots((changed,))["suspending orders"][0]["arguments"] == {"status": None, "limit": None}


def test_an_utterance_with_a_value_other_than_the_example_is_not_shown_as_lacking_it():
    assert not any("wireless mouse" in said for said in shots(count=100))


def test_one_shows_that_what_is_not_given_is_null():
    assert shots()["cancel order"] == [
        {
            "intent": "order.cancel",
            "arguments": {"order_id": None, "reason": None},
            "condition": None,
            "for_each": None,
        }
    ]


def test_one_shows_a_condition_that_compiles():
    read, effect = shots()["cancel order A-1042, but only if its status is pending"]
    assert (read["intent"], effect["intent"]) == ("order.get", "order.cancel")
    assert effect["condition"]["words"] == "only if its status is pending"
    types = {"s1": SHOP.response_types["order.get"]}
    assert Expressions(SHOP).compile(effect["condition"]["expression"], types).type_name == "BOOL"


def test_no_intent_knows_no_example():
    assert example_turns((), SHOP, 8) == []
