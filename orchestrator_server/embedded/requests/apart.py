"""Questions behind a request in a case that ask about something else ("if it is late stop it, and where is A-17?")."""

from collections.abc import Sequence

from orchestrator_server.embedded.clauses.clauses import Clause, Link
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Governing
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_ASKS = lazy(
    r"(?:(?:and|also|oh|by the way|btw|please|so|plus|but|just|,) )*"
    r"(?:(?:where|when|what|how|which|who|has|have|is|are|did|does|was|were|will)\b"
    r"|(?:can|could|would|will) you (?:please )?also (?:please )?(?:tell|show|send|let|give|check)\b)"
)
"""A question of its own."""
_ASIDE = lazy(r"\b(?:by the way|btw|separately|while you are at it|on another note|unrelated|completely different)\b")
_POINTS = lazy(r"\b(?:it|its|that|this|they|them|their|those|these|one|then|there)\b(?! (?:a|any|my)\b)")


def governing_of(
    message: Message, asks: Sequence[Ask], clause: Clause, choice: Choice, governing: tuple[Governing, ...]
) -> tuple[Governing, ...]:
    """The conditions over a request: none over what is asked about something else."""
    return () if _is_apart(message, asks, clause, choice, governing) else governing


def _is_apart(
    message: Message, asks: Sequence[Ask], clause: Clause, choice: Choice, governing: Sequence[Governing]
) -> bool:
    """Does what is asked about something else hang on no condition of its sentence?"""
    if not governing or clause.link is not Link.PLAIN or clause.is_fragment or choice.verdict is not Verdict.CHOSEN:
        return False
    own, before = message.of(clause), [ask for ask in asks if ask.clause.sentence == clause.sentence]
    if choice.best.profile.intent.has_effect or not any(_is_wish_in_case(ask) for ask in before):
        return False
    text = norms(message.tokens[max(0, clause.first - 4) : clause.end])
    if not (_ASKS.match(norms(own)) or _ASIDE.search(text)):
        return False
    ids = _ids(message, own)
    if ids:
        return ids.isdisjoint(_spoken_of(message, before, governing))
    if _POINTS.search(norms(own)):
        return not before[-1].governing
    return not choice.best.profile.required


def _is_wish_in_case(ask: Ask) -> bool:
    """Is it a request that hangs on a condition, and no question?"""
    return bool(ask.governing) and (ask.profile.intent.has_effect or mood_of(ask.tokens) is Mood.WISH)


def _spoken_of(message: Message, before: Sequence[Ask], governing: Sequence[Governing]) -> set[str]:
    """The ids of the conditions and of what is asked for under them."""
    under = [ask for ask in before if ask.governing]
    told = set().union(*(_ids(message, one.tokens) for one in governing))
    given = {str(value) for ask in under for value in ask.filled.arguments.values()}
    return told | given


def _ids(message: Message, tokens: Sequence[Token]) -> set[str]:
    return {token.value for token in tokens if token.shape in message.index.ids}
