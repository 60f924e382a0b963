"""Conditions over words that turn out to but name a thing ("send it back, file F-17. Only if it is open")."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.requests.asks import Ask


def handed_on(before: Sequence[Ask], after: Sequence[Ask]) -> tuple[list[Ask], list[str]]:
    """The requests `after` some were left out, with the conditions of those, and the words of conditions left over.

    A condition goes to the effects on the same thing that nothing governs; with none of them it stays left over.
    """
    kept = list(after)
    lost: list[str] = []
    for ask in before:
        held = [one.tokens for other in kept for one in other.governing]
        missing = tuple(one for one in ask.governing if one.tokens not in held)
        if any(ask is other for other in after) or not missing:
            continue
        mine = set(map(str, ask.filled.arguments.values()))
        takers = [at for at, other in enumerate(kept) if _takes(other, mine)]
        for at in takers:
            kept[at] = replace(kept[at], governing=missing)
        if not takers and any(other.profile.intent.has_effect and not other.governing for other in kept):
            lost += [one.words for one in missing]
    return kept, lost


def _takes(ask: Ask, ids: set[str]) -> bool:
    is_free = ask.profile.intent.has_effect and not ask.governing and ask.fan is None
    return is_free and bool(ids & set(map(str, ask.filled.arguments.values())))
