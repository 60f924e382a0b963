"""Where a request begins behind a condition, or apart from it: "if open change ...", "..., and where is A-18?"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from orchestrator_server.embedded.clauses.openings import is_plain_verb
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.supposing.case_words import states_of
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_QUESTION = lazy(
    r"(?:(?:, )?and|,) (?P<ask>(?:also )?(?:(?:where|when|what|how(?: (?:much|many|long|soon))?"
    r"|which \w+) (?:is|are|will|was"
    r"|does|did|has|do|'s)|(?:can|could|would) you|(?:is|has|will|does) (?=<v>))\b[^.,;!?]*<v>)"
)
"""A question of its own behind what is asked for under a condition."""
_IF = lazy(r"\b(?:if|unless|when|provided|as long as)\b")
_OR_DO = lazy(
    r"(?P<joint>(?:[,;-] )?)or (?:(?:please|just|rather|simply|else|maybe) )*(?P<do>[a-z]+ (?:it|that|them|this"
    r"|<v>|me|the)"
    r"\b[^.,;!?]*?) (?P<case>(?:if|when|in case) [^.,;!?\n]+)(?= [.,;!?\n]|$)"
)
_FINITE = lazy(r"(?:is|are|was|were|has|have|had|will|would|does|do|did|not|and|or|but)\b")


def with_next_asks(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with a comma behind a state that is all of a condition, and a stop before such a question."""
    text = norms(tokens)
    if _IF.search(text) is None:
        return tokens
    tokens = _with_alternative(tokens, text, index)
    text = norms(tokens)
    marks = {**dict(_behind_states(tokens, text, index)), **dict(_before_questions(tokens, text, index))}
    return tuple(_marked(tokens, marks)) if marks else tokens


def _with_alternative(tokens: tuple[Token, ...], text: str, index: Index) -> tuple[Token, ...]:
    """ "Stop it, or show it if it has left": the second in its case, the first in the other."""
    found = _OR_DO.search(text) if " or " in text else None
    if found is None:
        return tokens
    joint, do, case, end = (text.count(" ", 0, at) for at in (*map(found.start, ("joint", "do", "case")), found.end()))
    rest = tokens[do:case]
    if not begins_request(rest, index.verbs) or not is_plain_verb(rest[0], index.verbs):
        return tokens
    if _IF.search(text[: found.start()]):
        return (*tokens[:joint], new_word(".", tokens[joint]), *tokens[do:])
    opening = (new_word(word, tokens[joint]) for word in (",", "but"))
    return (*tokens[:joint], *opening, *tokens[case : end + 1], new_word(",", tokens[case]), *rest, *tokens[end + 1 :])


def _marked(tokens: Sequence[Token], marks: dict[int, str]) -> Iterator[Token]:
    for at, token in enumerate(tokens):
        if at in marks:
            yield new_word(marks[at], token)
        yield token


def _behind_states(tokens: Sequence[Token], text: str, index: Index) -> Iterator[tuple[int, str]]:
    """ "If open change the ...": a comma before the verb, where nothing but a state stands between it and "if"."""
    for found in _bare(index).finditer(text):
        at = text.count(" ", 0, found.end())
        rest = tokens[at : at + 9]
        is_asked = bool(rest) and is_plain_verb(rest[0], index.verbs) and begins_request(rest, index.verbs)
        if is_asked and len(rest) > 1 and not _FINITE.match(norms(rest[1:2])):
            yield at, ","


@lru_cache(maxsize=16)
def _bare(index: Index) -> re.Pattern[str]:
    return re.compile(
        r"\b(?:if|when|unless) (?:(?:it is|still|already|not|currently|only) )*"
        + states_of(index).pattern
        + r"(?: yet)? (?=[a-z])"
    )


def _before_questions(tokens: Sequence[Token], text: str, index: Index) -> Iterator[tuple[int, str]]:
    """A stop before a question about another thing than those that were named before it in the sentence."""
    for found in _QUESTION.finditer(text):
        first, last = token_at(found, "ask"), text.count(" ", 0, found.end())
        start = max((at + 1 for at in range(first) if tokens[at].norm in (".", "!", "?", ";", "\n")), default=0)
        said = tokens[start:first]
        named = {token.value for token in said if token.shape in index.ids}
        is_other = tokens[last].shape in index.ids and bool(named) and tokens[last].value not in named
        if is_other and _IF.search(norms(said)):
            yield first, "."
