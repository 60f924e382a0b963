"""What a planner gave and what does not count as given, with the reason: for questions, repairs and tests."""

from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator_server.catalogue import Catalogue, Parameter
from orchestrator_server.grounding import Ground
from orchestrator_server.normalising import normalised
from orchestrator_server.plan import Fault, Json, Plan, Reference, Step

NOT_GROUNDED = "NOT_GROUNDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A value that was left out. `reason` is NOT_GROUNDED, PATTERN_NOT_MET, UNKNOWN_VALUE or WRONG_TYPE."""

    step_id: str
    parameter: str
    value: Json
    reason: str
    message: str

    @property
    def fault(self) -> Fault:
        """The same, worded for a planner."""
        message = f"Step {self.step_id}: {self.parameter}: {self.message}."
        return Fault(reason=self.reason, step_id=self.step_id, message=message)


def dropped(plan: Plan, catalogue: Catalogue, ground: Ground) -> tuple[Dropped, ...]:
    """The values that `normalised` leaves out of `plan`, without those that say nothing (null, empty)."""
    kept = normalised(plan, catalogue, ground)
    return tuple(
        lost
        for before, after in zip(plan.steps, kept.steps, strict=True)
        for lost in _dropped(before, after, catalogue, ground)
    )


def _dropped(before: Step, after: Step, catalogue: Catalogue, ground: Ground) -> Iterator[Dropped]:
    intent = catalogue.intents.get(before.intent)
    for name, value in before.arguments.items():
        parameter = intent.parameter(name) if intent else None
        if name in after.arguments or parameter is None or parameter.is_subject or isinstance(value, Reference):
            continue
        if value not in (None, "", []):
            reason, message = _why(value, parameter, ground)
            yield Dropped(step_id=before.id, parameter=name, value=value, reason=reason, message=message)


def _why(value: Json, parameter: Parameter, ground: Ground) -> tuple[str, str]:
    said = repr(value)
    if not ground.holds(value, parameter):
        return NOT_GROUNDED, f"{said} was not said; take what the user said, refer to a step, or write null"
    if parameter.kind == "enum":
        return "UNKNOWN_VALUE", f"{said} is none of {', '.join(parameter.enum_names)}"
    if parameter.pattern and parameter.kind != "message" and isinstance(value, list) <= parameter.is_repeated:
        example = f", as {parameter.example} does" if parameter.example else ""
        return "PATTERN_NOT_MET", f"{said} does not match {parameter.pattern}{example}"
    return "WRONG_TYPE", f"{said} is no {parameter.kind}"
