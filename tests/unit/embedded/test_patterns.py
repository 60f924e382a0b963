"""Expressions are compiled after the start; a wrong one must show here and not with a customer."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from evaluation.catalogues import shop_catalogue
from evaluation.labels import read_labels
from orchestrator_server import embedded
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.patterns import _Lazy, compile_all, lazy
from orchestrator_server.embedded.words.required import required
from orchestrator_server.embedded.words.text import cleaned, norms
from orchestrator_server.settings import Limits
from orchestrator_server.thinking import thinking

_BUILDING = Path(__file__).parents[2] / "data" / "utterances_building.jsonl"


def test_every_expression_of_the_planner_compiles() -> None:
    for module in pkgutil.walk_packages(embedded.__path__, f"{embedded.__name__}."):
        importlib.import_module(module.name)
    assert len(_Lazy.made) > 500
    wrong = []
    for one in tuple(_Lazy.made):
        try:
            assert one.groups >= 0
        except re.error as fault:
            wrong.append(f"{one.pattern}: {fault}")
    assert wrong == []
    compile_all()


def test_a_lazy_expression_finds_what_a_compiled_one_finds() -> None:
    text, flags = r"(?P<word>[a-z]+)-\d", re.IGNORECASE
    own, compiled = lazy(text, flags), re.compile(text, flags)
    assert own.pattern == compiled.pattern
    assert own.groupindex == compiled.groupindex
    for said in ("", "A-1 and b-2", "none"):
        assert own.sub("-", said) == compiled.sub("-", said)
        assert own.split(said) == compiled.split(said)
        assert own.findall(said) == compiled.findall(said)
        assert [m.span("word") for m in own.finditer(said)] == [m.span("word") for m in compiled.finditer(said)]


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        (r"\bor\b", {"or"}),
        (r"(?:if|unless) (?:it|that) is", {"if it is", "if that is", "unless it is", "unless that is"}),
        (r"(?:un|re)done", {"undone", "redone"}),
        (r"(?:please )?stop (?:my )?\w+", {"stop "}),
        (r"[a-z]+ing to (?:want|need)ed", {"ing to wanted", "ing to needed"}),
        (r"(?=.*\bwhy\b)\w+", {"why"}),
        (r"(?<!not )\bnever(?! mind)", {"never"}),
        (r"(?:why )+now", {"why "}),
        (r"(?:why )*now", {"now"}),
        (r"(?:why ){2,3}", {"why "}),
        (r"gr[ae]y", {"gray", "grey"}),
        (r"\w+|never", set()),
        (r"[a-z]", set()),
        (r"(?i)never", set()),
        (r"(?i:never)|always", set()),
        ("|".join(f"{chr(97 + n // 26)}{chr(97 + n % 26)}z" for n in range(200)), set()),
    ],
)
def test_what_every_match_needs_is_found_in_the_expression(pattern: str, pieces: set[str]) -> None:
    assert set(required(pattern)) == pieces


def test_no_match_is_lost_where_an_expression_looks_only_in_texts_that_have_what_it_needs() -> None:
    compile_all()
    catalogue = shop_catalogue()
    index = Index(tuple(catalogue.intents.values()), catalogue)
    texts = [norms(index.tokens(cleaned(label.text))) for label in read_labels(_BUILDING)[::4]]
    for one in tuple(_Lazy.made):
        compiled = re.compile(one.pattern, one.flags)
        for text in texts:
            assert bool(one.search(text)) == bool(compiled.search(text)), (one.pattern, text)
            assert len([*one.finditer(text)]) == len(compiled.findall(text)), (one.pattern, text)


def test_a_wrong_expression_says_so_when_it_is_used() -> None:
    wrong = lazy("(")
    with pytest.raises(re.error):
        wrong.search("anything")


async def test_a_server_compiles_in_the_background_what_nobody_has_used_yet() -> None:
    wrong = lazy("(")
    with pytest.raises(re.error):
        async with thinking(None, Limits()):
            pass
    assert wrong.pattern == "("
