"""Which intents a stretch of text fits, and how well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orchestrator_server.embedded.declared.features import COUNT, SHOW, SHOWING_STEMS, STOP
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import is_verb_of, verb_at
from orchestrator_server.embedded.requests.moods import Mood
from orchestrator_server.embedded.requests.suiting import of_date, of_values
from orchestrator_server.embedded.words.english import COSTING, CURRENCIES, HOURS, MEASURES, stem
from orchestrator_server.embedded.words.shapes import Kind
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


def rank(index: Index, tokens: Sequence[Token], mood: Mood, pointed: frozenset[str] = frozenset()) -> tuple[Match, ...]:
    """The intents that come into question, the best first. `pointed` are shapes of ids that count as given."""
    said = index.features(tokens)
    owners = index.examples.candidates(said)
    places = {owner: verb_at(index.profiles[owner], tokens) for owner in owners}
    acted = _effect_verbs(index, places, tokens) if mood is Mood.WISH else frozenset[int]()
    matches = [_match(index, owner, tokens, said, mood, pointed, acted, places[owner]) for owner in owners]
    return tuple(sorted(matches, key=lambda match: (-match.score, match.profile.intent.name)))


def _match(
    index: Index,
    owner: int,
    tokens: Sequence[Token],
    said: Mapping[str, float],
    mood: Mood,
    pointed: frozenset[str],
    acted: frozenset[int],
    place: int | None,
) -> Match:
    profile = index.profiles[owner]
    likeness = index.examples.likeness(owner, said, profile.words)
    by_verb = place is not None or (STOP in said and STOP in profile.words)
    score = _BY_EXAMPLE * likeness + _BY_WORDS * _covered(index, profile, said)
    score += of_values(index, profile, tokens, pointed)
    if profile.intent.has_effect:
        is_with_id = likeness < 1.0 and _takes_id(index, profile, tokens)
        score += (_ASKED_WITH_ID if is_with_id else _ASKED) if by_verb else -_UNASKED
        score -= _QUESTIONED if mood is Mood.QUESTION else 0.0
    elif any(not is_verb_of(profile, tokens, at) for at in acted):
        score -= _OTHER_VERB
    score += of_date(profile, tokens, said)
    return Match(profile=profile, score=score, likeness=likeness, by_verb=by_verb)


def _takes_id(index: Index, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is an id given that the intent takes? With its verb that tells most of what is to be told."""
    return any(token.shape in index.ids and profile.takes(token.shape) for token in tokens)


def _covered(index: Index, profile: Profile, said: Mapping[str, float]) -> float:
    """How much of what was said the intent's words cover."""
    costs = {f: _cost(index, profile, f) * w for f, w in said.items() if f != SHOW}
    total = sum(costs.values())
    return sum(cost * profile.words.get(f, 0.0) for f, cost in costs.items()) / total if total else 0.0


def _cost(index: Index, profile: Profile, feature: str) -> float:
    if not index.knows(feature):
        return _NAMED if Kind.NAME in profile.kinds.values() else _CHEAP
    if (feature in _MEASURES or feature == COUNT) and not profile.words.get(feature):
        return 0.0
    return index.weight(feature)


def _effect_verbs(index: Index, places: Mapping[int, int | None], tokens: Sequence[Token]) -> frozenset[int]:
    """The places of verbs with which effects are asked for: a read that has none of them is hardly meant."""
    asking = {at for owner, at in places.items() if at is not None and index.profiles[owner].intent.has_effect}
    return frozenset(at for at in asking if tokens[at].stem not in SHOWING_STEMS | index.light)
