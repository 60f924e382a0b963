"""Does a clause ask for a read, or does it only tell something, or want something made that nobody offers?"""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.requests.choices import NOTHING, Choice, Verdict
from orchestrator_server.embedded.requests.foreign import is_foreign, is_of_another, is_unknown, makes_something
from orchestrator_server.embedded.requests.matching import Match
from orchestrator_server.embedded.requests.mentioned import says_more
from orchestrator_server.embedded.requests.moods import Mood, is_lacking
from orchestrator_server.embedded.words.english import ARRIVED
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

PLAIN = 0.6
"""From here on a wish is for a read though it says things that the intent does not know."""
CLEAR = 0.75
"""From here on a wish is for a read though the last word of what it wants is unknown."""
_LIKE = 0.6
"""So like an example must be what only states or supposes something, to be taken as asking."""
_HANDED, _FOREIGN = 0.6, 0.95
"""So well a read must fit whose verb nobody declared: one with which people hand over things, any other one."""
_HANDING = lazy(r"\b(?:me|us|over|out|up|across|through|down)\b")
"""What shows that a verb which nobody declared wants something to be shown: "shoot me the ...", "dig out the ..."."""
_TELLS_OF = lazy(r"\W*(?:(?:and|but|so|because|that) )*(?:it|they|he|she|we|i|this|that|there)\b")
"""A clause that says something of somebody, or of what was named before."""
_SAYS = lazy(r"\b(?:is|are|was|were|has|have|had) (?!not\b)(?!\?)\w+")
"""How something is said to be."""
_SEEMS = lazy(r"<v> (?:seems?|appears|looks|is (?:probably|maybe|apparently)|might be|may be|must be) (?!to have\b)\w+")
"""A thing with an id is feared to be somehow: then it is shown."""
_HAPPENED = lazy(rf"(?<!never )(?<!not )\b(?:{ARRIVED}|got here|has (?:come|arrived))\b")
"""What tells that something has come."""

_COMPLAINS = lazy(r"\b(?:too|so|awfully|ridiculously) (?:long|slow|slowly|late)\b(?!.*\?)|\b(?:forever|ages)\W*$")
"""A complaint about how long something takes, which asks nothing."""


def read_chosen(index: Index, tokens: Sequence[Token], mood: Mood, matches: tuple[Match, ...]) -> Choice:
    """What a clause asks for that a read fits best."""
    best = matches[0]
    if mood is Mood.REFUSAL:
        return Choice(verdict=Verdict.DECLINED, matches=matches[:1])
    if mood is Mood.STORY or (mood is Mood.HYPOTHETICAL and best.likeness < _LIKE):
        return NOTHING
    if mood in (Mood.WISH, Mood.STATEMENT) and _has_come(index, tokens):
        return NOTHING
    if mood is Mood.STATEMENT and _COMPLAINS.search(norms(tokens)):
        return NOTHING
    tells_of = _TELLS_OF.match(norms(tokens)) is not None
    is_worried = index.names_id(tokens) and _SEEMS.search(norms(tokens)) is not None
    if mood is Mood.STATEMENT and ((best.likeness < _LIKE and not is_worried) or tells_of or _tells_all(index, tokens)):
        return NOTHING
    if mood is Mood.QUESTION and best.likeness < PLAIN and is_lacking(tokens):
        return NOTHING
    if makes_something(best.profile, tokens) or is_of_another(best.profile, index, tokens):
        return NOTHING
    if mood in (Mood.WISH, Mood.HYPOTHETICAL) and best.likeness < PLAIN and says_more(best.profile, index, tokens):
        return NOTHING
    if mood is not Mood.QUESTION and best.likeness < CLEAR and is_unknown(best.profile, index, tokens):
        return NOTHING
    if is_foreign(index, tokens) and best.score < (_HANDED if _HANDING.search(norms(tokens)) else _FOREIGN):
        return NOTHING
    return Choice(verdict=Verdict.CHOSEN, matches=matches[:1])


def _has_come(index: Index, tokens: Sequence[Token]) -> bool:
    """Does it tell that a thing with an id has come, and ask nothing?"""
    said = norms(tokens)
    has_id = index.names_id(tokens)
    return (
        has_id and _HAPPENED.search(said) is not None and not re.search(r"\?|\b(?:where|when|what|if|whether)\b", said)
    )


def _tells_all(index: Index, tokens: Sequence[Token]) -> bool:
    """Does it say how something is, and of no thing that has an id ("my key still has the old label")?"""
    return not index.names_id(tokens) and _SAYS.search(norms(tokens)) is not None
