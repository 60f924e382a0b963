"""Words of condition that ended up in no condition: an effect beside them is asked about, and nothing is dropped."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.conditions.afterthoughts import afterthoughts
from orchestrator_server.embedded.conditions.cut_short import cut_short
from orchestrator_server.embedded.conditions.excepted import excepted
from orchestrator_server.embedded.conditions.exempt import exempt, lost
from orchestrator_server.embedded.conditions.hinges import hinges
from orchestrator_server.embedded.conditions.typed import typed
from orchestrator_server.embedded.conditions.unheeded import unheeded
from orchestrator_server.embedded.conditions.unread_cases import unread_cases
from orchestrator_server.embedded.conditions.untaken import untaken
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.values.whose_things import whose_is_open
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_LOOSE = lazy(
    r"\b(?:if|unless|otherwise|provided|providing|supposing|assuming|depending|depends|as long as|so long as|only when"
    r"|presuming|off chance|proviso|in case|once|until|till|whichever|whenever|as soon as|in that case|in which case"
    r"|in the event)\b"
)
_HANGS = lazy(
    r"\b(?:depends|depending)\b|^(?:(?:please|then|just|but|so|first) )*wait (?:until|till|for|an?|one|another"
    r"|some|\d)\b"
    r"(?! (?:sec|second|minute|moment|min)\b)"
)
"""Says that what is asked for hangs on something, or shall be done later."""
_BROKEN_OFF = lazy(r"\b(if|unless|only if|provided|as long as|otherwise|but|but only|supposing|assuming)[\s.,!?-]*$")
"""A message that ends where its condition begins."""
_OTHER_TIMES = lazy(r"\b(?:on )?any other (?:day|date|time)\b")
"""Says that what is asked for is wanted but in some cases."""
_ASKED = lazy(
    r"\b(?:know|check|see|tell me|find out|sure|wonder(?:ing)?|ask|say|remember|care|even|as) (?:if|of)\b"
    r"|\bat once\b|\bonce (?:again|more|and for all)\b|\bif you\b|\bas soon as (?:possible|you can)\b"
)


def loose_ends(message: Message, asks: Sequence[Ask]) -> Iterator[str]:
    """The clauses of effects, and what stands alone beside them, in which a condition was left unread."""
    for ask in asks:
        if ask.profile.intent.has_effect and ask.fan is None and _is_loose(norms(message.of(ask.clause))):
            yield message.words(ask.tokens)
    is_open = any(ask.profile.intent.has_effect and not ask.governing for ask in asks)
    if is_open and (broken := _BROKEN_OFF.search(message.norms)):
        yield broken[1]
    if is_open and (other := _OTHER_TIMES.search(message.norms)):
        yield other[0]
    if is_open:
        taken = {(ask.clause.first, ask.clause.end) for ask in asks}
        yield from (message.words(message.of(c)) for c in message.clauses if _is_left(message, c, taken))
    if any(ask.profile.intent.has_effect for ask in asks):
        yield from excepted(message, asks)
    yield from hinges(message, asks)
    yield from unheeded(message, asks)
    yield from unread_cases(message, asks)
    yield from untaken(message, asks)
    yield from exempt(message, asks)
    yield from lost(message, asks)
    yield from afterthoughts(message, asks)
    yield from cut_short(message, asks)
    yield from whose_is_open(message, asks)
    yield from typed(message, asks)


def _is_left(message: Message, clause: Clause, taken: set[tuple[int, int]]) -> bool:
    """Is it nobody's, and does it say that something depends?"""
    if clause.role is not Role.REQUEST or (clause.first, clause.end) in taken:
        return False
    return _HANGS.search(norms(message.of(clause))) is not None


def _is_loose(text: str) -> bool:
    return _LOOSE.search(_ASKED.sub(" ", text)) is not None
