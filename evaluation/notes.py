"""Says what of a set of labels nobody can read: intents, parameters and facts that the servers do not know.

Such labels are scored all the same, as they stand: what no plan can contain counts as not planned, what no response can
hold is not seen by conditions.
"""

from collections.abc import Iterable, Iterator, Mapping

from google.protobuf.descriptor import Descriptor, EnumDescriptor

from evaluation.constants import constant
from evaluation.guises import USER
from evaluation.labels import Label
from evaluation.questions import CHOICE
from evaluation.telling import ALIASES, names_time
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.expressions import message_types


def notes(labels: Iterable[Label], catalogue: Catalogue) -> list[str]:
    """One line for each thing that is not known, each once, with the label where it stands first."""
    reader = _Reader(catalogue)
    found: dict[str, str] = {}
    for label in labels:
        for said in reader.read(label):
            found.setdefault(said, label.id)
    return [f"{where}: {said}" for said, where in found.items()]


class _Reader:
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        types = {t.full_name: t for name in catalogue.response_types.values() for t in _types(catalogue, name)}
        fields = [field for one in types.values() for field in one.fields]
        self._enums: Mapping[str, list[EnumDescriptor]] = {
            field.name: [other.enum_type for other in fields if other.name == field.name and other.enum_type]
            for field in fields
        }
        self._stems = frozenset(field.name.removesuffix("_at") for field in fields)
        self._names = {field.name for field in fields} | {alias for names in ALIASES.values() for alias in names}

    def read(self, label: Label) -> Iterator[str]:
        """What is not known of a label."""
        for step in label.steps:
            for name in step.intents:
                if name not in self._catalogue.intents:
                    yield f"there is no intent {name!r}"
            known = self._catalogue.intents.get(step.intents[0])
            if known is not None:
                unknown = (step.params.keys() | step.optional_params.keys()) - {p.name for p in known.parameters}
                yield from (f"{known.name} takes no {name!r}" for name in sorted(unknown))
        yield from self._missing(label)
        for world in label.worlds:
            for key, about in world.facts.items():
                yield from self._facts(key, about or {})

    def _missing(self, label: Label) -> Iterator[str]:
        intents = [self._catalogue.intents[name] for step in label.steps for name in step.intents if self._knows(name)]
        taken = {p.name for intent in intents for p in intent.parameters} | {CHOICE}
        for name in sorted({name for names in label.missing for name in names} - taken):
            yield f"no step takes the missing {name!r}"

    def _knows(self, name: str) -> bool:
        return name in self._catalogue.intents

    def _facts(self, key: str, about: Mapping[str, object]) -> Iterator[str]:
        where = "the user" if key == USER else "a thing"
        for name, value in about.items():
            if name not in self._names and not names_time(name, self._stems):
                yield f"no response tells {name!r} of {where}"
            enums = self._enums.get(name)
            if enums and value is not None and all(constant(value, enum) is None for enum in enums):
                yield f"{name!r} is never {value!r}"


def _types(catalogue: Catalogue, name: str) -> Iterator[Descriptor]:
    return message_types(catalogue.descriptor(name))
