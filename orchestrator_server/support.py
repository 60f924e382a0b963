"""Which steps of a plan do the user's own words ask for? Whoever made the plan, and whatever was read on the way to it.

The words are matched by the embedded planner, which obeys nobody: what it understands counts, and so does an intent
that fits a clause of the message about as well as the best one does. All intents compete for each clause, those that
nobody planned too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from orchestrator_server.catalogue import Catalogue, Intent, Parameter
from orchestrator_server.embedded.clauses.clauses import Role
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.fields import stems_of
from orchestrator_server.embedded.declared.verbs import is_verb_of
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.matching import SURE, WEAK, Match, rank
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.values.slots import pointed_shapes
from orchestrator_server.embedded.words.text import Token
from orchestrator_server.expressions import Expressions
from orchestrator_server.grounding import Ground
from orchestrator_server.plan import Clarify, Json, Plan, Recollection, Reference, Step
from orchestrator_server.references import texts_of
from orchestrator_server.user_words import Asked

ENOUGH = 0.3
"""From here on an effect may be what was meant, when its verb stands there too."""

SLACK = 0.2
"""An intent that fits a clause worse than the best one by no more than this may still be what was meant."""

_SEVERAL = re.compile(
    r"\b(?:all|both|those|them|these|every|each|rest|others|ones|any|remaining|two|three|four|five|six|seven|eight)\b"
)
_OTHERS = re.compile(
    r"\b(?:others?|another|rest|remaining|first|second|third|last|latest|all (?:my|of|the|our)|every|each|both)\b"
)
"""Words by which a message means things beside those that it names."""


def supported(plan: Plan, asked: Asked, catalogue: Catalogue, expressions: Expressions) -> Plan:
    """The steps of `plan` that were asked for, with the reads that their expressions use; it may have none left."""
    if asked.is_chatter:
        return replace(plan, steps=())
    named = _named_by_words(plan, asked) | _named_by_question(plan, asked)
    kept = {step.id for step in plan.steps if step.intent in named and _may(step, plan, asked, catalogue)}
    kept -= _too_many(plan, kept, asked, catalogue)
    kept -= _repeated(plan, kept, catalogue)
    for step in reversed(plan.steps):
        if step.id in kept:
            kept |= _used_reads(step, plan, catalogue, expressions)
    return replace(plan, steps=tuple(step for step in plan.steps if step.id in kept))


def _named_by_words(plan: Plan, asked: Asked) -> frozenset[str]:
    planned = frozenset(step.intent for step in plan.steps)
    understood = planned & frozenset(step.intent for step in asked.plan.steps) if asked.plan else frozenset[str]()
    if understood == planned:
        return planned
    clauses = (asked.message.of(clause) for clause in asked.message.clauses if clause.role is Role.REQUEST)
    return understood.union(*(_named_by(asked.message, tokens, planned, understood) for tokens in clauses if tokens))


def _named_by(
    message: Message, tokens: tuple[Token, ...], planned: frozenset[str], understood: frozenset[str]
) -> frozenset[str]:
    """The planned intents that a clause may mean; only those that the embedded planner means, if it means any."""
    mood = mood_of(tokens)
    matches = rank(message.index, tokens, mood, pointed_shapes(message, tokens))
    near = [match for match in matches if match.score >= matches[0].score - SLACK]
    near = [match for match in near if match.profile.intent.name in planned and _is_strong(match, tokens, mood)]
    effects = [match for match in near if match.profile.intent.has_effect]
    names = frozenset(match.profile.intent.name for match in near if match not in effects[1:])
    return names & understood or names


def _is_strong(match: Match, tokens: Sequence[Token], mood: Mood) -> bool:
    """Is there enough for a read; for an effect, a word that asks for it as well?"""
    if not match.profile.intent.has_effect:
        return match.score >= WEAK
    places = (at for at, token in enumerate(tokens) if is_content(token))
    is_said = match.by_verb or match.likeness >= SURE or any(is_verb_of(match.profile, tokens, at) for at in places)
    return is_said and match.score >= ENOUGH and mood is not Mood.REFUSAL


def _named_by_question(plan: Plan, asked: Asked) -> frozenset[str]:
    """The intent of an open question, where the plan fills what was missing with what was just said."""
    question = asked.request.memory.open_question
    waiting = _step_of(question)
    if question is None or waiting is None:
        return frozenset()
    answer = Ground(replace(asked.request, memory=Recollection()))
    for step in plan.steps:
        values = [step.arguments.get(name) for name in question.missing] if step.intent == waiting.intent else []
        if any(_is_said(value, answer) for value in values):
            partial = question.partial
            return frozenset(one.intent for one in partial.steps) if partial else frozenset()
    return frozenset()


def _step_of(question: Clarify | None) -> Step | None:
    steps = question.partial.steps if question is not None and question.partial is not None else ()
    return next((step for step in steps if question is not None and step.id == question.step_id), None)


def _may(step: Step, plan: Plan, asked: Asked, catalogue: Catalogue) -> bool:
    """Is the step about what the message is about: no other things than those it names, where it names any?"""
    intent = catalogue.intents[step.intent]
    if intent.has_effect and not asked.allows_effects:
        return False
    if intent.has_effect and step.for_each is not None and not _speaks_of_several(intent, asked):
        return False
    if any(not _names(step.arguments.get(p.name), asked) for p in intent.parameters if p.is_subject):
        return False
    names_others = _OTHERS.search(asked.message.norms)
    remembered = _remembered(step, plan, asked, catalogue)
    return bool(names_others) or not any(asked.message.ids(parameter.pattern) for parameter in remembered)


def _names(person: Json | Reference, asked: Asked) -> bool:
    """Does the message name the person whose data is asked for? Where it is not the caller, policy refuses it then."""
    return person is None or (
        not isinstance(person, Reference) and Ground(replace(asked.request, memory=Recollection())).says(person)
    )


def _speaks_of_several(intent: Intent, asked: Asked) -> bool:
    """Does the message mean more than one of what the intent takes, or the embedded planner take it so?"""
    own = asked.plan.steps if asked.plan else ()
    if any(step.intent == intent.name and step.for_each is not None for step in own):
        return True
    things = {stem for parameter in intent.askable for stem in stems_of(parameter.name.removesuffix("_id"))}
    plurals = {token.stem for token in asked.message.tokens if token.norm.endswith("s")}
    return bool(things & plurals) or _SEVERAL.search(asked.message.norms) is not None


def _too_many(plan: Plan, kept: set[str], asked: Asked, catalogue: Catalogue) -> set[str]:
    """Steps on several things that the message does not name, although it speaks of one."""
    by_intent: dict[str, set[str]] = {}
    for step in plan.steps:
        if step.id in kept and _remembered(step, plan, asked, catalogue):
            by_intent.setdefault(step.intent, set()).add(step.id)
    several = (names for intent, names in by_intent.items() if not _speaks_of_several(catalogue.intents[intent], asked))
    return {name for names in several if len(names) > 1 for name in names}


def _repeated(plan: Plan, kept: set[str], catalogue: Catalogue) -> set[str]:
    """Steps that do once more what one before them does; a read behind an effect may show what the effect did."""
    before: list[Step] = []
    found: set[str] = set()
    for step in plan.steps:
        if step.id not in kept:
            continue
        same = replace(step, id="", is_supporting=False)
        if same in before:
            found.add(step.id)
        elif catalogue.intents[step.intent].has_effect:
            before = [one for one in before if catalogue.intents[one.intent].has_effect]
        before.append(same)
    return found


def _remembered(step: Step, plan: Plan, asked: Asked, catalogue: Catalogue) -> list[Parameter]:
    """The parameters whose ids stand in earlier turns or in responses alone, and in nothing that is being asked for."""
    intent = catalogue.intents[step.intent]
    ids = asked.message.index.ids
    said = Ground(replace(asked.request, memory=Recollection()))
    own = _own_values(intent, asked) | _asked_values(asked)
    found = []
    for parameter in intent.askable:
        value = step.arguments.get(parameter.name)
        if parameter.pattern not in ids or value is None:
            continue
        if isinstance(value, Reference):
            is_known = step.for_each is None and _is_about_said(value, step, plan, asked, catalogue)
        else:
            is_known = not isinstance(value, str) or value in own or said.says(value)
        if not is_known:
            found.append(parameter)
    return found


def _is_about_said(value: Reference, step: Step, plan: Plan, asked: Asked, catalogue: Catalogue) -> bool:
    """Is it taken from the responses of steps which are themselves about what was named?"""
    before = plan.steps[: plan.steps.index(step)]
    named = [one for one in before if re.search(rf"\b{re.escape(one.id)}\b", value.expression)]
    ids = asked.message.index.ids
    takes_id = all(
        any(p.pattern in ids and p.name in one.arguments for p in catalogue.intents[one.intent].askable)
        for one in named
    )
    return bool(named) and takes_id and not any(_remembered(one, plan, asked, catalogue) for one in named)


def _own_values(intent: Intent, asked: Asked) -> set[str]:
    steps = asked.plan.steps if asked.plan else ()
    return {str(value) for step in steps if step.intent == intent.name for value in _literals(step.arguments)}


def _asked_values(asked: Asked) -> set[str]:
    """What the plan of an open question holds."""
    question = asked.request.memory.open_question
    steps = question.partial.steps if question is not None and question.partial is not None else ()
    return {str(value) for step in steps for value in _literals(step.arguments)}


def _literals(arguments: Mapping[str, Json | Reference]) -> Iterator[Json]:
    return (value for value in arguments.values() if not isinstance(value, Reference))


def _used_reads(step: Step, plan: Plan, catalogue: Catalogue, expressions: Expressions) -> set[str]:
    judged = step.condition.judged_over if step.condition is not None else ()
    names = {name for text in texts_of(step) for name in expressions.mentioned(text)} | set(judged)
    return {one.id for one in plan.steps if one.id in names and not catalogue.intents[one.intent].has_effect}


def _is_said(value: Json | Reference, answer: Ground) -> bool:
    values = value if isinstance(value, list) else [value]
    return any(isinstance(one, str | int | float) and answer.says(one) for one in values)
