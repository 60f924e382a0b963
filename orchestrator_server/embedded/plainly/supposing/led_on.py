"""Bare times that lean on a past that was spoken of before: "when did I open it? More than 10 days ago, then ..."."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.conditions.dates import DAY_OF_WEEK
from orchestrator_server.embedded.conditions.quantities import COMPARE, DURATION, TAIL
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.supposing.case_words import states_of
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_IT = (
    r"(?:(?:(?:it|that|this) (?:is|was|has been|is been|will be)|(?:is|was|has) (?:it|that|this)(?: been)?|anything"
    r"|any|been|happened) )?(?:already |now |only |just |still )?"
)
_DAY = (
    rf"(?:today|yesterday|the day before yesterday|last (?:week|month|year)"
    rf"|(?:last )?(?:{'|'.join(sorted(DAY_OF_WEEK))})|\d+ days? ago)"
)
_LASTING = lazy(rf"{_IT}(?:{COMPARE} )?{DURATION}{TAIL}(?: already| now| ago)?")
_ON_DAYS = lazy(
    rf"{_IT}(?:(?:before|after|since|on|older than|newer than|earlier than|later than|from) )?{_DAY}"
    rf"(?: or (?:even )?(?:{_DAY}|earlier|before(?: that)?|later|after))?"
)
_PAST = lazy(
    r"\b(?:did|was|were|ago|has been|have been|how old|old|have (?:i|we))\b|\b(?:i|we) (?:\w+ )?(?:\w+ed|bought"
    r"|made|got)\b"
)
_AHEAD = lazy(r"\b(?:will|does|do|due|expected|scheduled|going to|still)\b")
_ASKS_TIME = lazy(r"\b(?:when|how long|how old|how many|ago|today|yesterday|since|day|days|weeks?)\b")
_SHORTEST = 3


def with_past(message: Message, tokens: tuple[Token, ...]) -> tuple[Token, ...] | None:
    """The bare time with what happened then, as it was told or asked before; None where it is none, or nothing was."""
    kept = [token for token in tokens if not token.is_mark]
    text = norms(kept)
    lasting = _LASTING.fullmatch(text) if kept else None
    if not kept or not (lasting or _ON_DAYS.fullmatch(text)):
        return None
    event = next(_told(message, tokens[0].start), None)
    if event is None:
        return None
    said = kept[len(_lead(text).split()) :]
    ago = [new_word("ago", kept[-1])] if lasting and kept[-1].norm != "ago" else []
    return (new_word("it", kept[0]), new_word("was", kept[0]), *event, *said, *ago)


def _lead(text: str) -> str:
    found = re.match(_IT, text)
    return found.group() if found else ""


def _told(message: Message, start: int) -> Iterator[list[Token]]:
    """What happened, of which the nearest clause before speaks that asks for a time or tells one."""
    states = states_of(message.index)
    for clause in reversed([c for c in message.clauses if message.tokens[c.first].start < start]):
        own = [token for token in message.of(clause) if token.start < start]
        text = norms(own)
        if len(own) < _SHORTEST or not _ASKS_TIME.search(text):
            continue
        if not _PAST.search(text) or (_AHEAD.search(text) and not re.search(r"\b(?:did|ago)\b", text)):
            return
        yield _event(own, states) or [new_word("made", own[-1])]
        return


def _event(own: Sequence[Token], states: re.Pattern[str]) -> list[Token]:
    text = norms(own)
    every = [one for one in states.finditer(text) if not re.search(r"\d", one.group())]
    if not every:
        return []
    last = every[0]
    first = text[: last.start()].count(" ")
    return [replace(t, start=own[-1].end, end=own[-1].end) for t in own[first : first + last.group().count(" ") + 1]]
