"""What is added behind an effect and narrows it down: "stop it. It must be over 50.", "2, but if I am basic 1"."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.supposing.case_words import COMPARED, is_fragment_of_case, states_of
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.english import FINITE, stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_MUST = lazy(
    r"(?:\W|and |but |so |plus |also |though )*(?:(?:it|<v>|that|this|they|the \w+) )?(?:also |then )?"
    r"(?:must|has to|have to|needs? to|should|ought to|had better)(?: also| still| not| only)*"
    r" (?:be|have|cost|come|show|say|contain|stand)\b"
)
_STILL = lazy(r"\b(?:not|still|already|yet|only)\b")
_SHORT = 8
_VERBAL = lazy(rf"\b(?:{FINITE}|show|tell|give|list|see|get|what|which|how|my|all)\b")
_ADDED = ("and", "but", "plus", "also", "or")


def afterthoughts(message: Message, asks: Sequence[Ask]) -> Iterator[str]:
    """The words that were added, and that no condition holds."""
    effects = [ask for ask in asks if ask.profile.intent.has_effect]
    taken = {(ask.clause.first, ask.clause.end) for ask in asks}
    done = {(ask.clause.first, ask.clause.end) for ask in effects}
    held = {token.start for ask in asks for one in ask.governing for token in one.tokens}
    for ask in effects:
        clause = _behind(message, ask, held)
        if clause is None or (clause.first, clause.end) in done:
            continue
        if _narrows(message, clause, is_read=(clause.first, clause.end) in taken):
            yield message.words(message.of(clause))
    yield from _both_numbers(effects)


def _behind(message: Message, ask: Ask, held: set[int]) -> Clause | None:
    """The first clause behind an effect and its conditions, where nothing else is asked for between."""
    for clause in message.clauses:
        if clause.first < ask.clause.end or any(token.start in held for token in message.of(clause)):
            continue
        return clause if clause.sentence <= ask.clause.sentence + 1 else None
    return None


def _narrows(message: Message, clause: Clause, *, is_read: bool) -> bool:
    """Does it say what must be so, or compare with nothing of its own behind "and"?"""
    if clause.role is not Role.REQUEST:
        return False
    said = message.of(clause)
    text = norms(said)
    if _MUST.match(text):
        acts = {stem(verb) for verb in message.index.effect_verbs}
        is_told = states_of(message.index).search(text) or COMPARED.search(text)
        return is_told is not None and (
            " have been " in text or acts.isdisjoint(token.stem for token in said) or _STILL.search(text) is not None
        )
    if is_read:
        return COMPARED.search(text) is not None and len(said) <= _SHORT and not _VERBAL.search(text)
    after = next((c for c in message.clauses if c.first >= clause.end), None)
    is_last = after is None or after.sentence > clause.sentence
    return clause.joiner in _ADDED and is_last and is_fragment_of_case(said, message.index)


def _both_numbers(effects: Sequence[Ask]) -> Iterator[str]:
    """The same thing wanted in two numbers, of which one has a condition and the other none: not both are meant."""
    for one in effects:
        for two in effects:
            is_same = one.profile is two.profile and _without_numbers(one) == _without_numbers(two) and one is not two
            if is_same and two.governing and not one.governing and one.filled.arguments != two.filled.arguments:
                yield two.governing[0].words


def _without_numbers(ask: Ask) -> dict[str, object]:
    return {name: value for name, value in ask.filled.arguments.items() if not isinstance(value, int)}
