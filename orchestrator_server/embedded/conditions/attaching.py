"""Puts conditions and reasons over requests that stand before them."""

import re
from dataclasses import replace
from itertools import pairwise

from orchestrator_server.embedded.clauses.clauses import Clause
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.case_words import first_states, states_of
from orchestrator_server.embedded.requests.asks import Ask, Governing
from orchestrator_server.embedded.values.slots import Filled
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms

_TOGETHER = frozenset(["both", "all", "each", "either"])
"""Before a condition these say that it is one for all that was asked for."""
_GIVING_REASON = ("because", "since", "as", "due")


def attach(message: Message, asks: list[Ask], governing: Governing, clause: Clause) -> bool:
    """Puts a condition over the request before it, and over earlier effects that it may be meant for as well.

    False where its sentence has no request before it.
    """
    nearest = asks[-1].clause if asks else None
    if nearest is None or nearest.sentence != clause.sentence:
        return False
    is_together = any(t.norm in _TOGETHER for t in message.tokens[max(0, clause.first - 4) : clause.first])
    is_shared = is_together or not message.index.names_id(message.of(nearest))
    mine = _ids(message, asks[-1])
    for at, ask in enumerate(asks):
        is_other = not is_together and bool(mine) and mine.isdisjoint(_ids(message, ask))
        is_done = norms(message.tokens[max(0, ask.clause.end - 2) : ask.clause.end + 1]).endswith("please ,")
        is_meant = ask.clause is nearest or (is_shared and _is_free(ask) and not (is_other or is_done))
        if ask.clause.sentence == clause.sentence and is_meant:
            asks[at] = replace(ask, governing=(*ask.governing, governing))
    return True


def _ids(message: Message, ask: Ask) -> set[str]:
    """The ids of what a request is about."""
    given = {str(value) for value in ask.filled.arguments.values()}
    return given & {token.value for token in message.tokens if token.shape in message.index.ids}


def attach_opposite(asks: list[Ask], governing: Governing, clause: Clause) -> None:
    """Puts the opposite over the effects of the sentence: "stop it (if it is here), but if it is late, ..."."""
    if not asks or asks[-1].clause.sentence != clause.sentence:
        return
    for at, ask in enumerate(asks):
        if ask.clause.sentence == clause.sentence and ask.profile.intent.has_effect:
            others = () if any(one.tokens == governing.tokens for one in ask.governing) else (governing.flipped(),)
            asks[at] = replace(ask, governing=(*ask.governing, *others))


def spare(message: Message, asks: list[Ask], governing: Governing, tokens: tuple[Token, ...]) -> None:
    """Puts the opposite over the effects before that nothing governs: "stop it. If it is late, leave it".

    Behind "but" it is put over the last effect as well, whatever governs that: "..., but leave it if it is late".
    """
    first = next((at for at, token in enumerate(message.tokens) if tokens and token is tokens[0]), 0)
    is_but = first > 0 and message.tokens[first - 1].norm == "but"
    ids = {token.value for token in tokens if token.shape in message.index.ids}
    for at, ask in enumerate(asks):
        mine = {str(value) for value in ask.filled.arguments.values()}
        is_last = at == len(asks) - 1 and ask.profile.intent.has_effect and is_but
        is_new = all(one.tokens != governing.tokens for one in ask.governing)
        if (_is_free(ask) or (is_last and is_new)) and (not ids or ids & mine):
            asks[at] = replace(ask, governing=(*ask.governing, governing.flipped()))


def spare_overtaken(index: Index, asks: list[Ask]) -> None:
    """Puts the opposite over an effect that the next sentence finds overtaken: "stop it. Gone? Where is it?"."""
    for at, (ask, after) in enumerate(pairwise(asks)):
        if _is_free(ask) and after.clause.sentence > ask.clause.sentence and _is_overtaking(index, ask, after):
            asks[at] = replace(ask, governing=(after.governing[0].flipped(),))


def _is_overtaking(index: Index, ask: Ask, after: Ask) -> bool:
    """Is the other asked for in a case of the same thing, in which it is already past the state it began in?"""
    if len(after.governing) != 1 or after.governing[0].negated or ask.fan is not None or after.fan is not None:
        return False
    said = norms(after.governing[0].tokens)
    mine, theirs = set(map(str, ask.filled.arguments.values())), set(map(str, after.filled.arguments.values()))
    is_past = states_of(index).search(said) and not re.search(rf"\b(?:not|still|yet|{first_states(index)})\b", said)
    return bool(is_past and mine & theirs) and not re.search(r"\d|\b(?:i|we|my)\b", said)


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
