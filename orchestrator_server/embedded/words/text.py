"""From a message to tokens: spelled out, stemmed, with values in one piece and typing errors mended."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from orchestrator_server.embedded.words.contractions import CONTRACTIONS, ENDINGS, IS_AFTER
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.numerals import spelled
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Value

_PIECE = lazy(
    r"\b(?:[Dd]r|[Mm]rs?|[Mm]s|[Pp]rof)\.(?=\s[^\W\d_])|'s\b|(?<=\s)-\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*|[€$£]|[^\W\d_]+(?:['-][^\W\d_]+)*'?|[.!?;:,\n()\"-]|\S"
)
_AND_UP = lazy(r"(?<=\d)\+( (?:[€$£]|eur|[a-z]+s))?(?=[\s,.:;=?!]|$)", re.IGNORECASE)
"""A plus behind a number: "80+", "80+ points"."""
_QUOTES = str.maketrans(
    "\u2019\u2018\u02bc`\u00b4\u201c\u201d\u201e\u00ab\u00bb\u2010\u2011\u2012\u2013\u2014\u2212",
    "'" * 5 + '"' * 5 + "-" * 6,
)


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


_SINGLY_QUOTED = lazy(r"(?<![\w'])'([A-Za-z][^'\n]{2,80}?)'(?!\w)")


def cleaned(text: str) -> str:
    """The text without control characters, with plain quotes and dashes."""
    text = re.sub(r"(?<=\w )(n[or])\.(?= [a-z])", r"\1", _printable(text if text.isascii() else _composed(text)))
    text = _SINGLY_QUOTED.sub(r'"\1"', text) if " '" in text and '"' not in text else text
    text = _AND_UP.sub(lambda found: f"{found[1] or ''} or more", text)
    plain = re.sub(r"[^\S\n]*(?:[-=]+>|→)[^\S\n]*", ": ", text)
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", plain)).strip()


def _composed(text: str) -> str:
    parts = (part if part in "ªº" else unicodedata.normalize("NFKC", part) for part in re.split("([ªº])", text))
    return "".join(parts)


def _printable(text: str) -> str:
    text = text.translate(_QUOTES)
    if text.isprintable():
        return text
    return "".join(c if c == "\n" or not unicodedata.category(c).startswith("C") else " " for c in text)


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


def new_word(word: str, at: Token) -> Token:
    """A word that nobody typed, in front of `at`."""
    return replace(at, surface="", norm=word, stem=stem(word), shape="", value="", end=at.start)


def norms(tokens: Sequence[Token]) -> str:
    """The normalised words, one space between, for expressions that look for phrases."""
    return " ".join([token.norm for token in tokens])


def token_at(found: re.Match[str], group: int | str = 0) -> int:
    """The index of the token at which a group begins that was found in such words."""
    return found.string.count(" ", 0, found.start(group))


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
    word = word.rstrip(".") or word
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
    """With numbers as digits: `two`, `a couple of`, `half a dozen`."""
    index = 0
    words = [token.norm for token in tokens]
    while index < len(tokens):
        said = tokens[index]
        found = spelled(words[index : index + 7]) if not said.shape and (said.norm[:1].isalnum()) else None
        if found is None:
            yield tokens[index]
        else:
            yield _number(tokens[index : index + found[1]], found[0])
        index += found[1] if found else 1


def _number(said: Sequence[Token], number: int) -> Token:
    return replace(said[0], norm=str(number), stem=str(number), end=said[-1].end, surface=said[0].surface)
