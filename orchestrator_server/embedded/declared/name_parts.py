"""The stems of the names in a catalogue: of an intent's parts (`files.get`: area and action), and of parameters."""

import re
from collections.abc import Iterable, Iterator

from orchestrator_server.catalogue import Intent, Parameter
from orchestrator_server.embedded.declared.fields import stems_of


def area_of(intent: Intent) -> tuple[str, ...]:
    """The stems of the first part of an intent's name."""
    return parts_of(intent)[0]


def parts_of(intent: Intent) -> list[tuple[str, ...]]:
    """The stems of each part of an intent's name."""
    return [stems_of(part) for part in re.split(r"[./]", intent.name)]


def stems_of_parts(intent: Intent) -> Iterator[str]:
    """The stems of all parts of an intent's name."""
    return (stem for part in parts_of(intent) for stem in part)


def stems_of_names(parameters: Iterable[Parameter]) -> Iterator[str]:
    """The stems of the names of parameters."""
    return (stem for parameter in parameters for stem in stems_of(parameter.name))
