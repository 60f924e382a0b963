"""Expressions are compiled after the start; a wrong one must show here and not with a customer."""

import importlib
import pkgutil
import re

import pytest

from orchestrator_server import embedded
from orchestrator_server.embedded.words.patterns import _Lazy, compile_all, lazy
from orchestrator_server.settings import Limits
from orchestrator_server.thinking import thinking


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
