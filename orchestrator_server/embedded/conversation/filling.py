"""The plan that was asked about, with the values that the answer gives for it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from orchestrator_server.embedded.conversation.given import values_for
from orchestrator_server.embedded.conversation.meant import named_ids
from orchestrator_server.embedded.conversation.repeats import for_each_of, joined, repeated, swapped
from orchestrator_server.embedded.conversation.riders import own_tokens
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.singulars import singular
from orchestrator_server.embedded.words.text import Token, norms
from orchestrator_server.plan import Clarify, Json, Plan, Reference, Step

_TOO = lazy(r"\b(?:too|also|as well|both)\b")


def with_values(
    message: Message, asked: Clarify, plan: Plan, step: Step, profile: Profile, riders: list[Ask]
) -> Plan | None:
    """The plan with the values that the answer gives; None where it gives nothing."""
    tokens = own_tokens(message, riders)
    given: dict[str, list[Json]] = {}
    for parameter in profile.required:
        if parameter.name in asked.missing and (values := values_for(message, profile, parameter, tokens)):
            given[parameter.name] = values
    if not given:
        return None
    single = {name: values[0] for name, values in given.items() if len(values) == 1}
    plan = replace(plan, steps=tuple(_filled(message, s, step.id, profile, single) for s in plan.steps))
    for name, values in given.items():
        if len(values) > 1:
            here = next(s for s in plan.steps if s.id == step.id)
            plan = for_each_of(plan, here, name, [str(value) for value in values])
    return _for_named(message, plan, step, profile, tokens)


def _for_named(message: Message, plan: Plan, step: Step, profile: Profile, tokens: Sequence[Token]) -> Plan:
    """The plan for the other thing that the answer names beside the value ("... from A-18"), or for both."""
    for parameter in profile.required:
        old = step.arguments.get(parameter.name)
        if parameter.pattern not in message.index.ids or not isinstance(old, str):
            continue
        named = [value for value in named_ids(tokens, parameter.pattern) if value != old]
        if len(named) == 1 and _TOO.search(norms(tokens)):
            return joined(plan, repeated(plan, plan.id, old, named))
        if len(named) == 1:
            steps = (replace(s, arguments=swapped(s.arguments, old, named[0])) for s in plan.steps)
            return replace(plan, steps=tuple(steps))
    return plan


def _filled(message: Message, step: Step, asked_id: str, profile: Profile, given: Mapping[str, Json]) -> Step:
    """A step with the values; an id goes to every step that lacks one of its pattern."""
    if step.id == asked_id:
        return replace(step, arguments={**_counted(profile, step.arguments, given), **given})
    own = message.index.by_name.get(step.intent)
    patterns = {p.pattern: given[p.name] for p in profile.required if p.name in given and p.pattern}
    lacking = [p for p in own.required if p.name not in step.arguments] if own else []
    more = {p.name: patterns[p.pattern] for p in lacking if p.pattern in message.index.ids and p.pattern in patterns}
    return replace(step, arguments={**step.arguments, **more})


def _counted(
    profile: Profile, arguments: Mapping[str, Json | Reference], values: Mapping[str, Json]
) -> dict[str, Json | Reference]:
    """A name that was given in the plural, once it is known that several are meant."""
    counts = [v for n, v in values.items() if profile.kinds.get(n) is Kind.NUMBER and isinstance(v, int)]
    several = any(count > 1 for count in counts)
    return {
        name: singular(value) if several and isinstance(value, str) and profile.kinds.get(name) is Kind.NAME else value
        for name, value in arguments.items()
    }
