"""Mends typing errors against the words that servers declare and the small words of English.

A word that anybody knows is never changed. Any other is compared with the declared words, and only the single nearest
one is taken, where the difference is a slip of the hand and not another word.
"""

import re
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from orchestrator_server.embedded.words.common import bases_of, frequent
from orchestrator_server.embedded.words.contractions import CONTRACTIONS
from orchestrator_server.embedded.words.english import (
    CHANGING,
    COSTING,
    CREATED,
    DOING,
    FUNCTION,
    HOURS,
    NUMBERS,
    ORDINALS,
    PEOPLE,
    SHOWING,
    STOPPING,
    stem,
    words,
)
from orchestrator_server.embedded.words.patterns import lazy

_SMALL = words(
    """
    unless otherwise provided except assuming supposing because only where when which what please show tell give want
    would could should does have been than more less older newer with about need instructions previous ignore
    """
)
_KNOWN = FUNCTION.union(SHOWING, CHANGING, STOPPING, DOING, COSTING, CREATED, PEOPLE, _SMALL, HOURS, NUMBERS, ORDINALS)
_ENDINGS = ("ing", "ed", "s")
_SHORTEST = 4
_FAR = 9.0
_SOUNDS = 0.5
"""How far a word is that sounds the same; a slip of the hand counts 1."""
_DECLARED = 0.25
"""So much nearer is what is declared."""
_SWAPPED = 0.1
"""So much nearer is what has the same letters."""

_VOWELLESS = lazy("[bcdfghjklmnpqrstvwxz]{3,6}")


@lru_cache(maxsize=256)
def _loose(word: str) -> re.Pattern[str]:
    """Matches words with these letters in this order."""
    return re.compile("[a-z]*".join(word))


class Mender:
    """Knows the words of one catalogue. Only words that nobody knows are changed, and only to a near one."""

    def __init__(self, declared: frozenset[str]) -> None:
        self._declared = declared
        self._known = declared | _KNOWN | CONTRACTIONS.keys()
        self._targets = sorted(t for t in declared | _SMALL if len(t) >= _SHORTEST)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for target in self._targets:
            self._by_sound[_sound(target)].append(target)
        self.word = lru_cache(maxsize=4096)(self._word)

    def _word(self, word: str) -> str:
        if word[:1] == word[1:2] and word[1:] in FUNCTION and not self._is_word(word):
            return word[1:]
        if _VOWELLESS.fullmatch(word) and not self._is_known(word):
            return self._with_vowels(word) or self._nearest(word) or word
        if len(word) < _SHORTEST or not (word.isalpha() and word.isascii()) or self._is_known(word):
            return word
        return self._nearest(word) or self._inflected(word) or self._spelled_out(word) or word

    def _with_vowels(self, word: str) -> str | None:
        """The one declared word that is left with these letters when its vowels go ("bldg" for "building")."""
        near = [t for t in self._declared if t[0] == word[0] and t[-1] == word[-1] and len(t) > len(word) + 1]
        found = sorted((len(re.sub("[aeiouy]", "", t)), t) for t in near if _loose(word).fullmatch(t))
        best = [t for count, t in found if count == found[0][0]]
        return best[0] if len({stem(t) for t in best}) == 1 and found[0][0] <= len(word) + 1 else None

    def _spelled_out(self, word: str) -> str | None:
        """What an abbreviation stands for ("unsub"), where it begins but one declared word and its forms."""
        found = [t for t in self._targets if len(word) > _SHORTEST and t.startswith(word) and len(t) > len(word) + 2]
        return min(found, key=len) if found and len({stem(t) for t in found}) == 1 else None

    def _is_known(self, word: str) -> bool:
        return any(self._is_word(base) for base in bases_of(word))

    def _is_word(self, word: str) -> bool:
        return word in self._known or word in frequent()

    def _inflected(self, word: str) -> str | None:
        """A slip in a regular form of a declared word ("openning"): the word is mended, its ending kept."""
        for ending in _ENDINGS:
            base = word.removesuffix(ending)
            if base != word and len(base) > _SHORTEST and (found := self._nearest(base)) in self._declared:
                return f"{found}{ending}"
        return None

    def _nearest(self, word: str) -> str | None:
        """The one target that is nearest; None where there is none, or where two are equally near."""
        found = sorted((self._distance(word, target), target) for target in self._near(word))
        near = [(distance, target) for distance, target in found if distance < _FAR]
        if not near or any(d == near[0][0] and stem(t) != stem(near[0][1]) for d, t in near[1:]):
            return None
        return near[0][1]

    def _near(self, word: str) -> set[str]:
        hits = process.extract(word, self._targets, scorer=OSA.distance, score_cutoff=_most_slips(word), limit=8)
        return {target for target, _, _ in hits} | {t for t in self._by_sound.get(_sound(word), ()) if t != word}

    def _distance(self, word: str, target: str) -> float:
        """How many slips lie between, fewer for what is declared and for swapped letters; far where it is no slip."""
        nearer = _DECLARED if target in self._declared else 0.0
        if _sound(word) == _sound(target):
            return _SOUNDS - nearer
        slips = OSA.distance(word, target)
        nearer += _SWAPPED if sorted(word) == sorted(target) else 0.0
        return slips - nearer if _is_slip(word, target, slips) else _FAR


def _most_slips(word: str) -> int:
    return 2 if len(word) >= 6 else 1


def _is_slip(word: str, target: str, slips: int) -> bool:
    """Short words must keep more of themselves, for there is always another word nearby."""
    if word[0] != target[0] and not _has_slip_in_front(word, target, slips):
        return False
    if slips > 1:
        return min(len(word), len(target)) >= 8 or _skeleton(word) == _skeleton(target)
    if len(word) != len(target) or sorted(word) == sorted(target):
        return True
    return len(word) >= 7 or (len(word) >= 5 and (_skeleton(word) == _skeleton(target) or _is_beside(word, target)))


def _has_slip_in_front(word: str, target: str, slips: int) -> bool:
    """Two first letters the wrong way round, or the first one left out; a whole prefix may be the opposite."""
    return slips == 1 and (word[:2] == target[1::-1] or word == target[1:])


def _is_beside(word: str, target: str) -> bool:
    """Is the one letter that differs a neighbour on the keyboard?"""
    return all(one == two or one + two in _BESIDE for one, two in zip(word, target, strict=True))


def _skeleton(word: str) -> str:
    """The consonants, each once where doubled."""
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiouy]", "", word))


def _sound(word: str) -> str:
    """How the word is heard, roughly: `fone` like `phone`."""
    heard = re.sub("c(?=[eiy])|z", "s", word).replace("ph", "f").replace("ck", "k").replace("c", "k")
    return re.sub(r"(.)\1+", r"\1", heard)


_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = frozenset(pair for row in _ROWS for one, two in pairwise(row) for pair in (one + two, two + one))
