"""Another effect that fits as well as the one that was chosen: then both are offered and neither is done."""

from collections.abc import Sequence

from orchestrator_server.embedded.conversation.ellipsis import says_no_more
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.questions.beside_a_thing import is_beside_a_thing
from orchestrator_server.embedded.questions.left_open import of_what_came, wondered_rid_of
from orchestrator_server.embedded.questions.undoing import match_of, of_a_part, owed, refunded, undoing, undone
from orchestrator_server.embedded.questions.unwanted import GONE_OFF, SET_RIGHT
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.requests.matching import Match
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG, Kind
from orchestrator_server.embedded.words.text import norms

_MINE = lazy(
    r"\b(?:my|mine|our|ours|i (?:have )?(?:just )?moved|i am moving|we (?:have )?moved|we are moving"
    r"|(?:i|we) (?:now )?live|(?:i|we) have (?:got )?an? (?:new|different|other))\b"
)
_DO_SOMETHING = lazy(
    r"\b(?:do (?:something|anything) (?:about|with)|sort (?:\w+ )?out|sort (?:<v>|it|this|that|them)\b|take care of"
    r"|deal with|handle|see to|look after"
    r"|(?:change|fix|alter|amend|adjust) something (?:about|in|on|with) (?:\w+ )?<v>(?= [.,!?]| please|$))"
)
"""Says that something is to be done, and not what."""
_MOST = 4
_SHALL_BE = lazy(r"\b(?:should|must|has to|needs? to|ought to|is) (?:be |read |say )?(?:now )?<v>|^\W*<v>\W*$")
_FEW = 12


def rival_of(message: Message, ask: Ask, asks: Sequence[Ask]) -> Match | None:
    """The effect that would set the same value, or undo a part of the same, where the words leave open which."""
    found = _of_a_thing(message, ask, asks) or of_a_part(message, ask) or of_what_came(message, ask)
    return match_of(found) if found is not None else None


def open_wish(message: Message, understood: Understood) -> tuple[Match, ...] | None:
    """The effects that may be meant where a thing is but named, and something is to become of it."""
    mentions = all(_only_mentions(message, ask) for ask in understood.asks)
    is_set_right = SET_RIGHT.search(message.norms) is not None
    if (is_set_right or not understood.declined) and (pair := _seen_to(message, understood, is_set_right)) is not None:
        return pair
    if understood.declined:
        return None
    if not understood.doubts and (pair := owed(message, understood.asks)) is not None:
        return pair
    if understood.doubts or not mentions:
        return None
    if understood.asks and (pair := undoing(message)) is not None:
        return pair
    named = {token.shape for token in message.tokens if token.shape in message.index.ids}
    if not named or not _DO_SOMETHING.search(message.norms):
        return None
    takers = (p for p in message.index.profiles if p.intent.has_effect and any(p.takes(shape) for shape in named))
    found = tuple(match_of(profile) for profile in takers)
    return found if 1 < len(found) <= _MOST else None


def _only_mentions(message: Message, ask: Ask) -> bool:
    """Do the words of an ask but name a thing, or say that it is unwanted?"""
    is_unwanted = not ask.profile.intent.has_effect and GONE_OFF.search(norms(ask.tokens)) is not None
    return is_unwanted or says_no_more(message, (), ask.tokens)


def _seen_to(message: Message, understood: Understood, is_set_right: bool) -> tuple[Match, Match] | None:
    """Both effects that undo a thing: somebody shall see to it, wants the money back, or wonders how to stop it."""
    if is_set_right or _DO_SOMETHING.search(message.norms):
        return undone(message, understood.asks)
    return refunded(message, understood.asks) or wondered_rid_of(message, understood)


def setting(message: Message) -> tuple[Match, Match] | None:
    """The two effects that a lone long value may be for ("it should be PLACE")."""
    is_lone = sum(token.shape == LONG for token in message.tokens) == 1 and len(message.tokens) <= _FEW
    is_set = is_lone and _SHALL_BE.search(message.norms) is not None
    own, other = next(iter(message.index.setters), (None, None)) if is_set else (None, None)
    if own is None or other is None:
        return None
    return match_of(own), match_of(other)


def _of_a_thing(message: Message, ask: Ask, asks: Sequence[Ask]) -> Profile | None:
    """The effect that sets the same for one thing, where nothing says whose value is meant."""
    profile = ask.profile
    longs = {p.name for p in profile.required if profile.kinds[p.name] is Kind.LONG}
    if not profile.intent.has_effect or len(profile.required) != 1 or not longs & ask.filled.arguments.keys():
        return None
    rivals = [p for p in message.index.profiles if _is_of_a_thing(message, p, longs)]
    if len(rivals) == 1 and not ask.governing and is_beside_a_thing(message, asks, profile, rivals[0]):
        return rivals[0]
    if _MINE.search(message.norms) or message.index.names_id(message.tokens):
        return None
    own = message.index.own(profile) - {stem for rival in rivals for stem in (*rival.things, *rival.words)}
    return rivals[0] if len(rivals) == 1 and not any(token.stem in own for token in message.tokens) else None


def _is_of_a_thing(message: Message, profile: Profile, longs: set[str]) -> bool:
    has_id = any(p.pattern in message.index.ids for p in profile.required)
    return profile.intent.has_effect and has_id and any(p.name in longs for p in profile.required)
