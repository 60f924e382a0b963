"""Turns the conditions over each request into tests: finds the reads whose responses they are about."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.conditions.alternatives import told_apart
from orchestrator_server.embedded.conditions.conditions import Tested, test_of
from orchestrator_server.embedded.conditions.counted import is_bare, read_before, with_counted, with_left
from orchestrator_server.embedded.conditions.leaning import without_stress
from orchestrator_server.embedded.conditions.opposites import opposed
from orchestrator_server.embedded.conditions.pointing_back import pointing
from orchestrator_server.embedded.conditions.quantified import of_many, quantified
from orchestrator_server.embedded.conditions.several_things import is_of_either, of_several
from orchestrator_server.embedded.conditions.sources import UNKNOWN, sources_of
from orchestrator_server.embedded.conditions.subjects import with_subject
from orchestrator_server.embedded.conditions.that_day import with_day
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.supposing.led_on import with_past
from orchestrator_server.embedded.requests.asks import Ask, Governing, question_in
from orchestrator_server.embedded.values.fan import VARIABLE, Fan, read_fan
from orchestrator_server.embedded.values.slots import fill
from orchestrator_server.embedded.words.text import Token, new_word


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
        return replace(_opposite(ask, other_branch), words=governing.words)
    governing = replace(governing, tokens=without_stress(governing.tokens))
    governing = replace(governing, tokens=with_day(message, governing.tokens, today_of(message)))
    if not governing.negated:
        governing = replace(governing, tokens=told_apart(message, governing.tokens))
    is_several, several = _several(message, ask, governing, asked)
    if is_several:
        return several.negated() if several and governing.negated else several
    tested = _bare_number(message, ask, governing, asked)
    if tested is None and (past := with_past(message, governing.tokens)) is not None:
        found = _read(message, ask, asked, past)
        return found.negated() if found and governing.negated else found
    tested = tested or _bare_time(message, ask, governing, asked)
    if tested is None and with_counted(message, governing.tokens, asked) is not None:
        return None
    sources = [*([ask.fan.source()] if ask.fan else []), *sources_of(message, ask, governing.tokens, asked)]
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


def _several(message: Message, ask: Ask, governing: Governing, asked: Sequence[Ask]) -> tuple[bool, Tested | None]:
    """Is it a condition over several things, over all of a list or over each that it names, and which?"""
    tokens, today = governing.tokens, today_of(message)

    def read(said: Sequence[Token]) -> Tested | None:
        return test_of(message.index, said, sources_of(message, ask, said, asked), governing.words, today)

    if of_many(tokens) is not None and ask.fan is None:
        sources = sources_of(message, ask, tokens, asked)
        listed = quantified(message.index, tokens, sources, governing.words, today)
        if listed is not None:
            return True, listed
    own = next((str(v) for v in ask.filled.arguments.values() if isinstance(v, str) and _is_id(message, v)), "")
    ids = {token.value: token for token in message.tokens if token.shape in message.index.ids}
    is_of_both = is_of_either(tokens) and any(token.norm == "both" for token in ask.tokens)
    own = "" if is_of_both or _is_of_another_too(message, ask, own, tokens) else own
    return of_several(message.index, tokens, own, tuple(ids.values()), read)


def _is_of_another_too(message: Message, ask: Ask, own: str, tokens: Sequence[Token]) -> bool:
    """Is one thing named by its id in the request itself, so that "A-17 or A-18" before it does not mean that alone?"""
    named = {token.value for token in message.of(ask.clause) if token.shape in message.index.ids}
    said = {token.value for token in tokens if token.shape in message.index.ids}
    return named == {own} and own in said and len(said) > 1


def _bare_number(message: Message, ask: Ask, governing: Governing, asked: Sequence[Ask]) -> Tested | None:
    """A number that says not of what: of what was asked "how many", else of what was asked to be shown just before."""
    if not governing.tokens or not is_bare(governing.tokens):
        return None
    if (tokens := with_counted(message, governing.tokens, asked)) is not None:
        tokens = _said_of_own(message, ask, tokens)
        sources = sources_of(message, ask, tokens, asked)
        return test_of(message.index, tokens, sources, governing.words, today_of(message))
    read = read_before(asked, governing.tokens[0].start)
    if read is None:
        return None
    sources = sources_of(message, ask, governing.tokens, asked)
    shown = [replace(source, is_near=True) for source in sources if source.profile is read.profile]
    return test_of(message.index, governing.tokens, shown, governing.words, today_of(message))


def _said_of_own(message: Message, ask: Ask, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words of a condition over another thing, as they are said of what the request itself names."""
    own = {value for value in ask.filled.arguments.values() if isinstance(value, str) and _is_id(message, value)}
    ids = message.index.ids
    if not own or not any(token.shape in ids and token.value not in own for token in tokens):
        return tokens
    return tuple(new_word("it", token) if token.shape in ids else token for token in tokens)


def _bare_time(message: Message, ask: Ask, governing: Governing, asked: Sequence[Ask]) -> Tested | None:
    """A stretch of time that says not of what, after a read that counts the days until something was asked for."""
    tokens = with_left(governing.tokens)
    read = read_before(asked, governing.tokens[0].start) if tokens else None
    if tokens is None or read is None or not any(f.kind == "integer" and "day" in f.stems for f in read.profile.fields):
        return None
    sources = [s for s in sources_of(message, ask, tokens, asked) if s.profile is read.profile]
    return test_of(message.index, tokens, sources, governing.words, today_of(message))


def _read(message: Message, ask: Ask, asked: Sequence[Ask], tokens: Sequence[Token]) -> Tested | None:
    """An earlier condition or question of the message, read for the same request."""
    sources = [*([ask.fan.source()] if ask.fan else []), *sources_of(message, ask, tokens, asked)]
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


def _opposite(ask: Ask, tested: Tested) -> Tested:
    """The other case; to see something it is enough that the first is not so, were it for a date that is not there."""
    if ask.profile.intent.has_effect or "now - " not in tested.positive:
        return tested.negated()
    return replace(tested.negated(), positive=f"!({tested.positive})")


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
