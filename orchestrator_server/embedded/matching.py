"""Which intents a stretch of text fits, and how well."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orchestrator_server.embedded.english import CHANGING, COSTING, CURRENCIES, HOURS, MEASURES, SHOWING, stem
from orchestrator_server.embedded.fields import stems_of
from orchestrator_server.embedded.heads import head_at
from orchestrator_server.embedded.index import PARTICLES, SHOW, STOP, Index, Profile, features
from orchestrator_server.embedded.moods import Mood
from orchestrator_server.embedded.shapes import LONG, Kind
from orchestrator_server.embedded.text import Token, norms

STRONG = 0.42
"""From here on a read is taken as asked for."""
SURE = 0.80
"""From here on an example alone is evidence enough for an effect."""
WEAK = 0.2
"""From here on a question about one thing may be answered by showing the thing."""
MARGIN = 0.07
_SHOWING = frozenset(stem(word) for word in SHOWING)
_MEASURES = frozenset(stem(word) for word in (*MEASURES, *HOURS, *CURRENCIES, *COSTING))
_CHANGING = frozenset(stem(word) for word in CHANGING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How well an intent fits: `score` in all, `likeness` to its nearest example; `by_verb` when its verb was used."""

    profile: Profile
    score: float
    likeness: float
    by_verb: bool


def rank(index: Index, tokens: Sequence[Token], mood: Mood, pointed: frozenset[str] = frozenset()) -> tuple[Match, ...]:
    """Every intent, the best first. `pointed` are shapes of ids that count as given."""
    found = features(tokens)
    matches = [_match(index, profile, tokens, found, mood, pointed) for profile in index.profiles]
    return tuple(sorted(matches, key=lambda match: (-match.score, match.profile.intent.name)))


def _match(
    index: Index,
    profile: Profile,
    tokens: Sequence[Token],
    found: Mapping[str, float],
    mood: Mood,
    pointed: frozenset[str],
) -> Match:
    likeness = max((_alike(index, profile, found, example) for example in profile.examples), default=0.0)
    by_verb = _uses_verb(profile, tokens) or (STOP in found and STOP in profile.words)
    score = 0.5 * likeness + 0.5 * _covered(index, profile, found) + _fit(index, profile, tokens, pointed)
    if profile.intent.has_effect:
        score += 0.08 if by_verb else -0.12
        score -= 0.25 if mood is Mood.QUESTION else 0.0
    elif mood is Mood.WISH and _uses_another_verb(index, profile, tokens):
        score -= 0.2
    score += _dates(profile, tokens, found)
    return Match(profile=profile, score=score, likeness=likeness, by_verb=by_verb)


def _alike(index: Index, profile: Profile, found: Mapping[str, float], example: Mapping[str, float]) -> float:
    """The weighted overlap (Dice) of two sets of features."""
    shared = sum(index.weight(f) * min(w, example[f]) for f, w in found.items() if f in example)
    mine = sum(_cost(index, profile, f) * w for f, w in found.items())
    theirs = sum(index.weight(f) * w for f, w in example.items())
    return 2 * shared / (mine + theirs) if mine + theirs else 0.0


def _covered(index: Index, profile: Profile, found: Mapping[str, float]) -> float:
    """How much of what was said the intent's words cover."""
    total = sum(_cost(index, profile, f) * w for f, w in found.items() if f != SHOW)
    said = sum(index.weight(f) * w * profile.words.get(f, 0.0) for f, w in found.items() if f != SHOW)
    return said / total if total else 0.0


def _cost(index: Index, profile: Profile, feature: str) -> float:
    """What a feature weighs against an intent: words that nobody knows may be names where it takes names."""
    if feature in PARTICLES and not index.knows(feature):
        return 0.0
    if feature in _MEASURES and not profile.words.get(feature):
        return 0.0
    takes_names = Kind.NAME in profile.kinds.values()
    return 0.1 if takes_names and not index.knows(feature) else index.weight(feature)


def _uses_verb(profile: Profile, tokens: Sequence[Token]) -> bool:
    at = head_at(tokens)
    if at is None:
        return False
    if tokens[at].stem in _CHANGING and profile.verbs & _CHANGING:
        return True
    return is_verb_of(profile, tokens, at)


def _uses_another_verb(index: Index, profile: Profile, tokens: Sequence[Token]) -> bool:
    """Does the clause begin with the verb of an effect, which is none of this read's?"""
    at = head_at(tokens)
    if at is None or tokens[at].shape or tokens[at].stem in _SHOWING or tokens[at].stem in profile.verbs:
        return False
    return any(p.intent.has_effect and is_verb_of(p, tokens, at) for p in index.profiles)


def is_verb_of(profile: Profile, tokens: Sequence[Token], at: int) -> bool:
    """Is this word a verb of the intent, with its particle if it has one ("send ... back")?"""
    if tokens[at].shape:
        return False
    verb = tokens[at].stem
    return verb in profile.verbs or any(
        f"{verb} {t.norm}" in profile.verbs for t in tokens[at + 1 :] if t.norm in PARTICLES
    )


def _fit(index: Index, profile: Profile, tokens: Sequence[Token], pointed: frozenset[str]) -> float:
    """Does the intent take the values that were given, and are those given that it takes?"""
    given = {token.shape for token in tokens if token.shape in index.ids or token.shape == LONG}
    has_its = any(token.norm in ("its", "their") for token in tokens)
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
        - (0.1 if lacks_id else 0.0)
        + _number(profile, tokens)
    )


def shows_it(profile: Profile, shape: str) -> bool:
    """Does the intent show the very thing that ids of `shape` name (`order_id`: `order.get`)?"""
    taker = profile.takes(shape)
    parts = [stems_of(part) for part in re.split(r"[./]", profile.intent.name)]
    return taker is not None and parts[0][0] in stems_of(taker.name) and parts[-1][0] in _SHOWING


def _dates(profile: Profile, tokens: Sequence[Token], found: Mapping[str, float]) -> float:
    """A date that the response carries, asked for by its name: "when was it opened"."""
    if "~when" not in found or any(token.norm in ("will", "would") for token in tokens) or profile.intent.has_effect:
        return 0.0
    stamps = {f.stems[0] for f in profile.fields if f.kind == "timestamp"}
    return 0.45 if stamps & {token.stem for token in tokens} else 0.0


def _number(profile: Profile, tokens: Sequence[Token]) -> float:
    """One thing or several: a list is asked for in the plural."""
    names = {s for listed in profile.lists for s in (*listed.stems, stem(listed.element_name.lower()))}
    nouns = [token.norm for token in tokens if token.stem in names]
    if profile.intent.has_effect or not nouns:
        return 0.0
    if re.search(rf"\bhow many (?:\w+ )?(?:{'|'.join(map(re.escape, nouns))})\b", norms(tokens)):
        return 0.4
    return 0.05 if any(noun.endswith("s") for noun in nouns) else -0.08
