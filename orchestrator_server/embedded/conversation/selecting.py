"""Which of the intents that a question offered the answer means: one of them, both, or none."""

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.conversation.ellipsis import asks_for_itself, names_ids, says_no_more
from orchestrator_server.embedded.conversation.pointing import is_limited, kept, place_of
from orchestrator_server.embedded.conversation.repeats import renamed
from orchestrator_server.embedded.declared.verbs import verb_at
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.matching import rank
from orchestrator_server.embedded.requests.moods import Mood
from orchestrator_server.embedded.values.slots import fill
from orchestrator_server.embedded.words.english import FUNCTION, stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms
from orchestrator_server.plan import Clarify, Plan, Step

_BOTH = lazy(
    r"^\W*(?:(?:yes|ok|okay|please|do|i want|well|oh)\W+)*(?:both|all|each)\b|\bboth(?: of (?:them"
    r"|those))?\W*(?:please )?\W*$"
)
_ONE = lazy(r"\b(?:option|number) ?(?P<number>[12])\b|^\W*(?P<lone>1|2|one|two|a|b)\W*$")
_OPTION = lazy(r"\b(first|second|third|last|former|latter) (?:option|choice|thing|possibility)\b")
_TRAILING = lazy(r"(?: (?:[-,.;:]|but|and|only|just|if|unless|when|provided|as long as|so long as|assuming|in case))+$")
"""Leads to a condition."""
_OPEN = lazy(r"\b(?:depends?|depending|whichever|whatever|not sure|do not know|no idea)\b")
"""Leaves it open."""
_TOO = lazy(r"\b(?:too|also|as well|both|plus|and)\b")
_STAYS = lazy(
    r"\b(?:leave|keep) [^,.;!]*?(?: (?:alone|as (?:it|they) (?:is|are|r))|(?= [,.;!]|$))"
    r"|(?:^|(?<=[,.;!] ))(?!it |that )[^,.;!]*"
    r"\b(?:is|are|stays?) (?:fine|ok|okay|right|unchanged|as (?:it|they) )[^,.;!]*"
)
"""Names the one that is not meant: "..., leave the others alone", "the others are fine"."""
_RULED_OUT = lazy(r"\b(?:do not|does not|never|not)\b[^,.;!?]*")
"""Names what shall not be done."""
_VALUES = frozenset({Kind.SHAPED, Kind.LONG})
_ENOUGH = 0.2
_CLEAR = 0.05


def chosen(message: Message, asked: Clarify, offered: Plan, own: Sequence[Token]) -> Plan | None:
    """The plan of the intent that the answer's `own` words point at, or of both; None where that is open."""
    text = _TRAILING.sub("", norms(own))
    plan = _about_named(message, offered, own)
    if plan is None or asks_for_itself(text) or leaves_open(text):
        return None
    if _BOTH.search(text):
        return replace(plan, steps=tuple(renamed([_given(message, step) for step in plan.steps], 0)))
    place = _place(text)
    if place is None:
        place = _by_words(message, asked, plan)
    if place is None:
        place = _by_id(message, plan)
    if place is None and not says_no_more(message, (), own):
        place = _by_rank(message, plan)
    if place is None or not -len(plan.steps) <= place < len(plan.steps):
        return None
    taken = (
        [plan.steps[place]] if plan is offered or not _TOO.search(text) else [offered.steps[place], plan.steps[place]]
    )
    return replace(plan, steps=tuple(renamed([_given(message, step) for step in taken], 0)))


def leaves_open(text: str) -> bool:
    """Do the normalised words leave open which of two it is?"""
    return _OPEN.search(text) is not None


def _about_named(message: Message, offered: Plan, own: Sequence[Token]) -> Plan | None:
    """The offers with the one other id that the answer names; None where it names several, or rules one out."""
    plan = offered
    named = {token.value: token.shape for token in own if token.shape in message.index.ids}
    for value, shape in named.items():
        takers = [(step, taker) for step in plan.steps if (taker := message.index.by_name[step.intent].takes(shape))]
        others = [step for step, taker in takers if step.arguments.get(taker.name, value) != value]
        if others and (len(named) > 1 or is_limited(message.norms)):
            return None
        if others:
            plan = replace(plan, steps=tuple(_renamed(message, step, shape, value) for step in plan.steps))
    return plan


def _renamed(message: Message, step: Step, shape: str, value: str) -> Step:
    taker = message.index.by_name[step.intent].takes(shape)
    return replace(step, arguments={**step.arguments, taker.name: value}) if taker is not None else step


def _place(text: str) -> int | None:
    found = _ONE.search(text)
    if found is None:
        return place_of(_OPTION.sub(r"\1 one", kept(text)))
    return {"1": 0, "one": 0, "a": 0, "2": 1, "two": 1, "b": 1}[found["number"] or found["lone"]]


def _by_words(message: Message, asked: Clarify, plan: Plan) -> int | None:
    """The option that alone has the answer's words in the question."""
    parts = re.split(r",?\s+or\s+", asked.question, flags=re.IGNORECASE)
    if len(parts) != len(plan.steps):
        return None
    stems = [{stem(word) for word in re.findall(r"[a-z]+", part.lower())} for part in parts]
    said = {stem(word) for word in _RULED_OUT.sub(" ", _STAYS.sub(" ", message.norms)).split() if word not in FUNCTION}
    fits = [len(said & (own - set().union(*(o for o in stems if o is not own)))) for own in stems]
    best = max(fits)
    return fits.index(best) if best and fits.count(best) == 1 else None


def _by_id(message: Message, plan: Plan) -> int | None:
    """The only option that takes the id which the answer names."""
    shapes = {token.shape for token in message.tokens if token.shape in message.index.ids}
    profiles = [message.index.by_name[step.intent] for step in plan.steps]
    takers = [at for at, profile in enumerate(profiles) if any(profile.takes(shape) for shape in shapes)]
    return takers[0] if len(takers) == 1 else None


def _by_rank(message: Message, plan: Plan) -> int | None:
    """The option whose intent the answer fits clearly better than the others."""
    offered = [step.intent for step in plan.steps]
    if _RULED_OUT.search(message.norms):
        return None
    ranked = [m for m in rank(message.index, message.tokens, Mood.WISH) if m.profile.intent.name in offered]
    if not ranked or ranked[0].score < _ENOUGH:
        return None
    if len(ranked) > 1 and ranked[0].score - ranked[1].score < _CLEAR:
        return None
    return offered.index(ranked[0].profile.intent.name)


def _given(message: Message, step: Step) -> Step:
    """The step with the values that the answer itself brings."""
    profile = message.index.by_name[step.intent]
    calls = fill(profile, message, message.tokens)
    lacking = [p.name for p in profile.required if p.name not in step.arguments]
    is_sure = names_ids(message) or verb_at(profile, message.tokens) is not None
    given = calls[0].arguments.items() if calls else ()
    found = {n: v for n, v in given if n in lacking and (is_sure or profile.kinds[n] in _VALUES)}
    return replace(step, arguments={**step.arguments, **found})
