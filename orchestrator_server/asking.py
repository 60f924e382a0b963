"""The question before an effect, in words: what is about to happen, and why its condition lets it."""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator_server.condition_scene import Scene
from orchestrator_server.plain_text import one_line
from orchestrator_server.plan import Call, Plan
from orchestrator_server.reasons import facts, reason
from orchestrator_server.schedule import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An effect that waits: what it does, in words, and why its condition lets it, to stand behind `since`."""

    words: str
    since: str


def asked(call: Call, words: str, plan: Plan, world: World) -> Asked:
    """What is asked about a call whose condition, if it has one, holds."""
    if not call.condition:
        return Asked(words=words, since="")
    scene = Scene(
        plan=plan,
        catalogue=world.catalogue,
        now=world.now,
        step=call.step,
        arguments={call.step.id: call.arguments},
    )
    told = facts(scene, call.seen)
    holds = f"“{one_line(call.condition)}” holds{f': {told}' if told else ''}"
    return Asked(words=words, since=reason(scene, call.seen, holds=True) or holds)


def question_for(effects: Sequence[Asked], *, is_changed: bool = False) -> str:
    """The question for everything that waits."""
    before = "Things changed since you said yes. " if is_changed else ""
    if len(effects) == 1:
        return f"{before}I am about to {_described(effects[0])}. Shall I go ahead?"
    listed = "\n".join(f"{place}. {_described(effect)}" for place, effect in enumerate(effects, start=1))
    return f"{before}I am about to do {len(effects)} things:\n{listed}\nShall I go ahead? Say yes, no, or which."


def _described(effect: Asked) -> str:
    return f"{effect.words}, since {effect.since}" if effect.since else effect.words
