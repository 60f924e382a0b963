"""Words that nobody has heard: they can be said, are bent by the rules, and are far from every word there is."""

import random
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

MIN_DISTANCE = 3
"""How many letters at least two words differ in: no mending of typos may take one for another."""
_PARTS = (
    "b bl br d dr f fl g gl gr h j k kl kr m n p pl pr r sk sl sm sn sp st t tr v vr w z zl",
    "a e i o u",
    "b d f g k l m n p r t v z lb ld lg lk lm lp lv mb mp nd nk nt rb rd rg rk rm rn rp rv zb zg zm",
    "a e i o u",
    "lf lk lp mp nk rb rf rk rp rv sk lb rg ft",
)
"""How a word begins, its vowel, its middle, the other vowel, how it ends."""
_TRIES = 20_000


def pseudo_words(count: int, seed: int, known: Iterable[str]) -> list[str]:
    """`count` words of two syllables, none near another nor near one of `known`.

    Each ends in two consonants, so that every regular ending fits without doubling or dropping a letter.
    """
    taken = {word for word in known if len(word) > 3}
    found: list[str] = []
    for word in _candidates(seed):
        if not any(_is_near(word, other) for other in (*found, *taken)):
            found.append(word)
        if len(found) == count:
            return found
    raise ValueError(f"no {count} words that are far enough from each other")


def _candidates(seed: int) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311  # the same seed must give the same words
    for _ in range(_TRIES):
        yield "".join(chance.choice(part.split()) for part in _PARTS)


def _is_near(one: str, other: str) -> bool:
    return OSA.distance(one, other, score_cutoff=MIN_DISTANCE - 1) < MIN_DISTANCE
