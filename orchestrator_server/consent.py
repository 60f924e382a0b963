"""Yes, no, or a part, in plain words: judged by code and never by a model.

The words must be an answer and nothing more. Beside words of agreement and refusal they may name parts, by number
("the first", "1 and 3", "all but 2") or by what only some of the questions say ("just A-1042"), and repeat words of the
question itself ("yes, cancel order A-1042"). Anything else is a message like any other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PHRASES = {
    "yes": "go ahead|go for it|do it|do that|do so|please do|sounds good|looks good|of course|by all means",
    "no": "do not|don't|dont|never mind|leave it|leave them|cancel that|forget it|not now|hold on|no way|better not",
}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


KINDS = {
    "yes": _set("y yes yep yeah yup ya sure ok okay okey confirm confirmed approve approved agreed"),
    "no": _set("n no not nope nah nay stop abort nevermind none nothing neither"),
    "except": _set("but except without excluding besides"),
    "all": _set("all both everything"),
    "only": _set("only just"),
    "one": _set("one ones"),
}
SHAPES = {"yes": "y", "no": "n", "except": "x", "all": "a", "only": "o"}
MARKERS = frozenset({"yes", "all", "only", "one"})
"""Words that make a name an answer: "just the lamp" is one, "cancel the lamp" may be another wish."""

FILLERS = _set(
    "please thanks thank you that this it is are fine great good the a and to for now of them these those number part"
    " i we do with in then also thing right correct oh well so hey"
)
ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "sixth": 5, "seventh": 6, "eighth": 7}
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}

_THESE = re.compile(r"[yo]*p+y*")
_ALL_BUT_THESE = re.compile(r"[ya]+[xn]+p+")
_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_IN_DOUBT = re.compile(r"\W*\w+\W*\?\W*")
"""One word, and that a question: "yes?"."""
_NTH = re.compile(r"(\d{1,3})(?:st|nd|rd|th)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Which of the questions the user says yes to, by position; none is a no. `is_unclear`: say it another way."""

    approved: frozenset[int] = frozenset()
    is_unclear: bool = False


def consent(text: str, questions: Sequence[str]) -> Consent | None:
    """What `text` answers to `questions` (the words in which each effect was shown); None where it is no answer."""
    said = list(_words(text, questions))
    if not said or "other" in said or ("named" in said and not MARKERS & set(said)):
        return None
    if _IN_DOUBT.fullmatch(text):
        return Consent(is_unclear=True)
    said = [word for word in said if word not in ("named", "one")]
    shape = "".join(SHAPES.get(word, "p") if isinstance(word, str) else "p" for word in said)
    parts = frozenset(place for word in said if isinstance(word, frozenset) for place in word)
    everything = frozenset(range(len(questions)))
    if not parts <= everything:
        return Consent(is_unclear=True)
    if not parts:
        return _plain(shape, everything)
    if _THESE.fullmatch(shape):
        return Consent(approved=parts)
    if _ALL_BUT_THESE.fullmatch(shape):
        return Consent(approved=everything - parts)
    return Consent(is_unclear=True)


def _plain(shape: str, everything: frozenset[int]) -> Consent | None:
    """A yes or a no to everything; both at once is neither."""
    is_yes, is_no = bool(set(shape) & set("ya")), bool(set(shape) & set("nx"))
    if is_yes == is_no:
        return None
    return Consent(approved=everything if is_yes else frozenset())


def _words(text: str, questions: Sequence[str]) -> Iterator[str | frozenset[int]]:
    """Each word as what it means here: yes, no, all, only, except, positions, or other; fillers are left out."""
    folded = text.casefold().replace("\u2019", "'")
    for kind, phrases in PHRASES.items():
        folded = re.sub(rf"\b(?:{phrases})\b", f" {kind} ", folded)
    words = _TOKEN.findall(folded)
    asked = [frozenset(_TOKEN.findall(question.casefold())) for question in questions]
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        kind = next((kind for kind, known in KINDS.items() if word in known), "")
        if kind:
            yield kind
        elif word not in FILLERS:
            yield from _part(word, before, after, asked)


def _part(word: str, before: str, after: str, asked: Sequence[frozenset[str]]) -> Iterator[str | frozenset[int]]:
    """The positions that a word stands for: by number, by ordinal, or because one question alone says it."""
    naming = frozenset(place for place, question in enumerate(asked) if _says(question, word))
    number = _NTH.fullmatch(word)
    if word == "last":
        yield frozenset({len(asked) - 1})
    elif word in ORDINALS:
        yield frozenset({ORDINALS[word]}) if after not in COUNTS else frozenset()
    elif word in COUNTS and before in ORDINALS:
        yield frozenset(range(ORDINALS[before], ORDINALS[before] + COUNTS[word]))
    elif word in COUNTS:
        yield frozenset({COUNTS[word] - 1})
    elif number and (not naming or int(number[1]) <= len(asked)):
        yield frozenset({int(number[1]) - 1})
    elif len(naming) == 1 and len(asked) > 1:
        yield "named"
        yield naming
    elif not naming:
        yield "other"


def _says(question: frozenset[str], word: str) -> bool:
    """Does the question say `word`, or an id that ends with this number (`1042` for `A-1042`)?"""
    is_number = word.isdigit() and len(word) > 2
    return word in question or (is_number and any(re.search(rf"(?<!\d){word}$", one) for one in question))
