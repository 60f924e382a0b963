"""Mends the words that guards look for: slips of the pen, letters spelled with digits, letters set apart."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from orchestrator_server.embedded.words.english import FUNCTION, words
from orchestrator_server.embedded.words.patterns import lazy

_LOOKED_FOR = words(
    """
    ignore disregard forget override bypass previous instructions instruction rules guidelines restrictions prompt
    system developer administrator pretend jailbreak suspended safety verbatim reveal hidden initial confidential
    maintenance unrestricted message configuration everything above
    """
)
_DIGITS = str.maketrans("013457@$", "oieastas")
_MIXED = lazy(r"(?<![\w-])(?=[a-z0-9@$]*[a-z])(?=[a-z0-9@$]*[0-9@$])[a-z0-9@$]{4,}(?![\w-])")
_APART = lazy(r"\b(?:[a-z][ .*_-]){3,}[a-z]\b")
_WORD = lazy(r"[a-z]{5,}")


def told(norms: str) -> str:
    """The normalised words with those mended that nearly are one of the words that guards look for."""
    text = _APART.sub(lambda found: re.sub(r"[^a-z]", "", found[0]), norms)
    text = _MIXED.sub(lambda found: _spelled(found[0]), text)
    return _WORD.sub(lambda found: _mended(found[0]), text)


def _spelled(word: str) -> str:
    """The word with letters for digits, where that makes one that is looked for."""
    plain = _mended(word.translate(_DIGITS))
    return plain if plain in _LOOKED_FOR else word


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    if word in _LOOKED_FOR or word in FUNCTION:
        return word
    limit = 2 if len(word) >= 9 else 1
    near = (target for target in _LOOKED_FOR if abs(len(target) - len(word)) <= limit and target[0] == word[0])
    found = [target for target in near if OSA.distance(word, target, score_cutoff=limit) <= limit]
    return found[0] if len(found) == 1 and word[:-1] != found[0] and found[0][:-1] != word else word
