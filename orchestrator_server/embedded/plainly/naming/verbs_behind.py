"""Ids each with its verb behind it and nothing between ("A-17 stop A-18 keep"): turned round, with commas."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from orchestrator_server.embedded.clauses.sentences import by_sentence
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.common import bases_of
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_ALTERNATING = lazy(r"(?:<v> (?:please |just |only )?[a-z]+(?: please)?(?: ,| and)? ?){2,}")
_FEW = 2
_KEEPING = frozenset(["keep", "leave"])
_COULD = lazy(
    r"(?:^|(?<=[.!?;,\n] )|(?<=\bplease ))(?P<aux>(?:could|can)(?: both)?) <v>(?: (?:(?:,|and|both) )*<v>)+ "
    r"(?P<be>(?:all |both |please )*be (?:please )?)(?P<done>[a-z]+(?:ed|t|n|d))\b"
)
"""Many things of which something could be done."""
_BARE = (
    Rule(
        hints=("<v> be ",),
        pattern=lazy(r"(?:,|and|plus|but) <v>(?P<owed>) be (?=[a-z]+(?:ed|t|n|d)\b)"),
        plain={"owed": "should"},
        applies=lambda found: " be " in found.string[: found.start()],
    ),
)
"""The second of two passives has no auxiliary of its own ("could A-17 be stopped and A-18 be shown?")."""


def with_verbs_turned(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with each such verb before its id."""
    if sum(token.shape in index.ids for token in tokens) < _FEW:
        return tokens
    return respelled(by_sentence(tokens, lambda said: _turned(said, index)), _rules(index))


@lru_cache(maxsize=16)
def _rules(index: Index) -> tuple[Rule, ...]:
    def is_act(found: re.Match[str]) -> bool:
        return any(stem(word) in index.effect_verbs for word in bases_of(found["done"]))

    could = Rule(hints=("could ", "can "), pattern=_COULD, plain={"aux": "i want", "be": ""}, applies=is_act)
    return (could, *_BARE)


def _turned(said: Sequence[Token], index: Index) -> Sequence[Token]:
    if _ALTERNATING.fullmatch(norms(said)) is None:
        return said
    plain = [t for t in said if t.shape or t.norm not in ("please", "just", "only", ",", "and")]
    pairs = list(zip(plain[::2], plain[1::2], strict=False))
    is_asked = all(verb.stem in index.verbs or verb.norm in _KEEPING for _, verb in pairs)
    is_plain = not any(verb.norm.endswith(("ed", "ing")) for _, verb in pairs)
    return list(_spelled_out(pairs)) if is_asked and is_plain and len(plain) == 2 * len(pairs) else said


def _spelled_out(pairs: Sequence[tuple[Token, Token]]) -> Iterator[Token]:
    for at, (thing, verb) in enumerate(pairs):
        if at:
            yield new_word(",", thing)
        yield verb
        yield thing
