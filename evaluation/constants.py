"""Finds the value of an enum that a label means: by its name, without its prefix, or by a word declared for it."""

from google.protobuf.descriptor import EnumDescriptor

from evaluation.sameness import words
from orchestrator_server.declared import enum_prefix, value_words


def constant(said: object, enum: EnumDescriptor) -> int | None:
    """The number of the value that is meant; None where there is none."""
    prefix, plain = enum_prefix(enum), _plain(str(said))
    for value in enum.values:
        if plain.removeprefix(prefix) == value.name.removeprefix(prefix):
            return int(value.number)
    return next((int(value.number) for value in enum.values if plain in map(_plain, value_words(value))), None)


def _plain(text: str) -> str:
    return "_".join(words(text.replace("_", " "))).upper()
