"""Turns the conditions over each request into tests: finds the reads whose responses they are about."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.conditions.alternatives import told_apart
from orchestrator_server.embedded.conditions.conditions import Source, Tested, joined, test_of
from orchestrator_server.embedded.conditions.counted import is_bare, read_before, with_counted, with_left
from orchestrator_server.embedded.conditions.leaning import without_stress
from orchestrator_server.embedded.conditions.opposites import opposed
from orchestrator_server.embedded.conditions.pairs import said_of_each
from orchestrator_server.embedded.conditions.pointing_back import pointing
from orchestrator_server.embedded.conditions.quantified import of_many, quantified
from orchestrator_server.embedded.conditions.subjects import with_subject
from orchestrator_server.embedded.conditions.that_day import with_day
from orchestrator_server.embedded.declared.fields import stems_of
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.led_on import with_past
from orchestrator_server.embedded.requests.asks import Ask, Governing, question_in
from orchestrator_server.embedded.requests.set_phrases import is_same
from orchestrator_server.embedded.values.fan import VARIABLE, Fan, read_fan
from orchestrator_server.embedded.values.referring import referred
from orchestrator_server.embedded.values.slots import fill
from orchestrator_server.embedded.words.text import Token

MOST_READS = 48
"""So many responses are looked at for one condition, the likeliest first."""
UNKNOWN = "?"
"""Stands for an id that is still to be asked for."""


def compiled(message: Message, ask: Ask, asked: Sequence[Ask]) -> tuple[Ask, tuple[str, ...]]:
    """The ask with its condition, and the conditions that were not understood. `asked` are those before it."""
    unclear: list[str] = []
    ask = with_subject(message.index, ask, today_of(message))
    if ask.fan is not None:
        fan = read_fan(message.index, ask.fan, today_of(message))
        ask, unclear = replace(ask, fan=replace(fan, unclear="")), [fan.unclear] if fan.unclear else []
    for governing in ask.governing:
        tested = _tested(message, ask, governing, asked)
        if tested is None or (ask.condition is not None and _contradict(ask.condition, tested)):
            unclear.append(governing.words)
        elif ask.fan is not None and all(source.root == VARIABLE for source in tested.sources):
            ask = replace(ask, fan=_with_test(ask.fan, tested))
        else:
            ask = replace(ask, condition=tested if ask.condition is None else _both(ask.condition, tested))
    return ask, tuple(unclear)


def reread(message: Message, ask: Ask, asked: Sequence[Ask]) -> Ask:
    """A yes-or-no question goes to the read whose response tells, if one does."""
    question = question_in(message, ask.tokens)
    if question is None or ask.profile.intent.has_effect or ask.fan is not None:
        return ask
    tested = _tested(message, ask, question, asked)
    if tested is None or len(tested.sources) != 1:
        return ask
    source = tested.sources[0]
    if any(value == UNKNOWN for _, value in source.arguments):
        return ask
    return replace(ask, profile=source.profile, filled=fill(source.profile, message, ask.tokens)[0])


def _tested(message: Message, ask: Ask, governing: Governing, asked: Sequence[Ask]) -> Tested | None:
    other_branch = _other_branch(governing, asked)
    if other_branch is not None:
        return replace(other_branch.negated(), words=governing.words)
    governing = replace(governing, tokens=without_stress(governing.tokens))
    governing = replace(governing, tokens=with_day(message, governing.tokens, today_of(message)))
    governing = replace(governing, tokens=told_apart(message, governing.tokens))
    if (several := _several(message, ask, governing, asked)) is not None:
        return several.negated() if governing.negated else several
    tested = _bare_number(message, ask, governing, asked)
    if tested is None and (past := with_past(message, governing.tokens)) is not None:
        found = _read(message, ask, asked, past)
        return found.negated() if found and governing.negated else found
    tested = tested or _bare_time(message, ask, governing, asked)
    if tested is None and with_counted(message, governing.tokens, asked) is not None:
        return None
    sources = [*([ask.fan.source()] if ask.fan else []), *_sources(message, ask, governing.tokens, asked)]
    tested = tested or test_of(message.index, governing.tokens, sources, governing.words, today_of(message))
    tested = tested or opposed(message, governing, lambda tokens: _read(message, ask, asked, tokens))
    if tested is None:
        tested = next(
            (
                found
                for said in pointing(message, governing.tokens, today_of(message))
                if (found := _read(message, ask, asked, said))
            ),
            None,
        )
    return tested.negated() if tested and governing.negated else tested


def _several(message: Message, ask: Ask, governing: Governing, asked: Sequence[Ask]) -> Tested | None:
    """A condition over several things: over all of a list, or over each that it names by its id."""
    tokens, index, today = governing.tokens, message.index, today_of(message)
    if of_many(tokens) is not None and ask.fan is None:
        return quantified(index, tokens, _sources(message, ask, tokens, asked), governing.words, today)
    own = next((str(v) for v in ask.filled.arguments.values() if isinstance(v, str) and _is_id(message, v)), "")
    if (each := said_of_each(tokens, index.ids, own)) is None:
        return None
    tests = [test_of(index, one, _sources(message, ask, one, asked), governing.words, today) for one in each[1]]
    whole = tests[0]
    for test in tests[1:]:
        whole = joined(whole, test, each[0]) if whole and test else None
    return whole


def _bare_number(message: Message, ask: Ask, governing: Governing, asked: Sequence[Ask]) -> Tested | None:
    """A number that says not of what: of what was asked "how many", else of what was asked to be shown just before."""
    if not governing.tokens or not is_bare(governing.tokens):
        return None
    if (tokens := with_counted(message, governing.tokens, asked)) is not None:
        sources = _sources(message, ask, tokens, asked)
        return test_of(message.index, tokens, sources, governing.words, today_of(message))
    read = read_before(asked, governing.tokens[0].start)
    if read is None:
        return None
    sources = _sources(message, ask, governing.tokens, asked)
    shown = [replace(source, is_near=True) for source in sources if source.profile is read.profile]
    return test_of(message.index, governing.tokens, shown, governing.words, today_of(message))


def _bare_time(message: Message, ask: Ask, governing: Governing, asked: Sequence[Ask]) -> Tested | None:
    """A stretch of time that says not of what, after a read that counts the days until something was asked for."""
    tokens = with_left(governing.tokens)
    read = read_before(asked, governing.tokens[0].start) if tokens else None
    if tokens is None or read is None or not any(f.kind == "integer" and "day" in f.stems for f in read.profile.fields):
        return None
    sources = [s for s in _sources(message, ask, tokens, asked) if s.profile is read.profile]
    return test_of(message.index, tokens, sources, governing.words, today_of(message))


def _read(message: Message, ask: Ask, asked: Sequence[Ask], tokens: Sequence[Token]) -> Tested | None:
    """An earlier condition or question of the message, read for the same request."""
    sources = [*([ask.fan.source()] if ask.fan else []), *_sources(message, ask, tokens, asked)]
    return test_of(message.index, tokens, sources, message.words(tokens), today_of(message))


def today_of(message: Message) -> dt.date | None:
    """The day on which the message was written (UTC); None where nobody knows: then dates are asked about."""
    now = getattr(message.context, "now", None)
    return now.astimezone(dt.UTC).date() if isinstance(now, dt.datetime) else None


def _other_branch(governing: Governing, asked: Sequence[Ask]) -> Tested | None:
    """The test that an "otherwise" is the opposite of: the two must look at the same response."""
    return next(
        (
            ask.condition
            for ask in asked
            if ask.condition is not None
            and len(ask.governing) == 1
            and ask.governing[0].tokens == governing.tokens
            and ask.governing[0].negated != governing.negated
        ),
        None,
    )


def _sources(message: Message, ask: Ask, tokens: Sequence[Token], asked: Sequence[Ask]) -> list[Source]:
    """Every response that the condition may be about, the likeliest first."""
    done = {(a.profile.intent.name, a.condition is None and a.fan is None) for a in asked}
    reads = [p for p in message.index.profiles if not p.intent.has_effect]
    reads.sort(
        key=lambda p: (
            (p.intent.name, True) not in done,
            not _is_of(p, ask),
            p.area != ask.profile.area,
            -_nearness(p, tokens),
            p.intent.name,
        )
    )
    reads = reads[:MOST_READS]
    has_own = any(_is_of(profile, ask) for profile in reads)
    return [
        replace(source, is_near=_is_of(profile, ask) if has_own else (profile.intent.name, True) in done)
        for profile in reads
        for source in _source(message, ask, profile, tokens)
    ]


def _is_of(profile: Profile, ask: Ask) -> bool:
    """Does the read belong to the very thing that the request is about (`file_id`: `file.get`)?"""
    return any(profile.area[0] in stems_of(p.name) for p in ask.profile.required if p.name.endswith("_id"))


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


def _is_id(message: Message, value: str) -> bool:
    return any(token.value == value and token.shape in message.index.ids for token in message.tokens)


def _with_test(fan: Fan, tested: Tested) -> Fan:
    return replace(fan, tests=(*fan.tests, tested))


def _contradict(one: Tested, two: Tested) -> bool:
    """Can the two never hold together, so that one of them was misread?"""
    return one.positive in (two.negative, f"({two.negative})") or two.positive == f"({one.negative})"


def _both(one: Tested, two: Tested) -> Tested:
    return replace(
        one,
        words=f"{one.words} and {two.words}",
        positive=f"({one.positive}) && ({two.positive})",
        sources=(*one.sources, *(source for source in two.sources if source not in one.sources)),
    )
