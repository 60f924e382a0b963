"""The same effect in two cases ("under 25? stop it. Above 100? stop it as well") is one call, for either of them."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.conditions.conditions import joined
from orchestrator_server.embedded.requests.asks import Ask


def in_either_case(asks: Sequence[Ask]) -> list[Ask]:
    """The asks with each effect once, under all conditions that were set for it."""
    found: list[Ask] = []
    for ask in asks:
        at = next((i for i, other in enumerate(found) if _is_same_call(other, ask)), None)
        found.append(ask if at is None else _either(found.pop(at), ask))
    return found


def _is_same_call(one: Ask, two: Ask) -> bool:
    """Is it the same effect on the same thing, for two conditions that are both understood?"""
    is_effect = one.profile is two.profile and one.profile.intent.has_effect and one.fan is None and two.fan is None
    is_conditional = one.condition is not None and two.condition is not None
    return is_effect and is_conditional and one.filled.arguments == two.filled.arguments and not one.missing


def _either(one: Ask, two: Ask) -> Ask:
    if one.condition is None or two.condition is None:
        return two
    whole = joined(one.condition, two.condition, "or")
    return replace(two, condition=replace(whole, words=f"{one.condition.words} or {two.condition.words}"))
