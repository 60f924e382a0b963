"""From a message to tokens: spelled out, stemmed, with values in one piece and typing errors mended."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from orchestrator_server.embedded.english import CONTRACTIONS, ENDINGS, IS_AFTER, NUMBERS, stem
from orchestrator_server.embedded.shapes import Value

_PIECE = re.compile(
    r"'s\b|(?<=\s)-\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*|[€$£]|[^\W\d_]+(?:['-][^\W\d_]+)*'?|[.!?;:,\n()\"-]|\S"
)
_QUOTES = str.maketrans("\u2019\u2018`\u00b4\u201c\u201d\u2013\u2014", "''''\"\"--")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word, a mark or a value. `norm` is lower-case and mended; `shape` and `value` are set for values alone.

    `surface` is what was typed, empty for the second half of a contraction.
    """

    surface: str
    norm: str
    stem: str
    start: int
    end: int
    shape: str = ""
    value: str = ""

    @property
    def is_mark(self) -> bool:
        """Is this punctuation?"""
        return not self.shape and not self.norm[:1].isalnum() and self.norm not in ("€", "$", "£")


def cleaned(text: str) -> str:
    """The text without control characters, with plain quotes and dashes."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    kept = (c if c == "\n" or not unicodedata.category(c).startswith("C") else " " for c in text)
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", "".join(kept))).strip()


def tokens_of(text: str, values: Sequence[Value], mend: Callable[[str], str]) -> tuple[Token, ...]:
    """The tokens of cleaned text. `mend` gives a word as it was meant."""
    found: list[Token] = []
    at = 0
    for value in values:
        found += _plain(text, at, value.start, mend)
        found.append(_value(text, value))
        at = value.end
    found += _plain(text, at, len(text), mend)
    return tuple(_spelled(found))


def norms(tokens: Sequence[Token]) -> str:
    """The normalised words, one space between, for expressions that look for phrases."""
    return " ".join(token.norm for token in tokens)


def surface(text: str, tokens: Sequence[Token]) -> str:
    """What was typed from the first to the last of `tokens`."""
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


def _value(text: str, value: Value) -> Token:
    said = text[value.start : value.end]
    return Token(
        surface=said, norm="<v>", stem="<v>", start=value.start, end=value.end, shape=value.shape, value=value.text
    )


def _plain(text: str, start: int, end: int, mend: Callable[[str], str]) -> Iterator[Token]:
    for found in _PIECE.finditer(text, start, end):
        words = _words(found.group().lower())
        for index, word in enumerate(words):
            said = found.group() if index == 0 else ""
            norm = mend(word) if len(words) == 1 else word
            yield Token(surface=said, norm=norm, stem=stem(norm), start=found.start(), end=found.end())


def _words(word: str) -> list[str]:
    if word == "'s":
        return [word]
    if word in CONTRACTIONS:
        return CONTRACTIONS[word].split()
    word = word.rstrip("'") or word
    if word.endswith("n't"):
        return [word[:-3], "not"]
    for ending, meaning in ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return [word[: -len(ending)], meaning]
    if word.endswith("'s"):
        return [word[:-2], "is" if word[:-2] in IS_AFTER else "'s"]
    return [word]


def _spelled(tokens: list[Token]) -> Iterator[Token]:
    """With numbers as digits: `two`, `a couple of`, `half a dozen`; `one` stays, for it is a pronoun too."""
    index = 0
    while index < len(tokens):
        said = tokens[index : index + 3]
        words = [token.norm for token in said]
        if words[:3] == ["a", "couple", "of"] or words[:3] == ["a", "pair", "of"]:
            yield _number(said, 2 if words[1] == "couple" else 1)
            index += 3
        elif words[:2] in (["a", "couple"], ["a", "dozen"]):
            yield _number(said[:2], 2 if words[1] == "couple" else 12)
            index += 2
        else:
            token = tokens[index]
            number = NUMBERS.get(token.norm) if token.norm != "one" else None
            yield token if number is None else _number([token], number)
            index += 1


def _number(said: Sequence[Token], number: int) -> Token:
    return replace(said[0], norm=str(number), stem=str(number), end=said[-1].end, surface=said[0].surface)
