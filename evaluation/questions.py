"""Judges what is asked where a label wants a question.

Right is a question whose partial plan is about every step of the label and nothing else, that makes no value up, and
that asks for what is missing, or for a part of it while the rest is still open. A planner that gives no names of what
is missing, as a model may, is judged by its words: they must speak of what is missing, or of every intent to choose
from. What it quotes of the message does not count.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.labels import LabelledStep
from evaluation.matching import Matching
from evaluation.pairing import is_read_by_others
from evaluation.sameness import share_a_word, words
from orchestrator_server.plan import Clarify, Plan, Reference, Step

CHOICE = "intent"
"""Is missing where the assistant should offer several intents."""

_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_EMPTY = frozenset(
    ["are", "can", "customer", "customers", "for", "from", "given", "have", "how", "its", "one", "own", "that", "the",
     "their", "this", "what", "when", "where", "which", "whole", "who", "with", "you", "your"]
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Questioned:
    """What of a question is right."""

    intents: bool
    parameters: bool


def judge_question(matching: Matching, decision: Clarify) -> Questioned:
    """Is it about the label's intents, and does it ask for what is missing?"""
    partial = decision.partial
    intents = partial is None or _is_about_all(matching, partial)
    values = partial is None or _makes_nothing_up(matching, partial)
    return Questioned(intents=intents, parameters=values and _asks_enough(matching, decision))


def _is_about_all(matching: Matching, partial: Plan) -> bool:
    """Has every step of the label one of the partial plan, and is there no other but for expressions?"""
    free = list(partial.steps)
    for one in matching.label.steps:
        mine = [step for step in free if step.intent in one.intents]
        mine.sort(key=lambda step: (not matching.is_about(one, step.intent, step.arguments), step.is_supporting))
        if not mine and not one.is_optional:
            return False
        free = [step for step in free if not mine or step is not mine[0]]
    return all(_is_for_expressions(matching, step, partial) for step in free)


def _is_for_expressions(matching: Matching, step: Step, partial: Plan) -> bool:
    is_needed = step.is_supporting or is_read_by_others(step, partial)
    return is_needed and not matching.has_effect(step.intent)


def _makes_nothing_up(matching: Matching, partial: Plan) -> bool:
    """Is every value of the partial plan one of the label, as far as it goes?"""
    return all(
        any(_is_within(matching, one, step) for one in matching.label.steps if step.intent in one.intents)
        for step in partial.steps
        if any(step.intent in one.intents for one in matching.label.steps)
    )


def _is_within(matching: Matching, one: LabelledStep, step: Step) -> bool:
    known = one.params.keys() | one.optional_params.keys()
    literal = {name for name, value in step.arguments.items() if not isinstance(value, Reference)}
    is_own = step.intent != one.intents[0] or literal <= known
    return is_own and matching.is_about(one, step.intent, step.arguments)


def _asks_enough(matching: Matching, decision: Clarify) -> bool:
    asked = frozenset(decision.missing)
    if not matching.label.missing:
        return True
    if asked:
        return any(asked <= wanted for wanted in matching.label.missing)
    return any(_asks_in_words(matching, decision, wanted) for wanted in matching.label.missing)


def _asks_in_words(matching: Matching, decision: Clarify, wanted: frozenset[str]) -> bool:
    said = _content([_QUOTED.sub(" ", decision.question)])
    intents = [matching.catalogue.intents.get(one.intents[0]) for one in matching.label.steps]
    if CHOICE in wanted:
        return all(one and share_a_word(said, _content([one.name, one.description])) for one in intents)
    open_ = [name for name in wanted if not _is_filled(matching, decision.partial, name)]
    parameters = [p for one in intents if one for p in one.askable if p.name in open_]
    return any(share_a_word(said, _content([p.name.replace("_", " "), p.description])) for p in parameters)


def _is_filled(matching: Matching, partial: Plan | None, name: str) -> bool:
    """Does the partial plan hold a value wherever one belongs? Then the question asks for something else."""
    taking = [
        step for step in (partial.steps if partial else ()) if matching.catalogue.intents[step.intent].parameter(name)
    ]
    return bool(taking) and all(name in step.arguments for step in taking)


def _content(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in words(text) if word not in _EMPTY and len(word) > 2]
