"""Puts conditions and reasons over requests that stand before them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.clauses import Clause
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.supposing.case_words import first_states, states_of
from orchestrator_server.embedded.requests.asks import Ask, Governing
from orchestrator_server.embedded.requests.set_phrases import is_needless
from orchestrator_server.embedded.values.slots import Filled
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms

_TOGETHER = frozenset(["both", "all", "each", "either"])
"""Before a condition these say that it is one for all that was asked for."""
_MANY = frozenset(["they", "both", "these", "those", "neither", "all"])
"""At the beginning of a condition these speak of all things that were named."""
_NAMING = frozenset(["it", "is", "the", "my", "that", "number", "no", "this", "for", "about", "from"])
"""What stands around the name of a thing."""
_IN_THAT_CASE = lazy(
    r"\b(?:then|in (?:that|which|this|such a) case|in which event)(?: (?:,|please|just|you can|better))*$"
)
"""What stands before the leaving of something, and says that it is left in the very case that was named."""
_GIVING_REASON = ("because", "since", "as", "due")


def attach(message: Message, asks: list[Ask], governing: Governing, clause: Clause) -> bool:
    """Puts a condition over the request before it, and over earlier effects that it may be meant for as well.

    False where its sentence has no request before it.
    """
    nearest = asks[-1].clause if asks else None
    if nearest is None or nearest.sentence != clause.sentence:
        return False
    is_together = any(t.norm in _TOGETHER for t in message.tokens[max(0, clause.first - 4) : clause.first])
    is_together = is_together or _is_of_all(message, nearest, governing)
    is_shared = is_together or not message.index.names_id(message.of(nearest))
    mine = _ids(message, asks[-1])
    for at, ask in enumerate(asks):
        is_other = not is_together and bool(mine) and mine.isdisjoint(_ids(message, ask))
        is_done = norms(message.tokens[max(0, ask.clause.end - 2) : ask.clause.end + 1]).endswith("please ,")
        is_meant = ask.clause is nearest or (is_shared and _is_free(ask) and not (is_other or is_done))
        if ask.clause.sentence == clause.sentence and is_meant:
            asks[at] = replace(ask, governing=(*ask.governing, governing))
    return True


def _is_of_all(message: Message, nearest: Clause, governing: Governing) -> bool:
    """Does the condition speak of more than one thing, and the request right before it of no more than one?"""
    is_many = any(token.norm in _MANY for token in governing.tokens[:3])
    return is_many and not any(_is_plural(token) for token in message.of(nearest))


def _is_plural(token: Token) -> bool:
    return is_content(token) and token.norm.endswith("s") and not token.norm.endswith("ss")


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

    Behind "but" it is put over the last effect as well, whatever governs that: "..., but leave it if it is late". What
    is not wanted at all is no read either: "show it. If it is late, I do not need it".
    """
    if _is_unless(governing):
        asks[:] = [_unless_it_is_left(message, ask, governing, tokens) for ask in asks]
        return
    first = next((at for at, token in enumerate(message.tokens) if tokens and token is tokens[0]), 0)
    is_but = first > 0 and message.tokens[first - 1].norm == "but"
    ids = {token.value for token in tokens if token.shape in message.index.ids}
    for at, ask in enumerate(asks):
        mine = {str(value) for value in ask.filled.arguments.values()}
        is_last = at == len(asks) - 1 and ask.profile.intent.has_effect and is_but
        is_new = all(one.tokens != governing.tokens for one in ask.governing)
        is_read = is_needless(tokens) and _is_bare_read(ask) and ask.clause.sentence >= asks[-1].clause.sentence
        if (_is_free(ask) or is_read or (is_last and is_new)) and (not ids or ids & mine):
            asks[at] = replace(ask, governing=(*ask.governing, governing.flipped()))


def not_needed(
    message: Message, asks: Sequence[Ask], governing: Sequence[Governing], tokens: tuple[Token, ...]
) -> bool:
    """Is what was asked for not needed in a case? Of a thing with an id that may be said of the thing itself."""
    if not governing or not asks or not is_needless(tokens):
        return False
    return not (asks[-1].profile.intent.has_effect and message.index.names_id(asks[-1].tokens))


def _unless_it_is_left(message: Message, ask: Ask, governing: Governing, tokens: tuple[Token, ...]) -> Ask:
    """ "Stop it. Unless it has left, then leave it": the condition itself; without the "then" nobody can tell."""
    if not _is_free(ask):
        return ask
    first = next((at for at, token in enumerate(message.tokens) if tokens and token is tokens[0]), 0)
    is_then = _IN_THAT_CASE.search(norms(message.tokens[max(0, first - 5) : first])) is not None
    both = (governing,) if is_then else (governing, governing.flipped())
    return replace(ask, governing=both)


def _is_unless(governing: Governing) -> bool:
    return governing.words.startswith("unless ")


def _is_bare_read(ask: Ask) -> bool:
    return not ask.profile.intent.has_effect and not ask.governing and ask.fan is None


def settle(asks: list[Ask], claimed: Governing | None) -> None:
    """Puts what was claimed over the effect that followed from it: "I think it is open, so stop it. Otherwise ..."."""
    if claimed and asks and _is_free(asks[-1]) and asks[-1].tokens[0].start > claimed.tokens[-1].start:
        asks[-1] = replace(asks[-1], governing=(claimed,))


def spare_overtaken(message: Message, asks: list[Ask]) -> None:
    """Puts the opposite over an effect that what follows finds overtaken: "stop it. Gone? Where is it?"."""
    for at, ask in enumerate(asks):
        after = next((one for one in asks[at + 1 :] if one.governing or one.profile.intent.has_effect), ask)
        if not _is_free(ask) or len(after.governing) != 1 or ask.fan is not None or after.fan is not None:
            continue
        if _only_names(message.index, after):
            continue  # "send it back, file F-17. Only if it is open"
        is_apart = after.clause.sentence > ask.clause.sentence or not _is_added(message, after)
        if _is_instead(ask, after) or (is_apart and _is_overtaking(message.index, ask, after)):
            asks[at] = replace(ask, governing=(after.governing[0].flipped(),))


def _only_names(index: Index, ask: Ask) -> bool:
    """Does it say nothing but the name of a thing?"""
    return all(t.is_mark or t.shape in index.ids or t.stem in index.things or t.norm in _NAMING for t in ask.tokens)


def _is_added(message: Message, ask: Ask) -> bool:
    """Does its case come with an "and", beside what stands before?"""
    first = ask.governing[0].tokens[0]
    at = next((at for at, token in enumerate(message.tokens) if token is first), 0)
    return any(token.norm in ("and", "also", "plus") for token in message.tokens[max(0, at - 3) : at])


def _is_instead(ask: Ask, after: Ask) -> bool:
    """Is the other asked for in the place of this one ("stop it, if it has left show it instead")?"""
    mine, theirs = set(map(str, ask.filled.arguments.values())), set(map(str, after.filled.arguments.values()))
    return bool(mine & theirs) and any(token.norm in ("instead", "rather") for token in after.tokens)


def _is_overtaking(index: Index, ask: Ask, after: Ask) -> bool:
    """Is the other asked for in a case of the same thing, in which it is already past the state it began in?"""
    if after.governing[0].negated:
        return False
    said = norms(after.governing[0].tokens)
    mine, theirs = set(map(str, ask.filled.arguments.values())), set(map(str, after.filled.arguments.values()))
    first = first_states(index)
    is_past = states_of(index).search(said) is not None and not re.search(rf"\b(?:not|still|yet|{first})\b", said)
    is_past = is_past or re.search(rf"\b(?:not|no longer) (?:\w+ )?(?:{first})\b", said) is not None
    return is_past and bool(mine & theirs) and not re.search(r"\d|\b(?:i|we|my)\b", said)


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
