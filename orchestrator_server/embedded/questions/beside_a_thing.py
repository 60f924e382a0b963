"""A new value of the user's own beside a thing that is only mentioned ("we moved to PLACE. A-1 is not here yet")."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.conversation.ellipsis import says_no_more
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.requests.moods import Mood, is_lacking, mood_of
from orchestrator_server.embedded.words.english import ARRIVED
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_UNDER_WAY = lazy(
    r"\b(?:open|outstanding|pending|coming|waiting|expecting|await(?:ing)?|on (?:its|the|their|your|my) way|under ?way"
    r"|in transit|running|going out|due|not (?:yet )?(?:here|come|arrived)|ordered|placed|still)\b"
)
"""A thing is on its way."""
_AS_IT_WAS = lazy(
    rf"\b(?:{ARRIVED}|got here|received|opened|here already|already here|old|previous|former|same|fine|stays?"
    rf"|unaffected|not affected)\b"
)
"""A thing is here already, or goes where it goes."""


def is_beside_a_thing(message: Message, asks: Sequence[Ask], own: Profile, other: Profile) -> bool:
    """Is a thing mentioned that `other` could set the same for, and no word that says it is for the user alone?"""
    if any(token.stem in _own_places(message, own, other) for token in message.tokens if is_content(token)):
        return False
    used = {value for ask in asks if not _only_mentions(message, ask) for value in _ids_of(message, ask)}
    for clause in message.clauses:
        tokens = message.of(clause)
        open_ids = {token.value for token in tokens if token.shape in message.index.ids} - used
        if (open_ids or _is_one_under_way(message, tokens)) and _may_be_meant(tokens):
            return True
    return False


def _own_places(message: Message, own: Profile, other: Profile) -> frozenset[str]:
    """The words for where the user's own values stand: nouns that the effect and a read of them share."""
    reads = (p for p in message.index.profiles if not (p.intent.has_effect or p.required or p.lists))
    return frozenset(stem for read in reads for stem in own.named & read.named) - other.things


def _only_mentions(message: Message, ask: Ask) -> bool:
    """Was a read taken from words that tell of a thing, and ask nothing of it?"""
    if ask.profile.intent.has_effect:
        return False
    is_told = is_lacking(ask.tokens) or mood_of(ask.tokens) in (Mood.STATEMENT, Mood.STORY)
    return is_told or (mood_of(ask.tokens) is Mood.WISH and says_no_more(message, (), ask.tokens))


def _ids_of(message: Message, ask: Ask) -> Iterator[str]:
    yield from (v for v in ask.filled.arguments.values() if isinstance(v, str))
    yield from (t.value for one in ask.governing for t in one.tokens if t.shape in message.index.ids)


def _is_one_under_way(message: Message, tokens: Sequence[Token]) -> bool:
    speaks_of_one = any(token.stem in message.index.things for token in tokens if is_content(token))
    return speaks_of_one and _UNDER_WAY.search(norms(tokens)) is not None


def _may_be_meant(tokens: Sequence[Token]) -> bool:
    return mood_of(tokens) is not Mood.REFUSAL and _AS_IT_WAS.search(norms(tokens)) is None
