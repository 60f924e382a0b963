"""Around a model's composer and judge: neither is shown what `Hiding` hides, and replies get it back."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.composer import Composer, ComposerError
from orchestrator_server.concealing import (
    Hiding,
    concealed,
    personal_anywhere,
    personal_parameters,
    personal_results,
)
from orchestrator_server.condition_judge import ConditionJudge, Doubt
from orchestrator_server.model.handles import Handles, UnknownHandleError
from orchestrator_server.plan import SeenValue, Usage
from orchestrator_server.report import Report, StepReport
from orchestrator_server.wording import plain_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcealingComposer:
    """Has `composer` word a report with handles, and puts the values back as the reply streams."""

    composer: Composer
    catalogue: Callable[[], Catalogue]
    hiding: Hiding

    async def compose(self, report: Report, spend: Callable[[Usage], None]) -> AsyncGenerator[str, None]:
        """The reply in pieces. Raises ComposerError, also where the reply names a handle that nobody gave."""
        handles = Handles()
        try:
            told = _Concealing(self.catalogue(), self.hiding, handles).report(report)
            written = self.composer.compose(told, spend)
            async with aclosing(written), aclosing(handles.restoring(written)) as pieces:
                async for piece in pieces:
                    yield piece
        except UnknownHandleError as error:
            raise ComposerError(str(error)) from error
        except KeyError as error:
            raise ComposerError(f"what is personal in {error} is not known any more") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcealingJudge:
    """Hides personal data from `judge`. Free text stays: it is what these conditions are about; the answer is a bit."""

    judge: ConditionJudge
    catalogue: Callable[[], Catalogue]
    hiding: Hiding

    async def holds(self, doubt: Doubt, now: datetime) -> tuple[bool, Usage]:
        """Whether the condition holds, and what asking took. Raises PlannerError."""
        if self.hiding is Hiding.NOTHING:
            return await self.judge.holds(doubt, now)
        catalogue, handles = self.catalogue(), Handles()
        personal = personal_anywhere(catalogue.intents.values(), catalogue)
        evidence = concealed(doubt.evidence, personal, Hiding.PERSONAL, handles.give)
        words = handles.without_known(doubt.words)
        return await self.judge.holds(replace(doubt, words=words, evidence=evidence), now)


class _Concealing:
    """Conceals one report. Results come first: what they hold is then known in words, messages and conditions."""

    def __init__(self, catalogue: Catalogue, hiding: Hiding, handles: Handles) -> None:
        self._catalogue = catalogue
        self._hiding = hiding
        self._handles = handles

    def report(self, report: Report) -> Report:
        if self._hiding is Hiding.NOTHING:
            return report
        answered = [self._answered(step) for step in report.steps]
        personal = personal_anywhere((step.intent for step in report.steps), self._catalogue)
        steps = tuple(self._step(step, personal) for step in answered)
        return replace(report, text=self._handles.without_known(report.text), steps=steps)

    def _answered(self, step: StepReport) -> StepReport:
        names = personal_results(step.intent, self._catalogue)
        return replace(step, response=concealed(step.response, names, self._hiding, self._handles.give))

    def _step(self, step: StepReport, personal: frozenset[str]) -> StepReport:
        return replace(
            step,
            words=self._words(step),
            condition=self._handles.without_known(step.condition),
            seen=tuple(self._seen(value, personal) for value in step.seen),
            message=self._text(step.message),
        )

    def _words(self, step: StepReport) -> str:
        """What the step does; without its arguments where they hold personal data that no result has made known."""
        words = self._handles.without_known(step.words, with_texts=True)
        if words == step.words and personal_parameters(step.intent, self._catalogue) & _askable(step):
            return plain_words(step.intent, {})
        return words

    def _seen(self, seen: SeenValue, personal: frozenset[str]) -> SeenValue:
        name = seen.path.rpartition(".")[2]
        return replace(seen, value=str(concealed(seen.value, personal, self._hiding, self._handles.give, name)))

    def _text(self, text: str) -> str:
        if self._hiding is Hiding.TEXT:
            return str(concealed(text, frozenset(), self._hiding, self._handles.give))
        return self._handles.without_known(text)


def _askable(step: StepReport) -> frozenset[str]:
    return frozenset(parameter.name for parameter in step.intent.askable)
