"""One thing of several that is asked about and not named ("is my letter on its way?"): which one, is asked."""

from collections.abc import Iterator
from dataclasses import replace

from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.matching import Match, rank
from orchestrator_server.embedded.requests.moods import Mood
from orchestrator_server.embedded.values.fan import lists_for
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_ONE = lazy(
    r"^\W*(?:(?:hi|hello|hey|so|and|but|please|ok|well)\W+)*(?:is|has|was|did|does|will|what is (?:inside|in|on|with))"
    r" (?:my|the|this|that) (?P<noun>[a-z]+)\b(?! (?:history|list|number|numbers)\b)"
)
"""A question about one thing."""
_LIKE = 0.4
"""So like an example of the read of one thing the question must be."""


def single_out(message: Message, understood: Understood) -> None:
    """Turns a list that was read from a question about one thing into a question for which one."""
    if len(understood.asks) != 1 or understood.doubts or message.context.reply:
        return
    ask = understood.asks[0]
    if not _is_of_one(message, ask) or ask.governing or ask.fan:
        return
    best = next(_reads_of_one(message, ask), None)
    if best is not None:
        understood.asks = []
        understood.doubts = [Choice(verdict=Verdict.WONDERED, matches=(best,))]
        understood.doubted = [replace(ask.clause)]


def _is_of_one(message: Message, ask: Ask) -> bool:
    """Was a list taken from a question about "my" thing, in the singular?"""
    found = _ONE.match(norms(ask.tokens))
    if found is None or ask.profile.intent.has_effect or message.index.names_id(message.tokens):
        return False
    noun = found["noun"]
    token = next((t for t in ask.tokens if t.norm == noun), None)
    is_thing = token is not None and bool({token.stem, noun} & message.index.things) and not noun.endswith("s")
    return is_thing and _lists_things(message, ask.profile)


def _lists_things(message: Message, profile: Profile) -> bool:
    takers = (p for own in message.index.profiles for p in own.required if p.pattern in message.index.ids)
    return any(listed.profile is profile for taker in takers for listed in lists_for(message.index, taker))


def _reads_of_one(message: Message, ask: Ask) -> Iterator[Match]:
    """The reads that need an id, the likeliest first."""
    for match in rank(message.index, ask.tokens, Mood.QUESTION):
        takes_id = any(p.pattern in message.index.ids for p in match.profile.required)
        if takes_id and not match.profile.intent.has_effect and match.likeness >= _LIKE:
            yield match
