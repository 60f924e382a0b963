"""Wishes that say half of what is wanted ("update my details", "stop sending me things"): all that may be meant."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.declared.features import (
    CHANGING_STEMS,
    SHOWING_STEMS,
    STOP,
    STOPPING_STEMS,
    is_content,
)
from orchestrator_server.embedded.declared.fields import stems_of
from orchestrator_server.embedded.declared.heads import LIGHT
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.questions.undoing import match_of
from orchestrator_server.embedded.questions.unfit import is_wrong
from orchestrator_server.embedded.requests.asks import Understood
from orchestrator_server.embedded.requests.matching import Match
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.requests.objects import names_what_is_set
from orchestrator_server.embedded.words.english import SHOWING, stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_YOURS = lazy(r"\b(?:your|his|her|their)\b")
_IS_NEW = lazy(r"\b(?:have|has|got) (?:got )?new (?!\w+ (?:at|from|with|in)\b)")
_SOME = frozenset(
    stem(word)
    for word in words(
        """
        info information stuff something thing things wrong old new date need outdated incorrect current right anymore
        believe think guess suppose hope naturally help good evening morning afternoon day various several bit
        """
    )
)
"""Words that say nothing of what they are about."""
_THINGS = frozenset(["anything", "stuff", "things", "everything", "crap", "rubbish", "junk"])
_GETTING = frozenset(stem(word) for word in (*SHOWING, "receive", "mail", "email", "post"))
_ENOUGH = frozenset(stem(word) for word in ("enough", "anymore", "longer"))
_NO_MORE = lazy(r"\b(?:do not|not to|never|no more|any ?more|ever again|no longer|not want)\b")
_HOW_MANY = lazy(
    r"\W*(?:(?:so|and|ok|okay|hi|hello|hey|please|but) (?:, )?)*how (?:many|much) (?:do|have|did) (?:i|we)"
    r"(?: (?:have|own|got))?(?: (?:got|now|left|already|altogether|in all|in total|so far|by now|currently"
    r"|at the moment|right now|please|then))*\W*$"
)
_NOT = frozenset(["not", "never"])
_MANY = "~how many"
_MOST = 3


def half_said(message: Message, understood: Understood) -> tuple[Match, ...] | None:
    """What may be meant, where several things may and none is named; None where the message says more."""
    if any(token.shape for token in message.tokens) or any(ask.governing or ask.fan for ask in understood.asks):
        return None
    found = _changes(message) or _stops(message) or _counts(message)
    asked = [ask.profile for ask in understood.asks if ask.profile not in found and ask.profile.intent.has_effect]
    is_open = 1 < len(found) <= _MOST and not asked
    return tuple(match_of(profile) for profile in found) if is_open else None


def _changes(message: Message) -> list[Profile]:
    """The effects that set what one read shows together, where only the whole is named ("my details")."""
    content = [token for token in message.tokens if is_content(token)]
    said = {token.stem for token in content} - CHANGING_STEMS - LIGHT - _SOME
    is_change = any(token.stem in CHANGING_STEMS for token in content) or _IS_NEW.search(message.norms) is not None
    is_change = is_change or is_wrong(message.tokens)
    is_asked = any(token.stem in SHOWING_STEMS for token in content) or any(
        mood_of(message.of(clause)) is Mood.QUESTION for clause in message.clauses
    )
    if not said or not is_change or is_asked or _YOURS.search(message.norms):
        return []
    for read in message.index.profiles:
        is_whole = said <= read.words.keys() and not said & _shown(read)
        if read.intent.has_effect or read.required or read.lists or not is_whole:
            continue
        setters = [p for p in message.index.profiles if _sets_a_part(message, p, read)]
        return [] if any(_names_a_part(message, p) for p in setters) else setters
    return []


def _names_a_part(message: Message, profile: Profile) -> bool:
    """Does a noun with nothing behind it that belongs to it name what the effect sets?"""
    ends = zip(message.tokens, (*message.tokens[1:], None), strict=True)
    heads = [one for one, two in ends if is_content(one) and (two is None or not is_content(two))]
    return names_what_is_set(profile, heads, message.index)


def _sets_a_part(message: Message, profile: Profile, read: Profile) -> bool:
    """Does the effect set one value of the user's own that the read shows?"""
    is_own = len(profile.required) == 1 and profile.required[0].pattern not in message.index.ids
    return profile.intent.has_effect and is_own and bool(_named(profile) & _shown(read))


def _shown(read: Profile) -> frozenset[str]:
    """The names of the single values that a read shows."""
    return frozenset(part for field in read.fields for part in stems_of(field.path.rpartition(".")[2]))


def _named(profile: Profile) -> frozenset[str]:
    return frozenset(part for parameter in profile.required for part in stems_of(parameter.name))


def _stops(message: Message) -> Sequence[Profile]:
    """The effects that end something, where nothing is named that should end."""
    said = [token for token in message.tokens if is_content(token) or token.norm in _THINGS]
    stopping = [p for p in message.index.profiles if p.intent.has_effect and STOP in p.words]
    shared = frozenset.intersection(*(p.verbs for p in stopping)) if stopping else frozenset()
    small = STOPPING_STEMS | _GETTING | _ENOUGH | message.index.verbs
    names_none = any(t.norm in _THINGS for t in said) and all(t.norm in _THINGS or t.stem in small for t in said)
    ends = any(t.stem in STOPPING_STEMS | shared for t in said) or _NO_MORE.search(message.norms) is not None
    return stopping if names_none and ends and not _stops_nothing(message, STOPPING_STEMS | shared) else []


def _stops_nothing(message: Message, stops: frozenset[str]) -> bool:
    """Is just the ending what shall not be ("do not stop anything")?"""
    places = (at for at, token in enumerate(message.tokens) if token.stem in stops)
    return any(token.norm in _NOT for at in places for token in message.tokens[max(0, at - 2) : at])


def _counts(message: Message) -> list[Profile]:
    """The reads that count something of the user's, where it is not said what."""
    if not _HOW_MANY.match(norms(message.tokens)):
        return []
    return list(_counting(message))


def _counting(message: Message) -> Iterator[Profile]:
    for profile in message.index.profiles:
        if not profile.required and any(_MANY in example for example in profile.examples):
            yield profile
