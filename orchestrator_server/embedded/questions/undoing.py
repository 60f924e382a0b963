"""Effects that undo a thing, the whole or a part of it, where it is only said to be unwanted."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.conversation.ellipsis import says_no_more
from orchestrator_server.embedded.declared.features import SHOWING_STEMS, is_content
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import is_verb_of, verb_at
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.questions.unwanted import (
    AMISS,
    GONE_OFF,
    MONEY_BACK,
    NOT_YET,
    UNWANTED,
    WANTS_BACK,
)
from orchestrator_server.embedded.questions.whereabouts import is_not_here_yet
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.requests.matching import SURE, Match
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_GOES_BACK = lazy(
    r"\b(?:something|some things|(?:a |one |1 )?thing|stuff|an item|a few things)\b.*\b(?:go|goes|going|sent|sending"
    r"|come|coming)"
    r" back\b(?! to (?!you\b)| (?:in|on|up|at|through|over)\b)"
    r"|\b(?:the|my|our|these|those|this|one of the) (?:(?!we\b|i\b|you\b|he\b|she\b|they\b)\w+ ){1,10}?"
    r"(?:(?:has|have|needs?|is|are) to|must|should|ought to) (?:go|be sent|come) back\b"
    r"(?! to (?!you\b)| (?:in|on|up|at|through|over|home)\b)"
)
_CLAIMS = lazy(
    r"^\W*(?:(?:hi|hello|please|so|well|ok|now) (?:, )?)*(?:(?:i|we) (?:\w+ )?(?:want|need|demand|request"
    r"|require|expect"
    r"|insist on|would like|am entitled to|wish)(?: to have)?|(?:can|could|may) (?:i|we) (?:please )?(?:have|get)"
    r"|give me|get me) (?:my|an?|the) \w+(?: (?:please|now|immediately|today|back|at once|right now))*\W*$"
)
"""Something is wanted by a noun alone."""
_ALL_OF_IT = lazy(r"\b(?:it|that|this|them|all|everything)\b")
"""The whole is meant."""


def undoing(message: Message) -> tuple[Match, Match] | None:
    """The two effects that undo a thing, the whole and a part, where it is said to be unwanted and no more."""
    text = message.norms
    wholes, parts = message.index.wholes, message.index.partial
    if len(wholes) != 1 or len(parts) != 1:
        return None
    names_it = message.index.names_id(message.tokens)
    if names_it and (MONEY_BACK.search(text) or _goes_by(message, parts[0], wholes[0])):
        return match_of(wholes[0]), match_of(parts[0])
    if not names_it and _CLAIMS.match(text) and _goes_by(message, parts[0], wholes[0]):
        return match_of(wholes[0]), match_of(parts[0])
    if _says_which(message.tokens, (wholes[0], parts[0])):
        return None
    knows_it = names_it or any(token.stem in wholes[0].things for token in message.tokens if is_content(token))
    is_unwanted = UNWANTED.search(text) is not None and bool(_unheard_after(message, UNWANTED))
    is_unwanted = is_unwanted or (names_it and GONE_OFF.search(text) is not None and not is_not_here_yet(message))
    wants_back = names_it and WANTS_BACK.search(text) is not None
    is_unwanted = is_unwanted or AMISS.search(text) is not None
    return (match_of(wholes[0]), match_of(parts[0])) if (knows_it and is_unwanted) or wants_back else None


def going_back(message: Message) -> Match | None:
    """The effect that sends a part back, where something is to go back and nobody says what."""
    parts = message.index.partial
    is_back = len(parts) == 1 and any(verb.endswith(" back") for verb in parts[0].verbs)
    return match_of(parts[0]) if is_back and _GOES_BACK.search(message.norms) else None


def owed(message: Message, asks: Sequence[Ask]) -> tuple[Match, Match] | None:
    """Both effects, where a wish goes by a noun of the one upon a part, and only reads were taken from it."""
    wholes, parts = message.index.wholes, message.index.partial
    is_wish = bool(asks) and all(not a.profile.intent.has_effect and mood_of(a.tokens) is Mood.WISH for a in asks)
    if not is_wish or len(wholes) != 1 or len(parts) != 1 or not message.index.names_id(message.tokens):
        return None
    return (match_of(wholes[0]), match_of(parts[0])) if _goes_by(message, parts[0], wholes[0]) else None


def undone(message: Message, asks: Sequence[Ask]) -> tuple[Match, Match] | None:
    """The same two, where a named thing is unwanted or amiss and somebody shall see to it; none asked for by name."""
    wholes, parts = message.index.wholes, message.index.partial
    if len(wholes) != 1 or len(parts) != 1 or not message.index.names_id(message.tokens):
        return None
    is_unwanted = UNWANTED.search(message.norms) or AMISS.search(message.norms)
    is_open = all(
        (ask.profile is wholes[0] and verb_at(ask.profile, ask.tokens) is None) or says_no_more(message, (), ask.tokens)
        for ask in asks
    )
    return (match_of(wholes[0]), match_of(parts[0])) if is_unwanted and is_open else None


def refunded(message: Message, asks: Sequence[Ask]) -> tuple[Match, Match] | None:
    """The same two, where the money for a named thing is wanted back, and no verb says how."""
    wholes, parts = message.index.wholes, message.index.partial
    if len(wholes) != 1 or len(parts) != 1 or not message.index.names_id(message.tokens):
        return None
    if not MONEY_BACK.search(message.norms) or _says_which(_without_money(message), (wholes[0], parts[0])):
        return None
    is_open = all(a.profile is parts[0] or says_no_more(message, (), a.tokens) for a in asks)
    return (match_of(wholes[0]), match_of(parts[0])) if is_open else None


def of_a_part(message: Message, ask: Ask) -> Profile | None:
    """The effect upon a part, where a thing is unwanted of which nobody knows whether it is the whole."""
    profile = ask.profile
    if all(profile is not whole for whole in message.index.wholes) or not UNWANTED.search(norms(ask.tokens)):
        return None
    parts = message.index.partial
    if len(parts) != 1 or _says_which(message.tokens, (profile, parts[0])):
        return None
    is_gone_off = GONE_OFF.search(norms(ask.tokens)) is not None and not NOT_YET.search(message.norms)
    is_meant = _unheard_after(message, UNWANTED) or is_gone_off
    return parts[0] if is_meant and not is_not_here_yet(message) else None


def match_of(profile: Profile) -> Match:
    """An effect as one of those that are offered."""
    return Match(profile=profile, score=SURE, likeness=SURE, by_verb=True)


def _goes_by(message: Message, profile: Profile, other: Profile) -> bool:
    """Is there a noun that goes with this effect alone, and none of its verbs ("I want a ... for A-17")?"""
    shared = other.words.keys() | message.index.id_nouns | message.index.parts
    own = (message.index.own(profile) & profile.things) - shared
    own -= {part for verb in profile.verbs for part in verb.split()}
    says_so = any(token.stem in own for token in message.tokens if is_content(token))
    return says_so and not _says_which(message.tokens, (profile, other))


def _says_which(tokens: Sequence[Token], profiles: Sequence[Profile]) -> bool:
    """Does a verb of either stand anywhere in the message? One of showing or getting says nothing of that."""
    said = [at for at, token in enumerate(tokens) if is_content(token) and token.stem not in SHOWING_STEMS]
    return any(is_verb_of(profile, tokens, at) for profile in profiles for at in said)


def _without_money(message: Message) -> list[Token]:
    """The tokens without those that speak of the money."""
    found = MONEY_BACK.search(message.norms)
    if found is None:
        return list(message.tokens)
    first, end = (message.norms.count(" ", 0, at) for at in found.span())
    return [*message.tokens[:first], *message.tokens[end + 1 :]]


def _unheard_after(message: Message, unwanted: re.Pattern[str]) -> list[Token]:
    """The words right after "do not want" that no intent knows: the name of a part, or of the whole."""
    text = message.norms
    found = unwanted.search(text)
    if found is None:
        return []
    at = text[: found.end()].count(" ") + 1
    following = message.tokens[at : at + 4]
    if following and _ALL_OF_IT.match(following[0].norm):
        return []
    return [token for token in following if is_content(token) and not message.index.knows(token.stem)]
