"""Reads numbers that are written in words: `twenty-five`, `half a dozen`, `a couple of`."""

from collections.abc import Sequence

from orchestrator_server.embedded.words.english import NUMBERS
from orchestrator_server.embedded.words.patterns import lazy

_UNITS = {word: number for word, number in NUMBERS.items() if 1 <= number <= 9}
_TENS = {word: number for word, number in NUMBERS.items() if 20 <= number <= 90 and number % 10 == 0}
_JOINED = lazy(rf"(?P<tens>{'|'.join(_TENS)})-(?P<unit>{'|'.join(_UNITS)})")
_DOZENS = frozenset(["dozen", "dozens"])
_FIRST = _DOZENS | NUMBERS.keys() | {"a", "half", "couple"}
_MOST = 7


def number_of(word: str) -> int | None:
    """The number that one word says; `one` is None, for it is a pronoun too."""
    if joined := _JOINED.fullmatch(word):
        return _TENS[joined["tens"]] + _UNITS[joined["unit"]]
    return NUMBERS.get(word) if word != "one" else None


def spelled(words: Sequence[str]) -> tuple[int, int] | None:
    """The number that `words` begin with and how many words say it; None where the first word says none.

    "A dozen and a half" is left as it stands: nobody can tell 18 from a slip.
    """
    if not (words[0] in _FIRST or words[0].isdigit() or _JOINED.fullmatch(words[0])):
        return None
    words = words[:_MOST]
    return _dozen(words) or _couple(words) or _hundred(words) or _tens(words) or _single(words)


def _single(words: Sequence[str]) -> tuple[int, int] | None:
    number = number_of(words[0]) if words else None
    return None if number is None else (number, 1)


def _tens(words: Sequence[str]) -> tuple[int, int] | None:
    if len(words) > 1 and words[0] in _TENS and words[1] in _UNITS:
        return _TENS[words[0]] + _UNITS[words[1]], 2
    return None


def _hundred(words: Sequence[str]) -> tuple[int, int] | None:
    return (100, 2) if list(words[:2]) in (["a", "hundred"], ["one", "hundred"]) else None


def _couple(words: Sequence[str]) -> tuple[int, int] | None:
    at = 1 if words[:1] and words[0] == "a" else 0
    if list(words[at : at + 1]) != ["couple"]:
        return None
    has_of = list(words[at + 1 : at + 2]) == ["of"]
    return (2, at + 1 + has_of) if at or has_of else None


def _dozen(words: Sequence[str]) -> tuple[int, int] | None:
    at = next((i for i, word in enumerate(words[:3]) if word in _DOZENS), None)
    if at is None or list(words[at + 1 : at + 4]) == ["and", "a", "half"]:
        return None
    before = list(words[:at])
    end = at + 1 + (list(words[at + 1 : at + 2]) == ["of"])
    if before in (["half", "a"], ["a", "half"], ["half"]):
        return 6, end
    if before in (["a"], ["one"], []):
        return (12, end) if words[at] == "dozen" else None
    count = number_of(before[0]) if len(before) == 1 else None
    if count is None and len(before) == 1 and before[0].isdigit():
        count = int(before[0])
    return None if count is None else (12 * count, end)
