"""Requests whose thing is the subject of their condition: "if any of my files is late, stop it"."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.conditions.quantified import of_each, of_many
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.requests.asks import Ask, Governing
from orchestrator_server.embedded.values.fan import Fan, fan_of, lists_for
from orchestrator_server.embedded.values.slots import Filled
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_THEM = lazy(r"\b(?:it|its|them|their|those|these|that|that one|ones|they)\b")
_LONGEST = 5


def with_subject(index: Index, ask: Ask, today: dt.date | None) -> Ask:
    """The request with what its condition is about, where it names nothing itself; else the same."""
    parameter = next((p for p in ask.profile.required if p.pattern in index.ids and not p.is_repeated), None)
    if ask.fan is not None or parameter is None or parameter.name not in ask.missing:
        return ask
    if (named := _named(index, ask, parameter.name, parameter.pattern)) is not None:
        return named
    if not _THEM.search(norms(ask.tokens)):
        return ask
    for governing in ask.governing:
        found = _those(index, ask, governing, today) or _outermost(index, ask, governing)
        if found is not None:
            return found
    return ask


def _named(index: Index, ask: Ask, name: str, shape: str) -> Ask | None:
    """ "Only if A-17 is open: ...": the one thing that the conditions name by its id."""
    values = {token.value for one in ask.governing for token in one.tokens if token.shape == shape}
    if len(values) != 1 or index.names_id(ask.tokens):
        return None
    return replace(ask, filled=Filled(arguments={**ask.filled.arguments, name: values.pop()}))


def _those(index: Index, ask: Ask, governing: Governing, today: dt.date | None) -> Ask | None:
    """ "If any of my files is late, stop it": each that is late."""
    said = of_many(governing.tokens)
    parameter = next(p for p in ask.profile.required if p.pattern in index.ids)
    listed = next(lists_for(index, parameter), None)
    if said is None or not said.is_some or governing.negated or listed is None:
        return None
    tested = of_each(index, said, listed.source(), governing.words, today)
    if tested is None:
        return None
    others = tuple(one for one in ask.governing if one is not governing)
    return replace(ask, fan=Fan(listed=listed, tests=(tested,)), governing=others)


def _outermost(index: Index, ask: Ask, governing: Governing) -> Ask | None:
    """ "If my last file is late, stop it": that one, under a condition over it."""
    tokens = governing.tokens
    for first in range(min(3, len(tokens))):
        for end in range(first + 2, min(first + _LONGEST, len(tokens)) + 1):
            if tokens[first].norm not in ("my", "the", "our") or end >= len(tokens):
                continue
            fan = fan_of(index, ask.profile, tokens[first:end])
            if fan is not None and fan.edge:
                it = replace(tokens[first], surface="it", norm="it", stem="it")
                said = replace(governing, tokens=_spoken(tokens, first, end, it))
                return replace(ask, fan=fan, governing=tuple(said if g is governing else g for g in ask.governing))
    return None


def _spoken(tokens: Sequence[Token], first: int, end: int, it: Token) -> tuple[Token, ...]:
    return (*tokens[:first], it, *tokens[end:])
