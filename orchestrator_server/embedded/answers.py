"""Completes what the last turn asked for, when the message answers the question."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from orchestrator_server.catalogue import Parameter
from orchestrator_server.embedded.asks import Understood
from orchestrator_server.embedded.english import FUNCTION, NUMBERS, ORDINALS
from orchestrator_server.embedded.guard import is_chatter
from orchestrator_server.embedded.heads import begins_request, head_at
from orchestrator_server.embedded.index import Profile
from orchestrator_server.embedded.matching import is_verb_of, rank
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.moods import Mood
from orchestrator_server.embedded.names import bare_name, singular
from orchestrator_server.embedded.shapes import LONG, Kind
from orchestrator_server.embedded.slots import enum_value, fill
from orchestrator_server.embedded.wording import question_for
from orchestrator_server.plan import Clarify, Decision, Json, Plan, Reference, Refuse, Step

CHOICE = "intent"
"""Is missing where the question offered two intents."""

_NO = re.compile(
    r"^\W*(?:no|nah|nope|never mind|nevermind|forget it|forget about it|nothing|none|leave it|stop|do not|don't|not now"
    r"|scrap that|no thanks?|no thank you)\b(?! \w+ <v>)"
)
_YES = re.compile(
    r"^\W*(?:yes|sure|ok|okay|please do|do it|do that|go ahead|exactly|right|correct|that one|please|of course"
    r"|definitely|yes please|both)\b"
)
_LEAD = re.compile(
    r"^\W*(?:(?:it is|it's|that is|that would be|its|my (?:new )?\w+(?: \w+)? is|the (?:new )?\w+(?: \w+)? is"
    r"|to|for|yes|sorry|oh|i mean|i meant"
    r"|make it|please use|use|new|the one is|just|ok|okay|well|hmm|from|at|,|:)\s+)+",
    re.IGNORECASE,
)


def answer(message: Message, asked: Clarify, understood: Understood, plan_id: str) -> Decision | None:
    """The completed plan, or the next question; None where the message is something else."""
    text, plan = message.norms, asked.partial
    if plan is None:
        return None
    if _NO.match(text) and len(message.tokens) <= 6:
        return Refuse(reason="chatter", message="All right, I leave it as it is. What else can I do for you?")
    if not asked.missing:
        return replace(plan, id=plan_id) if _YES.match(text) and len(message.tokens) <= 6 else None
    if asked.missing == (CHOICE,):
        return _chosen(message, plan, plan_id)
    if _is_new(message, asked, plan, understood):
        return None
    completed = _completed(message, asked, plan, plan_id)
    return completed or (None if understood.asks or is_chatter(message) or _is_foreign(message) else asked)


def still_missing(plan: Plan, profiles: dict[str, Profile]) -> tuple[Step, list[Parameter]] | None:
    """The first step that lacks something, those that were asked for before the supporting ones."""
    for step in sorted(plan.steps, key=lambda s: s.is_supporting):
        profile = profiles.get(step.intent)
        lacking = [p for p in profile.required if p.name not in step.arguments] if profile else []
        if lacking:
            return step, lacking
    return None


def asking(plan: Plan, profiles: dict[str, Profile]) -> Decision:
    """The plan, or the question for what it lacks."""
    gap = still_missing(plan, profiles)
    if gap is None:
        return plan
    step, lacking = gap
    return Clarify(
        question=question_for(lacking), missing=tuple(p.name for p in lacking), step_id=step.id, partial=plan
    )


def _is_new(message: Message, asked: Clarify, plan: Plan, understood: Understood) -> bool:
    """Is the message a request of its own for something else?"""
    step = next((s for s in plan.steps if s.id == asked.step_id), None)
    if step is None:
        return True
    others = [a for a in understood.asks if a.profile.intent.name != step.intent]
    if understood.doubts or understood.declined:
        return True
    return bool(others) and begins_request(message.tokens, message.index.verbs)


def _is_foreign(message: Message) -> bool:
    """Does the message ask for something with a verb of its own, or ask something?"""
    return begins_request(message.tokens, message.index.verbs) or "?" in message.text or "\n" in message.text


def _chosen(message: Message, plan: Plan, plan_id: str) -> Decision | None:
    """The one of the offered intents that the answer points at."""
    found = next((ORDINALS[t.norm] for t in message.tokens if t.norm in ORDINALS), None)
    number = next(
        (
            NUMBERS.get(t.norm, int(t.norm) if t.norm in ("1", "2") else 0)
            for t in message.tokens
            if t.norm in ("1", "2", "one")
        ),
        0,
    )
    if found is None and number:
        found = number - 1
    if found is None:
        offered = [step.intent for step in plan.steps]
        ranked = [m for m in rank(message.index, message.tokens, Mood.WISH) if m.profile.intent.name in offered]
        if not ranked or ranked[0].score < 0.2:
            return None
        found = offered.index(ranked[0].profile.intent.name)
    if not -len(plan.steps) <= found < len(plan.steps):
        return None
    step = replace(plan.steps[found], id="s1")
    return asking(replace(plan, id=plan_id, steps=(step,)), dict(message.index.by_name))


def _completed(message: Message, asked: Clarify, plan: Plan, plan_id: str) -> Decision | None:
    """The plan with what the answer gives; None where it gives nothing."""
    values = _given(message, asked, plan)
    if not values:
        return None
    steps = []
    for asking_step in plan.steps:
        step, profile = asking_step, message.index.by_name.get(asking_step.intent)
        lacking = [p for p in profile.required if p.name not in step.arguments] if profile else []
        if step.id == asked.step_id and profile is not None:
            step = replace(step, arguments=_counted(profile, step.arguments, values))
        given = {p.name: values[key] for p in lacking for key in (p.name, p.pattern) if key and key in values}
        steps.append(replace(step, arguments={**step.arguments, **given}))
    return asking(replace(plan, id=plan_id, steps=tuple(steps)), dict(message.index.by_name))


def _counted(
    profile: Profile, arguments: Mapping[str, Json | Reference], values: Mapping[str, Json | Reference]
) -> dict[str, Json | Reference]:
    """A name that was given in the plural, once it is known that several are meant."""
    counts = [v for n, v in values.items() if profile.kinds.get(n) is Kind.NUMBER and isinstance(v, int)]
    several = any(count > 1 for count in counts)
    return {
        name: singular(value) if several and isinstance(value, str) and profile.kinds.get(name) is Kind.NAME else value
        for name, value in arguments.items()
    }


def _given(message: Message, asked: Clarify, plan: Plan) -> dict[str, Json | Reference]:
    """The values for the missing parameters, by name; ids by pattern too, for other steps lack the same one."""
    step = next(s for s in plan.steps if s.id == asked.step_id)
    profile = message.index.by_name.get(step.intent)
    found: dict[str, Json | Reference] = {}
    for parameter in profile.required if profile else ():
        if profile is not None and parameter.name in asked.missing:
            value = _value(message, profile, parameter)
            if value is not None:
                is_single = parameter.is_repeated and not isinstance(value, list | Reference)
                found[parameter.name] = [value] if is_single and not isinstance(value, Reference) else value
                if parameter.pattern in message.index.ids:
                    found[parameter.pattern] = found[parameter.name]
    return found


def _value(message: Message, profile: Profile, parameter: Parameter) -> Json:
    tokens = message.tokens
    match profile.kinds[parameter.name]:
        case Kind.SHAPED:
            said = message.ids(parameter.pattern)
            pointed = message.context.ordinal(message.norms, parameter.pattern) if not said else None
            return said[0] if said else pointed
        case Kind.NUMBER:
            return next((int(n) for t in tokens if (n := _number(t.norm)) and _fits(parameter, n)), None)
        case Kind.ENUM:
            return enum_value(parameter, [token.stem for token in tokens])
        case Kind.NAME:
            return _name(message, profile, parameter)
        case Kind.LONG | Kind.OTHER | Kind.REASON:
            long = next((token.value for token in tokens if token.shape == LONG), None)
            return long or _fitting(parameter, _LEAD.sub("", message.text).strip(" .!"))
        case _:
            return None


def _number(word: str) -> str | None:
    return word if word.isdigit() else ("1" if word in ("one", "a", "an", "single") else None)


def _fits(parameter: Parameter, said: str) -> bool:
    return not parameter.pattern or re.fullmatch(parameter.pattern, said) is not None


def _fitting(parameter: Parameter, said: str) -> str | None:
    meaningful = any(word.lower() not in FUNCTION for word in re.findall(r"\w+", said))
    return said if meaningful and _fits(parameter, said) else None


def _name(message: Message, profile: Profile, parameter: Parameter) -> Json:
    """The things that the answer names, after a verb of the intent or by themselves."""
    at = head_at(message.tokens)
    with_verb = at is not None and is_verb_of(profile, message.tokens, at)
    if with_verb:
        filled: Sequence[Json | Reference | None] = [
            c.arguments.get(parameter.name) for c in fill(profile, message, message.tokens)
        ]
        first = filled[0] if filled else None
        return first if not isinstance(first, Reference) else None
    text = _LEAD.match(message.text)
    rest = [t for t in message.tokens if not text or t.start >= text.end()]
    names = [thing.name for thing in bare_name(rest, message.text)]
    if not names:
        return None
    return list(names) if parameter.is_repeated else names[0]
