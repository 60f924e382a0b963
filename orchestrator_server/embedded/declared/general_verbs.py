"""Verbs of English that no intent need declare: of showing for what only reads, of changing for what sets a value."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.declared.features import CHANGING_STEMS, SHOWING_STEMS
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.shapes import LONG, Kind
from orchestrator_server.embedded.words.text import Token

_MAKING = words("make set use put have save")
"""With a value, or what points at one, these say what something shall be: "make it my new one"."""
_POINTED = words("it that this")


def is_general_verb_of(profile: Profile, tokens: Sequence[Token], at: int) -> bool:
    """Does this word ask for the intent whatever its trade: "show", "tell" for a read, "change", "make it" to set?"""
    word = tokens[at]
    if word.stem in SHOWING_STEMS:
        return not profile.intent.has_effect
    shapes = frozenset(_shapes_set(profile))
    if word.stem in CHANGING_STEMS:
        return bool(shapes) or not profile.verbs.isdisjoint(CHANGING_STEMS)
    after = tokens[at + 1] if word.norm in _MAKING and at + 1 < len(tokens) else None
    return after is not None and bool(shapes) and (after.norm in _POINTED or after.shape in shapes)


def _shapes_set(profile: Profile) -> Iterator[str]:
    """The shapes of values that the effect puts in the place of others: of no ids, and not beside names of things."""
    if not profile.intent.has_effect or Kind.NAME in profile.kinds.values():
        return
    for parameter in profile.intent.askable:
        kind = profile.kinds[parameter.name]
        if kind is Kind.LONG:
            yield LONG
        elif kind is Kind.SHAPED and not parameter.name.endswith("_id"):
            yield parameter.pattern
