"""Effects that are wanted in part, for a while, or for one of several: what cannot be done so, is asked about."""

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_IN_PART = lazy(
    r"\b(?:partially|partly|in part|partial|to some extent)\b|\b(?:half|part|parts|a portion|some) of (?:the "
    r"|my )?(?:\w+ )?<v>"
    r"|<v>(?: ,)? (?:but |and )?(?:only|just) (?:the|a|an|1|one|half|part|some|my) "
    r"|\b(?:1|one|2|\d|some|half|part)(?: of the)? (?:items?|things?|pieces?|parts?|articles?|units?) (?:of"
    r"|from|in|out of) (?:\w+ ){0,2}<v>"
)
"""A part of a thing that is named by its id."""
_NOT_ALL = lazy(
    r"\bbut not (?:both|all|all of them|every one|everything)\b|\bnot both(?: of them)?\b|\b(?:only"
    r"|just) one of (?:them|the two"
    r"|these|those|the \d)\b|\bone of the two\b|\bwhichever\W*$"
)
"""One of several, and nobody says which."""
_FOR_A_WHILE = lazy(
    r"\bfor (?:the )?(?:next )?(?:an?|1|\d+|a few|few|some|a couple of|couple of|couple) (?:\w+ )?(?:days?"
    r"|weeks?|months?|years?|while|time"
    r"|hours?)\W*(?:please|only|thanks)?\W*$|\b(?:temporarily|for now only|just for now|for the time being"
    r"|for the moment"
    r"|for the summer|for the winter|until further notice)\b"
)
"""Something that shall end by itself."""
_SO_FAR = lazy(r"\b(?:have|has|had|been|was|were|since|waiting|waited)\b")
"""A time that has gone by."""
_REMIND = lazy(r"\b(?:remind|warn|alert|notify|prompt) (?:me|us) (?:\w+ )?(?:to|before|about|of)\b")
"""Wants to be told to do it."""


def only_in_part(message: Message, understood: Understood) -> str:
    """What to ask where an effect is not wanted as a whole; empty where it is."""
    for ask in understood.asks:
        if ask.profile.intent.has_effect and (question := _asked_of(message, ask)):
            return question
    return ""


def _asked_of(message: Message, ask: Ask) -> str:
    said = norms(ask.tokens)
    if any(ask.profile is whole for whole in message.index.wholes) and _IN_PART.search(said):
        return "I can only do that for the whole of it. What shall I do?"
    if _NOT_ALL.search(message.norms):
        return "Which one do you mean? Please name it."
    if not ask.profile.required and _FOR_A_WHILE.search(said) and not _SO_FAR.search(said):
        return "I can only do that for good. Shall I?"
    if _REMIND.search(message.text.lower()):
        return "I cannot remind you of it. Shall I do it now?"
    return ""
