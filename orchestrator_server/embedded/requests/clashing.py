"""One thing cannot be set to two values: where a message gives both, it is open which one is meant."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.values.slots import Filled
from orchestrator_server.embedded.words.shapes import Kind


def without_clashes(message: Message, asks: Sequence[Ask]) -> list[Ask]:
    """The requests, with one that lacks the value in the place of two that set the same thing to different values."""
    kept: list[Ask] = []
    for ask in asks:
        same = next((at for at, other in enumerate(kept) if _clash(message, other, ask)), None)
        if same is None:
            kept.append(ask)
        else:
            own = kept[same].filled.arguments
            left = {n: v for n, v in own.items() if v == ask.filled.arguments.get(n, v)}
            kept[same] = replace(kept[same], filled=Filled(arguments=left))
    return kept


def _clash(message: Message, one: Ask, two: Ask) -> bool:
    """Is it the same effect upon the same thing with another value, whatever happens?"""
    if one.profile is not two.profile or one.governing or two.governing or one.fan or two.fan:
        return False
    names = _set_by(message, one)
    mine, theirs = one.filled.arguments, two.filled.arguments
    same = all(mine.get(p.name) == theirs.get(p.name) for p in one.profile.required if p.name not in names)
    return same and any(n in mine and n in theirs and mine[n] != theirs[n] for n in names)


def _set_by(message: Message, ask: Ask) -> list[str]:
    """The parameters that an effect sets anew; none for one that takes names, and can be wanted for many things."""
    kinds = ask.profile.kinds
    if not ask.profile.intent.has_effect or Kind.NAME in kinds.values():
        return []
    return [
        p.name
        for p in ask.profile.required
        if kinds[p.name] is Kind.LONG or (kinds[p.name] is Kind.SHAPED and p.pattern not in message.index.ids)
    ]
