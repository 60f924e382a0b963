"""Requests that are said twice in one message, and with nothing new the second time."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.declared.features import CHANGING_STEMS, is_content
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.requests.calling import Requested


def without_repeats(asks: Sequence[Ask]) -> list[Ask]:
    """Each request once, in the fuller of its forms."""
    kept: list[Ask] = []
    for ask in asks:
        same = next((at for at, other in enumerate(kept) if _is_same(other, ask)), None)
        if same is None:
            kept.append(ask)
        elif ask.filled.arguments.items() >= kept[same].filled.arguments.items():
            kept[same] = replace(ask, governing=kept[same].governing or ask.governing)
    return kept


def without_wishes(asks: Sequence[Ask]) -> list[Ask]:
    """Without an effect that was but wished at first, and is asked for in some case later ("if open, stop it")."""
    return [ask for at, ask in enumerate(asks) if not any(_settles(later, ask) for later in asks[at + 1 :])]


def _settles(later: Ask, ask: Ask) -> bool:
    """Is it the same effect under a condition, where this one has none?"""
    if later.profile is not ask.profile or not ask.profile.intent.has_effect or ask.governing or not later.governing:
        return False
    mine, theirs = ask.filled.arguments, later.filled.arguments
    is_one = ask.fan is None and later.fan is None and mine.keys() <= theirs.keys()
    return is_one and all(theirs[parameter.name] == mine.get(parameter.name) for parameter in ask.profile.required)


def repeats_change(message: Message, asks: Sequence[Ask], said: Requested) -> bool:
    """Does it but ask for the change again that was asked for with its value just now ("..., please change it")?"""
    last = asks[-1] if asks else None
    if last is None or last.missing or not last.profile.intent.has_effect or said.governing:
        return False
    is_near = last.clause.sentence >= said.clause.sentence - 1
    has_value = any(token.shape for token in said.tokens)
    is_change = any(t.stem in CHANGING_STEMS for t in said.tokens) and bool(last.profile.verbs & CHANGING_STEMS)
    known = last.profile.words.keys() | CHANGING_STEMS
    content = [t for t in message.of(said.clause) if is_content(t)]
    return is_near and is_change and not has_value and all(t.stem in known for t in content)


def _is_same(one: Ask, two: Ask) -> bool:
    """Is it the same call, as far as both say? Two of different values are two."""
    if one.profile is not two.profile or (one.fan is None) != (two.fan is None):
        return False
    if two.governing and one.governing != two.governing:
        return False
    mine, theirs = one.filled.arguments, two.filled.arguments
    if mine == theirs:
        return one.profile.intent.has_effect or bool(mine) or one.clause == two.clause
    is_part = all(mine[name] == theirs[name] for name in mine.keys() & theirs.keys())
    if not one.profile.intent.has_effect:
        return is_part and (mine.keys() <= theirs.keys() or theirs.keys() <= mine.keys())
    return is_part and bool(two.missing or one.missing)
