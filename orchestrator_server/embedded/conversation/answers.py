"""Completes what the last turn asked for, when the message answers the question."""

import re
from dataclasses import replace

from orchestrator_server.catalogue import Parameter
from orchestrator_server.embedded.conversation.described import planned
from orchestrator_server.embedded.conversation.ellipsis import asks_for_itself, gives_up
from orchestrator_server.embedded.conversation.filling import with_values
from orchestrator_server.embedded.conversation.of_each import of_each, of_those_counted
from orchestrator_server.embedded.conversation.offers import CHOICE, asked_in_reply
from orchestrator_server.embedded.conversation.proposals import refused, settled, taken_back
from orchestrator_server.embedded.conversation.reservations import about_it, held_back, offered_again
from orchestrator_server.embedded.conversation.riders import (
    conditioned,
    conditions_in,
    not_understood,
    only_names,
    own_conditions,
    own_tokens,
    riders_of,
    with_riders,
    without_own,
)
from orchestrator_server.embedded.conversation.selecting import chosen, leaves_open
from orchestrator_server.embedded.conversation.undone import not_undone
from orchestrator_server.embedded.conversation.verdicts import plain_verdict
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.guarding.guard import is_chatter
from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.questions.wording import question_for
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.requests.walking import understand
from orchestrator_server.embedded.values.fan import lists_for
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms
from orchestrator_server.plan import Clarify, Decision, Plan, Step

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
_ELSE = lazy(r"\b(?:otherwise|else|if not)\b")
"""Leads to the other case."""
_OTHER_CASE = lazy(r"\b(?:otherwise|or else|if not(?= then\b|,| the\b| just\b))\b.*", re.IGNORECASE | re.DOTALL)
_FRONTED = lazy(
    r"^(?P<condition>(?:but )?(?:only )?(?:if|unless|provided(?: that)?|as long as|assuming) [^,.;!?]+),"
    r" (?:then )?(?P<own>.+)$",
    re.IGNORECASE | re.DOTALL,
)
"""Says the condition before the value."""
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
    if (undone := not_undone(message, understood)) is not None:
        return undone
    if asked.missing == () and (each := of_each(message, replace(asked.partial, id=plan_id))) is not None:
        return each
    if asked.missing and (some := of_those_counted(message, asked, replace(asked.partial, id=plan_id))) is not None:
        return some
    plain = plain_verdict(message) or (_value_first(message) if asked.missing not in ((), (CHOICE,)) else None)
    if plain is not None:
        message, understood = plain, understand(plain)
    plan = replace(asked.partial, id=plan_id)
    riders = riders_of(message, understood)
    if asked.missing == ():
        found = settled(message, plan, understood, riders)
    elif asked.missing == (CHOICE,):
        found = refused(message, understood) or _choosing(message, asked, plan, riders)
    else:
        ended = refused(message, understood) or taken_back(message)
        found = ended or _completed(message, asked, plan, understood, riders)
    if not isinstance(found, Plan):
        return found
    riders = about_it(message, found, riders)
    held = held_back(message, found, riders) or offered_again(message, found, riders)
    return held or _whole(message, found, riders, plan_id)


def _value_first(message: Message) -> Message | None:
    """The answer with its value before the condition; None where it is no value with a condition before it."""
    found = _FRONTED.match(message.text)
    own = message_of(found["own"], message.index, message.context) if found is not None else None
    if found is None or own is None or begins_request(own.tokens, message.index.verbs):
        return None
    return message_of(f"{found['own'].rstrip(' .!')}, {found['condition']}", message.index, message.context)


def _choosing(message: Message, asked: Clarify, plan: Plan, riders: list[Ask]) -> Decision | None:
    """What is chosen of two that were offered; a question where each is meant in a case of its own."""
    own = own_tokens(message, riders)
    begins_with_case = any(clause.first <= 1 for clause in conditions_in(message))
    found = chosen(message, asked, plan, message.tokens if begins_with_case else own)
    clauses = conditions_in(message)
    if found is None and leaves_open(message.norms):
        return asked
    if found is None or not clauses or (len(clauses) < 2 and not _ELSE.search(message.norms)):
        return found
    return planned(message, plan.id) or not_understood(message.words(message.of(clauses[0])))


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
    own = own_conditions(message, riders)
    if (unread := _unread_case(message, plan, riders)) is not None:
        return not_understood(unread)
    limited = conditioned(message, plan, plan_id, own) if own else plan
    if not isinstance(limited, Plan):
        return limited
    found = with_riders(message, limited, without_own(message, riders, own), plan_id)
    return asking(found, dict(message.index.by_name)) if isinstance(found, Plan) else found


def _unread_case(message: Message, plan: Plan, riders: list[Ask]) -> str | None:
    """The words for the other case, where nothing was read from them ("... if it can be, otherwise the other one")."""
    has_effect = any(message.index.by_name[step.intent].intent.has_effect for step in plan.steps)
    if not has_effect or any(rider.governing for rider in riders):
        return None
    found = _OTHER_CASE.search(message.text)
    return found.group().strip(" ,.;") if found is not None else None


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
    if asks_for_itself(norms(own_tokens(message, riders))):
        return None
    found = with_values(message, asked, plan, step, profile, riders)
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
