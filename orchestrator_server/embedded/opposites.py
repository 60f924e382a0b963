"""Comparisons that lean on the condition before them: "if it is more", "if it was longer ago", "later than that"."""

import re
from collections.abc import Callable, Iterator, Sequence

from orchestrator_server.embedded.asks import Governing
from orchestrator_server.embedded.clauses import Clause, Role
from orchestrator_server.embedded.conditions import Tested, is_negated
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.text import Token, norms

_LEANING = re.compile(
    r"(?:if |but |so |only |even |then |i |we |there |the \w+ |it |its |they |that |this |is |are |am |was "
    r"|were |has |have |had |got |been |not"
    r" |costs? |coming |comes |came |happened |a bit |a lot |much |even )*"
    r"(?P<way>more recent|longer ago|more|higher|over|above|bigger|greater|expensive|less|fewer|lower|under"
    r"|below|cheaper"
    r"|smaller|older|longer|earlier|before|sooner|newer|younger|later|after|shorter|outside)"
    r"(?: expensive| recent| ago)?(?: than| of)?(?: that| this| it| then)?(?: (?:one|ones))?"
)  # fmt: skip
_AGAINST = {
    "more": "less fewer lower under below cheaper smaller outside",
    "less": "more higher over above bigger greater expensive outside",
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
        if tokens and (clause.role is Role.CONDITION or _is_question(clause, tokens)):
            yield tokens


def _is_question(clause: Clause, tokens: Sequence[Token]) -> bool:
    return clause.role is Role.REQUEST and tokens[-1].norm == "?"
