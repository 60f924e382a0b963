"""The 2 things that "both" means where each is told of in a clause of its own: "the map is torn and so is the key"."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.values.naming import OBJECT_AHEAD
from orchestrator_server.embedded.values.reading import Reading
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.singulars import Named
from orchestrator_server.embedded.words.text import Token, norms

_BOTH = lazy(r"\bboth\b|\bthe (?:2|two)(?: of them)?(?: back)?\W*$|\bthe pair of them\b")
_SO_IS = frozenset(["is", "are", "was", "were", "did", "does", "do", "has", "have", "had"])
_TWO = 2
_CLAUSES_BACK = 4
"""So far back they are looked for."""


def means_both(tokens: Sequence[Token]) -> bool:
    """Are 2 things meant that were named before?"""
    return _BOTH.search(norms(tokens)) is not None


def both_told(profile: Profile, message: Message, tokens: Sequence[Token]) -> list[Named]:
    """The 2 things of which something is said before, each in a clause of its own; none where there are not 2."""
    first = min((token.start for token in tokens), default=0)
    said = [c for c in message.clauses if message.tokens[c.first].start < first]
    found: list[Named] = []
    for part in (message.of(clause) for clause in said[-_CLAUSES_BACK:]):
        reading = Reading(profile, _told_too(part), message.text, message.index.verbs)
        named = reading.subjects() or reading.within() or reading.mentioned()
        found += [thing for thing in named if thing not in found]
    return found if len(found) == _TWO else []


def _told_too(part: Sequence[Token]) -> Sequence[Token]:
    """Without the verb of "so is the map", "so did the key"."""
    is_so = len(part) > 1 and part[0].norm in _SO_IS and part[1].norm in OBJECT_AHEAD
    return part[1:] if is_so else part
