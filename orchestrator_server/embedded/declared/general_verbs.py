"""Verbs of English that no intent need declare: of showing for what only reads, of changing for what sets a value."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import CHANGING_STEMS, SHOWING_STEMS
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.text import Token

_MAKING = words("make set use put have save")
"""With a value, or what points at one, these say what something shall be: "make it my new one"."""
_POINTED = words("it that this")


def is_general_verb_of(profile: Profile, tokens: Sequence[Token], at: int) -> bool:
    """Does this word ask for the intent whatever its trade: "show", "tell" for a read, "change", "make it" to set?"""
    word = tokens[at]
    if word.stem in SHOWING_STEMS:
        return not profile.intent.has_effect
    if word.stem in CHANGING_STEMS:
        return bool(profile.sets) or not profile.verbs.isdisjoint(CHANGING_STEMS)
    after = tokens[at + 1] if word.norm in _MAKING and at + 1 < len(tokens) else None
    return after is not None and bool(profile.sets) and (after.norm in _POINTED or after.shape in profile.sets)
