"""Frequent English words, which are no slips: mending leaves them and their regular forms alone.

They come from the word list of pyspellchecker, which counts words in film subtitles (decision 0011).
"""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

FREQUENT = 1_000
"""From this count on a word is no slip; the most frequent slips stay far below."""

_ENDINGS = ("ed", "ing", "er", "ly", "est", "ers", "ings")


@cache
def frequent() -> frozenset[str]:
    """Some 19,000 words in lower case, read when the first word comes that nobody declared (0.15 s)."""
    listed = files("spellchecker").joinpath("resources", "en.json.gz")
    counts = json.loads(gzip.decompress(listed.read_bytes()))
    return frozenset(word for word, count in counts.items() if count >= FREQUENT)


def bases_of(word: str) -> Iterator[str]:
    """What the word may be a regular form of, itself first ("stopped": "stopp", "stoppe", "stop")."""
    yield word
    if len(word) > 3 and word.endswith("s"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
        if word.endswith("ies"):
            yield f"{word[:-3]}y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield from _without(word[: -len(ending)])


def _without(base: str) -> Iterator[str]:
    yield base
    yield f"{base}e"
    if len(base) > 3 and base[-1] == base[-2]:
        yield base[:-1]
    if base.endswith("i"):
        yield f"{base[:-1]}y"
