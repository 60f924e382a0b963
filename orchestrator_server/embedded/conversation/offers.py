"""What the assistant asked in its last words, where that is not the question that the planner itself would ask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from orchestrator_server.embedded.building import build
from orchestrator_server.embedded.conversation.inquiries import inquired, known_values
from orchestrator_server.embedded.conversation.repeats import needed, subject_of
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.requests.choices import Verdict
from orchestrator_server.embedded.requests.choosing import choose
from orchestrator_server.embedded.requests.matching import rank
from orchestrator_server.embedded.requests.moods import Mood
from orchestrator_server.embedded.values.slots import fill
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.plan import Clarify, Plan, Step

CHOICE = "intent"
"""Is missing where the question offered two intents."""

_ACT = lazy(
    r"(?:\b(?:should|shall|may|can|could) i|\b(?:do|would|did) you (?:still )?(?:want|like|prefer)(?: me)?(?: to)?"
    r"|\byou (?:want|would like) me to|\bis it (?:ok|okay|right|fine) (?:to|if i)|\bready to"
    r"|\b(?:do|did) you mean(?: to)?)\b(?P<act>[^?]*)\?$",
    re.IGNORECASE,
)
_OPEN = lazy(r"\W*(?:and |so |ok,? )?(?:which|what|how|where|when|who|whose|why)\b", re.IGNORECASE)
"""A question that yes does not answer."""
_MEANS = lazy(r"\b(?:(?:do|did) you mean|is it|is that|you mean|are you (?:talking|asking) about)\b", re.IGNORECASE)
_ELSE = lazy(r"\b(?:else|more|further|other(?:wise)?|help)\b", re.IGNORECASE)
_OR = lazy(r",?\s+or\s+(?:(?:should|shall) i |do you want me )?(?:to |rather |instead |only |just )?", re.IGNORECASE)
_ENOUGH = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of the things that a question offers: its words and the intent that they fit."""

    words: str
    profile: Profile


def asked_in_reply(message: Message, asked: Clarify | None) -> Clarify | None:
    """The question of the assistant's last words as the planner would keep it; None where it is its own, or none."""
    question = message.context.question
    if not question or (asked is not None and asked.question.rstrip() in message.context.reply):
        return None
    if asked is not None and asked.missing == (CHOICE,) and len(parts := _parts(question)) == 2:
        return _in_order(message, replace(asked, question=question), parts)
    acting = None if _OPEN.match(question) else _ACT.search(question)
    if acting and not (_ELSE.search(acting["act"]) and not message.context.focus_ids(question)):
        options = options_in(message, acting["act"])
        options = options if len(options) == 2 else _whose(message, acting["act"])
        if options:
            return _choice(message, question, options)
        return _proposal(message, asked, question, acting["act"])
    if _MEANS.search(question) and asked is not None:
        return _completed(message, asked.partial, question)
    return None if asked is not None else inquired(message, question)


def _parts(question: str) -> list[str]:
    """What a question offers, in its order."""
    return [part.strip() for part in _OR.split(re.sub(r"\([^)]*\)", " ", question)) if part.strip()]


def _in_order(message: Message, asked: Clarify, parts: Sequence[str]) -> Clarify:
    """The question of two intents with these in the order in which its words name them, with the ids that it names."""
    if asked.partial is None or len(asked.partial.steps) != 2:
        return asked
    one, two = asked.partial.steps
    straight = _fits(message, parts[0], one) + _fits(message, parts[1], two)
    crossed = _fits(message, parts[0], two) + _fits(message, parts[1], one)
    ordered = (two, one) if crossed > straight else (one, two)
    steps = tuple(_with_id(message, step, part) for step, part in zip(ordered, parts, strict=True))
    return replace(asked, partial=replace(asked.partial, steps=steps))


def _fits(message: Message, part: str, step: Step) -> float:
    """How much of an intent's own words stand in a part of a question."""
    profile = message.index.by_name[step.intent]
    stems = {token.stem for token in message.index.tokens(part)}
    return sum(weight * message.index.weight(word) for word, weight in profile.words.items() if word in stems)


def options_in(message: Message, act: str) -> list[Option]:
    """The two intents that the words of a question offer."""
    parts = _parts(act)
    if len(parts) != 2:
        return []
    verb = parts[0].split()[0]
    found: list[Option] = []
    for words in (parts[0], parts[1]):
        profile = _profile_of(message, words) or _profile_of(message, f"{verb} {words}")
        if profile is not None and profile not in [option.profile for option in found]:
            found.append(Option(words=words, profile=profile))
    return found


def _whose(message: Message, act: str) -> list[Option]:
    """The two effects that set the same, where a question asks but whose value: a thing's, or the user's own."""
    parts = _parts(act)
    named = [bool({t.stem for t in message.index.tokens(part)} & message.index.id_nouns) for part in parts]
    pair = next(iter(message.index.setters), None)
    if pair is None or sorted(named) != [False, True]:
        return []
    own, other = pair
    return [Option(words=part, profile=other if is_thing else own) for part, is_thing in zip(parts, named, strict=True)]


def _profile_of(message: Message, words: str) -> Profile | None:
    """The intent that an offer fits."""
    said = message_of(words, message.index, message.context)
    choice = choose(message.index, said.tokens)
    if choice.verdict is Verdict.CHOSEN and choice.best.profile.intent.has_effect:
        return choice.best.profile
    best = next((m for m in rank(message.index, said.tokens, Mood.WISH) if m.profile.intent.has_effect), None)
    return best.profile if best is not None and best.score >= _ENOUGH and best.by_verb else None


def _choice(message: Message, question: str, options: Sequence[Option]) -> Clarify:
    steps = [
        Step(
            id=f"s{n}", intent=option.profile.intent.name, arguments=known_values(message, option.profile, option.words)
        )
        for n, option in enumerate(options, start=1)
    ]
    return Clarify(question=question, missing=(CHOICE,), partial=Plan(id="", steps=tuple(steps), planner="embedded"))


def _proposal(message: Message, asked: Clarify | None, question: str, act: str) -> Clarify | None:
    """The one thing that the question proposes: what was planned already, or what its own words say."""
    context = message.context
    if (waiting := context.waiting) is not None and _has_effect(message, waiting):
        return Clarify(question=question, partial=needed(waiting))
    if asked is not None and (found := _completed(message, asked.partial, question)) is not None:
        return found
    plan = _plan_of(message, act)
    return Clarify(question=question, partial=plan) if plan is not None else None


def _has_effect(message: Message, plan: Plan) -> bool:
    return any(p.intent.has_effect for p in map(message.index.by_name.get, (s.intent for s in plan.steps)) if p)


def _plan_of(message: Message, act: str) -> Plan | None:
    """What the words of a proposal would do, where they name one thing to be done completely."""
    said = message_of(act.strip(), message.index, message.context)
    choice = choose(message.index, said.tokens)
    if choice.verdict is not Verdict.CHOSEN or not said.clauses:
        return None
    calls = fill(choice.best.profile, said, said.tokens)
    asks = [Ask(profile=choice.best.profile, filled=call, clause=said.clauses[0], tokens=said.tokens) for call in calls]
    return build(asks, "")[0] if asks and not any(ask.missing for ask in asks) else None


def _completed(message: Message, partial: Plan | None, question: str) -> Clarify | None:
    """The plan with the one id that the question names in the place that was open."""
    if partial is None:
        return None
    steps = [_with_id(message, step, question) for step in partial.steps]
    plan = replace(partial, steps=tuple(steps))
    is_whole = all(not _lacking(message, step) for step in steps)
    return Clarify(question=question, partial=plan) if is_whole and subject_of(message.index, plan) else None


def _with_id(message: Message, step: Step, question: str) -> Step:
    profile = message.index.by_name.get(step.intent)
    for parameter in profile.required if profile else ():
        named = message.context.focus_ids(question).get(parameter.pattern, [])
        if parameter.name not in step.arguments and len(named) == 1:
            step = replace(step, arguments={**step.arguments, parameter.name: named[0]})
    return step


def _lacking(message: Message, step: Step) -> list[str]:
    profile = message.index.by_name.get(step.intent)
    return [p.name for p in profile.required if p.name not in step.arguments] if profile else []
