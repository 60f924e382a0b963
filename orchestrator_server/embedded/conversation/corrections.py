"""A part of a value that was given wrongly: "the house number is 19 not 17"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.plan import Decision, Json, Plan, Reference

_WORD = r"[^\W_][\w/-]*"
_SWAPS = (
    lazy(rf"(?P<new>{_WORD}),? (?:and )?not (?:the |an? )?(?P<old>{_WORD})", re.IGNORECASE),
    lazy(rf"\bnot (?P<old>{_WORD}),? (?:but|it'?s|it is|that's) (?P<new>{_WORD})", re.IGNORECASE),
    lazy(rf"(?P<new>{_WORD}) (?:instead of|rather than|in place of) (?:the |an? )?(?P<old>{_WORD})", re.IGNORECASE),
    lazy(
        rf"\b(?:wrote|typed|said|put|gave(?: you)?) (?P<old>{_WORD}),? (?:but )?(?:meant|should be|it should be"
        rf"|i meant|it is|it's) (?P<new>{_WORD})",
        re.IGNORECASE,
    ),
    lazy(rf"(?P<old>{_WORD}) (?:should|must|has to|needs to) (?:be|read|say) (?P<new>{_WORD})", re.IGNORECASE),
    lazy(
        rf"\b(?:change|correct|replace|swap) (?:the )?(?P<old>{_WORD}) (?:to|into|with|for|by) (?P<new>{_WORD})",
        re.IGNORECASE,
    ),
)


def corrected(message: Message, plan: Plan, plan_id: str) -> Decision | None:
    """The steps of the last plan whose text the message mends, with the text mended; None where it mends none."""
    for old, new in _swaps(message.text):
        steps = [step for step in plan.steps if any(_holds(value, old) for value in step.arguments.values())]
        if steps and not any(step.condition or step.for_each for step in steps):
            mended = (replace(s, arguments={n: _mended(v, old, new) for n, v in s.arguments.items()}) for s in steps)
            renamed = (replace(step, id=f"s{number}") for number, step in enumerate(mended, start=1))
            return Plan(id=plan_id, steps=tuple(renamed), planner=plan.planner)
    return None


def _swaps(text: str) -> Iterator[tuple[str, str]]:
    for pattern in _SWAPS:
        for found in pattern.finditer(text):
            if found["old"].lower() != found["new"].lower():
                yield found["old"], found["new"]


def _holds(value: Json | Reference, part: str) -> bool:
    """Is this a text of several words with `part` in it, once? A whole id is another thing and no mistake in one."""
    return isinstance(value, str) and " " in value and len(_part(part).findall(value)) == 1


def _mended(value: Json | Reference, old: str, new: str) -> Json | Reference:
    return _part(old).sub(lambda _: new, value) if isinstance(value, str) and _holds(value, old) else value


def _part(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
