"""Which intents a stretch of text fits, and how well."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from orchestrator_server.embedded.english import COSTING, CURRENCIES, HOURS, MEASURES, stem
from orchestrator_server.embedded.features import COUNT, SHOW, SHOWING_STEMS, STOP
from orchestrator_server.embedded.fields import stems_of
from orchestrator_server.embedded.index import Index, Profile
from orchestrator_server.embedded.moods import Mood
from orchestrator_server.embedded.shapes import LONG, Kind
from orchestrator_server.embedded.text import Token, norms
from orchestrator_server.embedded.verbs import is_verb_of as is_verb_of
from orchestrator_server.embedded.verbs import verb_at

STRONG = 0.46
"""From here on a read is taken as asked for."""
SURE = 0.80
"""From here on an example alone is evidence enough for an effect."""
WEAK = 0.05
"""From here on a question about one thing may be answered by showing the thing."""
MARGIN = 0.05
_MEASURES = frozenset(stem(word) for word in (*MEASURES, *HOURS, *CURRENCIES, *COSTING))
_BELONGING = re.compile(r"\b(?:its|their|(?:of|for|on|in) (?:it|them|that|this)|(?:the|this|that|same) \w+ as well)\b")
_CHEAP = 0.12
"""What a word weighs of which nobody knows anything."""


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
    acted = _effect_verbs(index, owners, tokens) if mood is Mood.WISH else frozenset[int]()
    matches = [_match(index, owner, tokens, said, mood, pointed, acted) for owner in owners]
    return tuple(sorted(matches, key=lambda match: (-match.score, match.profile.intent.name)))


def _match(
    index: Index,
    owner: int,
    tokens: Sequence[Token],
    said: Mapping[str, float],
    mood: Mood,
    pointed: frozenset[str],
    acted: frozenset[int],
) -> Match:
    profile = index.profiles[owner]
    likeness = index.examples.likeness(owner, said, profile.words)
    by_verb = verb_at(profile, tokens) is not None or (STOP in said and STOP in profile.words)
    score = 0.65 * likeness + 0.35 * _covered(index, profile, said) + _fit(index, profile, tokens, pointed)
    if profile.intent.has_effect:
        score += (0.16 if likeness < 1.0 and _takes_id(index, profile, tokens) else 0.08) if by_verb else -0.15
        score -= 0.25 if mood is Mood.QUESTION else 0.0
    elif any(not is_verb_of(profile, tokens, at) for at in acted):
        score -= 0.2
    score += _dates(profile, tokens, said)
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
        return 0.02 if Kind.NAME in profile.kinds.values() else _CHEAP
    if (feature in _MEASURES or feature == COUNT) and not profile.words.get(feature):
        return 0.0
    return index.weight(feature)


def _effect_verbs(index: Index, owners: Sequence[int], tokens: Sequence[Token]) -> frozenset[int]:
    """The places of verbs with which effects are asked for: a read that has none of them is hardly meant."""
    effects = (p for p in (index.profiles[owner] for owner in owners) if p.intent.has_effect)
    places = {at for profile in effects if (at := verb_at(profile, tokens)) is not None}
    return frozenset(at for at in places if tokens[at].stem not in SHOWING_STEMS | index.light)


def _fit(index: Index, profile: Profile, tokens: Sequence[Token], pointed: frozenset[str]) -> float:
    """Does the intent take the values that were given, and are those given that it takes?"""
    given = {token.shape for token in tokens if token.shape in index.valued}
    has_its = _BELONGING.search(norms(tokens)) is not None
    shown = 0.05 if any(shows_it(profile, shape) for shape in given) else 0.0
    given |= pointed if has_its else pointed & {p.pattern for p in profile.intent.askable}
    taken = {p.pattern for p in profile.intent.askable if profile.kinds[p.name] is Kind.SHAPED}
    taken |= {LONG} if Kind.LONG in profile.kinds.values() else set()
    wanted = {p.pattern for p in profile.required if profile.kinds[p.name] is Kind.SHAPED}
    lacks_id = bool(wanted & index.ids - given)
    return (
        shown
        + 0.05 * len(given & taken)
        - 0.2 * len(given - taken)
        - (0.1 if lacks_id and not _names_the_thing(index, tokens) else 0.0)
        + _number(profile, tokens)
    )


def _names_the_thing(index: Index, tokens: Sequence[Token]) -> bool:
    """Is it "the order", as one that was spoken of?"""
    pairs = pairwise(tokens)
    return any(one.norm in ("the", "this", "that") and two.stem in index.things for one, two in pairs)


def shows_it(profile: Profile, shape: str) -> bool:
    """Does the intent show the very thing that ids of `shape` name (`order_id`: `order.get`)?"""
    taker = profile.takes(shape)
    parts = [stems_of(part) for part in re.split(r"[./]", profile.intent.name)]
    return taker is not None and parts[0][0] in stems_of(taker.name) and parts[-1][0] in SHOWING_STEMS


def _dates(profile: Profile, tokens: Sequence[Token], said: Mapping[str, float]) -> float:
    """A date that the response carries, asked for by its name: "when was it opened"."""
    if "~past" not in said or profile.intent.has_effect:
        return 0.0
    stamps = {f.stems[0] for f in profile.fields if f.kind == "timestamp"}
    return 0.35 if stamps & {token.stem for token in tokens} else 0.0


def _number(profile: Profile, tokens: Sequence[Token]) -> float:
    """One thing or several: a list is asked for in the plural."""
    names = {
        s for f in profile.lists for s in (*f.stems, stem(f.element_name.lower()), *(n.stems[-1] for n in f.names))
    }
    nouns = [token.norm for token in tokens if token.stem in names]
    if profile.intent.has_effect or not nouns:
        return 0.0
    if re.search(rf"\b(?:how many|which|any) (?:\w+ ){{0,2}}(?:{'|'.join(map(re.escape, nouns))})\b", norms(tokens)):
        return 0.4
    if any(noun.endswith("s") for noun in nouns):
        return 0.05
    return -0.2 if re.search(rf"\b(?:the|this|that) (?:{'|'.join(map(re.escape, nouns))})\b", norms(tokens)) else -0.08
