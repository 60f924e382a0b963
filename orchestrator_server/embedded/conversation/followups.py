"""Short messages that only make sense after the turn before: "and A-1043?", "the same for the other one"."""

import re
from dataclasses import replace

from orchestrator_server.embedded.building import PLANNER
from orchestrator_server.embedded.conversation.answers import answer
from orchestrator_server.embedded.conversation.corrections import corrected
from orchestrator_server.embedded.conversation.described import all_shown, but_some, described, with_other
from orchestrator_server.embedded.conversation.echoes import again, there
from orchestrator_server.embedded.conversation.ellipsis import is_small, refuses, says_no_more
from orchestrator_server.embedded.conversation.limited import under_limits
from orchestrator_server.embedded.conversation.meant import named_ids
from orchestrator_server.embedded.conversation.pointing import pointed
from orchestrator_server.embedded.conversation.repeats import repeated, subject_of
from orchestrator_server.embedded.conversation.undone import not_undone
from orchestrator_server.embedded.declared.enum_words import enum_value
from orchestrator_server.embedded.declared.features import SHOWING_STEMS, is_content
from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.questions.wording import act_with, question_for
from orchestrator_server.embedded.requests.asks import Understood
from orchestrator_server.embedded.requests.walking import understand
from orchestrator_server.embedded.words.english import SHOWING, stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.plan import Clarify, Decision, Plan, Refuse, Step

LEFT_ALONE = Refuse(reason="chatter", message="All right, I leave that as it is. What else can I do for you?")
_NOT = lazy(r"^\W*(?:(?:ok|okay|but|and|just|only|please) (?:, )?)*not\b")
"""Says what shall not be touched."""
_LONGEST = 14
_ASKING = lazy(
    r"\b(?:what|how|when|where|who|why)\b(?! about)|\b(?:is|can you|could you|do)\b"
    r"(?= (?:it|that|my)\b)(?!(?<=\bdo) (?:it|that) (?:for|with|to|on)\b)"
)
_CORRECTING = lazy(r"\b(?:not|mean|meant|sorry|wrong|actually|rather|instead)\b")
_MEANT = lazy(
    r"\b(?:wrong (?:\w+)|(?:i|we) (?:meant?|ment|wanted)|mistyped|typo|mixed (?:it|them|that) up|not that one)\b"
)
_TELLING = frozenset(stem(word) for word in ("more", "details", "detail", "about", "information", "info"))
_OTHER = lazy(r"\b(?:other|others|another)\b")
"""Means what was not meant before."""
_ALL = lazy(r"\b(?:both|all (?:of )?(?:them|those|these|\d)|(?:them|those|these) all|each of them|the others)\b")
_WONDERS = lazy(r"\b(?:what|how) about\b")
"""Asks the same of something else."""
_ADDS = lazy(r"\b(?:too|also|as well|same|and)\b")
"""Asks for the same once more."""
_ALIKE = lazy(r"\b(?:the )?same\b|\b(?:ditto|likewise)\b|\bcan go (?:too|as well)\b")
"""Asks for the same in so many words."""
_AS_WELL = lazy(r"\S*\d{3,}\S*,? (?:too|as well|also)\b")
"""The same for one more that is named by its number."""
_ALIKE_STEMS = frozenset(
    stem(word) for word in words("treatment procedure thing deal drill story goes applies ditto likewise go well")
)


def follow_up(message: Message, plan_id: str, understood: Understood | None = None) -> Decision | None:
    """What the message is after the turn before: an answer, an echo, a correction; None where it stands by itself."""
    understood = understood or understand(message)
    if (undone := not_undone(message, understood)) is not None:
        return undone
    if not message.context.was_asked and message.context.question:
        found = answer(message, None, understood, plan_id)
        if found is not None:
            return found
    if (found := but_some(message, plan_id) or again(message, plan_id) or there(message, plan_id)) is not None:
        return found
    if (found := with_other(message, plan_id)) is not None:
        return found
    echoed = under_limits(message, plan_id, _echo) if message.context.plan is not None else None
    return echoed or described(message, plan_id) or all_shown(message, plan_id)


def _echo(message: Message, plan_id: str) -> Decision | None:
    """The last plan with what the message changes of it."""
    plan = message.context.plan
    if plan is None:
        return None
    if (mended := corrected(message, plan, plan_id)) is not None:
        return mended
    message = _told_before(message)
    if _ASKING.search(message.norms) or not _is_short(message):
        return None
    if (meant := _mistaken(message, plan, plan_id)) is not None or refuses(message):
        return meant
    return (
        _for_other_things(message, plan, plan_id)
        or _for_other_state(message, plan, plan_id)
        or _shown(message, plan_id)
    )


def _told_before(message: Message) -> Message:
    """The sentence that asks for the same once more, without what is told before it; else the message."""
    found = _ALIKE.search(message.text.lower()) or _AS_WELL.search(message.text)
    start = max(message.text.rfind(mark, 0, found.start()) for mark in ".!?\n") + 1 if found is not None else 0
    is_told = start > 0 and not any(token.shape for token in message.tokens if token.start < start)
    return message_of(message.text[start:], message.index, message.context) if is_told else message


def _mistaken(message: Message, plan: Plan, plan_id: str) -> Plan | None:
    """The last plan for the one id that was meant instead: "sorry, wrong number, I meant A-1043"."""
    found = subject_of(message.index, plan)
    said = message.ids(found[0]) if found is not None else []
    if found is None or len(said) != 1 or said[0] == found[1] or not _MEANT.search(message.norms):
        return None
    acts = any(token.stem in message.index.effect_verbs for token in message.tokens if is_content(token))
    return None if acts or "\n" in message.text else repeated(plan, plan_id, found[1], said)


def _shown(message: Message, plan_id: str) -> Plan | None:
    """What the read shows of the one thing that was picked from the last list and of which nothing else is said."""
    for shape in message.index.ids:
        things = message.context.things(shape)
        known = {stem for thing in things for stem in thing.words} | SHOWING_STEMS | _TELLING
        if not things or any(t.shape for t in message.tokens) or not says_no_more(message, known):
            continue
        value = message.context.ordinal(message.norms, shape) or pointed(message.norms, things, is_bare=True)
        reads = (p for p in message.index.profiles if not p.intent.has_effect and shape in p.shown)
        if value is not None and (profile := next(reads, None)) is not None and (taker := profile.takes(shape)):
            step = Step(id="s1", intent=profile.intent.name, arguments={taker.name: value})
            return Plan(id=plan_id, steps=(step,), planner=PLANNER)
    return None


def _is_short(message: Message) -> bool:
    said = [token for token in message.tokens if not token.is_mark]
    return 0 < len(said) <= _LONGEST


def _for_other_things(message: Message, plan: Plan, plan_id: str) -> Decision | None:
    """The last plan for the ids that the message names or points at."""
    found = subject_of(message.index, plan)
    if found is None or _has_own_verb(message):
        return None
    shape, old = found
    listed = {stem for thing in message.context.things(shape) for stem in thing.words}
    known = listed | SHOWING_STEMS if _ADDS.search(message.norms) else listed
    known = known | _ALIKE_STEMS if _ALIKE.search(message.norms) else known
    if not says_no_more(message, known):
        return None
    profiles = (message.index.by_name.get(step.intent) for step in plan.steps)
    changes = any(profile is not None and profile.intent.has_effect for profile in profiles)
    targets = _targets(message, shape, old, changes=changes)
    if not targets and (ids := message.ids(shape)):
        return LEFT_ALONE if old not in ids and _NOT.match(message.norms) else None
    if targets:
        return _repeated(message, plan, plan_id, old, targets)
    return _which(message, plan, plan_id, shape, old) if _OTHER.search(message.norms) else None


def _has_own_verb(message: Message) -> bool:
    """Does the message say itself what is to be done, as "show me ..." does? Then it is no echo, unless it adds."""
    shows = any(token.norm in SHOWING for token in message.tokens)
    return shows and _ADDS.search(message.norms) is None


def _targets(message: Message, shape: str, old: str, *, changes: bool) -> list[str]:
    """The ids that are meant; the last one not again where that would change it a second time."""
    if said := message.ids(shape):
        said = [value for value in named_ids(message.tokens, shape) if value != old or not changes]
        return [value for value in said if value != old] if _CORRECTING.search(message.norms) else said
    context = message.context
    if _ALL.search(message.norms):
        return [value for value in context.listed(shape) if value != old]
    found = context.ordinal(message.norms, shape)
    if found is None and _OTHER.search(message.norms):
        found = context.other(shape)
    found = found or pointed(message.norms, context.things(shape), is_bare=True)
    return [found] if found and found != old else []


def _repeated(message: Message, plan: Plan, plan_id: str, old: str, targets: list[str]) -> Decision | None:
    again_plan = repeated(plan, plan_id, old, targets)
    known = message.index.by_name
    effects = [step for step in again_plan.steps if known[step.intent].intent.has_effect]
    if effects and (_WONDERS.search(message.norms) or message.norms.rstrip().endswith("?")):
        acts = " and ".join(act_with(known[step.intent], step.arguments) for step in effects)
        return Clarify(question=f"Do you want me to {acts} too?", partial=again_plan)
    return again_plan


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
    content = [token for token in message.tokens if is_content(token) and not is_small(message, token)]
    asked = [step for step in plan.steps if not step.is_supporting]
    opens = re.match(r"\W*(?:and|what about|how about|only|just|the|ok|okay|now)\b", message.norms)
    is_act = any(t.stem in message.index.effect_verbs and not t.norm.endswith("ed") for t in content)
    if not content or len(asked) != 1 or not opens or is_act:
        return None
    profile = message.index.by_name.get(asked[0].intent)
    if profile is None or profile.intent.has_effect:
        return None
    for parameter in profile.intent.askable:
        value = enum_value(parameter, content)
        if profile.kinds[parameter.name] is Kind.ENUM and value is not None and len(content) == 1:
            step = replace(asked[0], arguments={**asked[0].arguments, parameter.name: value})
            return Plan(id=plan_id, steps=(step,), planner=plan.planner)
    return None
