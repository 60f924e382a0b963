"""What a question of the assistant's asks for, where the planner itself had asked nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from orchestrator_server.catalogue import Parameter
from orchestrator_server.embedded.building import PLANNER
from orchestrator_server.embedded.conversation.repeats import needed
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.requests.matching import rank
from orchestrator_server.embedded.requests.moods import Mood
from orchestrator_server.embedded.values.slots import fill
from orchestrator_server.embedded.words.english import FUNCTION, stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.plan import Clarify, Json, Plan, Reference, Step

_ENOUGH = 0.35
_HOW_MANY = lazy(r"\bhow (?:many|much)\b", re.IGNORECASE)
_SURE = frozenset({Kind.SHAPED, Kind.LONG})
_SMALL = frozenset(stem(word) for word in FUNCTION)


def inquired(message: Message, question: str) -> Clarify | None:
    """The question for values: of the plan that waits, else of the request that the user's words and it fit best."""
    waiting = message.context.waiting
    return _reopened(message, needed(waiting), question) if waiting is not None else _wanted(message, question)


def known_values(message: Message, profile: Profile, words: str) -> dict[str, Json | Reference]:
    """What the user's last words and `words` give: no names, for any word may seem to be one."""
    return _values(profile, [_read(message, message.context.asked_of), _read(message, words)])


def _read(message: Message, text: str) -> Message:
    return message_of(text, message.index, message.context)


def _values(profile: Profile, said: Sequence[Message]) -> dict[str, Json | Reference]:
    found: dict[str, Json | Reference] = {}
    for one in said:
        calls = fill(profile, one, one.tokens)
        found |= {n: v for n, v in calls[0].arguments.items() if profile.kinds.get(n) in _SURE} if calls else {}
    return found


def _reopened(message: Message, plan: Plan, question: str) -> Clarify | None:
    """The plan without the values of an effect that the assistant asks for all the same."""
    for step in plan.steps:
        profile = message.index.by_name.get(step.intent)
        if profile is None or not profile.intent.has_effect or step.for_each is not None:
            continue
        names = [p.name for p in profile.required if _is_named(profile, p, _stems(message, question), question)]
        kept = {name: value for name, value in step.arguments.items() if name not in names}
        if names and len(kept) < len(step.arguments):
            steps = tuple(replace(s, arguments=kept) if s is step else s for s in plan.steps)
            return Clarify(question=question, missing=tuple(names), step_id=step.id, partial=replace(plan, steps=steps))
    return None


def _wanted(message: Message, question: str) -> Clarify | None:
    """The request of the user's last words, which the planner did not know by themselves."""
    said = _read(message, message.context.asked_of), _read(message, question)
    stems = _stems(message, question)
    scores = _scores(message, said)
    for name in sorted(scores, key=lambda name: -scores[name]):
        profile = message.index.by_name[name]
        if scores[name] < _ENOUGH:
            return None
        if not any(_is_named(profile, p, stems, question) for p in profile.required):
            continue
        step = Step(id="s1", intent=name, arguments=_values(profile, said))
        lacking = [p for p in profile.required if p.name not in step.arguments]
        if lacking and _is_named(profile, lacking[0], stems, question):
            return Clarify(
                question=question,
                missing=tuple(parameter.name for parameter in lacking),
                step_id="s1",
                partial=Plan(id="", steps=(step,), planner=PLANNER),
            )
    return None


def _scores(message: Message, said: tuple[Message, Message]) -> Mapping[str, float]:
    """How well each intent fits the user's words and the question together; what the user said counts more."""
    found: dict[str, float] = {}
    for one, weight in zip(said, (2.0, 1.0), strict=True):
        for match in rank(message.index, one.tokens, Mood.WISH):
            name = match.profile.intent.name
            found[name] = found.get(name, 0.0) + weight * max(match.score, 0.0)
    return found


def _stems(message: Message, question: str) -> frozenset[str]:
    return frozenset(token.stem for token in message.index.tokens(question)) - _SMALL


def _is_named(profile: Profile, parameter: Parameter, stems: frozenset[str], question: str) -> bool:
    """Does the question speak of the parameter: by its name, by its description, or by asking how many?"""
    if profile.kinds[parameter.name] is Kind.NUMBER:
        return _HOW_MANY.search(question) is not None
    said = f"{parameter.name.replace('_', ' ')} {parameter.description}".lower()
    return bool(({stem(word) for word in re.findall("[a-z]+", said)} - _SMALL) & stems)
