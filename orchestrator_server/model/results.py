"""What a planning model is told of earlier results: their values in few words, never the text of a reply.

Of the elements of a list only what tells them apart is told: no lists within, no free text, no personal data.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.concealing import Hiding, concealed, personal_parameters, personal_results
from orchestrator_server.model.handles import Handles
from orchestrator_server.plan import Json, Outcome, OutcomeStatus, PastTurn, Reference, Step
from orchestrator_server.report import response_values

MOST_ELEMENTS = 10
MOST_RESULTS = 4
DEEPEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalling:
    """What is told of earlier steps, with handles for what `hiding` hides."""

    catalogue: Catalogue
    hiding: Hiding
    handles: Handles
    now: datetime

    def learn(self, turn: PastTurn) -> None:
        """Makes the personal data of a turn known, so that it is recognised in what users wrote."""
        for step in turn.plan.steps if turn.plan is not None else ():
            self.arguments(step)
            self.results(turn, step)

    def results(self, turn: PastTurn, step: Step) -> list[Json]:
        """What the calls of a step were answered, as far as that can still be read."""
        intent = self.catalogue.intents.get(step.intent)
        if intent is None:
            return []
        outcomes = [outcome for outcome in turn.outcomes if outcome.step_id == step.id]
        found = [self._result(outcome, intent) for outcome in outcomes[:MOST_RESULTS]]
        return [result for result in found if result]

    def arguments(self, step: Step) -> dict[str, Json]:
        """The arguments of a step; references as they were written."""
        intent = self.catalogue.intents.get(step.intent)
        personal = personal_parameters(intent, self.catalogue) if intent is not None else frozenset[str]()
        return {name: self._argument(name, value, personal) for name, value in step.arguments.items()}

    def said(self, text: str) -> str:
        """What a user wrote, without personal data that is known by now."""
        return text if self.hiding is Hiding.NOTHING else self.handles.without_known(text)

    def _argument(self, name: str, value: Json | Reference, personal: frozenset[str]) -> Json:
        if isinstance(value, Reference):
            return {"from": value.expression}
        found: Json = concealed(value, personal, _personal_only(self.hiding), self.handles.give, name)
        return found

    def _result(self, outcome: Outcome, intent: Intent) -> Json:
        if outcome.status is not OutcomeStatus.SUCCEEDED:
            return None
        personal = personal_results(intent, self.catalogue)
        values = _brief(response_values(outcome, intent, self.catalogue, self.now), personal, self.hiding, DEEPEST)
        found: Json = concealed(values, personal, self.hiding, self.handles.give)
        return found


def _personal_only(hiding: Hiding) -> Hiding:
    """Arguments are the user's own words: no text of others is among them."""
    return Hiding.PERSONAL if hiding is Hiding.TEXT else hiding


def _brief(value: Any, personal: frozenset[str], hiding: Hiding, depth: int) -> Any:
    if isinstance(value, Mapping):
        return {name: _brief(part, personal, hiding, depth - 1) for name, part in value.items()} if depth else "…"
    if isinstance(value, list):
        kept = [_element(element, personal, hiding) for element in value[:MOST_ELEMENTS]]
        return kept if len(value) <= MOST_ELEMENTS else [*kept, f"… ({len(value)} in all)"]
    return value


def _element(element: Any, personal: frozenset[str], hiding: Hiding) -> Any:
    return dict(_telling(element, personal, hiding)) if isinstance(element, Mapping) else element


def _telling(element: Mapping[str, Any], personal: frozenset[str], hiding: Hiding) -> Iterator[tuple[str, Any]]:
    for name, value in element.items():
        is_shown = concealed(value, personal, hiding, lambda kind, _: "", name) == value
        if is_shown and not isinstance(value, Mapping | list):
            yield name, value
