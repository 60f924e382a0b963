"""Which intents a stretch of text fits, and how well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orchestrator_server.embedded.declared.examples import Weighed
from orchestrator_server.embedded.declared.features import COUNT, SHOW, SHOWING_STEMS, STOP
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import Verbs
from orchestrator_server.embedded.requests.moods import Mood
from orchestrator_server.embedded.requests.suiting import Given, given_in, of_date, of_values
from orchestrator_server.embedded.words.english import COSTING, CURRENCIES, HOURS, MEASURES, stem
from orchestrator_server.embedded.words.text import Token

STRONG = 0.46
"""From here on a read is taken as asked for."""
SURE = 0.80
"""From here on an example alone is evidence enough for an effect."""
WEAK = 0.05
"""From here on a question about one thing may be answered by showing the thing."""
MARGIN = 0.05
"""Two that lie nearer to each other than this are as good as one another."""
_BY_EXAMPLE, _BY_WORDS = 0.65, 0.35
"""How the score is made up: likeness to an example, and how much of what was said the intent's words cover."""
_ASKED, _ASKED_WITH_ID = 0.08, 0.16
"""What its verb adds to an effect; with an id that the intent takes it tells most of what is to be told."""
_UNASKED = 0.15
"""What it costs an effect that its verb is not said."""
_QUESTIONED = 0.25
"""What it costs an effect that a question was asked, and nothing wished."""
_OTHER_VERB = 0.2
"""What it costs a read that an effect is asked for with a verb that the read does not have."""
_MEASURES = frozenset(stem(word) for word in (*MEASURES, *HOURS, *CURRENCIES, *COSTING))
_CHEAP = 0.12
"""What a word weighs of which nobody knows anything."""
_NAMED = 0.02
"""The same for an intent that takes names: these are such words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How well an intent fits: `score` in all, `likeness` to its nearest example; `by_verb` when its verb was used."""

    profile: Profile
    score: float
    likeness: float
    by_verb: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A stretch of text with what is worked out once for all intents.

    `known` are the features with what they weigh, save those that count nothing where an intent does not know them,
    which are in `beside`; `unknown` are those that no intent knows. `acted` are the places of verbs of effects.
    """

    tokens: Sequence[Token]
    features: Mapping[str, float]
    mood: Mood
    given: Given
    weighed: Weighed
    verbs: Verbs
    acted: frozenset[int]
    known: Sequence[tuple[str, float]]
    beside: Sequence[tuple[str, float]]
    unknown: Sequence[tuple[str, float]]


def rank(
    index: Index,
    tokens: Sequence[Token],
    mood: Mood,
    pointed: frozenset[str] = frozenset(),
    said: Mapping[str, float] | None = None,
) -> tuple[Match, ...]:
    """The intents that come into question, the best first.

    `pointed` are shapes of ids that count as given, `said` the features of the tokens where they are known already.
    """
    said = index.features(tokens) if said is None else said
    owners, verbs = index.examples.candidates(said), Verbs(tokens)
    places = {owner: verbs.asking_for(index.profiles[owner]) for owner in owners}
    weighed = index.examples.weighed(said)
    known = [(f, weight) for f, weight in weighed.known.items() if f != SHOW]
    whole = _Said(
        tokens=tokens,
        features=said,
        mood=mood,
        given=given_in(index, tokens, pointed),
        weighed=weighed,
        verbs=verbs,
        acted=_effect_verbs(index, places, tokens) if mood is Mood.WISH else frozenset(),
        known=[(f, weight) for f, weight in known if not _is_beside(f)],
        beside=[(f, weight) for f, weight in known if _is_beside(f)],
        unknown=[(f, weight) for f, weight in said.items() if f != SHOW and f not in weighed.known],
    )
    matches = [_match(index, owner, whole, places[owner]) for owner in owners]
    return tuple(sorted(matches, key=lambda match: (-match.score, match.profile.intent.name)))


def _match(index: Index, owner: int, said: _Said, place: int | None) -> Match:
    profile = index.profiles[owner]
    likeness = index.examples.likeness(owner, said.weighed, profile.words)
    by_verb = place is not None or (STOP in said.features and STOP in profile.words)
    score = _BY_EXAMPLE * likeness + _BY_WORDS * _covered(profile, said)
    score += of_values(profile, said.given)
    if profile.intent.has_effect:
        is_with_id = likeness < 1.0 and _takes_id(index, profile, said.tokens)
        score += (_ASKED_WITH_ID if is_with_id else _ASKED) if by_verb else -_UNASKED
        score -= _QUESTIONED if said.mood is Mood.QUESTION else 0.0
    elif any(not said.verbs.is_of(profile, at) for at in said.acted):
        score -= _OTHER_VERB
    score += of_date(profile, said.tokens, said.features)
    return Match(profile=profile, score=score, likeness=likeness, by_verb=by_verb)


def _takes_id(index: Index, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is an id given that the intent takes? With its verb that tells most of what is to be told."""
    return any(token.shape in index.ids and profile.takes(token.shape) for token in tokens)


def _is_beside(feature: str) -> bool:
    """Is it a measure or a count, which says nothing against an intent that does not know it?"""
    return feature in _MEASURES or feature == COUNT


def _covered(profile: Profile, said: _Said) -> float:
    """How much of what was said the intent's words cover."""
    words = profile.words
    least = _NAMED if said.unknown and profile.takes_names else _CHEAP
    costs = [
        *said.known,
        *((f, weight) for f, weight in said.beside if words.get(f)),
        *((f, least * weight) for f, weight in said.unknown),
    ]
    total = sum(cost for _, cost in costs)
    return sum(cost * words.get(f, 0.0) for f, cost in costs) / total if total else 0.0


def _effect_verbs(index: Index, places: Mapping[int, int | None], tokens: Sequence[Token]) -> frozenset[int]:
    """The places of verbs with which effects are asked for: a read that has none of them is hardly meant."""
    asking = {at for owner, at in places.items() if at is not None and index.profiles[owner].intent.has_effect}
    return frozenset(at for at in asking if tokens[at].stem not in SHOWING_STEMS | index.light)
