"""Wishes to be rid of a thing: stopping all of it fits as well as sending back what came, unless it says which."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import SHOWING_STEMS, is_content
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import is_verb_of
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.wishing.riddance import leaves_open
from orchestrator_server.embedded.questions.undoing import match_of
from orchestrator_server.embedded.questions.whereabouts import is_not_here_yet
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.requests.choices import Verdict
from orchestrator_server.embedded.requests.matching import Match
from orchestrator_server.embedded.words.text import Token


def of_what_came(message: Message, ask: Ask) -> Profile | None:
    """The effect that sends a part back, where the ask is but for being rid of a thing that may have come."""
    return None if ask.governing else _part(message, ask.profile, ask.tokens)


def wondered_rid_of(message: Message, understood: Understood) -> tuple[Match, Match] | None:
    """Both effects, where somebody only wonders whether and how one gets rid of a thing."""
    if any(ask.profile.intent.has_effect for ask in understood.asks):
        return None
    for choice, clause in zip(understood.doubts, understood.doubted, strict=True):
        whole = choice.best.profile if choice.verdict is Verdict.WONDERED else None
        part = _part(message, whole, message.of(clause)) if whole is not None else None
        if whole is not None and part is not None:
            return match_of(whole), match_of(part)
    return None


def _part(message: Message, profile: Profile, tokens: Sequence[Token]) -> Profile | None:
    parts = message.index.partial
    if len(parts) != 1 or all(profile is not whole for whole in message.index.wholes):
        return None
    if not any(leaves_open(token) for token in tokens) or _names_the_whole(message, profile):
        return None
    return None if is_not_here_yet(message) else parts[0]


def _names_the_whole(message: Message, profile: Profile) -> bool:
    """Does a verb of stopping the whole stand anywhere, if only for another ("stop A-1 and get rid of A-2 too")?"""
    tokens = message.tokens
    said = (at for at, t in enumerate(tokens) if is_content(t) and t.stem not in SHOWING_STEMS and not leaves_open(t))
    return any(is_verb_of(profile, tokens, at) for at in said)
