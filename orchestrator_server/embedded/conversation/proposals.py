"""What becomes of a proposal of the assistant's: taken as it is, for another thing, changed, or refused."""

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.conversation.described import planned
from orchestrator_server.embedded.conversation.ellipsis import (
    agrees,
    asks_for_itself,
    gives_up,
    names_ids,
    refuses,
    says_no_more,
)
from orchestrator_server.embedded.conversation.meant import named_ids
from orchestrator_server.embedded.conversation.pointing import compares, pointed
from orchestrator_server.embedded.conversation.repeats import joined, repeated, subject_of
from orchestrator_server.embedded.conversation.riders import conditions_in, own_tokens
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.questions.wording import act_with
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.requests.objects import takes
from orchestrator_server.embedded.words.english import IRREGULAR, stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG, Kind
from orchestrator_server.embedded.words.text import Token, norms
from orchestrator_server.plan import Clarify, Decision, Plan, Refuse, Step

_LIMITS = lazy(r"^\W*(?:but )?(?:only|if|unless|as long as|so long as|provided|providing|on condition)\b")
_STOPS = lazy(
    r"^\W*(?:(?:no|oh|please|ok|wait|sorry) (?:, )?)*(?:stop|abort|quit|exit)(?: it| that| please| there)?\W*$"
)
"""The whole conversation about it shall end."""
_YES_AND_NO = lazy(
    r"\b(?:no|nope|nah|do not|do not do it|rather not|better not|leave it|changed my mind|stop"
    r"|forget (?:it|that)|never mind)(?: please| thanks"
    r"| it| that)*\W*$"
)
"""A yes that is taken back."""
_MADE = lazy(r"\b(?:make|let) (?:it|that) (?:be )?\d+\b")
"""Another number in the place of one."""
_PART = lazy(r"\b(?:only|just|first|second|third|last|latter|former|one|not|except|other)\b")
"""Takes a part of several; which, is asked."""
_TOO = lazy(r"\b(?:and|also|too|as well|both|plus)\b")


LEFT = Refuse(reason="chatter", message="All right, I leave it as it is. What else can I do for you?")
_YES_WORDS = words("yes ok okay please then just so well do and right fine sure now")
_WHICH = Clarify(question="Which of them do you mean? Please name each.")
_ONLY = lazy(r"^\W*(?:(?:yes|ok|okay|no|but|please|well) (?:, )?)*(?:only|just)\b")
_AGREEING = {stem(word) for word in words("go ahead crack carry sounds looks good fine means confirmed agreed way")}
"""Stand in a yes of several words ("yes go on", "by all means")."""


def refused(message: Message, understood: Understood) -> Refuse | None:
    """The end of it, where the answer is a no and nothing else is asked for."""
    asks = understood.asks and not (gives_up(message) and all(_is_told(message, ask) for ask in understood.asks))
    is_open = bool(asks or understood.doubts) or "?" in message.text
    is_lone = not (is_open or _MADE.search(message.norms) or any(token.shape for token in message.tokens))
    if (_STOPS.match(message.norms) or (refuses(message) and is_lone)) and not re.search(r"\bother\b", message.norms):
        return LEFT
    return None


def taken_back(message: Message) -> Refuse | None:
    """The end of it, where the answer gives something and takes everything back in the end ("A-17, no wait, don't")."""
    is_back = _YES_AND_NO.search(message.norms) is not None
    return LEFT if is_back and not conditions_in(message) else None


def _is_told(message: Message, ask: Ask) -> bool:
    """Does it only say what has happened ("never mind, found the number")?"""
    return ask.tokens[0].norm in IRREGULAR or not begins_request(ask.tokens, message.index.verbs)


def settled(message: Message, plan: Plan, understood: Understood, riders: list[Ask]) -> Decision | None:
    """What becomes of a proposal: done as proposed, for another thing, or not at all."""
    own = own_tokens(message, riders)
    if (some := _of_several(message, plan, own)) is not None:
        return some
    if (other := _for_another(message, plan, own) or _recounted(message, plan, own)) is not None:
        return _offered(message, other) if _ends_open(own) and not agrees(message) else other
    if (mended := _revalued(message, plan, understood)) is not None:
        return mended
    if (ended := refused(message, understood)) is not None:
        return ended
    if agrees(message) and _YES_AND_NO.search(message.norms):
        return LEFT
    if refuses(message):
        return _instead(message, plan)
    if sum(not step.is_supporting for step in plan.steps) > 1 and _PART.search(norms(own)):
        return _WHICH
    says_yes = agrees(message) or (bool(conditions_in(message)) and _LIMITS.match(message.norms) is not None)
    known = {part for step in plan.steps for part in _stems(message, step)}
    says_yes = says_yes or _says_its_verb(message, plan, own)
    return plan if says_yes and says_no_more(message, known | _AGREEING, own) else None


def _says_its_verb(message: Message, plan: Plan, own: Sequence[Token]) -> bool:
    """Does the answer begin with the verb of the one thing that was proposed, which is a yes?"""
    first = next((token for token in own if token.norm not in _YES_WORDS and not token.is_mark), None)
    effects = (p for s in plan.steps if (p := message.index.by_name.get(s.intent)) and p.intent.has_effect)
    verbs = {verb for profile in effects for verb in profile.verbs}
    return first is not None and first.stem in verbs and not _ends_open(own) and not asks_for_itself(norms(own))


def _ends_open(own: Sequence[Token]) -> bool:
    return bool(own) and own[-1].norm == "?"


def _offered(message: Message, plan: Plan) -> Clarify:
    """The question whether that is to be done: it was only asked about ("what about the other one?")."""
    known = message.index.by_name
    acts = " and ".join(act_with(known[s.intent], s.arguments) for s in plan.steps if known[s.intent].intent.has_effect)
    return Clarify(question=f"Do you want me to {acts}?", partial=plan)


def _instead(message: Message, proposal: Plan) -> Plan | None:
    """What is asked for in the place of the refused proposal, behind the no; never the same again."""
    rest = re.split(r"[,.;!]+\s*", message.text, maxsplit=1)[1:]
    while rest:
        found = planned(message_of(rest[0], message.index, message.context), proposal.id)
        if found is not None:
            is_same = {step.intent for step in proposal.steps} & {step.intent for step in found.steps}
            return None if is_same else found
        rest = re.split(r"[,.;!]+\s*", rest[0], maxsplit=1)[1:]
    return None


def _stems(message: Message, step: Step) -> set[str]:
    profile = message.index.by_name.get(step.intent)
    return {part for verb in profile.verbs for part in verb.split()} | set(profile.nouns) if profile else set()


def _of_several(message: Message, plan: Plan, own: Sequence[Token]) -> Decision | None:
    """What becomes of a proposal about several things, where the answer names some, or another one beside them."""
    found = subject_of(message.index, plan)
    known = [v for step in plan.steps for v in step.arguments.values() if isinstance(v, str)]
    said = [token.value for token in own if found is not None and token.shape == found[0]]
    if found is None or not said or len({v for v in known if re.fullmatch(found[0], v)}) < 2:
        return None
    beyond = [value for value in said if value not in known]
    if len(said) == 1 and beyond and agrees(message) and _TOO.search(norms(own)):
        return joined(plan, repeated(plan, plan.id, found[1], beyond))
    if len(said) == 1 and not beyond and _ONLY.search(norms(own)):
        return repeated(plan, plan.id, said[0], said)
    return _WHICH if says_no_more(message, (), own) else None


def _for_another(message: Message, plan: Plan, own: Sequence[Token]) -> Plan | None:
    """The proposal for the other thing that the answer names or points at: "no, the other one"."""
    found = subject_of(message.index, plan)
    if found is None or asks_for_itself(norms(own)):
        return None
    if not says_no_more(message, _shown_stems(message, found[0]) | _comparing(own), own):
        return None
    shape, old = found
    said = [value for value in named_ids(own, shape) if value != old]
    if not said and len({token.value for token in own if token.shape == shape} - {old}) > 0:
        return None
    new = said[-1] if len(said) == 1 else "" if said else _pointed(message, norms(own), shape)
    if not new or new == old:
        return None
    both = agrees(message) and bool(said) and _TOO.search(norms(own)) is not None
    return repeated(plan, plan.id, old, [old, new] if both else [new])


def _recounted(message: Message, plan: Plan, own: Sequence[Token]) -> Plan | None:
    """The proposal with another number: "no, 3", "make it 3"."""
    said = [token.norm for token in own if token.norm.isdigit() and not token.shape]
    if len(said) != 1 or not says_no_more(message, {*said, "mak"}, own):
        return None
    for at, step in enumerate(plan.steps):
        profile = message.index.by_name.get(step.intent)
        name = next((n for n, kind in profile.kinds.items() if kind is Kind.NUMBER), "") if profile else ""
        if name in step.arguments:
            changed = replace(step, arguments={**step.arguments, name: int(said[0])})
            return replace(plan, steps=(*plan.steps[:at], changed, *plan.steps[at + 1 :]))
    return None


def _revalued(message: Message, plan: Plan, understood: Understood) -> Plan | None:
    """The proposal with the other value that the answer gives: "almost, it is PLACE"."""
    if any(token.norm in ("?", "or") for token in message.tokens) or names_ids(message):
        return None
    for at, step in enumerate(plan.steps):
        profile = message.index.by_name.get(step.intent)
        for parameter in profile.required if profile and profile.intent.has_effect else ():
            shape = LONG if profile and profile.kinds[parameter.name] is Kind.LONG else parameter.pattern
            said = {token.value for token in message.tokens if token.shape and token.shape == shape}
            old = step.arguments.get(parameter.name)
            is_other = len(said) == 1 and isinstance(old, str) and old not in said
            if is_other and not _asks_more(understood, shape):
                changed = replace(step, arguments={**step.arguments, parameter.name: said.pop()})
                return replace(plan, steps=(*plan.steps[:at], changed, *plan.steps[at + 1 :]))
    return None


def _asks_more(understood: Understood, shape: str) -> bool:
    """Is anything asked for but what takes such a value?"""
    return any(
        not ask.profile.intent.has_effect or not takes(ask.profile, shape) or ask.governing for ask in understood.asks
    )


def _pointed(message: Message, text: str, shape: str) -> str:
    context = message.context
    other = context.other(shape) if re.search(r"\bother\b", text) else None
    return context.ordinal(text, shape) or other or pointed(text, context.things(shape), is_bare=True) or ""


def _comparing(own: Sequence[Token]) -> set[str]:
    """The stems of the words that compare ("no, the cheaper one")."""
    said = compares(norms(own))
    return {token.stem for token in own if token.norm in said}


def _shown_stems(message: Message, shape: str) -> set[str]:
    return {stem for thing in message.context.things(shape) for stem in thing.words}
