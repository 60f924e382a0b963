"""What the paths of a condition stand for: whose values they are, and the fields of the contract behind them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from llm_orchestrator.capabilities.v1 import annotations_pb2

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.clauses import IT, NOBODY, YOU, Subject
from orchestrator_server.condition_tests import list_of
from orchestrator_server.plain_text import inserted
from orchestrator_server.plan import EACH, Json, Plan, Reference, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A step with a condition among the steps of its plan.

    `arguments` are those of each step, resolved as far as they are known. `is_named`: the
    thing that the step is about is called by its name, not `it`.
    """

    plan: Plan
    catalogue: Catalogue
    now: datetime
    step: Step
    arguments: Mapping[str, Mapping[str, Json]]
    is_named: bool = False

    def subject(self, path: str) -> Subject:
        """Whose value stands at `path`."""
        root = path.partition(".")[0]
        own = self._thing(self.step)
        if root == EACH:
            return own if own and self.is_named else IT
        source = self._step(root)
        found = self._thing(source) if source else None
        if found is not None:
            return IT if found == own and not self.is_named else found
        intent = self._intent(source)
        is_callers = intent is not None and intent.access == annotations_pb2.ACCESS_SUBJECT
        return YOU if is_callers else NOBODY

    def field(self, path: str) -> FieldDescriptor | None:
        """The field at the end of `path`; None where the contract does not tell."""
        root, *names = re.sub(r"\[[^\]]*\]", "", path).split(".")
        message, found = self._message(root), None
        for name in names:
            found = message.fields_by_name.get(name) if message is not None else None
            message = found.message_type if found is not None else None
        return found

    def _message(self, root: str) -> Descriptor | None:
        if root == EACH:
            listed = list_of(self.step.for_each or "")
            field = self.field(listed) if listed and not listed.startswith(EACH) else None
            return field.message_type if field is not None else None
        intent = self._intent(self._step(root))
        return self.catalogue.descriptor(intent.response_type) if intent is not None else None

    def _thing(self, step: Step) -> Subject | None:
        """What a step is about: its first required text that is no sentence, with what the contract calls it."""
        intent = self._intent(step)
        literal = {name: value for name, value in step.arguments.items() if not isinstance(value, Reference)}
        given = {**literal, **self.arguments.get(step.id, {})}
        for parameter in intent.askable if intent is not None else ():
            value = given.get(parameter.name)
            if parameter.is_required and isinstance(value, str) and value:
                noun = parameter.name.removesuffix("_id").replace("_", " ") if parameter.name.endswith("_id") else ""
                return Subject(words=f"{noun} {inserted(value)}".strip())
        return None

    def _step(self, name: str) -> Step | None:
        return next((step for step in self.plan.steps if step.id == name), None)

    def _intent(self, step: Step | None) -> Intent | None:
        return self.catalogue.intents.get(step.intent) if step is not None else None
