"""Mends typing errors against the words that servers declare and the small words of English."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from orchestrator_server.embedded.english import (
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

_SMALL = words(
    """
    unless otherwise provided because only where when which what please show tell give want would could should
    does have been than more less older newer with about need instructions previous ignore
    """
)
_KNOWN = frozenset().union(
    FUNCTION, SHOWING, CHANGING, STOPPING, DOING, COSTING, CREATED, PEOPLE, _SMALL, HOURS, NUMBERS, ORDINALS
)
_STEMS = frozenset(stem(word) for word in _KNOWN)


class Mender:
    """Knows the words of one catalogue. Only words that nobody knows are changed, and only to a near one."""

    def __init__(self, declared: frozenset[str]) -> None:
        self._known = declared | _KNOWN
        self._stems = frozenset(stem(word) for word in declared) | _STEMS
        self._targets = tuple(sorted(declared | _SMALL))
        self.word = lru_cache(maxsize=4096)(self._word)

    def _word(self, word: str) -> str:
        if len(word) < 4 or not word.isalpha() or word in self._known or stem(word) in self._stems:
            return word
        limit = 2 if len(word) >= 8 else 1
        best = min(((OSA.distance(word, t, score_cutoff=limit), t) for t in self._near(word, limit)), default=(9, word))
        return best[1] if best[0] <= limit else word

    def _near(self, word: str, limit: int) -> list[str]:
        """Targets of about the same length; short ones only with the same letters, for `skip` is not a slip.

        What differs by a prefix alone (`unlock`, `lock`) may be its opposite.
        """
        near = [t for t in self._targets if abs(len(t) - len(word)) <= limit]
        if len(word) < 5:
            near = [t for t in near if sorted(t) == sorted(word) or (len(t) == 5 and t[-1] == word[-1] != "s")]
        near = [t for t in near if not t.endswith(word) and not word.endswith(t)]
        return [t for t in near if t[0] == word[0] or sorted(t) == sorted(word) or len(word) >= 7]
