"""Fills the parameters of an intent from the words of a request."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from orchestrator_server.catalogue import Parameter
from orchestrator_server.embedded.declared.enum_words import enum_value
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.values.how_many import fitting, number_asked
from orchestrator_server.embedded.values.newest import lone_date, lone_value
from orchestrator_server.embedded.values.reasons import reason_in
from orchestrator_server.embedded.values.referring import excluded, named_before, referred, several
from orchestrator_server.embedded.values.things import counter_of, lone_count, things_of
from orchestrator_server.embedded.values.things_by_id import is_in_one_breath, said_until, things_by_id
from orchestrator_server.embedded.words.shapes import LONG, Kind
from orchestrator_server.embedded.words.singulars import Named
from orchestrator_server.embedded.words.text import Token, norms
from orchestrator_server.plan import Json, Reference

Arguments = Mapping[str, Json | Reference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The arguments that a request gives."""

    arguments: Arguments = field(default_factory=dict)

    def missing(self, profile: Profile) -> tuple[str, ...]:
        """The required parameters that it does not give."""
        return tuple(p.name for p in profile.required if p.name not in self.arguments)


def fill(profile: Profile, message: Message, tokens: Sequence[Token]) -> list[Filled]:
    """The arguments for every call that `tokens` ask for: one for each id, one for each named thing."""
    shared: dict[str, Json | Reference] = dict(_plain(profile, message, tokens))
    calls = [shared]
    for parameter in profile.intent.askable:
        if profile.kinds[parameter.name] is Kind.SHAPED:
            values = _shaped(profile, parameter, message, tokens)
            calls = [{**call, parameter.name: value} for call in calls for value in values] or calls
    calls = [_with_own_long(profile, call, tokens) for call in calls] if len(calls) > 1 else calls
    return [Filled(arguments=call) for call in _with_names(profile, message, calls, tokens)]


def _with_own_long(
    profile: Profile, call: dict[str, Json | Reference], tokens: Sequence[Token]
) -> dict[str, Json | Reference]:
    """The call of one id with the long value that stands behind it, where each id has its own."""
    taker = next((p for p in profile.required if profile.kinds[p.name] is Kind.LONG), None)
    said = [token for token in tokens if token.shape]
    pairs = {a.value: b.value for a, b in zip(said[::2], said[1::2], strict=False) if b.shape == LONG != a.shape}
    own = next((pairs[value] for value in call.values() if isinstance(value, str) and value in pairs), None)
    if taker is None or own is None or taker.name in call or len(said) != 2 * len(pairs):
        return call
    return {**call, taker.name: own}


def pointed_shapes(message: Message, tokens: Sequence[Token]) -> frozenset[str]:
    """The shapes of ids that words like `it` stand for here."""
    if not re.search(r"\b(?:it|its|them|their|this|that)\b", norms(tokens)):
        return frozenset()
    return frozenset(s for s in message.index.ids if len(message.ids(s)) == 1 or message.context.focus(s))


def _shaped(profile: Profile, parameter: Parameter, message: Message, tokens: Sequence[Token]) -> list[Json]:
    if parameter.pattern not in message.index.ids:
        only = lone_value(tokens, parameter.pattern) or lone_value(message.tokens, parameter.pattern)
        only = only or lone_date(parameter, tokens) or lone_date(parameter, message.tokens)
        return [only] if only else []
    out = excluded(tokens, parameter.pattern)
    values: list[Json] = list(
        dict.fromkeys(t.value for t in tokens if t.shape == parameter.pattern and t.value not in out)
    )
    if values:
        return [values] if parameter.is_repeated else values
    if out:
        return []
    if listed := several(message, norms(tokens), parameter.pattern):
        return [*listed]
    if named := named_before(message, tokens, parameter.pattern):
        return [*named]
    value = referred(message, tokens, parameter.pattern, has_effect=profile.intent.has_effect)
    return [] if value is None else [value]


def _plain(profile: Profile, message: Message, tokens: Sequence[Token]) -> Iterator[tuple[str, Json]]:
    """Values that stand for themselves: states, yes and no, long texts, and how many at most."""
    for parameter in profile.intent.askable:
        value: Json = None
        match profile.kinds[parameter.name]:
            case Kind.ENUM:
                negated = re.search(r"\b(?:not|never|no longer)\b", norms(tokens))
                value = enum_value(parameter, tokens, denied=negated is not None)
            case Kind.BOOLEAN:
                value = _switch(norms(tokens))
            case Kind.LONG:
                value = lone_value(tokens, LONG) or lone_value(message.tokens, LONG)
            case Kind.REASON:
                value = reason_in(parameter, message, tokens)
            case Kind.NUMBER:
                value = number_asked(profile, parameter, tokens)
            case _:
                pass
        if value is not None:
            yield parameter.name, [value] if parameter.is_repeated else value


def _switch(text: str) -> bool | None:
    if re.search(r"\b(?:off|disable|deactivate|false|without)\b", text):
        return False
    return True if re.search(r"\b(?:on|enable|activate|true|with)\b", text) else None


def _with_names(
    profile: Profile, message: Message, calls: list[dict[str, Json | Reference]], tokens: Sequence[Token]
) -> Iterator[dict[str, Json | Reference]]:
    taker = next((p for p in profile.intent.askable if profile.kinds[p.name] is Kind.NAME), None)
    if taker is None:
        yield from calls
        return
    things = [thing for thing in things_of(profile, message, tokens) if thing.name]
    divided = _divided(profile, message, tokens)
    if len(calls) > 1 and not divided:
        said = tokens if message.index.names_id(tokens) else said_until(message, tokens)
        divided = _divided(profile, message, said)
        things = things if divided or is_in_one_breath(message, said) else []
    for call in calls:
        own = next((divided[v] for v in call.values() if isinstance(v, str) and v in divided), things)
        if not own:
            yield {**call, **_lone_count(profile, tokens)}
        elif taker.is_repeated:
            is_open = len(own) > 1 and any(token.norm == "or" for token in tokens)
            yield call if is_open else {**call, taker.name: [thing.name for thing in own]}
        else:
            yield from ({**call, taker.name: thing.name, **_count(profile, thing)} for thing in own)


def _divided(profile: Profile, message: Message, tokens: Sequence[Token]) -> dict[str, list[Named]]:
    """The things of each id, where the words divide them."""
    shapes = [p.pattern for p in profile.intent.askable if profile.kinds[p.name] is Kind.SHAPED]
    return next((found for s in shapes if (found := things_by_id(profile, message, tokens, s))), {})


def _lone_count(profile: Profile, tokens: Sequence[Token]) -> dict[str, Json]:
    """How many, where the thing itself was not named."""
    number = lone_count(profile, tokens)
    return {} if number is None else _count(profile, Named(name="", count=number))


def _count(profile: Profile, thing: Named) -> dict[str, Json]:
    counter = counter_of(profile)
    if counter is None or thing.count is None:
        return {}
    value = fitting(counter, str(thing.count))
    return {} if value is None else {counter.name: value}
