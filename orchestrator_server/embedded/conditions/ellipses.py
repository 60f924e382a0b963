"""Conditions that only point back, but at another thing: "if A-17 has left, ...; if A-18 has not, ..."."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.clauses import Clause
from orchestrator_server.embedded.clauses.sentences import STOPS
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Governing
from orchestrator_server.embedded.words.english import FINITE
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_SUBJECT = lazy(r"(?:(?:it|they|this|that|those|these)(?: one)?|the [a-z]+)(?= |$)")
"""What stands for the thing in the condition before."""
_ASKED = lazy(
    r"(?:is|are|has|have|was|were|did|does|do|will) (?P<who>(?:it|they|this|that)(?: one)?|the [a-z]+)(?= |$)"
)
"""The same in a question."""
_BARE = lazy(rf"(?:(?:still|already|not|never|yet|currently|{FINITE})\b ?)*")
_NAMED = lazy(
    r"(?:(?:and|but|for|what about|how about|(?:then )?there (?:is|'s)(?: also| still)?|about|re|regarding|as for"
    r"|concerning|now|,) )*(?:(?:the|my|our|number) )*<v>\W*"
)
"""Nothing but the name of a thing."""
_POINTING = frozenset(["it", "they", "this", "that", "its"])


def of_own_thing(message: Message, last: Governing, clause: Clause) -> Governing | None:
    """What `last` says, said of the thing that the condition is about; None where nobody can tell what that would be.

    `last` itself where the condition is about the same thing.
    """
    thing = _thing(message, last, clause)
    if thing is None:
        return None if _is_changed(message, last, clause) else last
    tokens = said_of(last.tokens, thing, message.index.ids)
    return None if tokens is None else replace(last, tokens=tokens, words=message.words(message.of(clause)))


def _is_changed(message: Message, last: Governing, clause: Clause) -> bool:
    """Was another thing spoken of in a sentence since, so that "it" may be that?"""
    if not any(token.norm in _POINTING for token in message.of(clause)):
        return False
    end, is_over = max((token.end for token in last.tokens), default=0), False
    ids = message.index.ids
    earlier = [token.value for token in message.tokens if token.shape in ids and token.end <= end]
    named = {token.value for token in last.tokens if token.shape in ids} or set(earlier[-1:])
    for token in message.tokens[: clause.first]:
        is_over = is_over or (token.start >= end and token.norm in STOPS)
        if is_over and named and token.shape in ids and token.value not in named:
            return True
    return False


def topic_before(message: Message, last: Governing, clause: Clause) -> Token | None:
    """The other thing that is but named right before a clause ("A-18: if not, stop it"); None where there is none."""
    before = next((c for c in reversed(message.clauses) if c.end <= clause.first), None)
    if before is None or before.sentence < clause.sentence - 1:
        return None
    said = [token for token in message.of(before) if token.stem not in message.index.things]
    if not _NAMED.fullmatch(norms(said)):
        return None
    named = next((token for token in message.of(before) if token.shape in message.index.ids), None)
    is_same = named is not None and any(token.value == named.value for token in last.tokens)
    return None if is_same else named


def about(message: Message, last: Governing, thing: Token) -> Governing | None:
    """What `last` says, said of another thing; None where that is not plain."""
    tokens = said_of(last.tokens, thing, message.index.ids)
    return None if tokens is None else replace(last, tokens=tokens)


def _thing(message: Message, last: Governing, clause: Clause) -> Token | None:
    """The id that it names, or that of the request right before it where it says "it" ("stop A-18 if it has not")."""
    own = message.of(clause)
    if named := [token for token in own if token.shape in message.index.ids]:
        return named[0]
    if (topic := topic_before(message, last, clause)) is not None and own:
        return replace(topic, start=own[0].start, end=own[0].end)
    pointing = next((token for token in own if token.norm in _POINTING), None)
    if pointing is None or clause.leads:
        return None
    end = max((token.end for token in last.tokens), default=0)
    before = [
        token
        for token in message.tokens[: clause.first]
        if token.shape in message.index.ids and token.start >= end and token.end <= pointing.start
    ]
    return replace(before[-1], start=pointing.start, end=pointing.end) if before else None


def said_of(tokens: tuple[Token, ...], thing: Token, ids: frozenset[str]) -> tuple[Token, ...] | None:
    """The words with this thing in the place of the one that they were said of; None where that is not plain."""
    named = {token.value for token in tokens if token.shape in ids}
    if named:
        is_one = len(named) == 1
        return tuple(thing if t.shape in ids else t for t in tokens) if is_one else None
    text = norms(tokens)
    if asked := _ASKED.match(text):
        return _instead(tokens, text.count(" ", 0, asked.start("who")), asked["who"], thing)
    if found := _SUBJECT.match(text):
        return _instead(tokens, 0, found.group(), thing)
    return (thing, *tokens) if _BARE.match(text) or len(tokens) == 1 else None


def _instead(tokens: Sequence[Token], first: int, said: str, thing: Token) -> tuple[Token, ...]:
    return (*tokens[:first], thing, *tokens[first + said.count(" ") + 1 :])
