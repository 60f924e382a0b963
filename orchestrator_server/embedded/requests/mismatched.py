"""Things that are said to be of one id, in a call for another: they are left out of it, so that the user is asked."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.values.slots import Filled
from orchestrator_server.embedded.values.things import counter_of
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms

_IT, _SEVERAL = lazy(r"\b(?:it|that|this)\b"), lazy(r"\b(?:them|both|those|these|and)\b")
_WITHIN = frozenset(["from", "in", "of"])
_JOINTS = frozenset(["and", "or", ",", "plus", "/", "also"])
_BETWEEN = frozenset(["the", "my", "number", "no", "(", "that", "this"])


def without_mismatched(message: Message, asks: Sequence[Ask]) -> list[Ask]:
    """The asks without the names that the message ties to other ids alone."""
    new = {str(v).lower() for ask in asks for n, v in ask.filled.arguments.items() if _is_new(ask, n)}
    asks = [_without_new(ask, new) for ask in asks] if new else list(asks)
    shapes = message.index.ids
    if len({token.value for token in message.tokens if token.shape in shapes}) < 2:
        return asks
    return [_of_its_own(message, _fitting(message, ask), asks) for ask in asks]


def _of_its_own(message: Message, ask: Ask, asks: Sequence[Ask]) -> Ask:
    """The ask without the names that only a request for another id said, where it says some itself."""
    said = {token.norm for token in message.of(ask.clause)} | {token.norm for token in ask.tokens}
    others = [one for one in asks if one.profile is ask.profile and one.clause != ask.clause]
    for name, value in ask.filled.arguments.items():
        if ask.profile.kinds.get(name) is not Kind.NAME or not isinstance(value, list):
            continue
        given = {str(v) for one in others for v in _listed_in(one, name)}
        own = [v for v in value if str(v) not in given or str(v).lower().split()[-1] in said]
        if 0 < len(own) < len(value):
            return replace(ask, filled=Filled(arguments={**ask.filled.arguments, name: own}))
    return ask


def _listed_in(ask: Ask, name: str) -> Sequence[object]:
    value = ask.filled.arguments.get(name)
    return value if isinstance(value, list) else ()


def _is_new(ask: Ask, name: str) -> bool:
    """Is this the name of a thing that is to be had, and not of those that ids stand for?"""
    takes_names = ask.profile.kinds.get(name) is Kind.NAME and counter_of(ask.profile) is not None
    return takes_names and ask.profile.intent.has_effect


def _without_new(ask: Ask, new: Container[str]) -> Ask:
    """The ask of "it" without the things that are to be had anew, where it has others."""
    said = norms(ask.tokens)
    if not _IT.search(said) or _SEVERAL.search(said):
        return ask
    for name, value in ask.filled.arguments.items():
        old = [one for one in value if str(one).lower() not in new] if isinstance(value, list) else []
        if isinstance(value, list) and 0 < len(old) < len(value):
            return replace(ask, filled=Filled(arguments={**ask.filled.arguments, name: old}))
    return ask


def _fitting(message: Message, ask: Ask) -> Ask:
    ids = {v for v in ask.filled.arguments.values() if isinstance(v, str)} & {
        t.value for t in message.tokens if t.shape
    }
    for name, value in ask.filled.arguments.items():
        if ask.profile.kinds.get(name) is not Kind.NAME or not isinstance(value, list) or not ids:
            continue
        tied = [set(_tied(message.tokens, str(one).lower(), message.index.things)) for one in value]
        if any(own and not own & ids for own in tied):
            kept = {n: v for n, v in ask.filled.arguments.items() if n != name}
            return replace(ask, filled=Filled(arguments=kept))
    return ask


def _tied(tokens: Sequence[Token], name: str, things: frozenset[str]) -> Iterator[str]:
    """The ids of "NAME from ID"."""
    words = name.split()
    for at in range(len(tokens) - len(words) - 1):
        said = tokens[at : at + len(words)]
        if [token.surface.lower() for token in said] != words:
            continue
        if tokens[at + len(words)].norm in _WITHIN:
            yield from _listed(
                [t for t in tokens[at + len(words) + 1 :] if t.norm not in _BETWEEN and t.stem not in things]
            )


def _listed(tokens: Sequence[Token]) -> Iterator[str]:
    """The ids with which the words begin."""
    for token in tokens:
        if token.shape:
            yield token.value
        elif token.norm not in _JOINTS:
            return
