"""What of a proposed plan holds: values brought into form, everything checked, arguments only from where they may stem.

A literal is grounded (see grounding.py); a text taken from a response is the whole value of a field that goes by the
parameter's name. So what somebody wrote into a result cannot become an argument, whoever quotes it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from orchestrator_server.catalogue import Catalogue, Parameter
from orchestrator_server.checks import MAX_STEPS, check, missing, missing_faults
from orchestrator_server.dropping import NOT_GROUNDED, Dropped, dropped
from orchestrator_server.expressions import Compiled, ExpressionError, Expressions
from orchestrator_server.grounding import Ground
from orchestrator_server.normalising import normalised
from orchestrator_server.plan import Clarify, Decision, Fault, Plan, Request, Step
from orchestrator_server.scope import Scope, expressions_of, scope_of
from orchestrator_server.sources import corresponds, names_of, sources

TEXT_KINDS = frozenset({"string", "bytes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """A plan in the form that the contracts take, and what it lost on the way."""

    plan: Plan
    lost: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vetting:
    """Vets plans for one request. `allowed` names the intents that the user may call."""

    request: Request
    catalogue: Catalogue
    expressions: Expressions
    allowed: frozenset[str]
    max_steps: int = MAX_STEPS

    def normalised(self, plan: Plan) -> Normalised:
        """The plan without values that do not count as given; effects take them from fewer places than reads."""
        grounds: dict[bool, Ground] = {}
        steps: list[Step] = []
        lost: list[Dropped] = []
        for step in plan.steps:
            intent = self.catalogue.intents.get(step.intent)
            is_for_effect = intent.has_effect if intent else True
            if is_for_effect not in grounds:
                grounds[is_for_effect] = Ground(self.request, self.catalogue, is_for_effect=is_for_effect)
            ground = grounds[is_for_effect]
            alone = replace(plan, steps=(step,))
            steps += normalised(alone, self.catalogue, ground).steps
            lost += dropped(alone, self.catalogue, ground)
        return Normalised(plan=replace(plan, steps=tuple(steps)), lost=tuple(lost))

    def invented(self, found: Normalised) -> frozenset[str]:
        """The steps that lack what they need, because what was given for it stands nowhere."""
        lost = {(one.step_id, one.parameter) for one in found.lost if one.reason == NOT_GROUNDED}
        return frozenset(step.id for step, name in missing(found.plan, self.catalogue) if (step.id, name) in lost)

    def checked(self, found: Normalised) -> tuple[Decision, tuple[Fault, ...]]:
        """The plan, or a question about what it lacks; and what is wrong with it, worded for a planner."""
        plan = found.plan
        ids = {step.id for step in plan.steps}
        lost = tuple(one for one in found.lost if one.step_id in ids)
        faults = check(plan, self.catalogue, self.expressions, self.allowed, self.max_steps)
        faults = faults or tuple(self._untyped(plan))
        if faults:
            return plan, (*faults, *(one.fault for one in lost), *missing_faults(plan, self.catalogue))
        return asked_for_missing(plan, self.catalogue, lost), ()

    def _untyped(self, plan: Plan) -> Iterator[Fault]:
        """Texts that a plan takes from fields which are called something else, or works out by itself."""
        scopes = scope_of(plan, self.catalogue, self.expressions)
        for step in plan.steps:
            for name, compiled in expressions_of(step, scopes, self.expressions).items():
                parameter = self.catalogue.intents[step.intent].parameter(name)
                if parameter is not None and parameter.kind in TEXT_KINDS:
                    yield from self._untyped_argument(step, parameter, compiled, scopes[step.id])

    def _untyped_argument(self, step: Step, parameter: Parameter, compiled: Compiled, scope: Scope) -> Iterator[Fault]:
        ways = sources(compiled, self.catalogue, self._for_each(step, scope))
        if ways is None or not all(corresponds(parameter.name, names_of(way)) for way in ways):
            said = f"`{compiled.text}` is not taken as it is from a field that goes by this name; take one that does"
            message = f"Step {step.id}: {parameter.name}: {said}, or what the user said."
            yield Fault(reason="UNTYPED_REFERENCE", step_id=step.id, message=message)

    def _for_each(self, step: Step, scope: Scope) -> Compiled | None:
        try:
            return None if step.for_each is None else self.expressions.compile(step.for_each, scope.types)
        except ExpressionError:  # the checks have named it
            return None


def asked_for_missing(plan: Plan, catalogue: Catalogue, lost: Sequence[Dropped]) -> Decision:
    """The plan, or a question about the first step that lacks something."""
    gaps = list(missing(plan, catalogue))
    if not gaps:
        return plan
    step = gaps[0][0]
    names = tuple(name for other, name in gaps if other.id == step.id)
    parameters = [p for p in catalogue.intents[step.intent].askable if p.name in names]
    given = [one for one in lost if one.step_id == step.id and one.parameter in names and one.reason != NOT_GROUNDED]
    return Clarify(question=_question(parameters, given), missing=names, step_id=step.id, partial=plan)


def _question(parameters: Sequence[Parameter], given: Sequence[Dropped]) -> str:
    """What is asked for; for what was said and does not count, that it does not."""
    asked = "For that I still need: " + "; ".join(_described(parameter) for parameter in parameters) + "."
    return " ".join([asked, *(f"“{one.value}” does not look like one." for one in given)])


def _described(parameter: Parameter) -> str:
    said = (parameter.description or parameter.name.replace("_", " ")).rstrip(".")
    said = said[:1].lower() + said[1:]
    return f"{said} (for example {parameter.example})" if parameter.example else said
