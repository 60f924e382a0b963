"""Lists that are asked for by several states at once ("my open and my closed ones"): one call for each state."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.declared.enum_words import enum_value
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.values.slots import Filled
from orchestrator_server.embedded.words.english import NEGATIONS
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms

_JOINTS = frozenset(["and", ",", "plus", "then", "also", ";"])
_TELLS = lazy(r"\b(?:or|but|either|that|which|if|when|since|because|except|without|both of)\b")
"""What says more of the things than their states."""


def by_each_state(profile: Profile, tokens: Sequence[Token], filled: list[Filled]) -> list[Filled]:
    """The call of a list once for each state that is named, where several are named side by side."""
    parameter = next((p for p in profile.intent.askable if profile.kinds[p.name] is Kind.ENUM), None)
    if profile.intent.has_effect or profile.required or parameter is None or parameter.is_repeated or len(filled) != 1:
        return filled
    if not any(token.norm in _JOINTS for token in tokens):
        return filled
    text = norms(tokens)
    if _TELLS.search(text) or NEGATIONS & set(text.split()):
        return filled
    parts = [enum_value(parameter, part) for part in _parts(tokens)]
    values = list(dict.fromkeys(value for value in parts if value is not None))
    is_each = len(values) > 1 and all(value is not None for value in parts[1:])
    return (
        [replace(filled[0], arguments={**filled[0].arguments, parameter.name: v}) for v in values]
        if is_each
        else filled
    )


def _parts(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The words between the joints."""
    part: list[Token] = []
    for token in tokens:
        if token.norm in _JOINTS and not token.shape:
            if part:
                yield part
            part = []
        elif not token.is_mark:
            part.append(token)
    if part:
        yield part
