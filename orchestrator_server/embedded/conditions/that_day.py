"""Days that are pointed at: "I leave on Friday. If it is not here by then, ...", "is it here before that"."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.conditions.dates import days_in
from orchestrator_server.embedded.conditions.saying import as_plain
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_THAT_DAY = lazy(
    r"\b(?:by|before|after|until|till|since|on|than)(?: (?P<day>then|that(?: (?:day|date))?))(?=$| )"
    r"(?! (?:(?:i|we|you|it|the|my|is|was)\b|<v>))"
)


_IN_DAYS = lazy(r"\bin (?:about )?(?P<days>(?:\d+|an?|one) (?:day|week|fortnight|month)s?)\b(?! ago)")


def with_day(message: Message, tokens: tuple[Token, ...], today: dt.date | None) -> tuple[Token, ...]:
    """The condition with the one day that was named before in the place of "then" or "that"; else the same."""
    text = norms(tokens)
    found = _THAT_DAY.search(text) if tokens and today else None
    if found is None or today is None:
        return tokens
    before = as_plain([t for t in message.tokens if t.start < tokens[0].start], message.index.ids)
    day = _named(before, today)
    if not day and found.group().startswith(("by", "until", "till")) and (stretch := _stretch(before)):
        begun = text[: found.start()].count(" ")
        return (*tokens[:begun], *stretch, *tokens[text[: found.end()].count(" ") + 1 :])
    first = text[: found.start("day")].count(" ")
    return (*tokens[:first], *day, *tokens[first + found["day"].count(" ") + 1 :]) if day else tokens


def _stretch(before: Sequence[Token]) -> tuple[Token, ...]:
    """ "I leave in 4 days": by then is within 4 days from now."""
    text = norms(before)
    every = list(_IN_DAYS.finditer(text))
    if len(every) != 1:
        return ()
    first = text[: every[0].start("days")].count(" ")
    days = before[first : first + every[0]["days"].count(" ") + 1]
    return (*(_word(word, days[0]) for word in ("will", "within")), *days)


def _word(word: str, at: Token) -> Token:
    return replace(at, surface="", norm=word, stem=word, start=at.end, end=at.end)


def _named(before: Sequence[Token], today: dt.date) -> tuple[Token, ...]:
    """The tokens of the only day that is named; none where there are none or several."""
    text = norms(before)
    days = days_in(text, today, is_ahead=True)
    if days is None or days.first is None or days_in(text[days.found.end() :], today, is_ahead=True) is not None:
        return ()
    first = text[: days.found.start()].count(" ")
    return tuple(before[first : first + days.found.group().strip().count(" ") + 1])
