"""Puts plain words in the place of others, by expressions over normalised words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

CONDITION = lazy(r"\b(?:if|when|unless|otherwise|should)\b")
"""A word of condition."""


def _always(found: re.Match[str]) -> bool:
    return True


def is_unconditional(found: re.Match[str]) -> bool:
    """Is no word of condition in the whole of what was said?"""
    return CONDITION.search(found.string) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is said instead of each group of `pattern`; `hints` are parts of words of which one is in all it matches.

    They are fewer than the pieces that are found in an expression by itself (`words.required`), and sooner looked for.
    """

    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    plain: Mapping[str, str]
    applies: Callable[[re.Match[str]], bool] = field(default=_always)


def rule(hints: str, pattern: str, **plain: str) -> Rule:
    """A rule with its hints in one text, a bar between them, and the plain words by their groups."""
    return Rule(hints=tuple(hints.split("|")), pattern=lazy(pattern), plain=plain)


def respelled(tokens: tuple[Token, ...], rules: Sequence[Rule]) -> tuple[Token, ...]:
    """The tokens after all rules, in their order."""
    text = norms(tokens)
    for rule in rules:
        for hint in rule.hints:
            if hint in text:
                break
        else:
            continue
        places = [found for found in rule.pattern.finditer(text) if rule.applies(found)]
        for found in reversed(places):
            tokens = _replaced(tokens, found, rule.plain)
        text = norms(tokens) if places else text
    return tokens


def _replaced(tokens: tuple[Token, ...], found: re.Match[str], plain: Mapping[str, str]) -> tuple[Token, ...]:
    text = found.string
    for name in sorted((name for name in plain if found[name] is not None), reverse=True):
        start = found.start(name)
        is_behind = not found[name] and start > 0 and text[start - 1] != " "
        first = text[:start].count(" ") + (found[name].startswith(" ") or is_behind)
        at = tokens[min(first, len(tokens) - 1)]
        words = (new_word(word, at) for word in plain[name].split())
        tokens = (*tokens[:first], *words, *tokens[first + len(found[name].split()) :])
    return tokens


def replaced(tokens: Sequence[Token], pattern: re.Pattern[str], plain: Sequence[str]) -> Iterator[Token]:
    """The tokens with plain words wherever the pattern has its `frame`."""
    text = norms(tokens) + " "
    at = 0
    for found in pattern.finditer(text):
        first = token_at(found, "frame")
        end = first + found["frame"].count(" ")
        yield from tokens[at:first]
        yield from (new_word(word, tokens[first]) for word in plain)
        at = end
    yield from tokens[at:]
