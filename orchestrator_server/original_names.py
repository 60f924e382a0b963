"""Names of enums and messages as their server wrote them, where the pool had to put a prefix before its packages.

An expression may use either name. Where two servers call different things the same, both readings are tried: the check
that an enum is compared with its own constants alone lets one of them pass.
"""

import re
from collections.abc import Iterator
from itertools import islice, product

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.expression_functions import message_types

MOST_READINGS = 16

_TEXT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""")
_DOTTED = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")


class OriginalNames:
    """Knows the names of one catalogue, each with what it may stand for in the pool."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._meanings: dict[str, tuple[str, ...]] = {}
        for name in _pool_names(catalogue) if catalogue.prefixes else ():
            original = _without_prefix(name, catalogue.prefixes)
            self._meanings[original] = (*self._meanings.get(original, ()), name)

    def readings(self, text: str) -> Iterator[str]:
        """`text` with the names of the pool: one reading for each way to take its names, at most 16."""
        pieces = [self._readings_of(piece) for piece in _pieces(text)]
        return ("".join(reading) for reading in islice(product(*pieces), MOST_READINGS))

    def _readings_of(self, piece: str) -> tuple[str, ...]:
        """A name, or what stands between names."""
        parts = piece.split(".")
        for count in (len(parts), len(parts) - 1):  # a message, or an enum before its constant
            name = ".".join(parts[:count])
            if name in self._meanings:
                return tuple(".".join([meant, *parts[count:]]) for meant in self._meanings[name])
        return (piece,)


def _pieces(text: str) -> Iterator[str]:
    """Dotted names, and what stands between them. Texts in quotes hold no names."""
    for index, part in enumerate(_TEXT.split(text)):
        if index % 2:
            yield part
            continue
        end = 0
        for match in _DOTTED.finditer(part):
            yield from (part[end : match.start()], match.group())
            end = match.end()
        yield part[end:]


def _pool_names(catalogue: Catalogue) -> list[str]:
    """Every message and enum that responses are made of. Those without a prefix stand first."""
    names: set[str] = set()
    for type_name in catalogue.response_types.values():
        for message in message_types(catalogue.descriptor(type_name)):
            names.add(message.full_name)
            names.update(field.enum_type.full_name for field in message.fields if field.enum_type is not None)
    return sorted(names, key=lambda name: (name != _without_prefix(name, catalogue.prefixes), name))


def _without_prefix(name: str, prefixes: tuple[str, ...]) -> str:
    return next((name.removeprefix(prefix) for prefix in prefixes if name.startswith(prefix)), name)
