"""Typos: which declared word was meant, and the same slip in another word."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA, Indel, Levenshtein

_SHORT = 4
_LONG = 7


def meant(word: str, declared: Iterable[str]) -> str | None:
    """The declared word that `word` is a typo of: one slip away, two where it is long, its first letter right.

    A slip leaves a letter out, puts one in, or swaps two; another letter makes another word (`fine`, `file`).
    """
    if len(word) < _SHORT:
        return None
    alike = [other for other in declared if other[0] == word[0] and len(other) >= _SHORT and _is_slip(word, other)]
    distance, found = min(((OSA.distance(word, other), other) for other in alike), default=(_LONG, ""))
    return found if distance <= (2 if min(len(word), len(found)) >= _LONG else 1) else None


def _is_slip(word: str, right: str) -> bool:
    if sorted(word) == sorted(right) or Indel.distance(word, right) == OSA.distance(word, right):
        return True
    odd = [at for at, (one, other) in enumerate(zip(word, right, strict=False)) if one != other]
    is_one = len(word) == len(right) > _SHORT and len(odd) == 1
    return is_one and word[odd[0]] in word[odd[0] - 1 : odd[0] + 2 : 2]  # a neighbour typed twice


def misspelt(word: str, typo: str, right: str) -> str:
    """`word` with the slip that made `typo` of `right`, at about the same place; never at its first letter."""
    if sorted(typo) == sorted(right):
        return _swapped(word, next(at for at in range(len(right)) if typo[at] != right[at]) / len(right))
    for slip in Levenshtein.editops(right, typo):
        at = max(1, min(len(word) - 1, round(slip.src_pos / len(right) * len(word))))
        letter = typo[min(slip.dest_pos, len(typo) - 1)]
        put = "" if slip.tag == "delete" else letter
        word = word[:at] + put + word[at if slip.tag == "insert" else at + 1 :]
    return word


def _swapped(word: str, place: float) -> str:
    """Two neighbouring letters change places: the first that differ from `place` on, from its second letter."""
    start = max(1, min(len(word) - 2, round(place * len(word))))
    at = next((at for at in (*range(start, len(word) - 1), *range(1, start)) if word[at] != word[at + 1]), start)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
