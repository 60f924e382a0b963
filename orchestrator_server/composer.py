"""Replies. The template composer needs no model: it puts together what servers declare and what they answered."""

import re
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from typing import Protocol

from llm_orchestrator.capabilities.v1 import annotations_pb2

from orchestrator_server.english_forms import closed
from orchestrator_server.grouping import OTHERS, SHARED, Group, done, grouped, in_one, together
from orchestrator_server.plain_text import one_line
from orchestrator_server.plan import OutcomeStatus, Usage
from orchestrator_server.report import Report, StepReport
from orchestrator_server.sentences import answer_sentence, nothing_sentence
from orchestrator_server.templates import rendered

MOST_LINES = 20
MAX_MESSAGE = 1_000
MISSING = "something that it needs was not there"


class ComposerError(Exception):
    """The reply broke off; what was said so far is void."""


class Composer(Protocol):
    """Words a report for the user. Has no tools: nothing it says can start a call."""

    def compose(self, report: Report, spend: Callable[[Usage], None]) -> AsyncGenerator[str, None]:
        """The reply in pieces; `spend` is told what it took. Raises ComposerError."""
        ...


class TemplateComposer:
    """Puts the sentences that servers declare one after the other."""

    async def compose(self, report: Report, spend: Callable[[Usage], None]) -> AsyncGenerator[str, None]:
        """The reply, a line at a time."""
        for index, line in enumerate(report_lines(report)):
            yield line if index == 0 else "\n" + line


def report_lines(report: Report) -> Iterator[str]:
    """What was done, found, left out and failed, in the order in which it was asked for; nothing is said twice."""
    lines = [line for group in grouped(report.steps) for line in _lines(group)]
    yield from dict.fromkeys(lines) if lines else ("There was nothing to do.",)


def _lines(group: Group) -> Sequence[str]:
    match group.first.status:
        case OutcomeStatus.SUCCEEDED:
            return _succeeded(group)
        case OutcomeStatus.SKIPPED:
            return [_skipped(group)]
        case OutcomeStatus.FAILED:
            return [_failed(group)]
        case OutcomeStatus.UNKNOWN:
            unsure = f"I tried to {in_one(group.steps, 'and')}, and I do not know whether it happened."
            return [f"{unsure} {_told(group.first.message)} Please check before you ask for it again."]
        case OutcomeStatus.CANCELLED:
            return [f"I did not {in_one(group.steps, 'or')}."]


def _succeeded(group: Group) -> Sequence[str]:
    """Effects of one kind in one sentence; what was read line by line, as far as anybody reads."""
    if len(group.steps) > 1 and group.first.intent.has_effect:
        words = together([step.words for step in group.steps], group.first.intent)
        if words and (said := done(words)):
            return [closed(said)]
    lines = [answer for step in group.steps if (answer := _answer(step))]
    more = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"… and {more:,} more"] if more > 0 else lines


def _answer(step: StepReport) -> str:
    """What the server says in the simple case; where it declares nothing, what its answer says."""
    is_own = step.intent.access == annotations_pb2.ACCESS_SUBJECT
    declared = rendered(step.intent.reply_template, step.response)
    found = declared or answer_sentence(step.response, is_own=is_own)
    if step.intent.has_effect and not declared:
        return " ".join(part for part in (closed(done(step.words) or f"Done: {step.words}"), found) if part)
    return found or nothing_sentence(step.empty, is_own=is_own) or "I found nothing."


def _skipped(group: Group) -> str:
    """`I did not cancel order A-1042, because it was shipped on 20 November.`"""
    first = group.first
    if first.reason == "NOTHING_MATCHED":
        found = f"I found no matching {first.things}" if first.things else "I found nothing that matches"
        verb = first.words.partition(" ")[0]
        return closed(f"{found}, so there was nothing to {verb}" if first.intent.has_effect else found)
    left_out = f"I did not {in_one(group.steps, 'or')}"
    if first.blocked_by:
        return closed(f"{left_out}, because I did not {first.blocked_by}")
    if OTHERS in group.key:
        return closed(f"{left_out} either")
    because = _because(group)
    if because or first.condition:
        return closed(f"{left_out}, because {because or f'of “{one_line(first.condition)}”'}")
    return closed(f"{left_out}, because it needs something that was left out")


def _because(group: Group) -> str:
    """The reason that all steps of a group have, with a subject that fits."""
    because, shared = group.first.because, group.key[3]
    if len(group.steps) == 1:
        return because
    if because == shared and because.startswith(SHARED):
        verb = {"is": "are", "was": "were", "has": "have"}[because.split(" ")[1]]
        return f"they {verb} {because.split(' ', 2)[2]}"
    return group.first.because_named


def _failed(group: Group) -> str:
    """What went wrong, and which effects did not happen, where that does not say it itself."""
    first = group.first
    if OTHERS in group.key:
        return f"I could not {in_one(group.steps, 'or')} either."
    message = _told(first.message)
    effects = [step for step in group.steps if step.intent.has_effect]
    match first.reason:
        case "NOT_ALLOWED":
            return f"You may not {in_one(group.steps, 'or')}."
        case "CONDITION_FAILED":
            unclear = f"I could not tell whether “{one_line(first.condition)}” holds"
            return closed(f"{unclear}, so I did not {in_one(effects, 'or')}" if effects else unclear)
        case "ARGUMENT_FAILED":
            return f"I could not {in_one(group.steps, 'or')}, because {MISSING}."
        case "FOR_EACH_FAILED":
            return f"I could not tell what to {first.words.partition(' ')[0]}, because {MISSING}."
    unnamed = [step for step in effects if not _names(message, step.words)]
    if unnamed and first.intent.has_effect:
        return f"I could not {in_one(unnamed, 'or')}. {message}"
    return f"{message} So I did not {in_one(unnamed, 'or')}." if unnamed else message


def _names(message: str, words: str) -> bool:
    """Does the message name what the words are about: something with a number in it (`A-1042`), or the last of them?"""
    *_, last = said = [word.strip(".,:;()") for word in words.split()] or [""]
    return any(word in message for word in said if re.search(r"\d", word) and len(word) > 2) or last in message


def _told(message: str) -> str:
    """A server's own words, on one line."""
    return closed(one_line(message)[:MAX_MESSAGE])
