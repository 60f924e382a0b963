"""Short messages that only make sense after the turn before: "and A-1043?", "the same for the other one"."""

import re
from collections.abc import Mapping
from dataclasses import replace

from orchestrator_server.embedded.english import words
from orchestrator_server.embedded.index import is_content
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.shapes import Kind
from orchestrator_server.embedded.slots import enum_value
from orchestrator_server.embedded.wording import doable, question_for
from orchestrator_server.plan import Clarify, Decision, Json, Plan, Reference, Step

_SMALL = words(
    """
    and or ok okay now then also so what how about do it the same thing for with to please too as well my that
    this one ones again can you could i mean meant need sorry no not but yes other others another of them those
    these want would like it's is <v> first second third fourth fifth last latter former next again actually
    rather instead oh thanks sure exactly right which a an by on from in me show tell
    """
)
_ASKING = re.compile(r"\b(?:what|how)\b(?! about)|\b(?:is|can you|could you|do)\b(?= (?:it|that|my)\b)")
_CORRECTING = re.compile(r"\b(?:not|mean|meant|sorry|wrong|actually|rather|instead)\b")


def follow_up(message: Message, plan_id: str) -> Decision | None:
    """The last plan for another thing; None where the message stands by itself."""
    plan = message.context.plan
    if plan is None or _ASKING.search(message.norms) or not _is_short(message):
        return None
    return _for_other_things(message, plan, plan_id) or _for_other_state(message, plan, plan_id)


def _is_short(message: Message) -> bool:
    words = [token for token in message.tokens if not token.is_mark]
    return bool(words) and len(words) <= 14


def _for_other_things(message: Message, plan: Plan, plan_id: str) -> Decision | None:
    """The last plan for the ids that the message names or points at."""
    found = _keyed(message, plan)
    if found is None or any(not _is_small(message, token.norm, token.stem) for token in message.tokens):
        return None
    shape, old = found
    targets = _targets(message, shape, old)
    if targets:
        return _repeated(message, plan, plan_id, shape, old, targets)
    if re.search(r"\b(?:other|others|another)\b", message.norms):
        return _which(message, plan, plan_id, shape, old)
    return None


def _is_small(message: Message, word: str, stem: str) -> bool:
    """Does the word only point? Nouns that stand in parameters' names do too ("my other order")."""
    nouns = {s for p in message.index.profiles for q in p.required for s in q.name.removesuffix("_id").split("_")}
    return word in _SMALL or not word[:1].isalnum() or stem in nouns or word in nouns


def _keyed(message: Message, plan: Plan) -> tuple[str, str] | None:
    """The shape and value of the id that the last plan was about."""
    for step in reversed(plan.steps):
        profile = message.index.by_name.get(step.intent)
        for parameter in profile.required if profile else ():
            value = step.arguments.get(parameter.name)
            if parameter.pattern in message.index.ids and isinstance(value, str):
                return parameter.pattern, value
    return None


def _targets(message: Message, shape: str, old: str) -> list[str]:
    said = message.ids(shape)
    if said:
        return [value for value in said if value != old] if _CORRECTING.search(message.norms) else said
    pointed = message.context.ordinal(message.norms, shape)
    if pointed is None and re.search(r"\bother\b", message.norms):
        pointed = message.context.other(shape)
    return [pointed] if pointed else []


def _repeated(message: Message, plan: Plan, plan_id: str, shape: str, old: str, targets: list[str]) -> Decision | None:
    kept = [step for step in plan.steps if old in step.arguments.values() or _is_needed(step, plan)]
    steps: list[Step] = []
    for target in targets:
        steps += _renamed([replace(s, arguments=_swapped(s.arguments, old, target)) for s in kept], len(steps))
    repeated = Plan(id=plan_id, steps=tuple(steps), planner=plan.planner)
    effects = [s for s in kept if message.index.by_name[s.intent].intent.has_effect]
    wonders = re.search(r"\b(?:what|how) about\b", message.norms)
    if effects and wonders:
        phrase = doable(message.index.by_name[effects[0].intent])
        return Clarify(question=f"Do you want me to {phrase} for {' and '.join(targets)} too?", partial=repeated)
    return repeated


def _is_needed(step: Step, plan: Plan) -> bool:
    return step.is_supporting and any(
        re.search(rf"\b{step.id}\b", other.condition.expression) for other in plan.steps if other.condition
    )


def _swapped(arguments: Mapping[str, Json | Reference], old: str, new: str) -> dict[str, Json | Reference]:
    return {name: new if value == old else value for name, value in arguments.items()}


def _renamed(steps: list[Step], offset: int) -> list[Step]:
    """The steps numbered anew from `offset`, in their expressions too."""
    names = {step.id: f"s{offset + number}" for number, step in enumerate(steps, start=1)}
    return [
        replace(
            step,
            id=names[step.id],
            condition=None
            if step.condition is None
            else replace(step.condition, expression=_rewritten(step.condition.expression, names)),
            for_each=None if step.for_each is None else _rewritten(step.for_each, names),
        )
        for step in steps
    ]


def _rewritten(expression: str, names: Mapping[str, str]) -> str:
    return re.sub(r"(?<![\w.])s\d+\b", lambda found: names.get(found[0], found[0]), expression)


def _which(message: Message, plan: Plan, plan_id: str, shape: str, old: str) -> Clarify | None:
    """Asks which other one is meant."""
    steps = [
        replace(s, arguments={k: v for k, v in s.arguments.items() if v != old})
        for s in plan.steps
        if old in s.arguments.values() or s.is_supporting
    ]
    first = next((step for step in steps if not step.is_supporting), None)
    parameter = message.index.by_name[first.intent].takes(shape) if first else None
    if first is None or parameter is None:
        return None
    return Clarify(
        question=question_for([parameter]),
        missing=(parameter.name,),
        step_id=first.id,
        partial=Plan(id=plan_id, steps=tuple(steps), planner=plan.planner),
    )


def _for_other_state(message: Message, plan: Plan, plan_id: str) -> Decision | None:
    """The last plan with another state: "and the late ones?"."""
    content = [
        token for token in message.tokens if is_content(token) and not _is_small(message, token.norm, token.stem)
    ]
    asked = [step for step in plan.steps if not step.is_supporting]
    if (
        not content
        or len(asked) != 1
        or not re.match(r"\W*(?:and|what about|how about|only|just|the)\b", message.norms)
    ):
        return None
    profile = message.index.by_name.get(asked[0].intent)
    if profile is None or profile.intent.has_effect:
        return None
    for parameter in profile.intent.askable:
        value = enum_value(parameter, [token.stem for token in content])
        if profile.kinds[parameter.name] is Kind.ENUM and value is not None and len(content) == 1:
            step = replace(asked[0], arguments={**asked[0].arguments, parameter.name: value})
            return Plan(id=plan_id, steps=(step,), planner=plan.planner)
    return None
