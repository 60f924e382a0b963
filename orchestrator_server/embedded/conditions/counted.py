"""Numbers without a noun: "how many ... have I? If it is more than three", "my pages, and if it is under 200 ..."."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from orchestrator_server.embedded.clauses.clauses import Role
from orchestrator_server.embedded.conditions.quantities import COMPARE, DURATION, TAIL
from orchestrator_server.embedded.conditions.saying import as_plain
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.fields import stems_of
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.english import CURRENCIES, HOURS, TIME_UNITS
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_IT = (
    r"(?:(?:it|that|this|there|they|those|the (?:number|count|answer|result|figure)|i) (?:is|are|was|were|have|has)"
    r"(?: got)? |anything |any )?(?:only |still |just |indeed |in there )?"
)
_BARE = lazy(
    rf"{_IT}(?P<said>(?:{COMPARE} )?(?:\d+(?:[.,]\d+)*|one|a single one){TAIL})(?: of (?:them|those"
    rf"|these))?(?: (?:now|already|today))?"
)
"""A number that says not of what."""
_OF_THEM = lazy(r"\b(?:of (?:them|those|these)|there (?:is|are)|they are)\b")
_MANY = lazy(r"\bhow (?:many|much) ")
"""What asks for a number."""
_NUMBERED = lazy(
    rf"(?:\b{COMPARE} )?(?<![\w.,])(?:\d+(?:[.,]\d+)*|(?:just |only )?(?:a single|one)){TAIL}"
    rf"(?! ?(?:{'|'.join(HOURS)})s?\b)(?! ?[.,:/-] ?\d)"
)
"""A number in an earlier condition or question, which another can take the place of."""
_SEVERAL = lazy(r"\b(?:not|no|never|nor|neither|without|and|or|but|unless)\b")
"""What makes a condition say more than its number."""
_ON_DAY = lazy(
    r"(?:(?:it|that|this|they) (?:is|are|will be) )?(?:not |only |any |even |much )*(?:before|after|by|on"
    r"|later than|earlier than"
    r"|sooner than"
    r"|past|until|this|next|today|tomorrow)\b"
)
_LASTING = lazy(
    rf"(?:(?:it|that|this|they) (?:is|are|will be|takes?|will take)(?: still)? )?(?:{COMPARE} )?{DURATION}{TAIL}"
)


def with_counted(message: Message, tokens: Sequence[Token], asked: Sequence[Ask] = ()) -> tuple[Token, ...] | None:
    """A bare number with what was counted, compared or listed before; None where it is none, or nothing was."""
    kept = [token for token in as_plain(tokens, message.index.ids) if not token.is_mark]
    found = _BARE.fullmatch(norms(kept))
    if found is None or not kept:
        return None
    first = norms(kept)[: found.start("said")].count(" ")
    number = tuple(kept[first : first + found["said"].count(" ") + 1])
    start = kept[0].start
    if (framed := _asked(message, number, start)) is not None:
        return tuple(replace(token, start=start, end=kept[0].end) for token in framed)
    listed = _listed(read_before(asked, start)) if _OF_THEM.search(norms(kept)) else ()
    return (*number, *listed) if listed else None


def is_bare(tokens: Sequence[Token]) -> bool:
    """Is it a number alone, with nothing that says of what?"""
    return _BARE.fullmatch(norms([token for token in tokens if not token.is_mark])) is not None


def with_left(tokens: Sequence[Token]) -> tuple[Token, ...] | None:
    """A bare time as one that is still to come ("longer than 6 days", "later than Friday"); None where it is none."""
    kept = [token for token in tokens if not token.is_mark]
    said = norms(kept)
    added = ("from", "now") if _LASTING.fullmatch(said) else ("will",) if _ON_DAY.match(said) else ()
    if not kept or not added:
        return None
    end = kept[-1].end
    return (*kept, *(Token(surface="", norm=word, stem=word, start=end, end=end) for word in added))


def read_before(asked: Sequence[Ask], start: int) -> Ask | None:
    """The read that was asked for last before the place `start`; None where an effect came after it."""
    before = [ask for ask in asked if ask.tokens and ask.tokens[0].start < start]
    return before[-1] if before and not before[-1].profile.intent.has_effect else None


def _asked(message: Message, number: tuple[Token, ...], start: int) -> tuple[Token, ...] | None:
    """The number with what the last "how many" counts, or in the place of the last one that something was tested by."""
    for clause in reversed(message.clauses):
        said = as_plain(message.of(clause), message.index.ids)
        tokens = tuple(token for token in said if not token.is_mark and token.start < start)
        text = norms(tokens)
        if (found := _MANY.search(text)) and "many" in found.group():
            return _followed(number, tokens[text[: found.end()].strip().count(" ") + 1 :])
        every = list(_NUMBERED.finditer(text)) if clause.role is Role.CONDITION else []
        if len(every) == 1 and not _SEVERAL.search(f"{text[: every[0].start()]} {text[every[0].end() :]}"):
            first = text[: every[0].start()].count(" ")
            rest = tokens[first + every[0].group().count(" ") + 1 :]
            is_unit = bool(rest) and (rest[0].norm in CURRENCIES or rest[0].norm in TIME_UNITS)
            return (*tokens[:first], *(_followed(number, rest) if is_unit else (*number, *rest)))
        if noun := _same(number, tokens):
            return _followed(number, (noun,))
    return None


def _followed(number: tuple[Token, ...], rest: tuple[Token, ...]) -> tuple[Token, ...]:
    """The number with its noun right behind the figure: "5 days or more"."""
    figure = next((at for at, token in enumerate(number) if token.norm[:1].isdigit()), len(number) - 1)
    return (*number[: figure + 1], *rest[:1], *number[figure + 1 :], *rest[1:])


def _same(number: Sequence[Token], tokens: Sequence[Token]) -> Token | None:
    """The noun behind the same number: "as soon as I had 500 pages ... so if I have 500 now"."""
    figures = {token.norm for token in number if token.norm[:1].isdigit() or token.norm == "one"}
    pairs = pairwise(tokens)
    return next((noun for said, noun in pairs if said.norm in figures and is_content(noun)), None)


def _listed(ask: Ask | None) -> tuple[Token, ...]:
    """What a request for a list names, up to its noun: "(show me my) open files"."""
    if ask is None or not ask.profile.lists:
        return ()
    nouns = {s for f in ask.profile.lists for s in (*f.stems, *stems_of(f.element_name))}
    at = next((i for i in reversed(range(len(ask.tokens))) if ask.tokens[i].stem in nouns), None)
    first = next((i for i, token in enumerate(ask.tokens) if token.norm in ("my", "our", "the", "all")), None)
    return tuple(ask.tokens[first + 1 : at + 1]) if at is not None and first is not None else ()
