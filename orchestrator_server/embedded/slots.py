"""Fills the parameters of an intent from the words of a request."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from orchestrator_server.catalogue import Parameter
from orchestrator_server.embedded.english import IRREGULAR, NEGATIONS, stem
from orchestrator_server.embedded.fields import stems_of
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.newest import lone_date, lone_value
from orchestrator_server.embedded.profiles import Profile
from orchestrator_server.embedded.reasons import reason_in
from orchestrator_server.embedded.shapes import LONG, Kind, fits
from orchestrator_server.embedded.singulars import Named
from orchestrator_server.embedded.text import Token, norms
from orchestrator_server.embedded.things import counter_of, lone_count, things_by_id, things_of
from orchestrator_server.plan import Json, Reference

_POINTING = re.compile(
    r"\b(?:it|its|that|this|them|they|their|those|these|same|the \w+|one|there)\b(?! (?:is|are) (?:a|any))"
)
_PLURAL = re.compile(r"\b(?:they|them|both|these|those|each)\b")
_ELSEWHERE = re.compile(r"\b(?:other|another|different|new|all|every|each|both|any|last|latest|first|second|third)\b")
_EXCEPT = re.compile(
    r"\b(?:(?<!do )(?<!does )(?<!did )(?<!would )(?<!will )not|never|except|excepting|excluding|but|without|besides"
    r"|apart from|other than|aside from"
    r"|instead of|rather than)"
    r"(?: not)?(?: for| the| my| \w+)?$"
)
_FIRST_FEW = re.compile(
    r"\b(?:last|latest|newest|first|recent|top|only|at most|up to|max|maximum) (?P<before>\d+)\b"
    r"|\b(?P<after>\d+) (?:most recent|last|latest|newest|recent)\b"
)
_UNIT_AFTER = re.compile(r"^(?:hour|day|week|month|year|euro|dollar|pound|eur|usd|gbp|€|\$|£|percent|%)")

_FEW = 10
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


def excluded(tokens: Sequence[Token], shape: str) -> list[str]:
    """The ids that are ruled out: "all but A", "not B", "except C and D"."""
    found: list[str] = []
    for at, token in enumerate(tokens):
        if token.shape == shape and (_EXCEPT.search(norms(tokens[max(0, at - 4) : at])) or _goes_on(tokens, at, found)):
            found.append(token.value)
    return found


def _goes_on(tokens: Sequence[Token], at: int, found: Sequence[str]) -> bool:
    """Does this id continue a list of excluded ones?"""
    before = tokens[at - 2] if at >= 2 else None
    return before is not None and before.value in found and tokens[at - 1].norm in ("and", "or", ",")


def referred(message: Message, tokens: Sequence[Token], shape: str, *, has_effect: bool) -> str | None:
    """The id that words without one point at: of this message, else of the conversation; None where that is open."""
    text = norms(tokens)
    if (pointed := message.context.ordinal(text, shape)) is not None:
        return pointed
    if re.search(r"\bother\b", text):
        return message.context.other(shape)
    said = message.ids(shape)
    elsewhere = _ELSEWHERE.findall(text)
    if elsewhere and not (len(said) == 1 and set(elsewhere) == {"both"}):
        return None
    if said:
        before = [t.value for t in message.tokens if t.shape == shape and tokens and t.start < tokens[0].start]
        return said[0] if len(said) == 1 else (before[-1] if before else None)
    if has_effect and not _POINTING.search(text):
        return None
    return message.context.focus(shape)


def pointed_shapes(message: Message, tokens: Sequence[Token]) -> frozenset[str]:
    """The shapes of ids that words like `it` stand for here."""
    if not re.search(r"\b(?:it|its|them|their|this|that)\b", norms(tokens)):
        return frozenset()
    return frozenset(s for s in message.index.ids if len(message.ids(s)) == 1 or message.context.focus(s))


def enum_value(parameter: Parameter, tokens: Sequence[Token], *, denied: bool = False) -> str | None:
    """The enum value whose words occur, its own or others that are declared for it, by its full name.

    Of two that occur the one with the longer words is meant: "not closed" is not "closed". With `denied` only words
    that deny something themselves count.
    """
    said = f" {' '.join(_state_stem(token.norm, token.stem) for token in tokens)} "
    others = parameter.enum_words or ((),) * len(parameter.enum_names)
    found = [
        (len(words), parameter.enum_prefix + name)
        for name, phrases in zip(parameter.enum_names, others, strict=True)
        for words in (stems_of(name), *(_state_stems(phrase) for phrase in phrases))
        if f" {' '.join(words)} " in said and (words[0] in NEGATIONS or not denied)
    ]
    return max(found)[1] if found else None


@lru_cache(maxsize=1024)
def _state_stems(phrase: str) -> tuple[str, ...]:
    return tuple(_state_stem(word, stem(word)) for word in phrase.lower().split())


def _state_stem(word: str, stemmed: str) -> str:
    """The stem of a word that may tell a state: "sent" is one, "send" asks for something."""
    return word if word in IRREGULAR else stemmed


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
    if several := _several(message, norms(tokens), parameter.pattern):
        return [*several]
    if named := _named_before(message, tokens, parameter.pattern):
        return [*named]
    value = referred(message, tokens, parameter.pattern, has_effect=profile.intent.has_effect)
    return [] if value is None else [value]


def _several(message: Message, text: str, shape: str) -> list[str]:
    """What "both" and "all of them" mean after a list was shown."""
    found = re.search(r"\b(?:both|all of (?:them|those|these)|(?:them|those|these) (?:all|both))\b", text)
    listed = message.context.listed(shape) if found and not message.ids(shape) else []
    return listed if found and (len(listed) == 2 or "both" not in found[0]) and len(listed) <= _FEW else []


def _named_before(message: Message, tokens: Sequence[Token], shape: str) -> list[str]:
    """What "they" and "both" mean where several ids stand before them in the message."""
    if not tokens or not _PLURAL.search(norms(tokens)):
        return []
    before = [t.value for t in message.tokens if t.shape == shape and t.start < tokens[0].start]
    return list(dict.fromkeys(before)) if len(set(before)) > 1 else []


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
                value = _number(profile, parameter, tokens)
            case _:
                pass
        if value is not None:
            yield parameter.name, [value] if parameter.is_repeated else value


def _switch(text: str) -> bool | None:
    if re.search(r"\b(?:off|disable|deactivate|false|without)\b", text):
        return False
    return True if re.search(r"\b(?:on|enable|activate|true|with)\b", text) else None


def _number(profile: Profile, parameter: Parameter, tokens: Sequence[Token]) -> Json:
    """A number that was asked for: of an optional parameter only where the words limit something."""
    if Kind.NAME in profile.kinds.values() and parameter.is_required:
        return None
    text = norms(tokens)
    if counted := _counted_by_name(parameter, tokens):
        return _fitting(parameter, counted)
    if not parameter.is_required:
        found = _FIRST_FEW.search(text)
        said = (found["before"] or found["after"]) if found else None
        return (
            _fitting(parameter, said)
            if said and not _UNIT_AFTER.match(text[found.end() :].strip() if found else "")
            else None
        )
    numbers = (t.norm for t, after in zip(tokens, [*tokens[1:], None], strict=True) if _is_count(t, after))
    return next((value for number in numbers if (value := _fitting(parameter, number)) is not None), None)


def _counted_by_name(parameter: Parameter, tokens: Sequence[Token]) -> str | None:
    """The number before the parameter's own name ("two copies"); the name of a limit counts nothing."""
    own = set(stems_of(parameter.name))
    pairs = pairwise(tokens)
    return next((n.norm for n, noun in pairs if n.norm.isdigit() and not n.shape and noun.stem in own), None)


def _is_count(token: Token, after: Token | None) -> bool:
    return token.norm.isdigit() and not token.shape and not (after and _UNIT_AFTER.match(after.norm))


def _fitting(parameter: Parameter, said: str) -> Json:
    if not fits(parameter, said):
        return None
    return said if parameter.kind == "string" else int(said)


def _with_names(
    profile: Profile, message: Message, calls: list[dict[str, Json | Reference]], tokens: Sequence[Token]
) -> Iterator[dict[str, Json | Reference]]:
    taker = next((p for p in profile.intent.askable if profile.kinds[p.name] is Kind.NAME), None)
    if taker is None:
        yield from calls
        return
    things = things_of(profile, message, tokens)
    divided = _divided(profile, message, tokens)
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
    value = _fitting(counter, str(thing.count))
    return {} if value is None else {counter.name: value}
