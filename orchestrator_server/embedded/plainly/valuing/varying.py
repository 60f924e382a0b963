"""How many of a thing where that depends: "book 2 rooms if I am early and just 1 if I am not", "one, or two if ..."."""

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.singulars import singular
from orchestrator_server.embedded.words.text import Token, new_word, norms

_IF = r"(?:(?:only )?if|when|in case|provided|as long as)"
_DO = r"(?P<do>[a-z]+(?: (?:me|us|in))?)"
_N = r"(?:\d+|an?|one|a single|one single)"
_THING = (
    r"(?P<thing>(?!of\b|if\b|days?\b|weeks?\b|euros?\b|more\b|hours?\b)[a-z][\w'&-]*(?: (?!if\b|when\b|and\b"
    r"|or\b|but\b)[\w'&-]+){0,4}?)"
)
_FOR = r"(?P<for> for (?:me|us)| please)*"
_JOINT = r"(?: [,;(.-]| and| but| or| otherwise| else| if not| instead| then)+"
_AGAIN = r"(?: (?:make|let) (?:it|that)(?: be)?| [a-z]+(?: me)?)?(?: just| only| merely)*"
_NOT_FIRST = r"(?!(?:make|let|it|is|was|has|had|have|than|least|most|over|under|by|in|at|within|cost|costs|the|my)\b)"
_END = r"(?: (?:of them|then|please|will do|is enough))*(?= [).,;!?\n]|$)"
_OTHERWISE = lazy(r"\b(?:otherwise|else|if not)\b")
_PATTERNS = (
    lazy(
        rf"\b{_NOT_FIRST}{_DO} (?P<n1>{_N}) {_THING}{_FOR} (?P<c1>{_IF} [^.!?;,\n]+?)"
        rf"(?P<joint>{_JOINT}){_AGAIN} (?P<n2>{_N})(?: (?P<c2>{_IF} (?!possible)[^.,!?;\n]+)|{_END})"
    ),
    lazy(
        rf"\b{_NOT_FIRST}{_DO} (?P<n1>{_N}) {_THING}{_FOR} ?(?:[,(-] |or |but |and )+(?:make it |or |but |and )*"
        rf"(?P<n2>{_N}) (?P<c2>{_IF} (?!possible)[^.,!?;)\n]+)"
    ),
    lazy(
        rf"\b{_NOT_FIRST}{_DO} (?P<n1>{_N}) {_THING}{_FOR}(?P<joint>{_JOINT})(?P<c2> {_IF} [^.!?;,\n]+?(?="
        rf" (?:make|let|only|just)\b))?"
        rf"{_AGAIN} (?P<n2>{_N}){_END}"
    ),
)


def varied(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with a request of its own for each number that is said for another case."""
    text = norms(tokens)
    if not _HINT.search(text):
        return tokens
    for at, pattern in enumerate(_PATTERNS):
        found = pattern.search(text)
        if found is not None and (said := _spelled_out(tokens, found, at)) is not None:
            return said
    return tokens


_SET = lazy(r"\b(?:if|when|should|unless)\b[^.!?;\n]*$")
"""A condition that stands before all of it."""
_HINT = lazy(r"\b(?:if|when|otherwise|else|in case|provided|as long as)\b")


def _spelled_out(tokens: tuple[Token, ...], found: re.Match[str], at: int) -> tuple[Token, ...] | None:
    """Each case before what is wanted in it."""
    groups = found.groupdict()
    is_other = _OTHERWISE.search(groups.get("joint") or "") is not None
    if not groups.get("c2") and not is_other:
        return None
    if at == 2 and not groups.get("c2") and not re.search(r"\b(?:if|when)\b", found.string[: found.start()]):
        return None
    first = found.string[: found.start()].count(" ")
    end = first + len(found.group().split())
    here = tokens[end - 1]
    comma, stop = new_word(",", here), new_word(".", here)
    one, two = _wanted(tokens, found, "n1", here), _wanted(tokens, found, "n2", here)
    other = _group(tokens, found, "c2") if groups.get("c2") else [new_word("otherwise", here)]
    if at == 1 and not _SET.search(found.string[: found.start()]):
        said = [*other, comma, *two, stop, new_word("otherwise", here), *one]
        return (*tokens[:first], stop, *said, *tokens[end:])
    before = [stop, *_group(tokens, found, "c1"), comma] if groups.get("c1") else []
    return (*tokens[:first], *before, *one, stop, *other, comma, *two, *tokens[end:])


def _wanted(tokens: Sequence[Token], found: re.Match[str], number: str, here: Token) -> list[Token]:
    count = _group(tokens, found, number)
    thing = _group(tokens, found, "thing")
    if count[-1].norm in ("1", "one", "a", "an", "single"):
        thing[-1] = _single(thing[-1])
    return [*_group(tokens, found, "do"), *count, *thing]


def _single(token: Token) -> Token:
    """The noun as it is said of one, where that is the beginning of what was typed."""
    one = singular(token.surface)
    is_part = len(one) < len(token.surface) and token.surface.startswith(one)
    return replace(token, surface=one, norm=one.lower(), end=token.start + len(one)) if is_part else token


def _group(tokens: Sequence[Token], found: re.Match[str], name: str) -> list[Token]:
    first = found.string[: found.start(name)].count(" ") + found[name].startswith(" ")
    return list(tokens[first : first + len(found[name].split())])
