"""The planner leans on no word of a trade: with all of them renamed, in contracts and messages, it plans the same."""

import re
from functools import cache
from pathlib import Path

import pytest

from evaluation.catalogues import shop_catalogue
from evaluation.declared_words import declared_in
from evaluation.function_words import FUNCTION_WORDS
from evaluation.labels import Label, read_labels
from evaluation.misspelling import meant, misspelt
from evaluation.pseudo_words import pseudo_words
from evaluation.renamed_contracts import contracts_of, renamed_catalogue
from evaluation.renaming import Renaming, renaming_of
from evaluation.word_forms import form_of
from tests.unit.embedded.scored import changed, scored, share, unsafe

BUILDING = Path(__file__).parents[2] / "data" / "utterances_building.jsonl"
MAY_DIFFER = 2.0
"""Points of a hundred."""


@cache
def building() -> list[Label]:
    return read_labels(BUILDING)


@cache
def renaming() -> Renaming:
    texts = [label.text for label in building()]
    return renaming_of(declared_in(contracts_of(shop_catalogue())), 1, texts)


async def test_renamed_messages_are_planned_as_well_and_as_safely() -> None:
    plain = await scored(building(), shop_catalogue())
    for seed in (1, 2, 3):
        renamed = await scored(building(), shop_catalogue(), seed)
        assert unsafe(renamed) == []
        assert abs(share(plain) - share(renamed)) <= MAY_DIFFER, changed(plain, renamed)


async def test_what_a_reply_showed_is_known_in_other_words() -> None:
    pointing = [label for label in building() if label.earlier and "another one of those" in label.text]
    assert share(await scored(pointing, shop_catalogue(), 1)) == 100


def test_contracts_keep_no_word_of_their_trade() -> None:
    other = renamed_catalogue(shop_catalogue(), renaming())
    assert len(other.findings) == len(shop_catalogue().findings)
    assert len(other.intents) == len(shop_catalogue().intents)
    kept = declared_in(contracts_of(other)).words & declared_in(contracts_of(shop_catalogue())).words
    assert kept == frozenset()


def test_contracts_keep_their_numbers_and_types() -> None:
    names, other = renaming().names, renamed_catalogue(shop_catalogue(), renaming())
    for intent in shop_catalogue().intents.values():
        renamed = other.intents[".".join(names[part] for part in intent.name.split("."))]
        assert renamed.has_effect == intent.has_effect
        assert [(p.kind, p.pattern, p.is_required) for p in renamed.parameters] == [
            (p.kind, p.pattern, p.is_required) for p in intent.parameters
        ]
        fields = shop_catalogue().descriptor(intent.response_type).fields
        assert [(f.number, f.type) for f in other.descriptor(renamed.response_type).fields] == [
            (f.number, f.type) for f in fields
        ]


def test_messages_keep_function_words_ids_and_values() -> None:
    cancel, order = renaming().word("cancel"), renaming().word("order")
    said = renaming().text("Please CANCEL my Order A-1042, I've cancelled two orders!")
    assert said == f"Please {cancel.upper()} my {order.capitalize()} A-1042, I've {cancel}ed two {order}s!"
    assert renaming().text("order me a phone case", ["phone case"]) == f"{order} me a phone case"
    assert renaming().text("me is order@example.com") == "me is order@example.com"
    assert renaming().text("don't worry about it") == "don't worry about it"


def test_what_was_renamed_can_be_named_back() -> None:
    text = "Cancel every pending order that was shipped to my address"
    assert renaming().original(renaming().text(text)) == text


@pytest.mark.parametrize(
    ("word", "root", "ending"),
    [
        ("cancelled", "cancel", "ed"),
        ("cancelling", "cancel", "ing"),
        ("cancellation", "cancel", "ation"),
        ("placed", "place", "ed"),
        ("replaces", "replace", "s"),
        ("addresses", "address", "s"),
        ("bought", "buy", "ed"),
        ("delivery", "deliver", "y"),
        ("shipment", "ship", "ment"),
        ("status", "status", ""),
    ],
)
def test_a_word_is_seen_through_to_its_root(word: str, root: str, ending: str) -> None:
    roots = {form_of(root).root}
    assert (form_of(word, roots).root, form_of(word, roots).ending) == (form_of(root).root, ending)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pseudo_words_are_far_from_all_others(seed: int) -> None:
    words = pseudo_words(120, seed, FUNCTION_WORDS)
    assert len(set(words)) == 120
    assert not {word for word in words if re.search(r"[aeiou]{2}|[^aeiou]{5}|^[^aeiou]{4}", word)}
    assert not [w for w in words if meant(w, [*FUNCTION_WORDS, *(o for o in words if o != w)])]


@pytest.mark.parametrize(("typo", "right"), [("ordr", "order"), ("cancle", "cancel"), ("adress", "address")])
def test_a_typo_stays_a_typo_of_its_word(typo: str, right: str) -> None:
    assert meant(typo, [right, "newsletter"]) == right
    other = misspelt("blorvask", typo, right)
    assert other != "blorvask"
    assert meant(other, ["blorvask"]) == "blorvask"


def test_a_typo_of_the_plural_is_renamed_too() -> None:
    assert renaming().text("my reciepts") not in ("my reciepts", renaming().text("my receipts"))


@pytest.mark.parametrize("word", ["lost", "fine", "shop", "bell", "paper"])
def test_another_word_is_no_typo(word: str) -> None:
    assert meant(word, ["list", "file", "show", "bill", "placed"]) is None
