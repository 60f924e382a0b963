"""One of several by what is so of it ("of A and B stop whichever is open"), put as a condition over each."""

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_IDS = r"(?P<ids><v>(?: , <v>)*(?: ,)? (?:and|or) <v>)"
_ALL_IDS = r"(?P<ids><v>(?: , <v>)*(?:(?: ,)? (?:and|or)| ,) <v>)"
_OR_IDS = r"(?P<ids><v>(?: , <v>)*(?: ,)? or <v>)"
_BEGINS = r"(?:^|(?<=[.!?;:,\n(-] )|(?<=\band )|(?<=\bso )|(?<=\bbut ))"
_WHICH = (
    r"(?:whichever(?: one)?(?: of (?:them|those|these|the 2))?|whatever|(?:only |just )?(?:the ones?|those|any|each"
    r"|either|all|the one)(?: of (?:them|those|these))?(?: (?:that|which))?)"
)
_WHICH_OF = r"(?:whichever(?: one)?|what|(?:only |just )?(?:the ones?|those|any|each|either|the one|all))"
_DO = r"(?P<do>(?:(?!want\b|need\b|would\b)[a-z]+ ){1,4}?)"
_IS = r"(?:is|are|has|have|was|were|costs?|still|not|came)"
_BOTH = (
    r" (?:, )?(?:(?:or|maybe|perhaps|possibly) )*both(?: of them)?(?: if [^.,;!?()\n]+)?"
    r"| \( (?:(?:or|maybe|perhaps|possibly|could be|can be|,) )*(?:both|all|all 3)(?: of them)?(?: ,)?"
    r"(?: if [^.;!?()\n]+)? \)"
)
_REST = rf"(?P<rest>{_IS} [^.,;!?\n]+?)(?P<end>{_BOTH})?(?= [.,;!?\n]|$)"
_PATTERNS: tuple[re.Pattern[str], ...] = (
    lazy(rf"{_BEGINS}(?:out of|of|from|between|among|with) {_IDS} (?:, )?{_DO}{_WHICH} {_REST}"),
    lazy(rf"{_BEGINS}{_DO}{_WHICH_OF} (?:of|from|out of|among|between) {_IDS} (?:that |which )?{_REST}"),
    lazy(rf"{_BEGINS}{_IDS} [:,-] {_DO}{_WHICH} {_REST}"),
    lazy(rf"{_BEGINS}{_IDS} [:,-] {_WHICH} {_REST} , {_DO}(?:it|that one|this one|that|them|those)(?= [.,;!?\n]|$)"),
    lazy(rf"{_BEGINS}if (?:either )?{_OR_IDS} {_REST} ,? ?{_DO}(?:it|that one|that)(?= [.,;!?\n]|$)"),
    lazy(
        rf"{_BEGINS}(?:for |with |about )?{_IDS}(?: alike| both| each)*(?: [:,-])*"
        r" (?:(?:the )?same (?:deal|thing|rule|story|goes|again|procedure|for)[^:.,;!?\n]* )?[:,] if"
        rf" (?!(?:they|both|either|these|those|<v>)\b)(?P<rest>[^.,;!?\n]+) , {_DO}(?:that one|this one|the one"
        rf"|it)(?= [.,;!?\n]|$)"
    ),
    lazy(
        rf"{_BEGINS}(?:(?:all|both|these)(?: (?:\d+|of (?:them|these)))?(?: :| \()? )?{_ALL_IDS}(?: \))? [:,-] {_DO}"
        r"(?:(?:them|both|all|each) )?(?:only )?(?:if|when) (?P<rest>(?!<v>)[^.,;!?\n]+?)(?= [.,;!?\n]|$)"
    ),
)
_SINGLE = {"are": "is", "have": "has", "were": "was", "cost": "costs"}
_HINT = lazy(r"\b(?:whichever|whatever|those|one|ones|any|each|either|same|alike|all|if|when)\b")


def of_each_alone(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with what is to be done said of all, and under which condition of each."""
    if sum(token.shape in index.ids for token in tokens) < 2 or not _HINT.search(norms(tokens)):
        return tokens
    for pattern in _PATTERNS:
        found = pattern.search(norms(tokens))
        if found is not None and all(t.shape in index.ids for t in _of(tokens, found, "ids") if t.shape):
            return _respelled(tokens, found)
    return tokens


def _respelled(tokens: tuple[Token, ...], found: re.Match[str]) -> tuple[Token, ...]:
    """ "Stop A and B, each only if it is open"."""
    text = found.string
    first = text[: found.start()].count(" ")
    end = first + len(found.group().split())
    here = tokens[end - 1]
    ids = [
        _word("and", here) if t.norm == "or" else replace(t, start=here.start, end=here.start)
        for t in _of(tokens, found, "ids")
    ]
    rest = _of(tokens, found, "rest")
    said = norms(rest[:1])
    it = [] if not re.match(_IS, said) or said in ("still", "not") else ["it"]
    rest = [replace(rest[0], norm=_SINGLE.get(said, said)), *rest[1:]]
    only = [_word(word, here) for word in (",", "each", "only", "if", *it)]
    return (
        *tokens[:first],
        *_of(tokens, found, "do"),
        *ids,
        *only,
        *rest,
        _word(".", here),
        *tokens[_next(tokens, end) :],
    )


def _of(tokens: Sequence[Token], found: re.Match[str], group: str) -> list[Token]:
    first = found.string[: found.start(group)].count(" ")
    return list(tokens[first : first + len(found[group].split())])


def _next(tokens: Sequence[Token], end: int) -> int:
    """Past the mark at the end."""
    return end + 1 if end < len(tokens) and tokens[end].is_mark else end


def _word(word: str, at: Token) -> Token:
    return replace(at, surface="", norm=word, stem=stem(word), shape="", value="", start=at.end, end=at.end)
