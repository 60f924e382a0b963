"""The example utterances of all intents, and how near a stretch of text comes to them.

Near means: much of the example is said (Tversky's contrast of what both share, what only one has; 1977), whatever story
stands around it. A word that no intent knows costs little; one that speaks for other intents costs what it tells.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MISSING = 0.65
"""What a feature of the example costs that is not said, as a share of its weight."""
BEYOND = 0.45
"""The same for a feature that was said and that speaks for other intents."""
RELATED = 0.10
"""The same for one that the intent knows from elsewhere."""
UNKNOWN = 0.10
"""What a word costs that no intent knows; all together no more than MOST_UNKNOWN."""
MOST_UNKNOWN = 0.5
OWN = 0.5
"""From this share of its uses on a word belongs to one intent."""
_CANDIDATES = 24
"""So many intents are looked at closely."""
_RARE = 0.05
"""A feature of more intents than this share of all finds no further candidates."""
_LEAST = 0.2
"""What a feature tells at least that all intents share."""

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was said, weighed once for all intents: the features that any of them knows, and what the others cost."""

    known: Mapping[str, float]
    unknown: float


class Examples:
    """All examples, with an index from features to the intents that use them."""

    def __init__(self, utterances: Sequence[Sequence[Features]], vocabularies: Sequence[Iterable[str]]) -> None:
        spoken = zip(utterances, vocabularies, strict=True)
        self._weights = _weights([set[str]().union(*own, known) for own, known in spoken])
        self._totals = tuple(tuple(self._sum(one) for one in own) for own in utterances)
        self._uses = tuple(self._used_in(own) for own in utterances)
        self._owners: dict[str, list[int]] = defaultdict(list)
        for at, own in enumerate(utterances):
            for feature in {f for one in own for f in one}:
                self._owners[feature].append(at)
        counted = [Counter(f for one in own for f in one) for own in utterances]
        everywhere: Counter[str] = Counter()
        for counts in counted:
            everywhere.update(counts)
        self._own = tuple(_mostly_own(counts, everywhere) for counts in counted)
        self._few = max(16, int(_RARE * len(utterances)))

    def weight(self, feature: str) -> float:
        """How much a feature tells: 1 for one of a single intent or of none, less for what many share."""
        return self._weights.get(feature, 1.0)

    def knows(self, feature: str) -> bool:
        """Does any intent use this feature?"""
        return feature in self._weights

    def own(self, owner: int) -> frozenset[str]:
        """The words of an intent's examples that are mostly its own."""
        return self._own[owner]

    def candidates(self, said: Features) -> Sequence[int]:
        """The intents whose examples share most with what was said, in no order."""
        found: defaultdict[int, float] = defaultdict(float)
        for owners, feature in sorted(((self._owners.get(f, ()), f) for f in said), key=lambda pair: len(pair[0])):
            weight = self.weight(feature) * said[feature]
            is_common = len(owners) > self._few and len(found) >= _CANDIDATES
            for owner in owners:
                if not is_common or owner in found:  # what nearly all share decides nothing; it adds to those found
                    found[owner] += weight
        return heapq.nlargest(_CANDIDATES, found, key=found.__getitem__)

    def weighed(self, said: Features) -> Weighed:
        """What was said as `likeness` takes it."""
        known = {f: self._weights[f] * value for f, value in said.items() if f in self._weights}
        return Weighed(known, min(MOST_UNKNOWN, UNKNOWN * (len(said) - len(known))))

    def likeness(self, owner: int, said: Weighed, own: Mapping[str, float]) -> float:
        """How near the nearest example of an intent comes, between 0 and 1. `own` are the intent's own words."""
        totals, uses = self._totals[owner], self._uses[owner]
        shared, costs = [0.0] * len(totals), [0.0] * len(totals)
        beyond = said.unknown
        for feature, value in said.known.items():
            cost = value * (RELATED if feature in own else BEYOND)
            beyond += cost
            for at, weight in uses.get(feature, ()):
                shared[at] += weight if weight < value else value
                costs[at] += cost
        best = 0.0
        for common, total, cost in zip(shared, totals, costs, strict=True):
            if common:
                best = max(best, common / (common + MISSING * (total - common) + beyond - cost))
        return best

    def _used_in(self, utterances: Sequence[Features]) -> Mapping[str, Sequence[tuple[int, float]]]:
        """For each feature the utterances that have it, and its weight there."""
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, one in enumerate(utterances):
            for feature, value in one.items():
                found[feature].append((at, self._weights[feature] * value))
        return found

    def _sum(self, features: Features) -> float:
        return sum(self._weights[f] * value for f, value in features.items())


def _mostly_own(counts: Mapping[str, int], everywhere: Mapping[str, int]) -> frozenset[str]:
    return frozenset(f for f, n in counts.items() if f[0].isalpha() and n >= OWN * everywhere[f])


def _weights(known: Sequence[set[str]]) -> dict[str, float]:
    """The inverse frequency of every feature over the intents, between _LEAST and 1 (Spärck Jones, 1972)."""
    seen: Counter[str] = Counter()
    for features in known:
        seen.update(features)
    total = math.log(1 + len(known)) or 1.0
    return {word: max(_LEAST, math.log(1 + len(known) / count) / total) for word, count in seen.items()}
