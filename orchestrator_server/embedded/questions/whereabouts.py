"""Whether a message says that a thing cannot be here yet: it has not left, is still open, or was asked for just now."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_BEFORE = lazy(
    r"\b(?:before|until) (?!it is too late)(?:it|they|<v>|this|that|any\w+|some\w+|you|your|the \w+)\b"
    r"|\bbefore (?:\w+ing|arrival)\b"
)
"""What is still to come."""
_JUST_NOW = lazy(
    r"\b(?:i|we) (?:have )?(?:only )?(?:just|literally)(?: now| this (?:second|minute|moment))? (?!got\b"
    r"|received\b|opened\b)"
    r"(?:\w+ed|bought|made|put|hit|pressed)\b"
    r"|\b(?:\d+|an?|a few|some|a couple of) (?:seconds?|secs?|minutes?|mins?|moments?|hours?|hrs?) ago\b"
    r"|\b(?:moments ago|(?:from|made|placed|ordered|bought|clicked)(?: \S+){0,3} (?:this (?:morning|afternoon|evening)"
    r"|today|tonight|just now))\b"
)
"""Something happened so short a while ago that nothing can have come of it."""
_NOT = frozenset(["not", "never", "n't", "without"])
_COMING = frozenset(
    stem(word) for word in ("come", "arrive", "leave", "left", "go", "gone", "send", "sent", "move", "start")
)
_GOING = lazy(
    r"\b(?:stop|keep|prevent)(?:ing)? (?:it|them|<v>|this|that)(?: \w+)? from (?:being |going |leaving |coming "
    r"|\w+ing\b)"
    r"|\b(?:do|does|did|will|need) not (?:\w+ ){0,2}(?:it|them|this) (?:to )?(?:be )?(?:sent|come|arrive"
    r"|\w+ed) ?(?:out|off)?\b"
    r"|\bnot (?:be )?on (?:its|the|their) way\b|\bnot (?:yet )?(?:out|gone|here|off|with me)\b|\bnot here yet\b"
)
_BEHIND = 4


def is_not_here_yet(message: Message) -> bool:
    """Can the thing not have come yet, by what is said of it?"""
    text = message.norms
    return (
        _BEFORE.search(text) is not None
        or _JUST_NOW.search(text) is not None
        or _GOING.search(text) is not None
        or _is_still_open(message)
        or _has_not_left(message.tokens, message.index)
    )


def _is_still_open(message: Message) -> bool:
    """Is it said to be in the state in which alone it can be stopped?"""
    found = next((state_of(message.index, whole) for whole in message.index.wholes), "")
    for at, token in enumerate(message.tokens):
        if found and token.stem == found and not _NOT & {t.norm for t in message.tokens[max(0, at - _BEHIND) : at]}:
            return True
    return False


def _has_not_left(tokens: Sequence[Token], index: Index) -> bool:
    """Is it said that it has not gone through a state that things go through?"""
    going = (index.told | index.states | _COMING) - {state_of(index, whole) for whole in index.wholes}
    for at, token in enumerate(tokens):
        if is_content(token) and token.stem in going:
            before = tokens[max(0, at - _BEHIND) : at]
            if _NOT & {t.norm for t in before} and not any(t.is_mark or t.shape for t in before[-2:]):
                return True
    return False


def state_of(index: Index, profile: Profile) -> str:
    """The stem of the state that things must be in for an effect, by the first that its description names; or ""."""
    said = (stem(word) for word in re.findall("[a-z]+", profile.intent.description.lower()))
    return next((one for one in said if one in index.told and one not in profile.verbs), "")
