"""Replies. The template composer needs no model: it puts together what servers declare and what they answered."""

from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Protocol

from orchestrator_server.plan import OutcomeStatus, Usage
from orchestrator_server.report import Report, StepReport
from orchestrator_server.wording import reply_sentence, seen_words


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
    """What was done, found, left out and failed, one line each. Supporting reads speak only when they failed."""
    lines = [line for step in report.steps if (line := _line(step))]
    yield from dict.fromkeys(lines) if lines else ("There was nothing to do.",)


def _line(step: StepReport) -> str:
    match step.status:
        case OutcomeStatus.SUCCEEDED:
            return "" if step.is_supporting else reply_sentence(step.intent, step.response)
        case OutcomeStatus.SKIPPED:
            return "" if step.is_supporting else _skipped(step)
        case OutcomeStatus.FAILED:
            return _sentence(step.message)
        case OutcomeStatus.UNKNOWN:
            unsure = f"I do not know whether this happened: {step.words}."
            return f"{unsure} {_sentence(step.message)} Check before you repeat it."
        case OutcomeStatus.CANCELLED:
            return "" if step.is_supporting else f"I did not {step.words}."


def _skipped(step: StepReport) -> str:
    """`I did not cancel order A-1042, because of “only if it hasn't shipped” (shipped at: 20 November).`"""
    if step.reason == "NOTHING_MATCHED":
        return f"There was nothing to do for “{step.words}”."
    seen = seen_words(step.seen)
    because = f"of “{step.condition}”" if step.condition else "a step before it was left out"
    return f"I did not {step.words}, because {because}{f' ({seen})' if seen else ''}."


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else text + "."
