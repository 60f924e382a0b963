"""The responses that a condition may be about, and of which thing."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.conditions.conditions import Source
from orchestrator_server.embedded.declared.fields import stems_of
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.requests.set_phrases import is_same
from orchestrator_server.embedded.values.referring import referred
from orchestrator_server.embedded.words.text import Token

MOST_READS = 48
"""So many responses are looked at for one condition, the likeliest first."""
UNKNOWN = "?"
"""Stands for an id that is still to be asked for."""


def sources_of(message: Message, ask: Ask, tokens: Sequence[Token], asked: Sequence[Ask]) -> list[Source]:
    """Every response that the condition may be about, the likeliest first."""
    done = {a.profile.intent.name for a in asked if _is_shown(message, ask, tokens, a)}
    reads = [p for p in message.index.profiles if not p.intent.has_effect]
    ids = {token.shape for token in tokens if token.shape}
    areas = _areas_of(ask)
    reads.sort(
        key=lambda p: (
            p.intent.name not in done,
            p.area[0] not in areas,
            p.area != ask.profile.area,
            not _is_named_by(p, ids),
            -_nearness(p, tokens),
            p.intent.name,
        )
    )
    reads = reads[:MOST_READS]
    has_own = any(profile.area[0] in areas for profile in reads)
    return [
        replace(source, is_near=profile.area[0] in areas if has_own else profile.intent.name in done)
        for profile in reads
        for source in _source(message, ask, profile, tokens)
    ]


def _is_shown(message: Message, ask: Ask, tokens: Sequence[Token], shown: Ask) -> bool:
    """Is it asked for in any case, and of the thing that the condition is about?"""
    if shown.condition is not None or shown.fan is not None:
        return False
    for parameter in shown.profile.required:
        own = shown.filled.arguments.get(parameter.name)
        if parameter.pattern in message.index.ids and isinstance(own, str):
            return own == _subject(message, ask, parameter.pattern, tokens)
    return True


def _areas_of(ask: Ask) -> frozenset[str]:
    """The areas whose reads are about the very thing that the request is about (`file_id`: `file.get`)."""
    return frozenset(s for p in ask.profile.required if p.name.endswith("_id") for s in stems_of(p.name))


def _is_named_by(profile: Profile, ids: Collection[str]) -> bool:
    """Does it give the very thing whose id the condition names, and not something about it?"""
    return any(p.pattern in ids and profile.area[0] in stems_of(p.name) for p in profile.required)


def _nearness(profile: Profile, tokens: Sequence[Token]) -> float:
    return sum(profile.words.get(token.stem, 0.0) for token in tokens)


def _source(message: Message, ask: Ask, profile: Profile, tokens: Sequence[Token]) -> Iterator[Source]:
    arguments: list[tuple[str, str]] = []
    for parameter in profile.required:
        if parameter.pattern not in message.index.ids or parameter.is_repeated:
            return
        arguments.append((parameter.name, _subject(message, ask, parameter.pattern, tokens)))
    about = ",".join(value for _, value in arguments)
    yield Source(
        profile=profile, fields=profile.fields, root=f"<{profile.intent.name}:{about}>", arguments=tuple(arguments)
    )


def _subject(message: Message, ask: Ask, shape: str, tokens: Sequence[Token]) -> str:
    """The id of what the condition is about: named in it, else the request's own, else what it points at."""
    said = [token.value for token in tokens if token.shape == shape]
    taker = ask.profile.takes(shape)
    own = ask.filled.arguments.get(taker.name) if taker else None
    if said:
        return said[0]
    if isinstance(own, str):
        is_again = is_same(message.of(ask.clause), ask.clause.joiner)
        return own if is_again else _pointed(message, shape, tokens, own) or own
    return referred(message, tokens, shape, has_effect=True) or UNKNOWN


def _pointed(message: Message, shape: str, tokens: Sequence[Token], own: str) -> str | None:
    """What "it" is where the request's own thing comes only later: "track A, and if it is late stop B"."""
    if not any(token.norm in ("it", "that", "this") for token in tokens):
        return None
    start = tokens[0].start
    before = [token.value for token in message.tokens if token.shape == shape and token.start < start]
    return before[-1] if before and own not in before else None
