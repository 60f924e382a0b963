"""Other people's places as places to send to: "to my neighbour at PLACE", "my sister gets it, her ... is PLACE"."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.declared.fields import stems_of
from orchestrator_server.embedded.guarding.persons import OWN, PERSON
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG, Kind

_TOWARDS = lazy(r"\b(?:to|at|into|in|for|with|near) (?:\w+ ){0,2}$")
"""What stands before a place or a person to which something goes."""
_PUT = lazy(
    r"\b(?:i|we|it|<v>) (?:\w+ ){0,2}(?:put|used|entered|typed|gave|left|chose|wrote|has|have|says)(?: \w+){0,2} $"
)
"""What tells how somebody else's place came to stand where another one belongs."""
_REACHED = words("email mail number mobile place home house flat office")
"""Where or by what somebody can be reached."""
_RECEIVER = lazy(rf"\b(?:to|at|by|with) {OWN} (?:\w+ )?{PERSON}\b(?! 's)")


def is_destination(message: Message, owned: re.Match[str], nouns: Sequence[str]) -> bool:
    """Is what another owns only where something of one's own is to go?"""
    has_place = any(token.shape == LONG for token in message.tokens)
    before = owned.string[: owned.start()]
    stems = {token.stem for token in message.tokens if token.norm in nouns}
    places = {
        s
        for p in message.index.profiles
        for parameter in p.required
        if p.kinds[parameter.name] is Kind.LONG
        for s in stems_of(parameter.name)
    }
    is_place = bool(stems & places) or any(noun in _REACHED for noun in nouns)
    if not is_place:
        return False
    if has_place and (_RECEIVER.search(before) or (message.index.names_id(message.tokens) and _PUT.search(before))):
        return True
    return _TOWARDS.search(before) is not None and (has_place or "'s" in owned.group())
