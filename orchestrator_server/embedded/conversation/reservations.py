"""What an answer holds back: it wants to know something first, or later, or a part alone. Then nothing is done yet."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.building import PLANNER, build
from orchestrator_server.embedded.conversation.ellipsis import names_ids
from orchestrator_server.embedded.conversation.offers import CHOICE
from orchestrator_server.embedded.conversation.repeats import subject_of
from orchestrator_server.embedded.conversation.riders import not_understood, own_tokens
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.questions.wording import act_with
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms
from orchestrator_server.plan import Clarify, Decision, Plan, Step

_FIRST = lazy(r"\b(?:first|beforehand|before (?:you|that|anything|i))\b")
_LATER = lazy(
    r"(?:<v>|^\W*(?:yes|ok|okay|sure|fine|please|do it))(?: please)?(?: [-,.])?(?: but)? (?:(?:not )(?:yet|now|today"
    r"|right now|straight away)|tomorrow|later|next (?:week|month|year)|tonight|in (?:a|\d+) (?:\w+))"
    r"(?: (?:please|on|then|though))*\W*$"
)
"""Puts it off; what is done is done at once."""
_CHECK = lazy(
    r"[ ,.;](?:(?:but|and|only|please|first|could you|can you|you should|do) )*(?P<check>(?:check|make sure|verify"
    r"|ensure|double check|confirm)\b[^.;!?]*)"
)
"""Wants something to be seen to, which no condition says."""
_PART = lazy(r"\b(?:only|just) (?:the|my|one|an?|1|\d+) (?P<what>[a-z]+)\b")
_POLITE = lazy(r"\b(?:can|could|would|will) (?:you|we|i)\b|\bplease\b")
"""Asks for what shall be done."""
_JOINED = frozenset({"and", "also", "plus", "&"})


def about_it(message: Message, plan: Plan, riders: Sequence[Ask]) -> list[Ask]:
    """The requests beside an answer, about its own thing where they name none ("yes, and tell me what it cost")."""
    found = subject_of(message.index, plan)
    return [_with_id(rider, *found) for rider in riders] if found is not None else list(riders)


def held_back(message: Message, plan: Plan, riders: Sequence[Ask]) -> Decision | None:
    """What to do instead of the effects of `plan`, where the answer holds them back; None where it does not."""
    effects = [s for s in plan.steps if message.index.by_name[s.intent].intent.has_effect]
    if not effects:
        return None
    if curious := [rider for rider in riders if _is_curious(message, rider, effects)]:
        return build(curious, plan.id)[0]
    if _LATER.search(message.norms):
        return Clarify(
            question=f"I can only do that at once. Do you want me to {_acts(message, effects)} now?", partial=plan
        )
    check = None if riders or any(step.condition for step in effects) else _CHECK.search(message.norms)
    if check is not None:
        return not_understood(check["check"].strip())
    return _a_part(message, effects[0], riders) if len(effects) == 1 else None


def offered_again(message: Message, plan: Plan, riders: Sequence[Ask]) -> Clarify | None:
    """The question whether that is to be done, where the answer itself was one ("the first?")."""
    own = own_tokens(message, riders)
    effects = [s for s in plan.steps if message.index.by_name[s.intent].intent.has_effect]
    is_open = bool(own) and own[-1].norm == "?" and bool(effects) and not _POLITE.search(norms(own))
    is_open = is_open and not any(step.condition for step in effects)
    return Clarify(question=f"Do you want me to {_acts(message, effects)}?", partial=plan) if is_open else None


def _with_id(rider: Ask, shape: str, value: str) -> Ask:
    taker = rider.profile.takes(shape)
    if taker is None or taker.name not in rider.missing:
        return rider
    filled = replace(rider.filled, arguments={**rider.filled.arguments, taker.name: value})
    return replace(rider, filled=filled)


def _is_curious(message: Message, rider: Ask, effects: Sequence[Step]) -> bool:
    """Does it ask something about the very thing that the effects are upon, or for something first?"""
    values = {value for step in effects for value in step.arguments.values() if isinstance(value, str)}
    is_read = not (rider.profile.intent.has_effect or rider.governing)
    if not is_read or not values & {v for v in rider.filled.arguments.values() if isinstance(v, str)}:
        return False
    is_asked = mood_of(rider.tokens) is Mood.QUESTION and rider.clause.joiner not in _JOINED
    is_asked = is_asked and not any(token.norm in _JOINED for token in rider.tokens[:2])
    return is_asked or _FIRST.search(norms(rider.tokens)) is not None or _FIRST.search(message.norms) is not None


def _a_part(message: Message, step: Step, riders: Sequence[Ask]) -> Clarify | None:
    """Which of two is meant, where an effect upon a whole thing is answered with a part of the thing that is named."""
    whole, parts = message.index.by_name[step.intent], message.index.partial
    own = own_tokens(message, riders)
    said = _PART.search(norms(own))
    if whole not in message.index.wholes or len(parts) != 1 or said is None or not names_ids(message):
        return None
    if {said["what"], said["what"].removesuffix("s")} & (message.index.id_nouns | {"one", "ones"}):
        return None
    found = subject_of(message.index, Plan(id="", steps=(step,), planner=PLANNER))
    taker = parts[0].takes(found[0]) if found is not None else None
    if found is None or taker is None:
        return None
    part = Step(id="s2", intent=parts[0].intent.name, arguments={taker.name: found[1]})
    question = f"Do you want me to {_acts(message, [step])}, or to {_acts(message, [part])}?"
    both = (replace(step, id="s1"), part)
    return Clarify(question=question, missing=(CHOICE,), partial=Plan(id="", steps=both, planner=PLANNER))


def _acts(message: Message, steps: Sequence[Step]) -> str:
    return " and ".join(act_with(message.index.by_name[step.intent], step.arguments) for step in steps)
