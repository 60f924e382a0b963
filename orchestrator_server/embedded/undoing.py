"""Effects that undo a thing, the whole or a part of it, where it is only said to be unwanted."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.asks import Ask
from orchestrator_server.embedded.features import is_content
from orchestrator_server.embedded.matching import SURE, Match
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.profiles import Profile
from orchestrator_server.embedded.text import Token, norms
from orchestrator_server.embedded.verbs import is_verb_of

_UNWANTED = re.compile(
    r"\b(?:(?:do|does|did) not (?:want|need|like)|no longer (?:want|need|like)|not (?:want|need)(?:ed)?|hardly need"
    r"|have no (?:use|need) for)\b"
)
"""A thing is no longer wanted."""
_WANTS_BACK = re.compile(
    r"\b(?:want|need|like|have|get|getting|expect) (?:\w+ ){0,4}back\b(?! (?:to|on|in|at|from|up)\b)"
)
"""Something is wanted back."""
_AMISS = re.compile(
    r"\b(?:changed (?:my|our) minds?|(?:is|was) not what (?:i|we) \w+|(?:problem|issue|trouble|wrong) with"
    r"|not (?:quite )?right"
    r"|(?:not|un)(?: at all)? ?(?:happy|satisfied) with)\b"
)
"""Something is the matter with a thing, and nobody says what should become of it."""
_ALL_OF_IT = re.compile(r"\b(?:it|that|this|them|all|everything)\b")
"""The whole is meant."""


def undoing(message: Message) -> tuple[Match, Match] | None:
    """The two effects that undo a thing, the whole and a part, where it is said to be unwanted and no more."""
    text = message.norms
    wholes, parts = message.index.wholes, message.index.partial
    if len(wholes) != 1 or len(parts) != 1 or _says_which(message.tokens, (wholes[0], parts[0])):
        return None
    names_it = message.index.names_id(message.tokens)
    knows_it = names_it or any(token.stem in wholes[0].things for token in message.tokens if is_content(token))
    is_unwanted = _UNWANTED.search(text) is not None and bool(_unheard_after(message, _UNWANTED))
    wants_back = names_it and _WANTS_BACK.search(text) is not None
    is_unwanted = is_unwanted or _AMISS.search(text) is not None
    return (match_of(wholes[0]), match_of(parts[0])) if (knows_it and is_unwanted) or wants_back else None


def of_a_part(message: Message, ask: Ask) -> Profile | None:
    """The effect upon a part, where a thing is unwanted of which nobody knows whether it is the whole."""
    profile = ask.profile
    if all(profile is not whole for whole in message.index.wholes) or not _UNWANTED.search(norms(ask.tokens)):
        return None
    parts = message.index.partial
    if len(parts) != 1 or _says_which(message.tokens, (profile, parts[0])):
        return None
    return parts[0] if _unheard_after(message, _UNWANTED) else None


def match_of(profile: Profile) -> Match:
    """An effect as one of those that are offered."""
    return Match(profile=profile, score=SURE, likeness=SURE, by_verb=True)


def _says_which(tokens: Sequence[Token], profiles: Sequence[Profile]) -> bool:
    """Does a verb of either stand anywhere in the message?"""
    return any(
        is_verb_of(profile, tokens, at) for profile in profiles for at, token in enumerate(tokens) if is_content(token)
    )


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
