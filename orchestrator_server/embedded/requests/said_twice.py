"""Requests that are said twice in one message, and with nothing new the second time."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.requests.asks import Ask


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
