"""Verbs that are English anywhere ask for what servers declare, though no server declares them."""

import pytest

from evaluation.catalogues import shop_catalogue
from evaluation.declared_words import declared_in
from evaluation.renamed_contracts import contracts_of
from tests.unit.embedded.asking import decide, line

VERBS = frozenset(["see", "show", "tell", "view", "find", "check", "look", "know", "make", "put", "set", "use"])


@pytest.mark.parametrize("verb", ["show me", "tell me about", "view", "look up", "pull up", "I want to see", "check"])
async def test_a_verb_of_showing_asks_for_a_read(verb: str) -> None:
    assert line(await decide(f"{verb} my profile")) == "user.get_profile()"


@pytest.mark.parametrize("verb", ["show me", "view", "check", "pull up", "let me see"])
async def test_a_verb_of_showing_shows_the_thing_that_an_id_names(verb: str) -> None:
    assert line(await decide(f"{verb} A-1042")) == "order.get(order_id=A-1042)"


@pytest.mark.parametrize("verb", ["modify", "alter", "amend", "swap", "set", "switch"])
async def test_a_verb_of_changing_sets_a_value(verb: str) -> None:
    assert line(await decide(f"{verb} my phone number to +49 30 5550199")) == "user.update_phone(phone=+49 30 5550199)"


@pytest.mark.parametrize("said", ["make that", "put that as", "save that as", "use that as"])
async def test_what_something_shall_be_is_set(said: str) -> None:
    told = await decide(f"send A-1042 to 12 Harbour Street, 20457 Hamburg and {said} my address")
    assert "user.update_address(address=12 Harbour Street, 20457 Hamburg)" in line(told)


@pytest.mark.parametrize("verb", ["use", "save", "put", "set"])
async def test_a_value_after_such_a_verb_is_set(verb: str) -> None:
    told = await decide(f"{verb} +49 30 5550199 as my phone number")
    assert line(told) == "user.update_phone(phone=+49 30 5550199)"


def test_the_shop_declares_no_verb_of_asking() -> None:
    assert not declared_in(contracts_of(shop_catalogue())).words & VERBS
