"""What is asked for one of two values, and nobody says for which: the value is left open, and the user is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.building import build
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import is_verb_of
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.values.newest import lone_value
from orchestrator_server.embedded.values.slots import Filled, fill
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG, Kind
from orchestrator_server.embedded.words.text import Token
from orchestrator_server.plan import Clarify, Json, Reference

_OPEN_NUMBER = lazy(
    r"(?<![<\w])(?P<one>\d+) or (?P<other>\d+)\b|(?<![<\w])(?P<n>\d+) [a-z]+ (?:[,?] )?or (?:maybe "
    r"|perhaps )?(?P<m>\d+)\b(?! [a-z])"
    r"|\b(?P<first>a|an|1|one) [a-z]+ or (?P<second>2)\b"
    r"|\b(?:at least|not less than|no less than|at most|no more than|a minimum of|a maximum of) (?P<least>\d+)\b"
)
_SECOND_PLACE = lazy(
    r"(?:^|\s)(?:&|and|or)\s+(?:also\s+)?(?:to\s+"
    r"|at\s+)?\d+\s+[^\W\d]{2,}(?:\s+[^\W\d]{2,}|\s*,)"
)
"""A second place behind or in the one that was read."""
_PARTS = words("part parts half portion bit bits rest share bunch lot couple few something some")
"""Says how much of a thing is meant, and names none."""


def which_one(asks: Sequence[Ask], plan_id: str) -> Clarify:
    """Asks which of the values is meant in which the asks of one request differ."""
    first = next((ask for ask in asks if sum(a.profile is ask.profile for a in asks) > 1), asks[0])
    alike = [ask for ask in asks if ask.profile is first.profile]
    kept = first.filled.arguments.items()
    shared = {name: value for name, value in kept if all(a.filled.arguments.get(name) == value for a in alike)}
    differ = [v for ask in alike for n, v in ask.filled.arguments.items() if n not in shared and isinstance(v, str)]
    values = list(dict.fromkeys(differ))
    question = f"Which one do you mean: {' or '.join(values)}?" if len(values) > 1 else "Which one do you mean?"
    open_ = tuple(p.name for p in first.profile.required if p.name not in shared)
    if len(alike) < 2 or not open_:
        return Clarify(question=question)
    effects = [ask for ask in asks if ask.profile.intent.has_effect and ask not in alike]
    plan = build([*effects, replace(first, filled=Filled(arguments=shared))], plan_id)[0]
    return Clarify(question=question, missing=open_, step_id=plan.steps[-1].id, partial=plan)


def one_of_two(message: Message, asks: Sequence[Ask]) -> list[Ask]:
    """The effect that was read for one of "A or B" alone, for both of them; empty where there is none."""
    for one, other in _pairs(message):
        for ask in asks:
            taker = ask.profile.takes(one.shape)
            value = ask.filled.arguments.get(taker.name) if taker is not None else None
            if taker is not None and value in (one.value, other.value) and ask.profile.intent.has_effect:
                both = ({**ask.filled.arguments, taker.name: v} for v in (one.value, other.value))
                return [] if ask.governing else [replace(ask, filled=Filled(arguments=given)) for given in both]
    return []


def _pairs(message: Message) -> Iterator[tuple[Token, Token]]:
    """The ids that "or" stands between: side by side, or the second at the end of what is said of the first."""
    tokens = message.tokens
    for at, joint in enumerate(tokens[:-1]):
        other = tokens[at + 1]
        if joint.norm != "or" or other.shape not in message.index.ids:
            continue
        before = next((t for t in reversed(tokens[:at]) if t.shape == other.shape and t.value != other.value), None)
        is_end = at + 2 >= len(tokens) or tokens[at + 2].norm in (".", "!", "?", ",", ";", "-", ")")
        if before is not None and (is_end or tokens[at - 1] is before):
            yield before, other


def offerable(profile: Profile, message: Message, tokens: Sequence[Token]) -> Filled:
    """What the words give for an effect that is offered; names of things only where one of its verbs is said."""
    filled = fill(profile, message, tokens)[0]
    if any(is_content(token) and is_verb_of(profile, tokens, at) for at, token in enumerate(tokens)):
        return filled
    return Filled(arguments={n: v for n, v in filled.arguments.items() if profile.kinds.get(n) is not Kind.NAME})


def without_open_numbers(message: Message, asks: Sequence[Ask]) -> list[Ask]:
    """The asks without a number where the message has "3 or 4"; under a condition the numbers may be its own."""
    found = [said for one in _OPEN_NUMBER.finditer(message.norms) for said in one.groups() if said]
    said = {"1" if number in ("a", "an", "one") else number for number in found}
    named = [_without_parts(ask) for ask in asks]
    return [_without(ask, said) if said and not ask.governing else ask for ask in named]


def without_open_values(message: Message, asks: Sequence[Ask]) -> list[Ask]:
    """The asks without the user's own new value where the message has another such value that nothing uses."""
    used = {value for ask in asks for value in ask.filled.arguments.values() if isinstance(value, str)}
    return [_without_second_place(message, _without_rival(message, ask, used)) for ask in asks]


def _without_second_place(message: Message, ask: Ask) -> Ask:
    """The ask without a place that goes on with another one ("... 12 Elm Road, Leeds and 4 Park Lane, York")."""
    kinds = ask.profile.kinds
    if not ask.profile.intent.has_effect or ask.governing:
        return ask
    names = [n for n, v in ask.filled.arguments.items() if kinds.get(n) is Kind.LONG and _goes_on(message, v)]
    kept = {n: v for n, v in ask.filled.arguments.items() if n not in names}
    return replace(ask, filled=Filled(arguments=kept)) if names else ask


def _goes_on(message: Message, value: Json | Reference) -> bool:
    said = next((t for t in message.tokens if t.shape == LONG and t.value == value), None)
    behind = _SECOND_PLACE.match(message.text[said.end :]) if said is not None else None
    return behind is not None or (isinstance(value, str) and _SECOND_PLACE.search(value) is not None)


def _without_rival(message: Message, ask: Ask, used: set[str]) -> Ask:
    own = ask.profile.required
    if not ask.profile.intent.has_effect or len(own) != 1 or own[0].pattern in message.index.ids:
        return ask
    shape = LONG if ask.profile.kinds[own[0].name] is Kind.LONG else own[0].pattern
    said = {token.value for token in message.tokens if token.shape and token.shape == shape}
    value = ask.filled.arguments.get(own[0].name)
    is_open = len(said) > 1 and bool(said - used) and value is not None and lone_value(message.tokens, shape) != value
    return replace(ask, filled=Filled()) if is_open else ask


def _without_parts(ask: Ask) -> Ask:
    """The ask without the name of a thing that is only "part of it"."""
    names = {name for name, kind in ask.profile.kinds.items() if kind is Kind.NAME}
    kept = {n: v for n, v in ask.filled.arguments.items() if n not in names or not _is_part(v)}
    return ask if len(kept) == len(ask.filled.arguments) else replace(ask, filled=Filled(arguments=kept))


def _is_part(value: Json | Reference) -> bool:
    said = value if isinstance(value, list) else [value]
    return any(isinstance(one, str) and one.lower() in _PARTS for one in said)


def _without(ask: Ask, said: set[str]) -> Ask:
    numbers = {name for name, kind in ask.profile.kinds.items() if kind is Kind.NUMBER}
    kept = {n: v for n, v in ask.filled.arguments.items() if n not in numbers or str(v) not in said}
    return replace(ask, filled=Filled(arguments=kept))
