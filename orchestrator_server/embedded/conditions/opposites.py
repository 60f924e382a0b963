"""Comparisons that lean on the condition before them: "if it is more", "if it was longer ago", "later than that"."""

from collections.abc import Callable, Iterator, Sequence

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.conditions.conditions import Tested, is_negated
from orchestrator_server.embedded.conditions.quantities import COMPARE
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Governing
from orchestrator_server.embedded.words.english import FINITE
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_LEANING = lazy(
    r"(?:if |but |so |only |even |any |anything |for |then |<v> |i |we |there |the \w+ |it |its |they |that "
    r"|this |is |are |am |was "
    r"|were |has |have |had |got |been |takes? |needs? |not"
    r" |costs? |coming |comes |came |happened |a bit |a lot |much |even )*"
    r"(?P<way>more recent|longer ago|more|higher|over|above|bigger|greater|expensive|dearer|pricier|less|fewer"
    r"|lower|under"
    r"|below|cheaper"
    r"|smaller|older|longer|earlier|before|sooner|newer|younger|later|after|shorter|outside)"
    r"(?: expensive| recent| ago)?(?: than| of)?(?: that| this| it| then)?(?: (?:one|ones))?"
)  # fmt: skip
_FINITE = lazy(rf"\b(?:{FINITE})\b")
_LIMIT = lazy(rf"\b(?:{COMPARE}|by|in|for) (?:[€$£] )?\d|\bby (?:[a-z]+day|tomorrow)\b")
_FINE = lazy(r" (?:(?:is|are|would be|will be|can be) )?(?:fine|ok|okay|good|great|alright|all right|acceptable)\b.*$")
_LONGEST = 12
_AGAINST = {
    "more": "less fewer lower under below cheaper smaller outside",
    "less": "more higher over above bigger greater expensive dearer pricier outside",
    "older": "newer younger less sooner shorter later more-recent outside",
    "newer": "older longer longer-ago earlier before more outside",
    "later": "earlier sooner before less shorter older outside",
    "earlier": "later after longer more newer more-recent outside",
    "between": "outside",
}


def opposed(message: Message, governing: Governing, read: Callable[[Sequence[Token]], Tested | None]) -> Tested | None:
    """The opposite of the comparison before, where the words say no more than the other way."""
    said = norms([token for token in governing.tokens if not token.is_mark]).strip()
    found = _LEANING.fullmatch(said)
    if found is None or is_negated(governing.tokens):
        return None
    way = found["way"].replace(" ", "-")
    for tokens in _before(message, governing):
        if (tested := read(tokens) or _begun(tokens, read)) is not None:
            return tested.negated() if way in _AGAINST.get(tested.heading, "").split() else None
    return None


def _begun(tokens: Sequence[Token], read: Callable[[Sequence[Token]], Tested | None]) -> Tested | None:
    """What the words say before another subject begins: "it costs 20 or less I do not mind"."""
    ends = [at for at, token in enumerate(tokens) if at > 2 and token.norm in ("i", "we", "you", ",")]
    return next((tested for at in reversed(ends) if (tested := read(tokens[:at])) is not None), None)


def _before(message: Message, governing: Governing) -> Iterator[tuple[Token, ...]]:
    """What was asked or set as a condition before, the nearest first."""
    start = governing.tokens[0].start
    earlier = [clause for clause in message.clauses if message.tokens[clause.first].start < start]
    for clause in reversed(earlier):
        tokens = tuple(token for token in message.of(clause) if token.start < start)
        if tokens and (clause.role is Role.CONDITION or _is_question(clause, tokens) or _is_limit(tokens)):
            plain = _plainly(tokens)
            yield plain
            end = plain[-1].end
            if not _FINITE.search(norms(plain)):
                yield (*plain, Token(surface="", norm="will", stem="will", start=end, end=end))


def _is_limit(tokens: Sequence[Token]) -> bool:
    """Is it told up to which limit something is all right ("within 3 days is fine")?"""
    return len(tokens) <= _LONGEST and _LIMIT.search(norms(tokens)) is not None


def _plainly(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without what says that it is all right."""
    found = _FINE.search(norms(tokens))
    return tokens[: norms(tokens)[: found.start()].count(" ") + 1] if found and found.start() else tokens


def _is_question(clause: Clause, tokens: Sequence[Token]) -> bool:
    return clause.role is Role.REQUEST and tokens[-1].norm == "?"
