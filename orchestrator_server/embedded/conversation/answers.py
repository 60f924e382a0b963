"""Completes what the last turn asked for, when the message answers the question."""

from collections.abc import Mapping
from dataclasses import replace

from orchestrator_server.catalogue import Parameter
from orchestrator_server.embedded.conversation.ellipsis import gives_up
from orchestrator_server.embedded.conversation.given import values_for
from orchestrator_server.embedded.conversation.offers import CHOICE, asked_in_reply
from orchestrator_server.embedded.conversation.proposals import refused, settled
from orchestrator_server.embedded.conversation.repeats import for_each_of
from orchestrator_server.embedded.conversation.riders import (
    conditioned,
    conditions_in,
    only_names,
    own_tokens,
    riders_of,
    with_riders,
)
from orchestrator_server.embedded.conversation.selecting import chosen
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.guarding.guard import is_chatter
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.questions.wording import question_for
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.values.fan import lists_for
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.singulars import singular
from orchestrator_server.plan import Clarify, Decision, Json, Plan, Reference, Step

_ONE = lazy(r"^\W*(?:the|that|this|my) (?:[\w-]+ ){0,3}ones?(?: please| thanks)?\W*$")
"""Points at one of several, even where nobody knows which: no request."""
_UNKNOWN = lazy(
    r"\b(?:do not|did not) (?:\w+ )?(?:know|remember|have|recall|find)\b|\bno (?:idea|clue)\b|\bnot sure\b"
    r"|\bforgot(?:ten)?\b"
    r"|\b(?:what are (?:my|the) (?:options|choices)|(?:list|show) (?:me )?(?:them|those|all of them|my options"
    r"|the options)"
    r"|(?:where|how) (?:do|can|could|would) i (?:find|see|get|look up|know)|what can i choose|which one (?:was"
    r"|is) (?:the|it|that|my)\b)\b"
    r"|\b(?:lost|can not find)\b|\b(?:which|what) (?:ones? |\w+ )?(?:do i have|are there|can i choose)\b"
)
"""How people say that they do not have what they were asked for."""
_ASKS_BACK = lazy(
    r"^\W*(?:(?:sorry|hm+|uh|er|wait|oh|i)\W+)*(?:what do you mean|what does that mean|what|sorry|pardon|huh"
    r"|come again|how so|say again"
    r"|do not (?:understand|get it)|what (?:for|is that)|why(?: do you (?:need|ask|want)(?: (?:that|it|this))?)?"
    r"|(?:can|could) you (?:repeat|explain)(?: (?:that|it|the question))?)(?: please)?\W*$"
)
"""Asks what was meant by the question."""
_LONGEST_LOSS = 16
_LOST = words("know remember have recall find idea clue sure forgot forgotten lost called name named number exactly")
__all__ = ["CHOICE", "answer", "asking", "still_missing"]


def answer(message: Message, asked: Clarify | None, understood: Understood, plan_id: str) -> Decision | None:
    """The completed plan, or the next question; None where the message is something else.

    `asked` is the planner's own question; what the assistant's last words ask beside it counts more.
    """
    asked = asked_in_reply(message, asked) or asked
    if asked is None or asked.partial is None:
        return None
    plan = replace(asked.partial, id=plan_id)
    riders = riders_of(message, understood)
    if asked.missing == ():
        found = settled(message, plan, understood, riders)
    elif asked.missing == (CHOICE,):
        found = refused(message, understood) or chosen(message, asked, plan)
        found = asking(found, dict(message.index.by_name)) if isinstance(found, Plan) else found
    else:
        found = refused(message, understood) or _completed(message, asked, plan, understood, riders)
    return _whole(message, found, riders, plan_id) if isinstance(found, Plan) else found


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


def _whole(message: Message, plan: Plan, riders: list[Ask], plan_id: str) -> Decision:
    """The plan under the conditions of the answer, with the requests beside it."""
    own = [
        c for c in conditions_in(message) if not any(r.governing and r.clause.sentence == c.sentence for r in riders)
    ]
    limited = conditioned(message, plan, plan_id) if own else plan
    if not isinstance(limited, Plan):
        return limited
    found = with_riders(message, limited, riders, plan_id)
    return asking(found, dict(message.index.by_name)) if isinstance(found, Plan) else found


def _completed(
    message: Message, asked: Clarify, plan: Plan, understood: Understood, riders: list[Ask]
) -> Decision | None:
    """The plan with what the answer gives, or the question again; None where the message is something new."""
    step = next((s for s in plan.steps if s.id == asked.step_id), None)
    profile = message.index.by_name.get(step.intent) if step else None
    if step is None or profile is None:
        return None
    if _ASKS_BACK.match(message.norms):
        return asked
    if _is_at_a_loss(message) and (shown := _choices(message, asked, plan, profile)) is not None:
        return shown
    if _is_at_a_loss(message) and all(t.norm in _LOST or not is_content(t) for t in message.tokens):
        return asked
    if _is_new(message, step, understood):
        return None
    found = _with_values(message, asked, plan, step, profile, riders)
    if found is not None:
        return asking(found, dict(message.index.by_name)) if not riders else found
    if _ONE.match(message.norms) or (understood.asks and all(only_names(message, ask) for ask in understood.asks)):
        return asked
    return None if understood.asks or is_chatter(message) or _is_foreign(message) else asked


def _is_at_a_loss(message: Message) -> bool:
    """Is nothing said but that one does not know?"""
    is_lone = not any(token.shape for token in message.tokens) and len(message.tokens) <= _LONGEST_LOSS
    return is_lone and _UNKNOWN.search(message.norms) is not None


def _choices(message: Message, asked: Clarify, plan: Plan, profile: Profile) -> Plan | None:
    """A read that shows what there is to choose from, for somebody who does not know the id."""
    parameter = next((p for p in profile.required if p.name in asked.missing and p.pattern in message.index.ids), None)
    listed = next(lists_for(message.index, parameter), None) if parameter is not None else None
    if listed is None:
        return None
    return replace(plan, steps=(Step(id="s1", intent=listed.profile.intent.name),))


def _is_new(message: Message, step: Step, understood: Understood) -> bool:
    """Is the message a request of its own for something else?"""
    others = [a for a in understood.asks if a.profile.intent.name != step.intent and not only_names(message, a)]
    if understood.doubts:
        return True
    is_request = gives_up(message) or begins_request(message.tokens, message.index.verbs)
    return bool(others or understood.declined) and is_request


def _is_foreign(message: Message) -> bool:
    """Does the message ask for something with a verb of its own, or ask something?"""
    return begins_request(message.tokens, message.index.verbs) or "?" in message.text or "\n" in message.text


def _with_values(
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
