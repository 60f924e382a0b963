"""Builds the plan: gives steps their ids, adds the reads that expressions need, and shares them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from orchestrator_server.embedded.conditions.conditions import Source, Tested
from orchestrator_server.embedded.conditions.sources import UNKNOWN
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.values.fan import EDGE, VARIABLE, Fan
from orchestrator_server.plan import Condition, Json, Plan, Reference, Step

PLANNER = "embedded"


def build(asks: Sequence[Ask], plan_id: str) -> tuple[Plan, dict[str, Ask]]:
    """The plan for `asks`, and which ask each step came from."""
    builder = _Builder()
    for ask in asks:
        builder.add(ask)
    return Plan(id=plan_id, steps=tuple(builder.steps), planner=PLANNER), builder.origins


class _Builder:
    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.origins: dict[str, Ask] = {}

    def add(self, ask: Ask) -> None:
        """Appends the step of an ask, after the reads that it depends on."""
        condition = self._condition(ask.condition, ask.fan)
        arguments = dict(ask.filled.arguments)
        for_each = None
        if ask.fan is not None:
            parameter = next(p for p in ask.profile.required if p.name not in arguments)
            if ask.fan.edge:
                arguments[parameter.name] = Reference(expression=self._outermost(ask.fan) + ask.fan.listed.key.path)
            else:
                arguments[parameter.name] = Reference(expression=f"each{ask.fan.listed.key.path}")
                for_each = self._elements(ask.fan)
        step = Step(
            id=self._next(), intent=ask.profile.intent.name, arguments=arguments, condition=condition, for_each=for_each
        )
        if not self._promoted(step):
            self.steps.append(step)
            self.origins[step.id] = ask

    def _promoted(self, step: Step) -> bool:
        """Is the same read there already? Then it is asked for from now on."""
        for at, other in enumerate(self.steps):
            if replace(other, id=step.id, is_supporting=False) == step:
                self.steps[at] = replace(other, is_supporting=False)
                return True
        return False

    def _condition(self, tested: Tested | None, fan: Fan | None) -> Condition | None:
        if tested is None:
            return None
        expression = tested.positive
        for source in tested.sources:
            if source.root == EDGE and fan is not None:
                expression = expression.replace(EDGE, self._outermost(fan))
                continue
            expression = expression.replace(source.root, self._read(source))
        return Condition(words=tested.words, expression=expression)

    def _read(self, source: Source) -> str:
        arguments = {name: value for name, value in source.arguments if value != UNKNOWN}
        return self._supporting(source.profile.intent.name, arguments)

    def _supporting(self, intent: str, arguments: Mapping[str, Json | Reference]) -> str:
        for step in self.steps:
            if step.intent == intent and step.arguments == arguments and not (step.condition or step.for_each):
                return step.id
        step = Step(id=self._next(), intent=intent, arguments=arguments, is_supporting=True)
        self.steps.append(step)
        return step.id

    def _elements(self, fan: Fan) -> str:
        listed = self._list(fan)
        return f"{listed}.filter({VARIABLE}, {self._tests(fan)})" if fan.tests else listed

    def _list(self, fan: Fan) -> str:
        step = self._supporting(fan.listed.profile.intent.name, dict(fan.filters))
        return f"{step}{fan.listed.field.path}"

    def _tests(self, fan: Fan) -> str:
        tests = [test.positive for test in fan.tests]
        return tests[0] if len(tests) == 1 else " && ".join(f"({test})" for test in tests)

    def _outermost(self, fan: Fan) -> str:
        """The key of the element that no other exceeds."""
        extreme, kind, path = fan.edge.split(" ")
        sign = "<=" if extreme == "max" else ">="
        listed = self._elements(fan)
        mine, theirs = f"{VARIABLE}{path}", f"p{path}"
        if kind == "money":
            test = f"{listed}.all(p, money({theirs}) {sign} money({mine}))"
        else:
            test = f"has({mine}) && {listed}.all(p, !has({theirs}) || {theirs} {sign} {mine})"
        return f"{listed}.filter({VARIABLE}, {test})[0]"

    def _next(self) -> str:
        return f"s{len(self.steps) + 1}"
