"""What a condition may mean that points at a limit, a day or a state that was named before it."""

import datetime as dt
from collections.abc import Iterator

from orchestrator_server.embedded.conditions.leaning import is_stressed, with_rank, with_that
from orchestrator_server.embedded.conditions.plain_words import plain_words
from orchestrator_server.embedded.conditions.that_day import with_day
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.supposing.that_much import with_limit
from orchestrator_server.embedded.words.text import Token


def pointing(message: Message, tokens: tuple[Token, ...], today: dt.date | None) -> Iterator[tuple[Token, ...]]:
    """The condition with the limit, the day or the state that it points at in its words."""
    for said in dict.fromkeys((tokens, plain_words(tokens, message.index))):
        leaning = with_that(said)
        dated = with_day(message, leaning, today)
        if is_stressed(message):
            yield from (dated,) if dated != leaning else ()
            continue
        if (limited := with_limit(message, said)) != said:
            yield limited
        limited = with_limit(message, leaning)
        if dated != leaning and limited == leaning:
            yield dated
        elif limited not in (leaning, said):
            yield limited
    if (ranked := with_rank(message, tokens)) is not None:
        yield ranked
