"""What is said about the things of a request beside their noun: "that are older than a week, except those ..."."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_EXCEPT = lazy(
    r"(?:, )?(?:but |and )?(?:except(?:ing)?(?: for)?|excluding|besides|apart from|aside from|other than|not"
    r"|but(?: not)?)(?: for)? (?:(?:the )?ones?|those|any|that|which|all|everything|anything)(?: (?:that"
    r"|which))?(?: |$)"
    r"|(?:, )?but (?:not )?(?:the|my|any|those) (?=\w)"
    r"|(?:, )?(?:except(?:ing)?(?: for)?|excluding|apart from|aside from|other than) (?=\w)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """Words that restrict the things of a request; `is_excluded`: those of which it is so are left out."""

    tokens: tuple[Token, ...]
    is_excluded: bool = False


def divided(tokens: Sequence[Token]) -> Iterator[Restriction]:
    """What must hold for the things, and what must not."""
    for at in range(len(tokens)):
        if found := _EXCEPT.match(norms(tokens[at : at + 7])):
            after = at + found.group().strip().count(" ") + 1
            yield from _of(tokens[:at])
            yield from _of(tokens[after:], is_excluded=True)
            return
    yield from _of(tokens)


def _of(tokens: Sequence[Token], *, is_excluded: bool = False) -> Iterator[Restriction]:
    if any(not token.is_mark for token in tokens):
        yield Restriction(tokens=tuple(tokens), is_excluded=is_excluded)
