"""Reads what the assistant said: the things that it listed, each with its words, and what it asked at the end."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orchestrator_server.embedded.words.english import FUNCTION, HOURS, stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, cleaned

LONGEST = 4_000
Tokens = Callable[[str], tuple[Token, ...]]

_EXAMPLE = lazy(r"\((?:for example|e\.g\.|for instance|such as|like)[^)]*\)", re.IGNORECASE)
_AGO = lazy(r"\b(?P<count>\d+|an?|one) (?P<unit>minute|hour|day|week|fortnight|month|year)s? ago\b")
_MONEY = lazy(r"[€$£]\s?(?P<before>\d+(?:[.,]\d+)*)|(?P<after>\d+(?:[.,]\d+)*)\s?(?:€|eur\b|usd\b|gbp\b)")
_COUNTED = lazy(
    r"\b\d+ ?(?:\u00d7|x(?= )) ?(?P<name>[^,;:()\u00d7\n€$£]+?)(?=\s*(?:[,;:()\n€$£]|\.(?:\s|$)|$|\band \d))"
)
_SENTENCE = lazy(r"(?<=[.!?])\s+|\n+")
_RECENT = {"just now": 0.0, "today": 1.0, "yesterday": 24.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing of a list that was shown: its id and its words' stems, its age in hours and its price where told."""

    value: str
    words: frozenset[str]
    age: float | None = None
    price: float | None = None


def spoken(text: str) -> str:
    """The cleaned text without the examples that questions give in brackets."""
    return cleaned(_EXAMPLE.sub(" ", text[:LONGEST]))


def shown_in(text: str, shape: str, tokens: Tokens) -> tuple[Shown, ...]:
    """The things of `shape` in a reply, each with the words that stand with it, in its order."""
    found: dict[str, Shown] = {}
    for line in spoken(text).split("\n"):
        for said in _stretches(line, shape, tokens):
            found.setdefault(said.value, said)
    return tuple(found.values())


def question_in(text: str) -> str:
    """The question at the end of a reply; empty where there is none."""
    last = next((part for part in reversed(_SENTENCE.split(spoken(text))) if part.strip()), "")
    questions = [part for part in _SENTENCE.split(spoken(text)) if part.rstrip().endswith("?")]
    return questions[-1].strip() if questions and (last in questions or _is_list(text, questions[-1])) else ""


def counted_things(text: str) -> tuple[str, ...]:
    """The names of the things that a reply counts: "1 \u00d7 door key"."""
    return tuple(dict.fromkeys(found["name"].strip() for found in _COUNTED.finditer(spoken(text))))


def _is_list(text: str, question: str) -> bool:
    """Do only lines of a list follow the question?"""
    following = [line for line in spoken(text).partition(question)[2].split("\n") if line.strip()]
    return bool(following) and all(line.lstrip()[0] in "-*" for line in following)


def _stretches(line: str, shape: str, tokens: Tokens) -> Sequence[Shown]:
    """The line, or its parts from one id to the next."""
    said = tokens(line)
    starts = [token for token in said if token.shape == shape]
    found: list[Shown] = []
    for at, start in enumerate(starts):
        first = start.start if len(starts) > 1 else 0
        end = starts[at + 1].start if at + 1 < len(starts) else len(line)
        words = frozenset(_stem(t) for t in said if first <= t.start < end and not t.shape and t.norm not in FUNCTION)
        part = line[first:end].lower()
        found.append(Shown(value=start.value, words=words, age=_age(part), price=_price(part)))
    return found


def _stem(token: Token) -> str:
    return stem(token.norm)


def _age(text: str) -> float | None:
    """How long ago the first moment was that is told; a list says first when a thing came to be."""
    if found := _AGO.search(text):
        count = int(found["count"]) if found["count"].isdigit() else 1
        return count * HOURS.get(found["unit"], 1 / 60)
    return next((hours for word, hours in _RECENT.items() if re.search(rf"\b{word}\b", text)), None)


def _price(text: str) -> float | None:
    found = _MONEY.search(text)
    said = (found["before"] or found["after"]).replace(",", "") if found else ""
    try:
        return float(said) if said else None
    except ValueError:
        return None
