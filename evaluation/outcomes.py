"""Judges what a plan does in the worlds of its label; without worlds, whether conditions stand where they must.

In every guise of a world: an effect must stand for a step of the label that runs there, one call for one step; a read
that is shown for one that runs there or is optional, unless conditions need it; and every step that must run is run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.labels import LabelledWorld
from evaluation.matching import Matching
from evaluation.pairing import Pair, Pairing, is_read_by_others
from evaluation.worlds import Executed, Run
from orchestrator_server.plan import Plan, Reference, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What is wrong, in words; empty where nothing is. `values`: what references yield is not what the label says."""

    unsafe: str = ""
    untrue: str = ""
    values: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """Judges one plan against one label."""

    plan: Plan
    matching: Matching

    def judge(self, pairing: Pairing, played: Sequence[Sequence[Run]]) -> Findings:
        """What is wrong with effects and conditions. `played` are the runs in each of the label's worlds."""
        unsafe = self._unwanted(pairing)
        if not self.matching.label.worlds:
            return Findings(unsafe=unsafe or self._unconditional(pairing), untrue=self._unlike(pairing))
        found = [
            self._in_world(number, world, runs, pairing)
            for number, (world, runs) in enumerate(zip(self.matching.label.worlds, played, strict=True), start=1)
        ]
        return Findings(
            unsafe=unsafe or _first(one.unsafe for one in found),
            untrue=_first(one.untrue for one in found),
            values=_first(one.values for one in found),
        )

    def _unwanted(self, pairing: Pairing) -> str:
        """The first effect that no step of the label is about, whatever its condition says."""
        for step in self.plan.steps:
            if self._has_effect(step) and not self.matching.owners(step.intent, step.arguments):
                return f"UNSAFE {step.intent}"
        return _first(f"UNSAFE {step.intent} once more" for step in pairing.beyond if self._has_effect(step))

    def _unconditional(self, pairing: Pairing) -> str:
        """The first effect that lacks its condition, where no world could show it."""
        lacking = [one.step for one in pairing.pairs if one.one.is_conditional and not self._is_limited(one.step)]
        return _first(f"UNSAFE {step.intent} without its condition" for step in lacking if self._has_effect(step))

    def _unlike(self, pairing: Pairing) -> str:
        odd = [one.step.intent for one in pairing.pairs if self._is_odd(one)]
        return f"condition of {odd}" if odd else ""

    def _is_odd(self, one: Pair) -> bool:
        """Is there a condition where none belongs, or none where one does? A fan may be limited by its list."""
        if one.one.is_fan or one.one.is_optional:
            return one.one.is_conditional and not self._is_limited(one.step)
        return one.one.is_conditional != (one.step.condition is not None)

    def _is_limited(self, step: Step) -> bool:
        if step.condition is not None or step.for_each is None:
            return step.condition is not None
        lists = [other for other in self.plan.steps if other.id in step.for_each and other.arguments]
        return "filter" in step.for_each or bool(lists)

    def _in_world(self, number: int, world: LabelledWorld, runs: Sequence[Run], pairing: Pairing) -> Findings:
        label, where = self.matching.label, f"in world {number}"
        must = {at for at in world.executed if not label.steps[at].is_optional}
        lacking: dict[str, set[int]] = {}
        for run in runs:
            wrong, ran = self._calls(world, run, pairing)
            if wrong is not None:
                return Findings(
                    unsafe=f"UNSAFE {wrong.intent} {where}" if wrong.has_effect else "",
                    untrue=f"runs {wrong.intent} {where}",
                )
            lacking.setdefault(run.guise.stage, set()).update(must - ran)
        fewest = min(lacking.values(), key=len)
        names = [label.steps[at].intents[0] for at in sorted(fewest)]
        return Findings(untrue=f"does not run {names} {where}" if names else "", values=self._unlike_values(runs))

    def _calls(self, world: LabelledWorld, run: Run, pairing: Pairing) -> tuple[Executed | None, set[int]]:
        """The first call that must not be made, and the labelled steps that run.

        A read runs for the steps that it was laid beside: one that is wanted in some worlds only is no optional one.
        """
        steps = self.matching.label.steps
        allowed = world.executed | {at for at, one in enumerate(steps) if one.is_optional}
        ran: set[int] = set()
        done: list[tuple[str, object]] = []
        for call in run.calls:
            beside = frozenset(one.at for one in pairing.pairs if one.step.id == call.step_id)
            about = self.matching.owners(call.intent, call.arguments)
            owners = (about if call.has_effect or not beside else beside) & allowed
            if call.has_effect:
                what = (call.intent, dict(call.arguments))
                open_ = sorted(owners - {at for at in ran if not steps[at].is_fan}, key=lambda at: steps[at].is_fan)
                if not open_ or call.is_swept or what in done:
                    return call, ran
                done.append(what)
                ran.add(open_[0])
            elif self._step(call).is_supporting:
                ran |= {at for at in owners if not steps[at].is_conditional}
            else:
                if (not owners or call.is_swept) and not is_read_by_others(self._step(call), self.plan):
                    return call, ran
                ran |= owners
        return None, ran

    def _unlike_values(self, runs: Sequence[Run]) -> str:
        """The first call whose references yield something else than the label says."""
        for call in (call for run in runs for call in run.calls):
            step = self._step(call)
            refers = any(isinstance(value, Reference) for value in step.arguments.values())
            owners = self.matching.owners(call.intent, call.arguments) if refers and not step.is_supporting else ()
            if owners and not any(
                self.matching.fits(self.matching.label.steps[at], call.intent, call.arguments) for at in owners
            ):
                return f"values of {call.intent}{dict(call.arguments)}"
        return ""

    def _step(self, call: Executed) -> Step:
        return next(step for step in self.plan.steps if step.id == call.step_id)

    def _has_effect(self, step: Step) -> bool:
        return self.matching.has_effect(step.intent)


def _first(found: Iterable[str]) -> str:
    return next(filter(None, found), "")
