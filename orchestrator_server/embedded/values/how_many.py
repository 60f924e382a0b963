"""The number that a request gives for a parameter: by its name, as a limit, or as the one that fits."""

from collections.abc import Sequence
from itertools import pairwise

from orchestrator_server.catalogue import Parameter
from orchestrator_server.embedded.declared.fields import stems_of
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import fits
from orchestrator_server.embedded.words.text import Token, norms
from orchestrator_server.plan import Json

_FIRST_FEW = lazy(
    r"\b(?:last|latest|newest|first|recent|top|only|at most|up to|max|maximum) (?P<before>\d+)\b"
    r"|\b(?P<after>\d+) (?:most recent|last|latest|newest|recent)\b"
)
"""How many at most."""
_UNIT_AFTER = lazy(r"^(?:hour|day|week|month|year|euro|dollar|pound|eur|usd|gbp|€|\$|£|percent|%)")
"""Behind a number that measures, and counts no things."""


def number_asked(profile: Profile, parameter: Parameter, tokens: Sequence[Token]) -> Json:
    """A number that was asked for: of an optional parameter only where the words limit something."""
    if profile.takes_names and parameter.is_required:
        return None
    text = norms(tokens)
    if counted := _counted_by_name(parameter, tokens):
        return fitting(parameter, counted)
    if not parameter.is_required:
        found = _FIRST_FEW.search(text)
        said = (found["before"] or found["after"]) if found else None
        return (
            fitting(parameter, said)
            if said and not _UNIT_AFTER.match(text[found.end() :].strip() if found else "")
            else None
        )
    numbers = (t.norm for t, after in zip(tokens, [*tokens[1:], None], strict=True) if _is_count(t, after))
    return next((value for number in numbers if (value := fitting(parameter, number)) is not None), None)


def fitting(parameter: Parameter, said: str) -> Json:
    """The number as the parameter takes it; None where it does not fit."""
    if not fits(parameter, said):
        return None
    return said if parameter.kind == "string" else int(said)


def _counted_by_name(parameter: Parameter, tokens: Sequence[Token]) -> str | None:
    """The number before the parameter's own name ("two copies"); the name of a limit counts nothing."""
    own = set(stems_of(parameter.name))
    pairs = pairwise(tokens)
    return next((n.norm for n, noun in pairs if n.norm.isdigit() and not n.shape and noun.stem in own), None)


def _is_count(token: Token, after: Token | None) -> bool:
    return token.norm.isdigit() and not token.shape and not (after and _UNIT_AFTER.match(after.norm))
