"""Something of the user's own that is said to hold no more, or to need changing, without the new value: it is asked."""

from collections.abc import Sequence
from itertools import pairwise

from orchestrator_server.embedded.declared.features import CHANGING_STEMS, is_content
from orchestrator_server.embedded.declared.heads import LIGHT
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.valuing.outdated import HELD
from orchestrator_server.embedded.requests.matching import MARGIN, Match, rank
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.requests.objects import names_what_is_set
from orchestrator_server.embedded.values.slots import pointed_shapes
from orchestrator_server.embedded.words.english import stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms

_NEEDS = lazy(
    r"\b(?:needs?|requires?|(?:has|have|ought|wants?) to|must|should|got to) (?:(?:to )?(?:be|get) )?(?P<verb>[a-z]+)\b"
)
_DIFFERENT = lazy(r"\b(?:is|are) (?:now )?different\b|\b(?:has|have) changed\b")
_NEW = lazy(r"\bneeds? (?:(?:an?|the|my|our|its) )?new \w+")
_ANY = frozenset(
    stem(word) for word in words("old new current present former previous wrong right correct personal own")
)
"""Says which one of a kind is meant, and no other kind."""
_LIKE = 0.35
"""So like an example must be what is said."""


def needs_change(tokens: Sequence[Token]) -> bool:
    """Is something said to need changing ("my ... needs updating")? No read does that."""
    if tokens and tokens[-1].norm == "?":
        return False
    return _NEW.search(norms(tokens)) is not None or any(
        stem(found["verb"]) in CHANGING_STEMS or stem(found["verb"].removesuffix("ing")) in CHANGING_STEMS
        for found in _NEEDS.finditer(norms(tokens))
    )


def set_right(message: Message) -> tuple[Match, ...]:
    """The one effect that would set it right, or two that fit as well; none where nothing of the kind is said."""
    tokens = message.tokens
    changes = needs_change(tokens) or any(t.stem in CHANGING_STEMS for t in tokens if is_content(t))
    changes = changes or _DIFFERENT.search(message.norms) is not None
    if not changes or not (HELD.search(message.norms) or needs_change(tokens)) or _is_asked(message):
        return ()
    ranked = rank(message.index, tokens, Mood.WISH, pointed_shapes(message, tokens))
    fits = [match for match in ranked if match.likeness >= _LIKE and _may_set(message, match.profile)]
    return tuple(m for m in fits[:2] if fits[0].score - m.score <= MARGIN)


def _is_of_another_kind(message: Message, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Does a known word that the effect has nothing to do with stand right before the word for what it sets?"""
    for before, token in pairwise(tokens):
        is_kind = is_content(before) and message.index.knows(before.stem) and before.stem not in LIGHT
        is_other = before.stem not in profile.words and before.stem not in message.index.verbs
        if is_kind and is_other and is_content(token) and names_what_is_set(profile, [token], message.index):
            return True
    return False


def _is_asked(message: Message) -> bool:
    return any(mood_of(message.of(clause)) is Mood.QUESTION for clause in message.clauses)


def _may_set(message: Message, profile: Profile) -> bool:
    """Does it set what is named: the user's own, or that of a thing which has an id here?"""
    takes_id = any(p.pattern in message.index.ids for p in profile.required)
    kinds = {profile.kinds[p.name] for p in profile.required}
    is_setter = profile.intent.has_effect and kinds <= {Kind.LONG, Kind.SHAPED}
    if not is_setter or takes_id != message.index.names_id(message.tokens):
        return False
    return names_what_is_set(profile, message.tokens, message.index) and not _is_of_unknown(message, profile)


def _is_of_unknown(message: Message, profile: Profile) -> bool:
    """Is it the number or the like of something that nobody offers ("my card number is out of date")?"""
    is_unheard = any(
        _is_unheard(message, one) and names_what_is_set(profile, [two], message.index)
        for one, two in pairwise(message.tokens)
    )
    return is_unheard or _is_of_another_kind(message, profile, message.tokens)


def _is_unheard(message: Message, token: Token) -> bool:
    return is_content(token) and not message.index.knows(token.stem) and token.stem not in LIGHT | CHANGING_STEMS | _ANY
