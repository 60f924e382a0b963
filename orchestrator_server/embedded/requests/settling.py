"""Which of two effects is meant, where the condition over the request says what it is about: "if F-17 is open, ..."."""

from collections.abc import Sequence

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Governing
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.choosing import choose
from orchestrator_server.embedded.requests.matching import SURE, Match
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.requests.wanting import taker_of_values
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_HAVING = lazy(r"\W*(?:(?:please|then|just|kindly|do) )*(?:have|let|get) (?:it|that|this|them)\b")
"""A request that begins like a question."""
_SHORT = 5
"""So many words at most have a request that but points at its thing."""
_OWN = lazy(r"\b(?:i|we|my|mine|our|ours)\b")


def settled_by_condition(
    message: Message, choice: Choice, governing: Sequence[Governing], tokens: Sequence[Token] = ()
) -> Choice:
    """The one effect upon the thing that the condition is about, where two were possible; else the same choice.

    Where nothing was, the effect that takes that thing and the new value that is given ("have it sent to PLACE").
    """
    if choice.verdict is Verdict.NOTHING and governing and tokens:
        return _by_value(message, governing, tokens) or choice
    if choice.verdict is Verdict.CHOSEN and governing and tokens:
        return (
            _by_pointing(message, choice, governing, tokens) or _by_thing(message, choice, governing, tokens) or choice
        )
    if choice.verdict is not Verdict.UNSURE or not governing:
        return choice
    takers = [match for match in choice.matches if any(match.profile.takes(s) for s in _shapes(message, governing))]
    return Choice(verdict=Verdict.CHOSEN, matches=(takers[0],)) if len(takers) == 1 else choice


def _by_value(message: Message, governing: Sequence[Governing], tokens: Sequence[Token]) -> Choice | None:
    """The one effect that takes the thing of the conditions with a new value."""
    if message.index.names_id(tokens) or not any(token.shape in message.index.valued for token in tokens):
        return None
    said = [token for one in governing for token in one.tokens] + list(message.tokens)
    ids = {token.value: token for token in said if token.shape in message.index.ids}
    mood = Mood.WISH if _HAVING.match(norms(tokens)) else mood_of(tokens)
    taker = taker_of_values(message.index, (*tokens, *ids.values()), mood) if len(ids) == 1 else None
    if taker is None:
        return None
    return Choice(verdict=Verdict.CHOSEN, matches=(Match(profile=taker, score=1.0, likeness=SURE, by_verb=True),))


def _by_pointing(
    message: Message, choice: Choice, governing: Sequence[Governing], tokens: Sequence[Token]
) -> Choice | None:
    """What "stop it" means of the one thing that the condition names, where the effect chosen takes no such thing."""
    profile = choice.best.profile
    ids = {t.value: t for one in governing for t in one.tokens if t.shape in message.index.ids}
    named = next(iter(ids.values()), None)
    if len(ids) != 1 or named is None or not profile.intent.has_effect or profile.takes(named.shape):
        return None
    said = tuple(named if token.norm == "it" else token for token in tokens)
    if named not in said or len(said) > _SHORT:
        return None
    other = choose(message.index, said)
    is_other = other.verdict is Verdict.CHOSEN and other.best.profile.takes(named.shape)
    return other if is_other and other.best.profile.intent.has_effect else None


def _by_thing(
    message: Message, choice: Choice, governing: Sequence[Governing], tokens: Sequence[Token]
) -> Choice | None:
    """What a new value is for, of which nobody says that it is their own: "if F-17 is open, new name please: ..."."""
    profile = choice.best.profile
    said = [token for one in governing for token in one.tokens]
    is_of_thing = profile.intent.has_effect and not any(profile.takes(shape) for shape in message.index.ids)
    if not is_of_thing or not message.index.names_id(said) or _OWN.search(norms(tokens)):
        return None
    return _by_value(message, governing, tokens)


def _shapes(message: Message, governing: Sequence[Governing]) -> set[str]:
    """The shapes of the ids that the conditions name, or are about where the message has but one such id."""
    said = [token for one in governing for token in one.tokens]
    named = {token.shape for token in said if token.shape in message.index.ids}
    if named or _OWN.search(norms(said)):
        return named
    return {shape for shape in message.index.ids if len(message.ids(shape)) == 1}
