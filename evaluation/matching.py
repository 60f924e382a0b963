"""Which labelled steps a planned step, or a call that was made, can stand for."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.labels import Label, LabelledStep
from evaluation.sameness import is_about, same, words
from orchestrator_server.catalogue import Catalogue, Intent, Parameter
from orchestrator_server.plan import Json, Reference

Arguments = Mapping[str, Json | Reference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Compares arguments with those of a label's steps.

    A reference in the place of a value is believed only where the label has worlds: there it is seen what it yields.
    What is done for each thing may also name things one by one, if the conversation names them.
    """

    label: Label
    catalogue: Catalogue

    def fits(self, step: LabelledStep, intent: str, arguments: Arguments) -> bool:
        """Are the values those of the label, with nothing left out and nothing made up?"""
        wanted, known = self._wanted(step, intent), self.catalogue.intents[intent]
        given = all(self._is_same(arguments.get(name), value, known, name) for name, value in wanted.items())
        return given and all(
            name in wanted or self._may_be_added(step, known, name, value) for name, value in arguments.items()
        )

    def is_about(self, step: LabelledStep, intent: str, arguments: Arguments) -> bool:
        """Is it about the same things, as far as it says? What is left out speaks of nothing else."""
        known = self.catalogue.intents[intent]
        return all(
            self._may_refer() if isinstance(given := arguments[name], Reference) else _near(given, value, known, name)
            for name, value in self._wanted(step, intent).items()
            if name in arguments
        ) and all(self._is_of_the_fan(step, name, value) for name, value in arguments.items())

    def owners(self, intent: str, arguments: Arguments) -> frozenset[int]:
        """The labelled steps that it stands for: those that it fits, or else those that it is about."""
        alike = [(at, step) for at, step in enumerate(self.label.steps) if intent in step.intents]
        fitting = frozenset(at for at, step in alike if self.fits(step, intent, arguments))
        return fitting or frozenset(at for at, step in alike if self.is_about(step, intent, arguments))

    def is_complete(self, step: LabelledStep) -> bool:
        """Does the label give every value that the step needs?"""
        known = self.catalogue.intents.get(step.intents[0])
        return known is not None and all(p.name in step.params for p in known.askable if p.is_required)

    def has_effect(self, intent: str) -> bool:
        """Does it change something?"""
        return self.catalogue.intents[intent].has_effect

    def _wanted(self, step: LabelledStep, intent: str) -> Mapping[str, Json]:
        """The label's values, without the caller's e-mail, and of another intent only those that it takes too."""
        known = {p.name for p in self.catalogue.intents[intent].askable}
        subjects = {p.name for p in self.catalogue.intents[intent].parameters if p.is_subject}
        is_best = intent == step.intents[0]
        return {
            name: value for name, value in step.params.items() if name in known or (is_best and name not in subjects)
        }

    def _is_same(self, given: Json | Reference, value: Json, known: Intent, name: str) -> bool:
        return self._may_refer() if isinstance(given, Reference) else same(given, value, known.parameter(name))

    def _may_refer(self) -> bool:
        return bool(self.label.worlds)

    def _may_be_added(self, step: LabelledStep, known: Intent, name: str, value: Json | Reference) -> bool:
        if name in step.optional_params:
            allowed = step.optional_params[name]
            parameter = known.parameter(name)
            return allowed is None or isinstance(value, Reference) or _is_one_of(value, allowed, parameter)
        if isinstance(value, Reference):
            return True  # a thing of for_each, or what an earlier step found
        return step.is_fan and name.endswith("_id") and self._is_of_the_fan(step, name, value)

    def _is_of_the_fan(self, step: LabelledStep, name: str, value: Json | Reference) -> bool:
        """Is what is named one by one named in the conversation, or in a world? True of everything else."""
        if not step.is_fan or not name.endswith("_id") or name in step.params or isinstance(value, Reference):
            return True
        said = " ".join([*(one.text for one in self.label.earlier), self.label.text])
        named = {"".join(words(key)) for world in self.label.worlds for key in world.facts}
        thing = "".join(words(str(value)))
        return thing in named or thing in "".join(words(said))


def _near(given: object, value: Json, known: Intent, name: str) -> bool:
    return is_about(given, value, known.parameter(name))


def _is_one_of(given: object, allowed: object, parameter: Parameter | None) -> bool:
    """Is it what may be added? A list gives alternatives, for a parameter that takes a list too."""
    options = allowed if isinstance(allowed, list) else [allowed]
    return same(given, allowed, parameter) or any(same(given, one, parameter) for one in options)
