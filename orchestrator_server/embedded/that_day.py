"""Days that are pointed at: "I leave on Friday. If it is not here by then, ...", "is it here before that"."""

import datetime as dt
import re
from collections.abc import Sequence

from orchestrator_server.embedded.dates import days_in
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.saying import as_plain
from orchestrator_server.embedded.text import Token, norms

_THAT_DAY = re.compile(
    r"\b(?:by|before|after|until|till|since|on|than)(?: (?P<day>then|that(?: (?:day|date))?))(?=$| )"
    r"(?! (?:(?:i|we|you|it|the|my|is|was)\b|<v>))"
)


def with_day(message: Message, tokens: tuple[Token, ...], today: dt.date | None) -> tuple[Token, ...]:
    """The condition with the one day that was named before in the place of "then" or "that"; else the same."""
    text = norms(tokens)
    found = _THAT_DAY.search(text) if tokens and today else None
    if found is None or today is None:
        return tokens
    day = _named(as_plain([t for t in message.tokens if t.start < tokens[0].start], message.index.ids), today)
    first = text[: found.start("day")].count(" ")
    return (*tokens[:first], *day, *tokens[first + found["day"].count(" ") + 1 :]) if day else tokens


def _named(before: Sequence[Token], today: dt.date) -> tuple[Token, ...]:
    """The tokens of the only day that is named; none where there are none or several."""
    text = norms(before)
    days = days_in(text, today, is_ahead=True)
    if days is None or days.first is None or days_in(text[days.found.end() :], today, is_ahead=True) is not None:
        return ()
    first = text[: days.found.start()].count(" ")
    return tuple(before[first : first + days.found.group().strip().count(" ") + 1])
