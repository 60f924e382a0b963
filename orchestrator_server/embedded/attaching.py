"""Puts conditions and reasons over requests that stand before them."""

from dataclasses import replace

from orchestrator_server.embedded.asks import Ask, Governing
from orchestrator_server.embedded.clauses import Clause
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.shapes import Kind
from orchestrator_server.embedded.slots import Filled
from orchestrator_server.embedded.text import Token

_GIVING_REASON = ("because", "since", "as", "due")


def attach(message: Message, asks: list[Ask], governing: Governing, clause: Clause) -> bool:
    """Puts a condition over the request before it, and over earlier effects that it may be meant for as well.

    False where its sentence has no request before it.
    """
    nearest = asks[-1].clause if asks else None
    if nearest is None or nearest.sentence != clause.sentence:
        return False
    is_shared = not message.index.names_id(message.of(nearest))
    for at, ask in enumerate(asks):
        is_meant = ask.clause is nearest or (is_shared and _is_free(ask))
        if ask.clause.sentence == clause.sentence and is_meant:
            asks[at] = replace(ask, governing=(*ask.governing, governing))
    return True


def attach_opposite(asks: list[Ask], governing: Governing, clause: Clause) -> None:
    """Puts the opposite over the effects of the sentence: "stop it (if it is here), but if it is late, ..."."""
    if not asks or asks[-1].clause.sentence != clause.sentence:
        return
    for at, ask in enumerate(asks):
        if ask.clause.sentence == clause.sentence and ask.profile.intent.has_effect:
            others = () if any(one.tokens == governing.tokens for one in ask.governing) else (governing.flipped(),)
            asks[at] = replace(ask, governing=(*ask.governing, *others))


def spare(message: Message, asks: list[Ask], governing: Governing, tokens: tuple[Token, ...]) -> None:
    """Puts the opposite over the effects before that nothing governs: "stop it. If it is late, leave it"."""
    ids = {token.value for token in tokens if token.shape in message.index.ids}
    for at, ask in enumerate(asks):
        mine = {str(value) for value in ask.filled.arguments.values()}
        if _is_free(ask) and (not ids or ids & mine):
            asks[at] = replace(ask, governing=(governing.flipped(),))


def give_reason(message: Message, asks: list[Ask], clause: Clause) -> None:
    """Keeps a reason with the effect it was given for, where that has a place for it."""
    said = message.words(message.of(clause)).strip(" .,!")
    if not clause.joiner.startswith(_GIVING_REASON) or not said:
        return
    for at, ask in enumerate(asks):
        name = next((n for n, kind in ask.profile.kinds.items() if kind is Kind.REASON), None)
        if name and ask.clause.sentence == clause.sentence:
            asks[at] = replace(ask, filled=Filled(arguments={**ask.filled.arguments, name: said}))


def _is_free(ask: Ask) -> bool:
    """Is it an effect that nothing governs?"""
    return ask.profile.intent.has_effect and not ask.governing
